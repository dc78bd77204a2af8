import { defineConfig } from 'vitest/config';

if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `The tests need Node 24 (this is ${process.version}); 'npm ci' installs it, and 'npm test' uses it.`,
  );
}

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.clients.test.ts'],
    projects: [
      'packages/*',
      'apps/*',
      { test: { name: 'tools', include: ['tools/**/*.test.ts'] } },
    ],
    testTimeout: 20_000,
  },
});
