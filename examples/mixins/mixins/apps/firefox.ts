import type { Feature } from 'cdknix';

/** Firefox without its telemetry. */
export function firefox({ home }: Feature): void {
  home.set({
    programs: {
      firefox: {
        enable: true,
        policies: { DisableTelemetry: true, DisablePocket: true, OfferToSaveLogins: false },
        profiles: {
          default: {
            search: { default: 'ddg', force: true },
            settings: { 'browser.aboutConfig.showWarning': false, 'privacy.globalprivacycontrol.enabled': true },
          },
        },
      },
    },
  });
}
