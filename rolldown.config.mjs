// Makes few files of many: a process that runs an app spends more time on finding and opening modules than on a synth.
import { chmodSync, statSync } from 'node:fs';
import { defineConfig } from 'rolldown';

/**
 * Chunks are one folder below `dist`, as the sources are below `lib`, so that paths to `data` hold. Names stay, since
 * those of features' classes become their ids.
 */
const bundle = (entries, chunks, codeSplitting) => ({
  input: Object.fromEntries(entries.map((entry) => [entry, `lib/${entry}.ts`])),
  platform: 'node',
  external: /^[^./]/,
  output: {
    dir: 'dist',
    format: 'cjs',
    esModule: true,
    keepNames: true,
    entryFileNames: '[name].js',
    chunkFileNames: `${chunks}/[name].js`,
    codeSplitting,
  },
});

const library = ['index', 'nix/index', 'features/index', 'options/index', 'testing/index'];

/** What tests and benchmarks run in processes of their own. */
const inside = ['diagnostics/index', 'options/bundled', 'options/check/check', 'options/table', 'synth/write'];

/** npm makes a program executable when it installs it; in a clone each build writes it anew. */
const executable = (program) => ({
  name: 'executable',
  writeBundle: () => chmodSync(program, statSync(program).mode | 0o111),
});

export default defineConfig([
  // In one file, so that all entries share one copy of the classes.
  bundle([...library, ...inside], 'library', { groups: [{ name: 'all', test: /[\\/]lib[\\/]/ }] }),
  // A file for each command. None may need the one that node was started with: by another path it would run again.
  {
    ...bundle(['cli/main'], 'cli', {
      groups: [
        {
          name: 'output',
          test: /package-info|[\\/]redaction[\\/]|styled|terminal[\\/](?:output|released-text|json-text)/,
        },
      ],
    }),
    plugins: [executable('dist/cli/main.js')],
  },
]);
