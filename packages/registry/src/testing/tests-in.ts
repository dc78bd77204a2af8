import { readFileSync } from 'node:fs';

const sources = new URL('../', import.meta.url);

/** The full names of the tests in a file below `src`, as its source has them. */
export function testsIn(file: string): string[] {
  const source = `\n${readFileSync(new URL(file, sources), 'utf8')}`;
  // A name is the text right before the function of a test.
  const names = source.matchAll(/'((?:[^'\\\n]|\\.)+)',\s*(?:async )?\([^()]*\) => \{/g);
  return [...names].flatMap(({ index, 1: name = '' }) => {
    const before = source.slice(0, index);
    if (before.endsWith('describe(')) return [];
    const [suite = '', body = ''] =
      before
        .split(/\ndescribe\('/)
        .at(-1)
        ?.split("', () => {\n") ?? [];
    const isInside = before.includes("\ndescribe('") && !body.includes('\n});');
    return [isInside ? `${suite} ${name}` : name];
  });
}
