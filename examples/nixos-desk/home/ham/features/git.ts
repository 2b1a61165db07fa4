import type { Feature } from 'cdknix';

/** Git, without the help of the feature that comes with cdknix. */
export function git({ home }: Feature): void {
  home.set({
    programs: {
      git: {
        enable: true,
        settings: {
          user: { name: 'Ham', email: 'ham@example.com' },
          init: { defaultBranch: 'main' },
          pull: { rebase: true },
          alias: { st: 'status --short', last: 'log -1 HEAD' },
        },
      },
    },
  });
}
