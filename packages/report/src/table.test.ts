import { stripVTControlCharacters } from 'node:util';
import type { Finding, LockChange, PinnedImage } from '@pindrift/pin';
import fc from 'fast-check';
import widthOf from 'fast-string-width';
import { describe, expect, test } from 'vitest';
import { changesTable, findingsTable, imagesTable, resolvedTable } from './index.ts';
import { formatTable } from './table.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const image: PinnedImage = {
  file: 'k8s/web.yaml',
  document: 0,
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'web',
  path: 'spec.template.spec.containers[0].image',
  line: 12,
  column: 16,
  start: 200,
  end: 210,
  text: 'nginx:1.27',
  reference: 'docker.io/library/nginx:1.27',
  finder: 'kubernetes',
  confidence: 'high',
  digest: undefined,
  outcome: 'kept',
};
const { start, end, finder, confidence, digest: _digest, outcome, ...place } = image;
const finding: Finding = {
  ...place,
  code: 'unpinned',
  severity: 'error',
  message: 'nginx:1.27 has no digest',
  help: 'pindrift pin --write k8s/web.yaml',
};

describe('tables', () => {
  test('of images say where each stands and how it stands', () => {
    const { outcome: _, digest: __, ...found } = image;
    expect(
      imagesTable([
        image,
        { ...image, line: 103, text: `nginx@${digest}`, outcome: 'already' },
        { ...image, line: 104, text: 'nginx:1', outcome: 'moved' },
        { ...found, namespace: '' },
        { ...found, reference: `docker.io/library/nginx@${digest}`, confidence: 'low' },
        {
          ...found,
          reference: undefined,
          text: '{{ .Values.image }}',
          kind: '',
          name: '',
          namespace: '',
        },
      ]),
    ).toBe(
      [
        'PLACE                IMAGE                                                                          STATE                 RESOURCE',
        'k8s/web.yaml:12:16   nginx:1.27                                                                     unpinned              Deployment shop/web',
        `k8s/web.yaml:103:16  nginx@${digest}  already pinned        Deployment shop/web`,
        'k8s/web.yaml:104:16  nginx:1                                                                        moved                 Deployment shop/web',
        'k8s/web.yaml:12:16   nginx:1.27                                                                     no digest             Deployment web',
        'k8s/web.yaml:12:16   nginx:1.27                                                                     has digest (a guess)  Deployment shop/web',
        'k8s/web.yaml:12:16   {{ .Values.image }}                                                            no reference',
        '',
      ].join('\n'),
    );
  });

  test('of findings say below what mends them, each way once', () => {
    const other = { ...finding, line: 4, code: 'not-locked', help: 'pindrift lock k8s' } as const;
    expect(findingsTable([finding, { ...finding, line: 30 }, other])).toBe(
      [
        'PLACE               FINDING            IMAGE       RESOURCE',
        'k8s/web.yaml:12:16  error: unpinned    nginx:1.27  Deployment shop/web',
        'k8s/web.yaml:30:16  error: unpinned    nginx:1.27  Deployment shop/web',
        'k8s/web.yaml:4:16   error: not-locked  nginx:1.27  Deployment shop/web',
        '',
        'unpinned: pindrift pin --write k8s/web.yaml',
        'not-locked: pindrift lock k8s',
        '',
      ].join('\n'),
    );
    const many = Array.from({ length: 20 }, (_, at) => ({ ...finding, help: `do ${at}` }));
    expect(findingsTable(many)).toMatch(/do 7\n… and 12 more; see --format json\n$/);
  });

  test('of changes leave out what did not change', () => {
    const to = `sha256:${'f'.repeat(64)}`;
    const changes: readonly LockChange[] = [
      { change: 'added', image: 'docker.io/library/a:1', to },
      { change: 'updated', image: 'docker.io/library/b:1', from: digest, to },
      { change: 'unchanged', image: 'docker.io/library/c:1', from: to, to },
      { change: 'removed', image: 'docker.io/library/d:1', from: digest },
    ];
    expect(changesTable(changes)).toBe(
      [
        'CHANGE   IMAGE                  FROM                  TO',
        'added    docker.io/library/a:1                        sha256:ffffffffffff…',
        'updated  docker.io/library/b:1  sha256:0123456789ab…  sha256:ffffffffffff…',
        'removed  docker.io/library/d:1  sha256:0123456789ab…',
        '',
      ].join('\n'),
    );
    expect(changesTable(changes.slice(2, 3))).toBe('');
  });

  test('of resolved images give the whole digest, and say where it is unknown', () => {
    expect(
      resolvedTable([
        { text: 'a:1', reference: 'docker.io/library/a:1', digest, mediaType: 'x/y' },
        { text: 'b', reference: 'docker.io/library/b', digest: undefined, platform: 'linux/arm64' },
      ]),
    ).toBe(
      [
        `IMAGE            DIGEST${' '.repeat(67)}MEDIA TYPE`,
        `a:1              ${digest}  x/y`,
        'b (linux/arm64)  unknown',
        '',
      ].join('\n'),
    );
  });

  test('of nothing are empty', () => {
    expect([imagesTable([]), findingsTable([]), changesTable([]), resolvedTable([])].join('')).toBe(
      '',
    );
  });
});

describe('the width', () => {
  test('is kept by wrapping inside the columns', () => {
    const table = imagesTable([{ ...image, file: 'clusters/prod/apps/web/deployment.yaml' }], {
      width: 63,
    });
    expect(table).toBe(
      [
        'PLACE                 IMAGE       STATE     RESOURCE',
        'clusters/prod/apps/   nginx:1.27  unpinned  Deployment shop/web',
        'web/deployment.yaml:',
        '12:16',
        '',
      ].join('\n'),
    );
  });

  test('is kept for any text, and nothing is lost', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.stringMatching(/^[a-z]{0,80}$/),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 40, max: 100 }),
        (rows, width) => {
          const cells = rows.map((row) => row.map((text) => ({ text })));
          const table = formatTable(['A', 'B', 'C'], cells, { width });
          for (const line of table.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(width);
          const whole = formatTable(['A', 'B', 'C'], cells);
          expect(whole.split('\n')).toHaveLength(rows.length + 2);
          expect(characters(table)).toEqual(characters(whole));
        },
      ),
    );
  });

  test('of a terminal without a size is no limit', () => {
    expect(imagesTable([image], { width: 0 })).toBe(imagesTable([image]));
  });

  test('shortens digests only where it is limited', () => {
    const pinned = { ...image, text: `nginx@${digest}` };
    expect(imagesTable([pinned])).toContain(digest);
    expect(imagesTable([pinned], { width: 200 })).toContain('nginx@sha256:0123456789ab… ');
  });
});

describe('what a terminal would act on', () => {
  const hostile = '\u001b]0;owned\u0007\u001b[2J\u009b31m\r\n\tx\u202egnp\u0000\u007f\u200b';

  test('is escaped in every cell', () => {
    const all = {
      ...image,
      file: hostile,
      text: hostile,
      kind: hostile,
      name: hostile,
      namespace: hostile,
    };
    const tables = [
      imagesTable([all]),
      findingsTable([{ ...finding, ...all, message: hostile, help: hostile }]),
      changesTable([{ change: 'added', image: hostile, to: hostile }]),
      resolvedTable([
        {
          text: hostile,
          reference: hostile,
          platform: hostile,
          digest: hostile,
          mediaType: hostile,
        },
      ]),
    ];
    for (const table of tables) {
      expect(table).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
      expect(table).toContain(
        '\\u{1b}]0;owned\\u{7}\\u{1b}[2J\\u{9b}31m\\u{d}\\n\\tx\\u{202e}gnp\\u{0}\\u{7f}\\u{200b}',
      );
    }
  });

  test('is written by colours alone, and they change nothing else', () => {
    for (const width of [50, undefined]) {
      const layout = width === undefined ? {} : { width };
      const plain = findingsTable([finding], layout);
      const colored = findingsTable([finding], { ...layout, color: true });
      expect(colored).toContain('\u001b[31merror:');
      expect(stripVTControlCharacters(colored)).toBe(plain);
      expect(plain).not.toContain('\u001b');
    }
  });
});

test('the table of 15,000 images is laid out row by row', () => {
  const rows = Array.from({ length: 15_000 }, (_, line) => ({ ...image, line: line + 1 }));
  expect(imagesTable(rows, { width: 80 }).split('\n')).toHaveLength(15_002);
});

function characters(table: string): readonly string[] {
  return [...table.replaceAll(/\s/g, '')].sort();
}
