import { Flake, HomeUser, Host, path } from 'cdknix';

export const flake = new Flake({ description: "Anna's machines" });
flake.overlay('own', path('./pkgs/overlay.nix'));

for (const name of ['desk', 'nas']) {
  const host = new Host(flake, name, { system: 'x86_64-linux', specialArgs: { user: 'anna' } });
  host.import(`./hosts/${name}/configuration.nix`, './modules/printing.nix');
  new HomeUser(host, 'anna').import('./home/anna/home.nix');
}
