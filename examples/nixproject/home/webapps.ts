import { Feature, lib, pkgs, str } from 'cdknix';
import type { Construct } from 'constructs';
import { domain } from './selfhosted';

const apps = [
  { id: 'grafana', name: 'Grafana', comment: 'Graphs and alerts', category: 'System' },
  { id: 'home-assistant', name: 'Home Assistant', comment: 'Lights and heating', category: 'Utility' },
  { id: 'immich', name: 'Immich', comment: 'Photos', category: 'Graphics' },
  { id: 'linkwarden', name: 'Linkwarden', comment: 'Bookmarks', category: 'Network' },
  { id: 'miniflux', name: 'Miniflux', comment: 'Feeds', category: 'Network' },
  { id: 'paperless', name: 'Paperless', comment: 'Scanned documents', category: 'Office' },
];

/** Web applications as applications: a window of their own, and a place in the launcher. */
export class Webapps extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.home.set({
      xdg: {
        desktopEntries: Object.fromEntries(
          apps.map(({ id, name, comment, category }) => [
            id,
            {
              name,
              comment,
              exec: str`${lib.getExe(pkgs.chromium)} --app=https://${id}.${domain}`,
              icon: id,
              categories: [category],
              settings: { StartupWMClass: `chrome-${id}.${domain}__-Default` },
            },
          ]),
        ),
      },
    });
  }
}
