import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { playSessions } from './session.ts';
import { workFolder } from './work-folder.ts';

test('a README is played in order, and comes back with what is printed now', async () => {
  const readme = (printed: string): string =>
    `# A\n\n\`\`\`yaml k8s/a.yaml\na: 1\n\`\`\`\n\n\`\`\`console\n$ cat k8s/a.yaml\n${printed}\n$ exit 3\n\`\`\`\n`;
  const folder = workFolder({ 'README.md': readme('a: 2') });
  const { was, is } = await playSessions(pathToFileURL(join(folder, 'README.md')), {});
  expect(was).toBe(readme('a: 2'));
  expect(is).toBe(readme('a: 1'));
});
