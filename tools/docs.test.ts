import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { withGenerated } from './docs/generated.ts';
import { brokenLinks } from './docs/links.ts';
import { fencesOf, needsOf, readSteps } from './docs/page.ts';
import { allPages, playedPages, ROOT, readPage } from './docs/pages.ts';
import { playPage } from './docs/play.ts';
import { startExampleRegistry } from './example-registry.ts';
import { PROGRAMS } from './pack.ts';

/** Said where a page is out of date. */
const UPDATE = 'UPDATE_CASES=1 writes what is printed now; read the diff';

/** A page runs up to two dozen commands; milliseconds. */
const PATIENCE = 120_000;

describe('the documentation', () => {
  const played = playedPages().filter((page) => needsOf(readPage(page)).length === 0);

  test.each(played.filter((page) => readSteps(readPage(page)).length > 0))(
    '%s: every command prints what stands there',
    { timeout: PATIENCE },
    async (page) => {
      await using world = await startExampleRegistry();
      const text = readPage(page);
      const now = await playPage(text, { world, programs: {} });
      if (process.env.UPDATE_CASES === '1') writeFileSync(join(ROOT, page), now);
      else expect(now, UPDATE).toBe(text);
    },
  );

  test.each(['docs/configuration.md', 'docs/findings.md'])(
    '%s: what is made from the source is what it is made of now',
    (page) => {
      const text = readPage(page);
      const now = withGenerated(text);
      if (process.env.UPDATE_CASES === '1') writeFileSync(join(ROOT, page), now);
      else expect(now, UPDATE).toBe(text);
    },
  );

  test.each(allPages())('%s: no link leads nowhere', (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });

  test.each(playedPages())('%s: every fenced block is of a kind that is looked at', (page) => {
    for (const info of fencesOf(readPage(page))) {
      expect.soft(info).toMatch(/^(?:yaml(?: \S+)?|console(?: helm[34])?|json|text|diff|sh|ts)$/);
    }
  });

  test.each(playedPages())('%s: what is not played are commands of this repository', (page) => {
    for (const [, block = ''] of readPage(page).matchAll(/^```sh\n([\s\S]*?)^```$/gm)) {
      for (const line of block.trimEnd().split('\n')) {
        expect.soft(line).toMatch(/^(?:npm (?:ci|test|run) ?|git clone )/);
      }
    }
  });

  test.each(allPages())(
    "%s: what npm installs is a path to npm, and nobody's repository",
    (page) => {
      // npm reads `folder/name.tgz` as owner and repository on GitHub.
      for (const [, what = ''] of readPage(page).matchAll(/npm install -g (\S+\.tgz)/g)) {
        expect.soft(what).toMatch(/^(?:\.\/|~\/|\/)/);
      }
    },
  );

  test.each(playedPages())('%s: what fails to render is not taken for nothing to do', (page) => {
    // A shell forgets that the left side of a pipe failed.
    const piped =
      /(?:kustomize build|helm template|helmfile template|kubectl kustomize)[^`|]*\| *pindrift /;
    expect(piped.exec(readPage(page))?.[0]).toBeUndefined();
  });

  test.each(allPages())('%s: its YAML is YAML', (page) => {
    for (const [, block = ''] of readPage(page).matchAll(/^```yaml.*\n([\s\S]*?)^```$/gm)) {
      expect.soft(parseAllDocuments(block).flatMap(({ errors }) => errors)).toEqual([]);
    }
  });

  test.each(playedPages())('%s: what is shown as a Deployment can be applied', (page) => {
    for (const { spec } of deploymentsOf(readPage(page))) {
      const { selector, template } = spec;
      expect.soft(selector?.matchLabels).toBeDefined();
      expect.soft(template.metadata?.labels).toMatchObject(selector?.matchLabels ?? {});
    }
  });

  test('CONTRIBUTING.md names the projects that there are, and no other', () => {
    const [, list = ''] =
      /`tools\/architecture\.test\.ts`:\n(.*), apps\./.exec(readPage('CONTRIBUTING.md')) ?? [];
    expect(list.split(', ').toSorted()).toEqual(readdirSync(join(ROOT, 'packages')).toSorted());
  });

  test('CHANGELOG.md names every verb and every program', () => {
    const text = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8');
    for (const file of readdirSync(join(ROOT, 'apps/cli/src/verbs'))) {
      if (!file.endsWith('.test.ts'))
        expect.soft(text).toMatch(new RegExp(`\\b${file.slice(0, -3)}\\b`));
    }
    for (const name of Object.keys(PROGRAMS)) expect.soft(text).toContain(`\`${name}\``);
  });

  test('plays every page that shows a command', () => {
    const shows = playedPages().filter((page) => /^\$ /m.test(readPage(page)));
    for (const page of shows)
      expect.soft(readSteps(readPage(page)).length, page).toBeGreaterThan(0);
  });
});

interface Deployment {
  readonly spec: {
    readonly selector?: { readonly matchLabels?: Record<string, string> };
    readonly template: { readonly metadata?: { readonly labels?: Record<string, string> } };
  };
}

function deploymentsOf(page: string): Deployment[] {
  return [...page.matchAll(/^```yaml.*\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block = '']) => parseAllDocuments(block).map((document) => document.toJS()))
    .filter((manifest) => manifest?.kind === 'Deployment');
}
