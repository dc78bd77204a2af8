import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listFiles } from './index.ts';

test('the example of the README says what happens', async () => {
  const root = mkdtempSync(join(tmpdir(), 'pindrift-forge-'));
  try {
    for (const name of ['k8s', 'extra']) mkdirSync(join(root, name));
    for (const path of ['k8s/app.yaml', 'k8s/notes.txt', 'extra/one.txt', 'extra/two.yaml']) {
      writeFileSync(join(root, path), '');
    }
    writeFileSync(join(root, 'k8s/huge.yaml'), 'x'.repeat(1_000_001));
    const { files, skipped } = await listFiles(['k8s', 'extra/one.txt'], {
      cwd: root,
      extensions: ['.yaml', '.yml'],
      maxBytes: 1_000_000,
    });
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    expect(readme).toContain(`// files:   ${files.map(({ path }) => path).join(', ')}\n`);
    expect(readme).toContain(
      `// skipped: ${skipped.map(({ code, path }) => `${code} ${path}`).join(', ')}\n`,
    );
  } finally {
    rmSync(root, { recursive: true });
  }
});
