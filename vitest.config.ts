import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `The tests need Node 24 (this is ${process.version}); 'npm ci' installs it, and 'npm test' uses it.`,
  );
}

/**
 * For the programs that tests start from source: Node keeps what it has compiled, by content, and
 * then starts one in less than half of the time.
 */
const COMPILE_CACHE = {
  NODE_COMPILE_CACHE:
    process.env.NODE_COMPILE_CACHE ?? join(import.meta.dirname, 'node_modules/.cache/compiled'),
};

export default defineConfig({
  test: {
    // Tests of real programs are run by vitest.clients.config.ts.
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.clients.test.ts'],
    testTimeout: 20_000,
    env: COMPILE_CACHE,
    projects: [...projects('packages'), ...projects('apps'), project('tools', 'tools')],
  },
});

function projects(group: string): TestProjectInlineConfiguration[] {
  return readdirSync(join(import.meta.dirname, group)).map((entry) => {
    const root = join(group, entry);
    const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      name: string;
    };
    return project(name, root);
  });
}

function project(name: string, root: string): TestProjectInlineConfiguration {
  return { extends: true, test: { name, root, include: ['**/*.test.ts'] } };
}
