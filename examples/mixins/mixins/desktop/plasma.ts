import { type Feature, pkgs } from 'cdknix';
import { login } from './login';

/** KDE Plasma, for those who do not want to configure a desktop. */
export function plasma(feature: Feature): void {
  feature.use(login);
  feature.nixos.set({
    services: { desktopManager: { plasma6: { enable: true } }, printing: { enable: true } },
    environment: { plasma6: { excludePackages: [pkgs.kdePackages.elisa] } },
  });
  feature.home.set({ services: { kdeconnect: { enable: true } } });
}
