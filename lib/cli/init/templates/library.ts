import { type Answers, compilerOptions, json, type Template, tools } from './template';

/** A construct library: a feature with props, built for npm. */
export const library: Template = (answers, cdknix) => ({
  'package.json': json({
    name: answers.name,
    version: '0.1.0',
    description: 'Features for cdknix',
    keywords: ['cdknix', 'nix'],
    main: 'dist/index.js',
    types: 'dist/index.d.ts',
    exports: { '.': './dist/index.js' },
    files: ['dist'],
    scripts: { build: 'tsc -p tsconfig.build.json', test: 'vitest run', prepack: 'npm run build' },
    // Of the app that uses the library, so that there is one of each.
    peerDependencies: { cdknix: `^${cdknix.version}`, constructs: cdknix.peerDependencies.constructs },
    devDependencies: tools(cdknix, '@types/node', 'typescript', 'vitest'),
  }),
  'tsconfig.json': json({ compilerOptions: { ...compilerOptions, noEmit: true }, include: ['lib', 'test'] }),
  'tsconfig.build.json': json({
    extends: './tsconfig.json',
    compilerOptions: { noEmit: false, declaration: true, rootDir: 'lib', outDir: 'dist' },
    include: ['lib'],
  }),
  '.gitignore': 'node_modules/\ndist/\n',
  'lib/index.ts': `export { Syncthing, type SyncthingProps } from './syncthing';\n`,
  'lib/syncthing.ts': syncthing,
  'test/syncthing.test.ts': test,
  'README.md': readme(answers),
});

const syncthing = `import { Feature } from 'cdknix';
import type { Construct } from 'constructs';

export interface SyncthingProps {
  /**
   * Whether other devices may connect to this one (NixOS).
   * @default true
   */
  readonly openFirewall?: boolean;
  /**
   * Further options of the command.
   * @default none
   */
  readonly extraOptions?: readonly string[];
}

/** Syncthing: the user's service, and the system's firewall open for it. */
export class Syncthing extends Feature {
  constructor(scope: Construct, id: string, props: SyncthingProps = {}) {
    super(scope, id);
    const { openFirewall = true, extraOptions } = props;
    this.home.set({ services: { syncthing: { enable: true, extraOptions } } });
    // Optional: a Mac and a standalone home have no such firewall, and do well without.
    if (openFirewall) {
      this.nixos.optional().set({
        networking: { firewall: { allowedTCPPorts: [22000], allowedUDPPorts: [22000, 21027] } },
      });
    }
  }
}
`;

const test = `import { Flake, HomeUser, Host, type Usable } from 'cdknix';
import { synthToFiles } from 'cdknix/testing';
import { expect, it } from 'vitest';
import { Syncthing } from '../lib';

function filesWith(feature: Usable): Record<string, string> {
  const flake = new Flake();
  const host = new Host(flake, 'laptop', { system: 'x86_64-linux' });
  new HomeUser(host, 'alice').use(feature);
  return synthToFiles(flake);
}

it('configures the service and opens the firewall', () => {
  const files = filesWith(Syncthing);
  expect(files['modules/home/syncthing.nix']).toMatchSnapshot();
  expect(files['modules/nixos/syncthing.nix']).toMatchSnapshot();
});

it('leaves the firewall closed if it is told to', () => {
  expect(filesWith(Syncthing.with({ openFirewall: false }))).not.toHaveProperty(['modules/nixos/syncthing.nix']);
});
`;

function readme({ name }: Answers): string {
  return `# ${name}

Features for [cdknix](https://www.npmjs.com/package/cdknix).

\`\`\`ts
import { Syncthing } from '${name}';

user.use(Syncthing);
user.use(Syncthing.with({ openFirewall: false }));
\`\`\`

| command | what it does |
| --- | --- |
| \`npm install\` | installs what the library needs |
| \`npm test\` | runs the tests |
| \`npm run build\` | compiles \`lib/\` to \`dist/\` |
| \`npm publish\` | builds and publishes |
`;
}
