import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Outcome, run } from './run.ts';

/**
 * Runs the first `ts` block of a README under plain Node, in the README's folder, so that it may
 * import what its package may. Throws when there is no such block.
 */
export async function runExample(readme: URL): Promise<Outcome> {
  const text = await readFile(readme, 'utf8');
  const code = /^```ts\r?\n(.*?)^```/ms.exec(text)?.[1];
  if (code === undefined) {
    throw new Error(`${readme.pathname} has no block that begins with \`\`\`ts`);
  }
  return run(process.execPath, ['--input-type=module-typescript', '--eval', code], {
    cwd: dirname(fileURLToPath(readme)),
  });
}
