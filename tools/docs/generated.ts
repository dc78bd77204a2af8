import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { consequence, FINDING_CODES } from '@pindrift/pin';
import { keyTable } from './key-table.ts';
import { ROOT } from './pages.ts';

/**
 * The page with the parts that are made from the source as they are made now: between
 * `<!-- schema: FILE -->` or `<!-- findings -->`, and `<!-- end -->`.
 */
export function withGenerated(page: string): string {
  return page
    .replaceAll(
      SCHEMA,
      (_whole, begin: string, file: string) => `${begin}\n\n${table(file)}\n\n${END}`,
    )
    .replaceAll(FINDINGS, (_whole, begin: string) => `${begin}\n\n${findings()}\n\n${END}`);
}

const END = '<!-- end -->';
const SCHEMA = /(<!-- schema: (\S+) -->)[\s\S]*?<!-- end -->/g;
const FINDINGS = /(<!-- findings -->)[\s\S]*?<!-- end -->/g;

function table(file: string): string {
  return keyTable(JSON.parse(readFileSync(join(ROOT, 'packages/pin/schemas', file), 'utf8')));
}

function findings(): string {
  const codes = Object.keys(FINDING_CODES) as (keyof typeof FINDING_CODES)[];
  const sections = codes.map((code) => {
    const { title, meaning, fix } = FINDING_CODES[code];
    return `## ${code}\n\n**${title}.** ${meaning}\n\n${fix}\n\n*${consequence(code)}*`;
  });
  return sections.join('\n\n');
}
