import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run, workFolder } from '@pindrift/testing/programs';
import { describe, expect, test } from 'vitest';
import { PROGRAM, resourceList } from './testing/fixture.ts';

const DIST = dirname(PROGRAM);

/** Everything in it but the program itself is read only when it is needed. */
const ENTRY_BYTES = 60_000;

/** Listens, from inside the process, to what it loads and to the sockets that it opens. */
const WATCH = `
const { subscribe } = require('node:diagnostics_channel');
const { writeFileSync } = require('node:fs');
let sockets = 0;
subscribe('net.client.socket', () => { sockets++; });
subscribe('undici:client:connected', () => { sockets++; });
process.on('exit', () => {
  const modules = process.moduleLoadList.filter((name) => name.startsWith('NativeModule '));
  const files = Object.keys(require.cache).filter((file) => file !== __filename);
  writeFileSync(process.env.SEEN, JSON.stringify({ sockets, modules, files }));
});
`;

interface Seen {
  readonly sockets: number;
  readonly modules: readonly string[];
  readonly files: readonly string[];
}

async function watch(input: Uint8Array): Promise<Seen & { readonly code: number | null }> {
  const folder = workFolder({ 'watch.cjs': WATCH });
  const env = { SEEN: join(folder, 'seen.json') };
  const args = ['--require', join(folder, 'watch.cjs'), PROGRAM];
  const { code } = await run(process.execPath, args, { input, env });
  return { code, ...(JSON.parse(readFileSync(env.SEEN, 'utf8')) as Seen) };
}

const NETWORK = /^NativeModule (net|tls|http|https|http2|dns|dgram|inspector|tty|stream)(\/|$)/;

describe('a locked render', () => {
  test('that has nothing to do loads one file and nothing of the network', async () => {
    const pinned = await run(process.execPath, [PROGRAM], { input: resourceList('nginx:1.27') });
    const seen = await watch(pinned.stdout);
    expect(seen.code).toBe(0);
    expect(seen.sockets).toBe(0);
    expect(seen.modules.filter((name) => NETWORK.test(name))).toEqual([]);
    expect(seen.files).toEqual([PROGRAM]);
  });

  test('that pins loads one file and nothing of the network', async () => {
    const seen = await watch(resourceList('nginx:1.27', 'busybox:1.36'));
    expect(seen.code).toBe(0);
    expect(seen.sockets).toBe(0);
    expect(seen.modules.filter((name) => NETWORK.test(name))).toEqual([]);
    expect(seen.files).toEqual([PROGRAM]);
  });

  test('that fails loads what describes it, and nothing of the network', async () => {
    const seen = await watch(resourceList('ghcr.io/acme/api:2.0'));
    expect(seen.code).toBe(1);
    expect(seen.sockets).toBe(0);
    expect(seen.modules.filter((name) => NETWORK.test(name))).toEqual([]);
    expect(seen.files.filter((file) => contentOf(file).match(LIBRARY))).toEqual([]);
  });

  test('may read nothing but its own files', async () => {
    const args = ['--permission', `--allow-fs-read=${DIST}/*`, PROGRAM];
    const { code, stdout, stderr } = await run(process.execPath, args, {
      input: resourceList('nginx:1.27'),
    });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.toString()).toContain('nginx:1.27@sha256:');
  });
});

/** Words that only the libraries hold. */
const LIBRARY = /UND_ERR_|YAMLParseError|YAMLException|handlebars|node:tls|node:http/;

describe('the bundle', () => {
  test('is one small executable entry, with the libraries beside it', () => {
    expect(statSync(PROGRAM).size).toBeLessThanOrEqual(ENTRY_BYTES);
    expect(statSync(PROGRAM).mode & 0o111).toBe(0o111);
    expect(contentOf(PROGRAM)).toMatch(/^#!\/usr\/bin\/env node\n/);
    expect(contentOf(PROGRAM)).not.toMatch(LIBRARY);
    const others = readdirSync(DIST).filter((name) => name.endsWith('.cjs'));
    expect(others.filter((name) => LIBRARY.test(contentOf(join(DIST, name))))).not.toEqual([]);
  });

  test('needs no package at run time', () => {
    for (const name of readdirSync(DIST).filter((name) => name.endsWith('.cjs'))) {
      const required = contentOf(join(DIST, name)).matchAll(/\brequire\(["'`]([^"'`]+)["'`]\)/g);
      const packages = [...required]
        .map(([, id = '']) => id)
        .filter((id) => !/^(node:|\.)/.test(id));
      expect(
        packages.filter((id) => !BUILT_IN.includes(id)),
        name,
      ).toEqual([]);
    }
  });
});

/** Libraries write these without `node:`. */
const BUILT_IN = ['buffer', 'process', 'path'];

function contentOf(file: string): string {
  return readFileSync(file, 'utf8');
}
