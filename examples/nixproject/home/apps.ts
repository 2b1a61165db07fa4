import { Feature, pkgs } from 'cdknix';
import type { Construct } from 'constructs';

const addons = {
  'uBlock0@raymondhill.net': 'ublock-origin',
  '{446900e4-71c2-419f-a6a7-df9c091e268b}': 'bitwarden-password-manager',
  'vimium-c@gdh1995.cn': 'vimium-c',
};

/** What a desktop is for: a browser, notes, calls, films, documents. */
export class Apps extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.flake.allowUnfree('zoom');
    this.home.set({
      programs: {
        firefox: {
          enable: true,
          policies: {
            DisableTelemetry: true,
            DisablePocket: true,
            // The password manager below remembers passwords.
            OfferToSaveLogins: false,
            ExtensionSettings: Object.fromEntries(
              Object.entries(addons).map(([id, slug]) => [
                id,
                {
                  installation_mode: 'force_installed',
                  install_url: `https://addons.mozilla.org/firefox/downloads/latest/${slug}/latest.xpi`,
                },
              ]),
            ),
          },
          profiles: {
            marcus: {
              search: { default: 'ddg', force: true },
              settings: {
                'browser.aboutConfig.showWarning': false,
                'browser.startup.page': 3,
                'dom.security.https_only_mode': true,
                'media.ffmpeg.vaapi.enabled': true,
                'privacy.trackingprotection.enabled': true,
              },
            },
          },
        },
        'joplin-desktop': { enable: true, sync: { target: 'nextcloud', interval: '10m' } },
        mpv: { enable: true, config: { hwdec: 'auto-safe', 'save-position-on-quit': true } },
        zathura: { enable: true, options: { 'selection-clipboard': 'clipboard', recolor: true } },
      },
      services: { 'jellyfin-mpv-shim': { enable: true } },
      home: { packages: [pkgs['zoom-us'], pkgs.libreoffice, pkgs.imv] },
      xdg: {
        userDirs: { enable: true, createDirectories: true },
        mimeApps: {
          enable: true,
          defaultApplications: {
            ...opens('firefox.desktop', 'text/html', 'x-scheme-handler/http', 'x-scheme-handler/https'),
            ...opens('org.pwmt.zathura.desktop', 'application/pdf'),
            ...opens('imv.desktop', 'image/jpeg', 'image/png', 'image/webp'),
            ...opens('mpv.desktop', 'audio/flac', 'audio/mpeg', 'video/mp4', 'video/x-matroska'),
          },
        },
      },
    });
  }
}

function opens(application: string, ...types: string[]): Record<string, string> {
  return Object.fromEntries(types.map((type) => [type, application]));
}
