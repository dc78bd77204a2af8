import { expect, test } from 'vitest';
import { textContent } from './text-content.ts';

test.each([
  'apiVersion: v1\nkind: Pod\n',
  'kind: Pod\r\napiVersion: v1\r\n',
  '\uFEFF# a comment\n---\napiVersion: v1\nkind: Pod\nspec: [\n',
  '{"kind":"List","apiVersion":"v1","items":[]}',
  '{{- if .Values.web }}\n"apiVersion": v1\n"kind": Pod\n{{- end }}\n',
  `${'# long\n'.repeat(9000)}apiVersion: v1\nkind: Pod\n`,
])('what has an apiVersion and a kind holds manifests: %j', (text) => {
  expect(textContent(Buffer.from(text))).toBe('manifests');
});

test.each(['', '\n', ' \t\r\n', '# nothing\n', '---\n# Source: a.yaml\n---\n...\n', '\uFEFF'])(
  'white space, comments and markers are blank: %j',
  (text) => {
    expect(textContent(Buffer.from(text))).toBe('blank');
  },
);

test.each([
  'Error: boom\n',
  'Error: no matches for kind "Web" in version "v1"\n',
  '[]\n',
  '- a\n',
  '<html></html>\n',
  'kind of: text\n',
  'apiVersion: pindrift.dev/v1alpha1\nkind: ImageLock\nspec: {images: []}\n',
])('anything else is foreign: %j', (text) => {
  expect(textContent(Buffer.from(text))).toBe('foreign');
});

test('text in two bytes a character is left to its reader', () => {
  expect(textContent(Buffer.from('kind: Pod\n', 'utf16le'))).toBe('manifests');
});
