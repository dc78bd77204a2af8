import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseReference } from '@pindrift/reference';
import { cases } from '@pindrift/testing/cases';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Finding } from './findings/finding.ts';
import type { Lock } from './lock/lock.ts';
import { readFunctionConfig } from './lock/read-function-config.ts';
import { readLock } from './lock/read-lock.ts';
import type { PinContext, Resolve } from './pin-context.ts';
import { checkText, pinText } from './pin-text.ts';

const TESTDATA = new URL('../testdata/pin', import.meta.url);
const TODAY = '2026-11-21';

async function contextOf(folder: string, names: readonly string[]): Promise<PinContext> {
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const lock = await readLock(text('lock.yaml'), { file: 'images.lock.yaml' });
  const rules = names.includes('context.yaml') ? (parse(text('context.yaml')) as object) : {};
  return { file: 'deploy.yaml', lock, today: TODAY, ...rules };
}

function show(findings: readonly Finding[]): string {
  return findings
    .map(({ severity, code, message, help }) => `${severity} ${code}\n  ${message}\n  ${help}\n`)
    .join('');
}

describe('pinText and checkText', () => {
  cases(TESTDATA, async (oneCase) => {
    const context = await contextOf(oneCase.folder, oneCase.inputs);
    const { input } = oneCase;
    const pinned = await pinText(input, context);
    const checked = await checkText(pinned.text, context);
    expect(pinned.refused).toBe(pinned.findings.some(({ severity }) => severity === 'error'));
    if (pinned.refused) expect(pinned.text).toBe(input);
    return {
      'expected.yaml': Buffer.from(pinned.text),
      'expected.outcomes.txt': pinned.images
        .map(({ outcome, text, path, digest }) => `${outcome} ${text} ${path} ${digest ?? '-'}\n`)
        .join(''),
      'expected.findings.txt': show(pinned.findings),
      'expected.check.txt': show(checked.findings),
    };
  });
});

const inputs = readdirSync(TESTDATA).map((name) => join(TESTDATA.pathname, name));

test.each(inputs)(
  '%s: the output with the digests as they were is the input, and a second run changes nothing',
  async (folder) => {
    const context = await contextOf(folder, readdirSync(folder));
    const input = readFileSync(join(folder, 'input.yaml'));
    const { text, images } = await pinText(input, context);
    const again = await pinText(text, context);
    expect(Buffer.compare(again.text, text)).toBe(0);
    let stripped = Buffer.from(text).toString('latin1');
    for (const { outcome, digest = '', text: written } of images) {
      if (outcome !== 'pinned' && outcome !== 'moved') continue;
      const before = outcome === 'moved' ? `@${parseReference(written).digest}` : '';
      const change = firstChange(stripped, input.toString('latin1'));
      const found = stripped.indexOf(`@${digest}`, change - `@${digest}`.length);
      stripped = stripped.slice(0, found) + before + stripped.slice(found + digest.length + 1);
    }
    const expected = input.toString('latin1');
    const asked = context.settings?.untagged === 'latest';
    expect(asked ? stripped.replaceAll(/nginx:latest/g, 'nginx') : stripped).toBe(expected);
  },
);

function firstChange(text: string, input: string): number {
  let at = 0;
  while (at < input.length && text[at] === input[at]) at++;
  return at;
}

const DIGEST = `sha256:${'d'.repeat(64)}`;
const LOCK: Lock = {
  file: 'images.lock.yaml',
  settings: {},
  images: [{ image: 'docker.io/library/nginx:1.27', digest: DIGEST }],
};

function pod(...images: string[]): Buffer {
  const containers = images.map((image) => `  - image: ${image}\n`).join('');
  return Buffer.from(
    `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n${containers}`,
  );
}

/** A registry that knows everything and remembers what it was asked. */
function remembering(asked: string[]): Resolve {
  return async ({ text, tag }) => {
    asked.push(`${text} ${tag}`);
    return { digest: `sha256:${'e'.repeat(64)}`, mediaType: 'application/x' };
  };
}

test('a text in which nothing changes is the input itself', async () => {
  for (const text of [pod(`nginx:1.27@${DIGEST}`), Buffer.from(''), Buffer.from('kind: X\n')]) {
    expect((await pinText(text, { lock: LOCK, today: TODAY })).text).toBe(text);
  }
});

describe('resolving', () => {
  const context = { today: TODAY, settings: { mode: 'resolve' } } as const;

  test('each reference that the lock lacks is asked for once, whatever its spelling', async () => {
    const asked: string[] = [];
    const text = pod('redis', 'redis:latest', 'docker.io/library/redis', 'redis:7', 'nginx:1.27');
    const resolve = remembering(asked);
    const result = await pinText(text, { ...context, lock: LOCK, resolve });
    expect(asked.toSorted()).toEqual(['redis latest', 'redis:7 7']);
    expect(result.images.map(({ outcome }) => outcome)).toEqual(Array(5).fill('pinned'));
    expect(Buffer.from(result.text).toString()).toContain(`nginx:1.27@${DIGEST}`);
  });

  test('what is ignored is not asked for', async () => {
    const asked: string[] = [];
    const ignore = [{ pattern: 'docker.io/library/redis', reason: 'ours' }];
    await pinText(pod('redis'), { ...context, ignore, resolve: remembering(asked) });
    expect(asked).toEqual([]);
  });

  test('in the mode locked nobody is asked', async () => {
    const asked: string[] = [];
    const locked = { today: TODAY, lock: LOCK, resolve: remembering(asked) };
    const { findings } = await pinText(pod('redis'), locked);
    expect(asked).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(['not-locked']);
  });

  test.each([
    ['NOT_FOUND', 'dangling'],
    ['PLATFORM_NOT_FOUND', 'dangling'],
    ['TIMEOUT', 'unresolvable'],
    ['DENIED', 'unresolvable'],
  ])('a registry that answers %s makes the image %s, and an error', async (code, finding) => {
    const failing = async (): Promise<never> => {
      throw Object.assign(new Error('docker.io: could not resolve'), { code });
    };
    const strict = await pinText(pod('redis'), { ...context, resolve: failing });
    expect(strict.findings).toMatchObject([{ code: finding, severity: 'error' }]);
    expect(strict.refused).toBe(true);
    const settings = { mode: 'resolve', onMissing: 'keep' } as const;
    const lenient = await pinText(pod('redis'), { ...context, settings, resolve: failing });
    expect(lenient.findings).toMatchObject([{ code: finding, severity: 'warning' }]);
    expect(lenient.refused).toBe(false);
  });
});

test('a password in what should be a reference stands in no finding and no outcome', async () => {
  const text = pod(
    'https://user:hunter2@ghcr.io/acme/web:1',
    '//a:hunter2@b/{{ .x }}',
    'a:hunter2@b/{{ .x }}',
    'a:hunter2@b/c:1',
  );
  for (const look of [pinText, checkText]) {
    const { findings, images } = await look(text, { lock: LOCK, today: TODAY });
    expect(findings).toHaveLength(4);
    expect(JSON.stringify([findings, images])).not.toContain('hunter2');
  }
});

test('settings of the call win over those of the lock', async () => {
  const lock = { ...LOCK, settings: { onMissing: 'keep' } } as const;
  expect((await pinText(pod('redis'), { lock, today: TODAY })).refused).toBe(false);
  const settings = { onMissing: 'fail' } as const;
  expect((await pinText(pod('redis'), { lock, settings, today: TODAY })).refused).toBe(true);
});

test('rules of the lock hold beside those of the call', async () => {
  const { lock, ...rules } = await readFunctionConfig({
    apiVersion: 'pindrift.dev/v1alpha1',
    kind: 'ImageLock',
    metadata: { name: 'images' },
    spec: {
      ignore: [{ pattern: 'docker.io/library/redis', reason: 'ours' }],
      fields: [{ group: 'a.b', kind: 'W', path: 'spec.x' }],
      images: LOCK.images,
    },
  });
  expect(rules.kind).toBe('ImageLock');
  const widget = 'apiVersion: a.b/v1\nkind: W\nmetadata: {name: w}\nspec: {x: nginx:1.27}\n';
  const text = Buffer.concat([pod('redis'), Buffer.from(`---\n${widget}`)]);
  const { images } = await pinText(text, { ...(lock && { lock }), today: TODAY });
  expect(images.map(({ outcome }) => outcome)).toEqual(['ignored', 'pinned']);
});

test('the help of a missing entry is a command that a shell takes as it is', async () => {
  const lock = { ...LOCK, file: "it's a lock.yaml" };
  const { findings } = await pinText(pod('redis'), { lock, today: TODAY, file: 'a b.yaml' });
  expect(findings[0]?.help).toBe(`pindrift lock --lock 'it'\\''s a lock.yaml' 'a b.yaml'`);
});

test.each(['{{inputs.parameters.image}}', '{{=item.image}}', '$(params.image)'])(
  'what is filled in only when it runs is to be ignored with a reason: %s',
  async (image) => {
    const { findings } = await pinText(pod(`'${image}'`), { lock: LOCK, today: TODAY });
    expect(findings).toMatchObject([{ code: 'templated' }]);
    expect(findings[0]?.help).toContain('# pindrift:ignore REASON');
  },
);

test('digests that were inserted are all that was inserted, for any manifest', async () => {
  const image = fc.constantFrom('nginx:1.27', '"nginx:1.27"', "'redis'", 'redis', 'x@y', '""', '~');
  const extra = fc.constantFrom('', ' # c', '   ', ' #é');
  const line = fc.tuple(image, extra).map(([name, rest]) => name + rest);
  const property = fc.asyncProperty(fc.array(line, { maxLength: 6 }), async (lines) => {
    const text = pod(...lines);
    const settings = { onMissing: 'keep' } as const;
    const context = { lock: LOCK, settings, today: TODAY };
    const once = await pinText(text, context);
    const twice = await pinText(once.text, context);
    expect(Buffer.compare(twice.text, once.text)).toBe(0);
    const output = Buffer.from(once.text).toString();
    expect(output.replaceAll(`@${DIGEST}`, '')).toBe(text.toString());
    const pinned = once.images.filter(({ outcome }) => outcome === 'pinned');
    expect(output.split(`@${DIGEST}`)).toHaveLength(pinned.length + 1);
    for (const { text: name } of pinned) expect(parseReference(name).tag).toBe('1.27');
  });
  await fc.assert(property, { numRuns: 200 });
});
