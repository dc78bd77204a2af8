import { readFile } from 'node:fs/promises';
import * as reference from '@pindrift/reference';
import { image, startRegistry } from '@pindrift/testing';
import { expect, test } from 'vitest';
import * as registry from './index.ts';
import { internet } from './testing/client.ts';

test('the example of the README runs, and its names are those of the package', async () => {
  const text = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  const body = example.replace(/^import .*$/gm, '');
  await using server = await startRegistry();
  const digest = server.push('stefanprodan/podinfo', '6.9.2', image());
  const there = (): ReturnType<typeof registry.createRegistry> =>
    registry.createRegistry({
      ...internet(['ghcr.io']),
      environment: {},
      home: '/nonexistent',
      hosts: { [`ghcr.io:${server.port}`]: { plainHttp: true } },
    });
  const here = (name: string): reference.ImageReference =>
    reference.parseReference(name.replace('ghcr.io', `ghcr.io:${server.port}`));
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor;
  const run = new AsyncFunction('createRegistry', 'parseReference', `${body}; return digest;`);
  expect(await run(there, here)).toBe(digest);
  for (const name of Object.keys(registry)) expect(text).toContain(`\`${name}`);
});
