import { compilerOptions, type Files, json, tools } from '../../init/templates/template';
import type { PackageInfo } from '../../package-info';

/** The files of a project beside its TypeScript, as `init` writes them. */
export function projectFiles(name: string, cdknix: PackageInfo): Files {
  return {
    'package.json': json({
      name,
      private: true,
      scripts: {
        synth: 'cdknix synth',
        diff: 'cdknix diff',
        watch: 'cdknix watch',
        typecheck: 'node node_modules/typescript/bin/tsc',
      },
      dependencies: { cdknix: `^${cdknix.version}`, constructs: cdknix.peerDependencies.constructs },
      devDependencies: tools(cdknix, '@types/node', '@typescript/typescript6', 'tsx', 'typescript7'),
    }),
    'cdk-like.json': json({ app: 'tsx main.ts', output: 'nix' }),
    'tsconfig.json': json({ compilerOptions: { ...compilerOptions, noEmit: true }, include: ['**/*.ts'] }),
    '.gitignore': 'node_modules/\nresult\n',
  };
}
