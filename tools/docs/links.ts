import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT, readPage } from './pages.ts';

/** Relative links of a page that lead nowhere: to no file, or to no heading of it. */
export function brokenLinks(page: string): string[] {
  const text = withoutCode(readPage(page));
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target) && !leads(page, target));
}

function leads(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path);
  if (!existsSync(file)) return false;
  if (anchor === undefined) return true;
  return statSync(file).isFile() && anchorsOf(relative(ROOT, file)).includes(anchor);
}

/** As GitHub makes them: lower case, no punctuation, spaces become dashes. */
function anchorsOf(page: string): string[] {
  const headings = [...withoutCode(readPage(page)).matchAll(/^#+ (.*)$/gm)];
  return headings.map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '');
}
