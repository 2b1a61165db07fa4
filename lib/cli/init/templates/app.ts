import { isDarwin } from '../../../constructs/names';
import { type Answers, compilerOptions, type Files, json, type Template, tools } from './template';

/** A flake of machines: one host, one user, features from the library and one of its own. */
export const app: Template = (answers, cdknix) => ({
  'package.json': json({
    name: answers.name,
    private: true,
    scripts: {
      synth: 'cdknix synth',
      diff: 'cdknix diff',
      watch: 'cdknix watch',
      // By its path: npm gives the name tsc to TypeScript 6 where both are.
      typecheck: 'node node_modules/typescript/bin/tsc',
      test: 'vitest run',
    },
    dependencies: { cdknix: `^${cdknix.version}`, constructs: cdknix.peerDependencies.constructs },
    // TypeScript 7 checks types in a quarter of the time; what reads sources, for the places in messages, is only in 6.
    devDependencies: tools(cdknix, '@types/node', '@typescript/typescript6', 'tsx', 'typescript7', 'vitest'),
  }),
  'cdk-like.json': json({ app: 'tsx main.ts', output: 'nix' }),
  'tsconfig.json': json({ compilerOptions: { ...compilerOptions, noEmit: true }, include: ['**/*.ts'] }),
  '.gitignore': 'node_modules/\nresult\n',
  'main.ts': main(answers),
  'docker.ts': docker,
  ...hardware(answers),
  'test/main.test.ts': test,
  'README.md': readme(answers),
});

function main({ host, system, user }: Answers): string {
  const settings = isDarwin(system)
    ? `  system: { defaults: { dock: { autohide: true } } },`
    : `  boot: { loader: { 'systemd-boot': { enable: true }, efi: { canTouchEfiVariables: true } } },
  networking: { firewall: { enable: true } },`;
  const hardware = isDarwin(system)
    ? ''
    : `// Nix files of your own stay usable: this one is copied into the flake.
host.import('./hosts/${host}/hardware-configuration.nix');
`;
  const groups = isDarwin(system) ? '' : `, { groups: ['wheel'] }`;
  return `import { Flake, Host, HomeUser } from 'cdknix';
import { Git, Shell } from 'cdknix/features';
import { Docker } from './docker';

/** All your machines. "npx cdknix synth" writes them to ./nix as plain Nix. */
export const flake = new Flake();

// A machine: NixOS, or macOS with nix-darwin, by its system. Options have the names that they have in Nix.
const host = new Host(flake, '${host}', { system: '${system}' });
host.set({
${settings}
});
${hardware}
// A user of the machine. Features configure all that they need: the system, the account, the home.
const user = new HomeUser(host, '${user}'${groups});
user.use(Git.with({ name: '${user}', email: '${user}@example.com' }), Shell, Docker);
`;
}

const docker = `import { Feature, pkgs } from 'cdknix';
import type { Construct } from 'constructs';

/** Docker: the daemon, the group and the user's tools, in one place. */
export class Docker extends Feature {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    // The host, when it runs NixOS.
    this.nixos.set({ virtualisation: { docker: { enable: true } } });
    // The host, when it is a Mac.
    this.darwin.set({ homebrew: { enable: true, casks: ['docker-desktop'] } });
    // The user's account on the host.
    this.account.addGroups('docker');
    // The user's home.
    this.home.set({ home: { packages: [pkgs.lazydocker] } });
  }
}
`;

function hardware({ host, system }: Answers): Files {
  if (isDarwin(system)) return {};
  const file = `hosts/${host}/hardware-configuration.nix`;
  return {
    [file]: `# A placeholder, so that the flake evaluates. On the machine, replace it by its own:
#   nixos-generate-config --show-hardware-config > ${file}
{
  fileSystems."/" = {
    device = "/dev/disk/by-label/nixos";
    fsType = "ext4";
  };
}
`,
  };
}

const test = `import { synthToFiles } from 'cdknix/testing';
import { expect, it } from 'vitest';
import { flake } from '../main';

// Shows what a change does to the Nix code. If it is meant: npx vitest run -u
it('writes the flake that it wrote before', () => {
  expect(synthToFiles(flake)).toMatchSnapshot();
});
`;

function readme({ name, host, system }: Answers): string {
  const rebuild = isDarwin(system) ? 'darwin-rebuild' : 'nixos-rebuild';
  const hardware = isDarwin(system)
    ? ''
    : `
Before the first switch, on the machine:

\`\`\`sh
nixos-generate-config --show-hardware-config > hosts/${host}/hardware-configuration.nix
npx cdknix synth
\`\`\`
`;
  return `# ${name}

Machines declared in TypeScript with cdknix. \`main.ts\` is where to start.

| command | what it does |
| --- | --- |
| \`npm install\` | installs what the project needs |
| \`npx cdknix synth\` | writes the flake to \`nix/\` |
| \`npx cdknix diff\` | shows what a synth would change |
| \`npx cdknix list\` | shows the hosts and users |
| \`npx cdknix watch\` | synthesises at every change |
| \`npx cdknix check\` | has Nix evaluate what changed, and shows its errors at your lines |
| \`npx cdknix explain ${host} networking.hostName\` | shows an option's value, and who sets it |
| \`npx cdknix fix\` | gives renamed options their new names |
| \`npx cdknix import\` | reads the options of your own channel and inputs, for types and checks: those that came with cdknix are of one release; without Nix, \`npx cdknix import --channel\` |
| \`npm run typecheck\` | checks the types, which \`cdknix synth\` does not look at |
| \`npm test\` | compares the flake with the last snapshot |

Commit \`nix/\` and \`cdk-like.state.json\` too: a flake sees only what git tracks.
${hardware}
To switch:

\`\`\`sh
sudo ${rebuild} switch --flake ./nix#${host}
\`\`\`
`;
}
