import { type Feature, Flake, HomeUser, Host, lazy, mkDefault, mkForce, mkIf, mkMerge, pkgs, str } from 'cdknix';

const flake = new Flake();
const desk = new Host(flake, 'desk', { system: 'x86_64-linux' });
const mac = new Host(flake, 'mac', { system: 'aarch64-darwin' });
const anna = new HomeUser(desk, 'anna');

// Misspelt.
desk.set({ services: { ngnix: { enable: true } } });
//                     ^ Object literal may only specify known properties, but 'ngnix' does not exist in type 'Services & Of<"NixOS 26.11pre">'. Did you mean to write 'nginx'?
desk.set({ service: { nginx: { enable: true } } });
//         ^ Object literal may only specify known properties, but 'service' does not exist in type 'NixosOptions'. Did you mean to write 'services'?
desk.set({ networking: { hostname: 'desk' } });
//                       ^ Object literal may only specify known properties, but 'hostname' does not exist in type 'Networking & Of<"NixOS 26.11pre">'. Did you mean to write 'hostName'?
desk.set({ services: { nginx: { enabel: true } } });
//                              ^ Object literal may only specify known properties, but 'enabel' does not exist in type 'ServicesNginx'. Did you mean to write 'enable'?
desk.set({ services: { nginx: { enable: true, virtualHosts: { 'a.org': { rooot: '/srv' } } } } });
//                                                                       ^ Object literal may only specify known properties, but 'rooot' does not exist in type 'ServicesNginxVirtualHosts'. Did you mean to write 'root'?
desk.set({ services: { nginx: { virtualHosts: { 'a.org': { listen: [{ adr: '::1', port: 80 }] } } } } });
//                                                                    ^ Object literal may only specify known properties, but 'adr' does not exist in type 'ServicesNginxVirtualHostsListen'. Did you mean to write 'addr'?
desk.set({ services: { borgbackup: { jobs: { a: { encryption: { mod: 'none' } } } } } });
//                                                              ^ Object literal may only specify known properties, but 'mod' does not exist in type 'ServicesBorgbackupJobsEncryption'. Did you mean to write 'mode'?
anna.set({ programs: { git: { enable: true, userNme: 'Anna' } } });
//                                          ^ Object literal may only specify known properties, but 'userNme' does not exist in type 'ProgramsGit'. Did you mean to write 'userName'?
mac.set({ system: { defaults: { dock: { autohid: true } } } });
//                                      ^ Object literal may only specify known properties, but 'autohid' does not exist in type 'SystemDefaultsDock'. Did you mean to write 'autohide'?
desk.set({ networking: { defaultGateway: { adress: '10.0.0.1' } } });
//                                         ^ Object literal may only specify known properties, but 'adress' does not exist in type 'NetworkingDefaultGateway'. Did you mean to write 'address'?
mac.set({ homebrew: { casks: ['firefox', { name: 'iterm2', greedyy: true }] } });
//                                                         ^ Object literal may only specify known properties, but 'greedyy' does not exist in type 'HomebrewCasks'. Did you mean to write 'greedy'?
anna.set({ programs: { fish: { functions: { a: 'echo a', b: { bodi: 'echo b' } } } } });
//                                                            ^ Object literal may only specify known properties, and 'bodi' does not exist in type 'ProgramsFishFunctions'.
desk.set({ services: { nginx: { tailscaleAuth: { virtualHost: ['a.org'] } } } });
//                                               ^ Object literal may only specify known properties, but 'virtualHost' does not exist in type 'ServicesNginxTailscaleAuth'. Did you mean to write 'virtualHosts'?

// Misspelt inside of what cdknix makes expressions of.
desk.set({ services: mkIf(true, { nginx: { enabel: true } }) });
//                                         ^ Object literal may only specify known properties, but 'enabel' does not exist in type 'ServicesNginx'. Did you mean to write 'enable'?
desk.set({ services: { nginx: mkIf(true, { enabel: true }) } });
//                                         ^ Object literal may only specify known properties, but 'enabel' does not exist in type 'ServicesNginx'. Did you mean to write 'enable'?
desk.set(mkIf(true, { services: { ngnix: { enable: true } } }));
//                                ^ Object literal may only specify known properties, but 'ngnix' does not exist in type 'Services & Of<"NixOS 26.11pre">'. Did you mean to write 'nginx'?
desk.set(mkMerge([{ services: { nginx: { enabel: true } } }, { networking: { hostName: 'desk' } }]));
//                                       ^ Object literal may only specify known properties, but 'enabel' does not exist in type 'ServicesNginx'. Did you mean to write 'enable'?
desk.set({ services: { nginx: lazy(() => ({ enabel: true })) } });
//                                       ^ Type '{ enabel: boolean; }' has no properties in common with type 'ServicesNginx'.
desk.set({ services: { nginx: mkDefault(mkIf(true, { enabel: true })) } });
//                                                   ^ Object literal may only specify known properties, but 'enabel' does not exist in type 'ServicesNginx'. Did you mean to write 'enable'?
desk.set({ services: { nginx: { virtualHosts: { a: mkIf(true, { rooot: '/srv' }) } } } });
//                                                              ^ Object literal may only specify known properties, but 'rooot' does not exist in type 'ServicesNginxVirtualHosts'. Did you mean to write 'root'?
desk.set({ services: { nginx: { virtualHosts: mkIf(true, { a: { rooot: '/srv' } }) } } });
//                                                              ^ Object literal may only specify known properties, but 'rooot' does not exist in type 'ServicesNginxVirtualHosts'. Did you mean to write 'root'?
desk.set({ networking: { defaultGateway: mkIf(true, { adress: '10.0.0.1' }) } });
//                                                    ^ Object literal may only specify known properties, but 'adress' does not exist in type 'NetworkingDefaultGateway'. Did you mean to write 'address'?

// Of another module system.
desk.set({ home: { packages: [pkgs.git] } });
//         ^ Object literal may only specify known properties, and 'home' does not exist in type 'NixosOptions'.
desk.set({ homebrew: { enable: true } });
//         ^ Object literal may only specify known properties, and 'homebrew' does not exist in type 'NixosOptions'.
desk.set({ programs: { starship: { enableZshIntegration: true } } });
//                                 ^ Object literal may only specify known properties, and 'enableZshIntegration' does not exist in type 'ProgramsStarship'.
anna.set({ services: { openssh: { enable: true } } });
//                     ^ Object literal may only specify known properties, and 'openssh' does not exist in type 'Services & Of<"Home Manager 26.05">'.
mac.set({ boot: { loader: { timeout: 1 } } });
//        ^ Object literal may only specify known properties, and 'boot' does not exist in type 'DarwinOptions'.

// Of the wrong type.
desk.set({ services: { nginx: { enable: 'yes' } } });
//                              ^ Type 'string' is not assignable to type 'Value<boolean> | undefined'.
desk.set({ networking: { hostName: 1 } });
//                       ^ Type 'number' is not assignable to type 'Value<string> | undefined'.
desk.set({ services: { openssh: { ports: ['22'] } } });
//                                        ^ Type 'string' is not assignable to type 'Value<number>'.
desk.set({ services: { openssh: { ports: 22 } } });
//                                ^ Type 'number' is not assignable to type 'Value<List<number>> | undefined'.
desk.set({ environment: { systemPackages: ['git'] } });
//                                         ^ Type 'string' is not assignable to type 'Value<Package>'.
desk.set({ environment: { variables: { EDITOR: true } } });
//                                     ^ Type 'true' is not assignable to type 'Value<number | Path | List<number | Path> | null> | undefined'.
desk.set({ services: { nginx: true } });
//                     ^ Type 'true' has no properties in common with type 'ServicesNginx'.
desk.set({ services: { nginx: { virtualHosts: { a: { root: false } } } } });
//                                                   ^ Type 'false' is not assignable to type 'Value<Path | null> | undefined'.
desk.set({ services: { nginx: { virtualHosts: ['a'] } } });
//                                             ^ Type 'string' has no properties in common with type 'ServicesNginxVirtualHosts'.
desk.set({ users: { users: { anna: { shell: true } } } });
//                                   ^ Type 'true' is not assignable to type 'Value<Path | null> | undefined'.
desk.set({ services: { nginx: { enable: mkForce('yes') } } });
//                                              ^ Argument of type '"yes"' is not assignable to parameter of type 'Value<boolean>'.
desk.set({ networking: { firewall: { allowedTCPPorts: mkIf(true, ['80']) } } });
//                                                                ^ Type 'string' is not assignable to type 'Value<number>'.
desk.set({ services: { nginx: { enable: null } } });
//                              ^ Type 'null' is not assignable to type 'Value<boolean> | undefined'.
desk.set({ networking: { defaultGateway: 1 } });
//                       ^ Type 'number' is not assignable to type 'string | NetworkingDefaultGateway | null | undefined'.
desk.set({ services: { xserver: { windowManager: { xmonad: { extraPackages: [pkgs.xmonad] } } } } });
//                                                           ^ Property '[EXPR]' is missing in type 'Ref<any>[]' but required in type 'Expr<(argument: any) => List<Package>>'.
anna.set({ programs: { tmux: { plugins: [pkgs.tmuxPlugins.cpu, { plugin: 'cpu' }] } } });
//                                                               ^ Type 'string' is not assignable to type 'Value<Package> | undefined'.
anna.set({ home: { file: { '.vimrc': { source: 1 } } } });
//                                     ^ Type 'number' is not assignable to type 'Value<Path> | undefined'.

// Not one of the values.
desk.set({ services: { openssh: { settings: { PermitRootLogin: 'maybe' } } } });
//                                            ^ Type '"maybe"' is not assignable to type 'Value<"yes" | "without-password" | "prohibit-password" | "forced-commands-only" | "no" | null> | undefined'.
desk.set({ services: { openssh: { settings: { PermitRootLogin: 'prohibit-pasword' } } } });
//                                            ^ Type '"prohibit-pasword"' is not assignable to type 'Value<"yes" | "without-password" | "prohibit-password" | "forced-commands-only" | "no" | null> | undefined'. Did you mean '"prohibit-password"'?
desk.set({ nix: { settings: { sandbox: 'loose' } } });
//                            ^ Type '"loose"' is not assignable to type 'Value<boolean | "relaxed"> | undefined'.
desk.set({ boot: { loader: { systemd: 1 } } });
//                           ^ Object literal may only specify known properties, and 'systemd' does not exist in type 'BootLoader'.
anna.set({ home: { stateVersion: '26.5' } });
//                 ^ Type '"26.5"' is not assignable to type 'Value<HomeStateVersion> | undefined'. Did you mean '"26.05"'?

// What is known in a set that is open.
desk.set({ nix: { settings: { 'max-jobs': true, whatever: true } } });
//                            ^ Type 'true' is not assignable to type 'Value<number | "auto"> | undefined'.
desk.set({ services: { grafana: { settings: { server: { http_port: '3000', whatever: [1] } } } } });
//                                                      ^ Type 'string' is not assignable to type 'Value<number> | undefined'.

// Read-only, and gone.
desk.set({ services: { nginx: { package: pkgs.nginx }, mysql: { package: 'mariadb' } } });
//                                                              ^ Type 'string' is not assignable to type 'Value<Package> | undefined'.
desk.set({ system: { nixos: { release: '26.05' } } });
//                            ^ Type 'string' is not assignable to type 'ReadOnly<string>'.
desk.set({ sound: { enable: true } });
//                  ^ Type 'boolean' is not assignable to type 'Removed<"NixOS 26.11pre">'.

// References.
desk.set({ networking: { domain: desk.config.networking.hostNam } });
//                                                      ^ Property 'hostNam' does not exist on type 'References<Networking & Of<"NixOS 26.11pre">>'. Did you mean 'hostName'?
desk.set({ networking: { domain: desk.config.services.openssh.ports } });
//                       ^ Type 'Expr<List<number>>' is not assignable to type 'Value<string | null> | undefined'.
//                           Type 'Expr<List<number>>' is not assignable to type 'Expr<string | null>'.
//                             Type 'List<number>' is not assignable to type 'string'.
desk.set({ services: { openssh: { ports: desk.config.services.openssh.enable } } });
//                                ^ Type 'Expr<boolean>' is not assignable to type 'Value<List<number>> | undefined'.
//                                    Type 'Expr<boolean>' is not assignable to type 'Expr<List<number>>'.
//                                      Type 'boolean' is not assignable to type 'List<number>'.
desk.set({ services: { nginx: { enable: str`yes` } } });
//                              ^ Type 'Expr<string>' is not assignable to type 'Value<boolean> | undefined'.
//                                  Type 'Expr<string>' is not assignable to type 'Expr<boolean>'.
//                                    Type 'string' is not assignable to type 'boolean'.
mac.config.services.openssh.ports;
//                          ^ Property 'ports' does not exist on type 'References<ServicesOpenssh>'.

// In features.
export function web({ nixos, home, account }: Feature): void {
  nixos.set({ services: { nginx: { enabel: true } } });
  //                               ^ Object literal may only specify known properties, but 'enabel' does not exist in type 'ServicesNginx'. Did you mean to write 'enable'?
  home.set({ program: { git: { enable: true } } });
  //         ^ Object literal may only specify known properties, but 'program' does not exist in type 'HomeOptions'. Did you mean to write 'programs'?
  account.set({ shel: pkgs.zsh });
  //            ^ Object literal may only specify known properties, but 'shel' does not exist in type 'AccountConfig'. Did you mean to write 'shell'?
}
