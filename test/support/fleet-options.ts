import type { ModuleClass } from '../../lib/options/config';

/** What definitions of an option may hold. */
export type Kind =
  /** Definitions of one priority have to be equal. */
  | { readonly is: 'one'; readonly values: readonly (string | number | boolean)[] }
  /** Definitions are joined. */
  | { readonly is: 'list' | 'lines'; readonly values: readonly (string | number)[] }
  /** Any of some names, all of one kind. */
  | { readonly is: 'names'; readonly names: readonly string[]; readonly of: Kind }
  /** Some of these options. */
  | { readonly is: 'parts'; readonly parts: Readonly<Record<string, Kind>> };

const one = (...values: (string | number | boolean)[]): Kind => ({ is: 'one', values });
const bool = one(true, false);
const list = (...values: (string | number)[]): Kind => ({ is: 'list', values });
const named = (of: Kind, ...names: string[]): Kind => ({ is: 'names', names, of });
const parts = (of: Record<string, Kind>): Kind => ({ is: 'parts', parts: of });
const lines: Kind = { is: 'lines', values: ['a', 'b = 1', '', "it''s ${c}", 'two\nlines', 'end\n', '"quoted" \\n'] };
const texts = list('a', 'b', 'c d', '');
const ports = list(22, 80, 443, 8080);
const aliases = named(one('ls -la', 'git status', ''), 'lx', 'gs', 'a b');
const files = named(parts({ text: lines, enable: bool }), 'one', 'two.conf', 'dir/three');

/** Options that are set at random; what they hold counts by itself, whatever else is set. */
export const fleetOptions: Readonly<Record<ModuleClass, Readonly<Record<string, Kind>>>> = {
  nixos: {
    'boot.blacklistedKernelModules': list('nouveau', 'pcspkr', 'btusb'),
    'boot.extraModprobeConfig': lines,
    'boot.kernel.sysctl': named(one(0, 1, 2), 'vm.swappiness', 'net.ipv4.ip_forward', 'kernel.sysrq'),
    'boot.kernelParams': list('quiet', 'splash', 'mitigations=off', 'panic=5'),
    'boot.loader.timeout': one(0, 3, 10),
    'boot.tmp.cleanOnBoot': bool,
    'console.keyMap': one('us', 'de', 'fr'),
    'environment.etc': named(
      parts({ text: lines, enable: bool, mode: one('0400', '0644'), uid: one(0, 7) }),
      'x',
      'y/z',
    ),
    'environment.sessionVariables': named(one('a', 'b'), 'FIRST', 'SECOND'),
    'environment.shellAliases': aliases,
    'environment.variables': named(list('a', 'b', 'c'), 'PATHS', 'OTHERS'),
    'i18n.extraLocaleSettings': named(one('de_DE.UTF-8', 'C.UTF-8'), 'LC_TIME', 'LC_PAPER'),
    'networking.domain': one('example.org', 'home.arpa'),
    'networking.extraHosts': lines,
    'networking.firewall.allowedTCPPorts': ports,
    'networking.firewall.extraCommands': lines,
    'networking.hosts': named(list('a.lan', 'b.lan', 'c.lan'), '10.0.0.1', '10.0.0.2'),
    'networking.nameservers': list('1.1.1.1', '9.9.9.9', '::1'),
    'networking.search': texts,
    'networking.timeServers': list('0.pool.ntp.org', '1.pool.ntp.org'),
    'programs.bash.interactiveShellInit': lines,
    'programs.ssh.extraConfig': lines,
    'security.sudo.extraConfig': lines,
    'security.sudo.wheelNeedsPassword': bool,
    'services.borgbackup.jobs': named(
      parts({ paths: texts, repo: one('/a', '/b'), exclude: texts, 'prune.keep': named(one(1, 2), 'daily', 'weekly') }),
      'home',
      'root',
    ),
    'services.caddy.virtualHosts': named(parts({ extraConfig: lines, serverAliases: texts }), 'a.org', 'b.org'),
    'services.cron.systemCronJobs': texts,
    'services.dnsmasq.settings': parts({ server: list('1.1.1.1', '/lan/10.0.0.1'), 'cache-size': one(100, 500) }),
    'services.fail2ban.ignoreIP': list('10.0.0.0/8', '::1'),
    'services.fail2ban.maxretry': one(1, 5, 9),
    'services.journald.extraConfig': lines,
    'services.nginx.appendConfig': lines,
    'services.nginx.virtualHosts': named(
      parts({
        extraConfig: lines,
        root: one('/srv/a', '/srv/b'),
        forceSSL: bool,
        serverAliases: texts,
        locations: named(
          parts({ proxyPass: one('http://a', 'http://b'), priority: one(1, 2), extraConfig: lines }),
          '/',
          '/x',
        ),
      }),
      'a.org',
      'b.org',
    ),
    'services.openssh.extraConfig': lines,
    'services.openssh.ports': ports,
    'services.openssh.settings': parts({
      PermitRootLogin: one('no', 'yes'),
      AllowUsers: texts,
      MaxAuthTries: one(3, 4),
    }),
    'services.xserver.xkb.layout': one('us', 'de'),
    'systemd.services': named(
      parts({
        description: one('first', 'second'),
        after: list('a.service', 'network.target'),
        wantedBy: list('multi-user.target', 'b.target'),
        script: lines,
        environment: named(one('a', 'b'), 'A', 'B'),
        serviceConfig: named(one('a', 'b'), 'User', 'Group'),
      }),
      'first',
      'second',
    ),
    'time.timeZone': one('UTC', 'Europe/Berlin'),
    'users.groups': named(parts({ gid: one(2000, 2001) }), 'media', 'www'),
    'users.motd': lines,
    'virtualisation.docker.daemon.settings': parts({
      'live-restore': bool,
      'log-opts': named(one('1', '2'), 'max-size', 'max-file'),
      dns: texts,
    }),
  },
  darwin: {
    'environment.etc': named(parts({ text: lines, enable: bool }), 'x', 'y/z'),
    'environment.extraInit': lines,
    'environment.shellAliases': aliases,
    'environment.variables': named(one('a', 'b'), 'FIRST', 'SECOND'),
    'launchd.user.agents': named(
      parts({
        script: lines,
        environment: named(one('a', 'b'), 'A', 'B'),
        serviceConfig: parts({ KeepAlive: bool, RunAtLoad: bool, StartInterval: one(5, 60) }),
      }),
      'first',
      'second',
    ),
    'networking.dns': list('1.1.1.1', '9.9.9.9'),
    'networking.knownNetworkServices': list('Wi-Fi', 'Ethernet'),
    'networking.search': texts,
    'power.sleep.computer': one('never', 5, 60),
    'programs.zsh.interactiveShellInit': lines,
    'services.openssh.extraConfig': lines,
    'services.skhd.skhdConfig': lines,
    'services.yabai.extraConfig': lines,
    'system.defaults.CustomUserPreferences': named(named(one(true, 1, 'x'), 'A', 'B'), 'com.example.a', 'org.b'),
    'system.defaults.NSGlobalDomain.AppleShowAllExtensions': bool,
    'system.defaults.dock.autohide': bool,
    'system.defaults.dock.orientation': one('left', 'right', 'bottom'),
    'system.defaults.dock.tilesize': one(16, 48),
    'time.timeZone': one('UTC', 'Europe/Berlin'),
  },
  home: {
    'editorconfig.settings': named(named(one('lf', 2, true), 'end_of_line', 'indent_size'), '*', '*.md'),
    'home.file': files,
    'home.sessionPath': list('$HOME/bin', '/opt/bin'),
    'home.sessionVariables': named(one('a', 1, true), 'FIRST', 'SECOND'),
    'home.shellAliases': aliases,
    'programs.alacritty.settings': parts({
      font: parts({ size: one(11, 12), normal: named(one('x', 'y'), 'family', 'style') }),
      hints: parts({ alphabet: one('abc', 'xyz') }),
    }),
    'programs.bash.historyControl': list('erasedups', 'ignoredups'),
    'programs.bash.historySize': one(100, 5000),
    'programs.bash.initExtra': lines,
    'programs.direnv.stdlib': lines,
    'programs.fish.shellAbbrs': named(one('git', 'ls'), 'g', 'l'),
    'programs.git.attributes': list('*.pdf diff=pdf', '*.bin -text'),
    'programs.git.ignores': list('*.swp', '.direnv', '*~'),
    'programs.git.lfs.enable': bool,
    'programs.git.settings': named(named(one('anna', 'vim', true), 'name', 'editor'), 'user', 'core'),
    'programs.git.signing.key': one('A', 'B'),
    'programs.htop.settings': named(one(1, 0, true), 'tree_view', 'delay'),
    'programs.readline.extraConfig': lines,
    'programs.readline.variables': named(one('on', 3, false), 'bell-style', 'expand-tilde'),
    'programs.starship.settings': parts({
      add_newline: bool,
      format: one('$a', '$all'),
      git: named(one('x', 1), 'style'),
    }),
    'programs.tmux.baseIndex': one(0, 1),
    'programs.tmux.extraConfig': lines,
    'programs.tmux.historyLimit': one(1000, 9000),
    'programs.tmux.keyMode': one('vi', 'emacs'),
    'programs.vim.extraConfig': lines,
    'services.gpg-agent.defaultCacheTtl': one(60, 600),
    'services.gpg-agent.extraConfig': lines,
    'xdg.configFile': files,
  },
};

/** Those that the module systems define too. Whoever defines a name in one of their sets is alone with it. */
export const sharedOptions: ReadonlySet<string> = new Set([
  'boot.blacklistedKernelModules',
  'boot.extraModprobeConfig',
  'boot.kernel.sysctl',
  'boot.kernelParams',
  'environment.etc',
  'environment.extraInit',
  'environment.sessionVariables',
  'environment.shellAliases',
  'environment.variables',
  'home.file',
  'home.sessionVariables',
  'networking.extraHosts',
  'networking.firewall.allowedTCPPorts',
  'networking.firewall.extraCommands',
  'networking.hosts',
  'programs.bash.interactiveShellInit',
  'programs.zsh.interactiveShellInit',
  'security.sudo.extraConfig',
  'services.nginx.virtualHosts',
  'systemd.services',
  'users.groups',
  'xdg.configFile',
]);

/** Sets in submodules that the module systems put something in too: variables of a unit, what runs it. */
export const sharedMembers: ReadonlySet<string> = new Set(['environment', 'serviceConfig']);

/** Options of which the module systems need what they define themselves, so that nothing may take the place of all of it. */
export const neededOptions: ReadonlySet<string> = new Set(['users.groups']);
