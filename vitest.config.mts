import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^cdknix$/, replacement: here('lib/index.ts') },
      { find: /^cdknix\/(nix|features|options|testing)$/, replacement: here('lib/$1/index.ts') },
      { find: '@example/homelab-constructs', replacement: here('examples/library/lib/index.ts') },
    ],
  },
  test: { include: ['test/**/*.test.ts'], globalSetup: 'test/support/build.ts', testTimeout: 60_000 },
});
