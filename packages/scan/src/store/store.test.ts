import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { temporaryFolder } from '@pindrift/testing';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScanError } from '../scan-error.ts';
import { openStore } from './open-store.ts';
import type { Store } from './store.ts';

const WEB = 'docker.io/acme/web:1';

test('a tag that goes and comes back has been seen three times, and each for how long', () => {
  using store = opened();
  for (const [now, digest] of [
    [1, 'a'],
    [2, 'a'],
    [3, 'b'],
    [4, 'a'],
    [5, 'a'],
  ] as const) {
    store.observe([{ tag: WEB, digest }], now);
  }
  expect(store.history(WEB)).toEqual([
    { digest: 'a', firstSeen: 1, lastSeen: 2 },
    { digest: 'b', firstSeen: 3, lastSeen: 3 },
    { digest: 'a', firstSeen: 4, lastSeen: 5 },
  ]);
  expect(store.history('docker.io/acme/other:1')).toEqual([]);
});

test('what was seen may be kept twice, and a scan that began earlier changes nothing', () => {
  using store = opened();
  store.observe(
    [
      { tag: WEB, digest: 'a' },
      { tag: WEB, digest: 'a' },
    ],
    1,
  );
  store.observe([{ tag: WEB, digest: 'b' }], 5);
  const before = store.history(WEB);
  store.observe([{ tag: WEB, digest: 'b' }], 5);
  store.observe([{ tag: WEB, digest: 'a' }], 4);
  expect(store.history(WEB)).toEqual(before);
});

test('any nights at all leave times in order, each digest another than the one before', () => {
  const night = fc.record({ now: fc.nat(50), digest: fc.constantFrom('a', 'b', 'c') });
  fc.assert(
    fc.property(fc.array(night), (nights) => {
      using store = opened();
      for (const { now, digest } of nights) store.observe([{ tag: WEB, digest }], now);
      const seen = store.history(WEB);
      for (const [at, { digest, firstSeen, lastSeen }] of seen.entries()) {
        expect(firstSeen).toBeLessThanOrEqual(lastSeen);
        const next = seen[at + 1];
        expect(next === undefined || (next.firstSeen > lastSeen && next.digest !== digest)).toBe(
          true,
        );
      }
    }),
    { numRuns: 50 },
  );
});

test('a pin is known since it was first seen', () => {
  using store = opened();
  expect(store.pinnedSince(WEB, 'a')).toBeUndefined();
  store.observePins([{ tag: WEB, digest: 'a' }], 3);
  store.observePins([{ tag: WEB, digest: 'a' }], 7);
  expect(store.pinnedSince(WEB, 'a')).toBe(3);
});

test('what was not seen for long is forgotten, and nothing else', () => {
  using store = opened();
  store.observe([{ tag: WEB, digest: 'a' }], 1);
  store.observe([{ tag: WEB, digest: 'b' }], 9);
  store.observePins([{ tag: WEB, digest: 'a' }], 1);
  expect(store.prune(9)).toBe(2);
  expect(store.history(WEB)).toEqual([{ digest: 'b', firstSeen: 9, lastSeen: 9 }]);
});

describe('the file', () => {
  test('keeps what was in it', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'store.sqlite');
    const first = openStore(file);
    first.observe([{ tag: WEB, digest: 'a' }], 1);
    first.close();
    const second = openStore(file);
    expect(second.history(WEB)).toHaveLength(1);
    second.close();
  });

  test.each([
    [
      'is text',
      'bad-store',
      (file: string) => writeFile(file, 'a text that is no database\n'.repeat(50)),
    ],
    [
      'is the database of another program',
      'bad-store',
      (file: string) => sql(file, 'CREATE TABLE theirs (id)'),
    ],
    [
      'was written by a newer version',
      'newer-store',
      (file: string) => {
        openStore(file).close();
        return sql(file, 'PRAGMA user_version = 99');
      },
    ],
  ] as const)('is left as it is and named where it %s', async (_, code, make) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'store.sqlite');
    await make(file);
    const before = await readFile(file);
    const error = failure(() => openStore(file));
    expect(error).toMatchObject({ code, message: expect.stringContaining(file) });
    expect(await readFile(file)).toEqual(before);
  });

  test('is named where its folder does not exist', () => {
    expect(failure(() => openStore('/no/such/folder/store.sqlite'))).toMatchObject({
      code: 'cannot-store',
      message: expect.stringContaining('/no/such/folder/store.sqlite'),
    });
  });

  test('takes what several threads write at the same time, all of it and once', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'store.sqlite');
    const code = `
      const { workerData } = require('node:worker_threads');
      import(workerData.module).then(({ openStore }) => {
        const store = openStore(workerData.file);
        for (let at = 0; at < 20; at++) {
          const own = { tag: 'own-' + workerData.name + ':' + at, digest: 'a' };
          store.observe([{ tag: 'both:' + at, digest: 'a' }, own], 1);
        }
        store.close();
      });`;
    const module = new URL('./open-store.ts', import.meta.url).href;
    const workers = ['x', 'y', 'z'].map(
      (name) => new Worker(code, { eval: true, workerData: { file, module, name } }),
    );
    const codes = await Promise.all(workers.map((worker) => once(worker, 'exit')));
    expect(codes).toEqual([[0], [0], [0]]);
    const store = openStore(file);
    for (let at = 0; at < 20; at++) {
      for (const tag of ['both', 'own-x', 'own-y', 'own-z']) {
        expect(store.history(`${tag}:${at}`)).toHaveLength(1);
      }
    }
    store.close();
  });
});

function opened(): Store & Disposable {
  const store = openStore(':memory:');
  return { ...store, [Symbol.dispose]: store.close };
}

function failure(work: () => unknown): ScanError {
  try {
    work();
  } catch (error) {
    if (error instanceof ScanError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

async function sql(file: string, text: string): Promise<void> {
  const database = new DatabaseSync(file);
  database.exec(text);
  database.close();
}
