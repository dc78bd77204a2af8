import { readFileSync } from 'node:fs';
import type { Finding } from '@pindrift/pin';
import { expect, test } from 'vitest';
import { findingsTable, formatFinding } from './index.ts';

test('the example of the README says what happens', () => {
  const finding: Finding = {
    code: 'unpinned',
    severity: 'error',
    message: 'web.yaml:3:12: Deployment shop/web, spec.image: nginx:1.27 has no digest',
    help: 'pindrift pin --write web.yaml',
    file: 'web.yaml',
    line: 3,
    column: 12,
    document: 0,
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    namespace: 'shop',
    name: 'web',
    path: 'spec.image',
    text: 'nginx:1.27',
    reference: 'docker.io/library/nginx:1.27',
  };
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const source = 'a\nb\n  - image: nginx:1.27\n';
  expect(readme).toContain(commented(formatFinding(finding, { source })));
  expect(readme).toContain(commented(findingsTable([finding], { width: 80 })));
});

function commented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '// ').replaceAll(/^\n/gm, '//\n');
}
