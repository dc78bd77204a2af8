import { defineConfig } from 'vitest/config';

/** The tests that run real programs: `npm run test:clients`. */
export default defineConfig({
  test: {
    include: ['{apps,packages}/*/src/**/*.clients.test.ts', 'tools/**/*.clients.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    globalSetup: ['tools/clients-setup.ts'],
    testTimeout: 60_000,
  },
});
