import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT: string = resolve(import.meta.dirname, '../..');

/** Pages whose commands are played by a test of their own app or package. */
const PLAYED_ELSEWHERE = ['docs/cli.md', 'docs/registries.md'];

/** Paths of all pages of documentation, relative to the root. */
export function allPages(): string[] {
  const docs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
  return [
    'README.md',
    'CONTRIBUTING.md',
    'examples/README.md',
    ...docs.map((name) => `docs/${name}`),
  ];
}

/** Those that are played here. */
export function playedPages(): string[] {
  return allPages().filter((page) => !PLAYED_ELSEWHERE.includes(page));
}

export function readPage(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}
