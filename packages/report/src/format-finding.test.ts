import type { Finding } from '@pindrift/pin';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatFinding } from './index.ts';
import { UNPINNED as finding } from './testing/unpinned.ts';

const head =
  'web.yaml:3:12: error: unpinned: Deployment shop/web, spec.image: nginx:1.27 has no digest';
const help = '  help: pindrift pin --write web.yaml';

describe('a finding', () => {
  test('shows its place, code, message, source line and help', () => {
    expect(at('  - image: nginx:1.27  # token abc')).toEqual([
      head,
      '  3 |   - image: nginx:1.27',
      '    |            ^~~~~~~~~~',
      help,
    ]);
  });

  test('without its source shows the rest', () => {
    expect(formatFinding(finding)).toBe(`${head}\n${help}\n`);
    expect(formatFinding({ ...finding, help: '', message: 'it is bad' })).toBe(
      'web.yaml:3:12: error: unpinned: it is bad\n',
    );
  });

  test('is coloured on demand', () => {
    const text = formatFinding(finding, { color: true });
    expect(text).toContain(
      '\u001b[1mweb.yaml:3:12\u001b[22m: \u001b[31merror: unpinned\u001b[39m: ',
    );
    expect(text).toContain('\u001b[36mhelp\u001b[39m: ');
  });
});

describe('the source line', () => {
  test.each([
    ['image: "nginx:1.27"', 9, 'image: "nginx:1.27"', '        ^'],
    ["- 'image' : 'nginx:1.27'", 14, "- 'image' : 'nginx:1.27'", '             ^'],
    ['"image": "nginx:1.27", "token": "s3cret"', 11, '"image": "nginx:1.27"', '          ^'],
    ['\timage: nginx:1.27', 9, ' image: nginx:1.27', '        ^'],
  ])('is shown up to the value: %s', (line, column, shown, pointer) => {
    expect(at(line, { column }).slice(1, 3)).toEqual([
      `  3 | ${shown}`,
      `    | ${pointer}~~~~~~~~~`,
    ]);
  });

  test.each([
    ['{token: s3cret, image: nginx:1.27}', 24],
    ['{"env":{"token":"s3cret"},"image":"nginx:1.27"}', 36],
    ['s3cret text behind which stands nginx:1.27', 33],
    [`${'s3cret'.repeat(40)}: nginx:1.27`, 243],
    ['&s3cret image: nginx:1.27', 16],
  ])('gives way to the image alone where more stands before it: %s', (line, column) => {
    expect(at(line, { column }).slice(1, 3)).toEqual(['  3 | … nginx:1.27', '    |   ^~~~~~~~~~']);
  });

  test('is never shown of a Secret, nor where there is no value', () => {
    expect(at('  - image: nginx:1.27', { kind: 'Secret' })).toEqual([head, help]);
    expect(at('  s3cret: s3cret', { text: '' })).toEqual([head, help]);
  });

  test.each(['\n', '\r\n', '\r'])('is found behind every line end (%j)', (end) => {
    const source = ['a', '', '  - image: nginx:1.27', 'd'].join(end);
    expect(formatFinding(finding, { source })).toContain('  3 |   - image: nginx:1.27\n');
  });

  test('is found where columns count characters beyond the first plane', () => {
    const lines = at('"im🐳ge": nginx:1.27', { column: 11 });
    expect(lines[1]).toBe('  3 | … nginx:1.27');
  });

  test('points at wide text, and shortens what is long', () => {
    expect(at('image: 画像', { column: 8, text: '画像' })[2]).toBe('    |        ^~~~');
    const [, line = ''] = at('image: x', { column: 8, text: 'x'.repeat(500) });
    expect(line).toBe(`  3 | image: ${'x'.repeat(120)}…`);
  });

  test('is left out where the file is shorter than it was', () => {
    expect(formatFinding(finding, { source: 'a\n' })).toContain('  3 | … nginx:1.27\n');
  });

  test('never shows anything of the source but one key and the value', () => {
    const secret = fc.stringMatching(/^S[A-Z]{3,9}$/);
    const around = fc.constantFrom(
      '',
      ': ',
      ', "k": "',
      '" }',
      '\n',
      '\r\n',
      ' # ',
      '- ',
      '{',
      '&',
      ' nginx:1.27 ',
      '🐳',
    );
    fc.assert(
      fc.property(
        secret,
        fc.array(around, { minLength: 4, maxLength: 8 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 60 }),
        (word, parts, line, column) => {
          const source = parts.join(`${word} ${word}`);
          const shown = formatFinding({ ...finding, line, column }, { source });
          expect(shown).not.toContain(`${word} ${word}`);
        },
      ),
    );
  });
});

test('what a terminal would act on is escaped', () => {
  const hostile = 'a\u001b[2J\u009b1m\u202e\rb';
  const shown = formatFinding(
    { ...finding, file: hostile, message: hostile, help: hostile, text: hostile },
    { source: `\n\n  - image: ${hostile}` },
  );
  expect(shown).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  expect(shown).toContain('\\u{1b}[2J');
});

function at(line: string, change: Partial<Finding> = {}): readonly string[] {
  const changed = { ...finding, ...change };
  const message = changed.message.replace('3:12', `${changed.line}:${changed.column}`);
  const shown = formatFinding({ ...changed, message }, { source: `a\nb\n${line}\nd\n` });
  return shown
    .replace(/:3:\d+:/, ':3:12:')
    .split('\n')
    .slice(0, -1);
}
