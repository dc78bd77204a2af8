import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { image } from '@pindrift/testing';
import { describe, expect, test } from 'vitest';
import { pod, startFleet } from './testing/fleet.ts';

describe('a folder that means no good', () => {
  test('has its good files read, and says of the others what is wrong', async () => {
    await using fleet = await startFleet();
    fleet.registry.push('web', '1', image());
    const web = fleet.registry.reference('web', '1');
    await fleet.write('good.yaml', pod(web));
    await fleet.write('half.yaml', `${pod(web)}---\nkind: Pod\nspec: {containers: [{image: "a\n`);
    await fleet.write('deep.yaml', `kind: Pod\nimage: ${'['.repeat(200_000)}\n`);
    await fleet.write(
      'binary.yaml',
      Buffer.from([0xff, 0xfe, 0x69, 0, 0x6d, 0, 0x61, 0, 0x67, 0, 0x65, 0]),
    );
    await truncate(await fleet.write('huge.yaml', ''), 1024 ** 3);
    const { said, images } = await fleet.night(0);
    expect(said).toEqual([
      'binary.yaml:1 unreadable',
      'deep.yaml:2 unreadable',
      'good.yaml:8 unpinned',
      'half.yaml:8 unpinned',
      'half.yaml:13 unreadable',
      'huge.yaml:1 unreadable',
    ]);
    expect(images.map(({ file }) => file)).toEqual(['k8s/good.yaml', 'k8s/half.yaml']);
  });

  test('cannot have anything read that lies outside of it', async () => {
    await using fleet = await startFleet();
    const secret = 'hunter2';
    await fleet.write('../secret.yaml', `lock: ${secret}\n${pod(`${secret}/image:1`)}`);
    await fleet.write('a/x.yaml', 'kind: Pod\n');
    const outside = join(fleet.path, 'secret.yaml');
    for (const name of ['a/pindrift.yaml', 'a/images.lock.yaml', 'a/link.yaml']) {
      await symlink(outside, join(fleet.path, 'k8s', name));
    }
    await symlink(fleet.path, join(fleet.path, 'k8s/up'));
    await mkdir(join(fleet.path, 'k8s/b'));
    await fleet.write('b/x.yaml', 'kind: Pod\n');
    await fleet.write('b/pindrift.yaml', 'lock: ../../secret.yaml\n');
    await fleet.write('c/y/x.yaml', 'kind: Pod\n');
    await fleet.write('c/pindrift.yaml', 'lock: out/secret.yaml\n');
    await symlink(fleet.path, join(fleet.path, 'k8s/c/out'));
    const notes: unknown[] = [];
    const report = await fleet.night(0, {}, { onEvent: (event) => notes.push(event) });
    expect(report.said).toEqual([]);
    expect(report.requests).toEqual([]);
    expect(JSON.stringify([report, notes])).not.toContain(secret);
    expect(JSON.stringify(notes)).toContain('link.yaml');
  });

  test('does not say how registries are reached, or which programs hold credentials', async () => {
    await using fleet = await startFleet();
    fleet.registry.push('web', '1', image());
    await fleet.write('web.yaml', pod(fleet.registry.reference('web', '1')));
    await fleet.write(
      'pindrift.yaml',
      `registries:\n  "${fleet.registry.host}":\n    credentials: {helper: evil}\n    mirrors: [{url: "http://127.0.0.1:1", resolve: true}]\n`,
    );
    const { said, requests } = await fleet.night(0);
    expect(said).toEqual(['web.yaml:8 unpinned']);
    expect(requests).toEqual(['HEAD web:1']);
  });

  test('may name its files as it likes', async () => {
    await using fleet = await startFleet();
    fleet.registry.push('web', '1', image());
    const names = [
      'a\nb.yaml',
      '\u001b[2J.yaml',
      '-rf.yaml',
      '$(touch x).yaml',
      '%00.yaml',
      'ü.yaml',
    ];
    for (const name of names) await fleet.write(name, pod(fleet.registry.reference('web', '1')));
    const { findings } = await fleet.night(0);
    expect(findings.map(({ file }) => file.replace('k8s/', '')).sort()).toEqual(names.sort());
    // The place stands in a message; a terminal must not act on it.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    for (const { message } of findings) expect(message).not.toMatch(/[\u0000-\u001f]/);
  });

  test('has a lock or a configuration that is no such thing reported, and is read without it', async () => {
    await using fleet = await startFleet();
    fleet.registry.push('web', '1', image());
    await fleet.write('web.yaml', pod(fleet.registry.reference('web', '1')));
    await fleet.write('images.lock.yaml', 'kind: ImageLock\nspec: [no]\n');
    await fleet.write('pindrift.yaml', 'ignor: []\n');
    const { said, findings } = await fleet.night(0);
    expect(said).toEqual([
      'images.lock.yaml:1 unreadable',
      'pindrift.yaml:1 unreadable',
      'web.yaml:8 unpinned',
    ]);
    expect(findings[1]?.message).toContain('did you mean ignore?');
  });
});

test('a source that does not exist is a finding, and the others are scanned', async () => {
  await using fleet = await startFleet();
  fleet.registry.push('web', '1', image());
  await fleet.write('web.yaml', pod(fleet.registry.reference('web', '1')));
  const { said } = await fleet.night(0, { sources: ['gone', 'k8s'] });
  expect(said).toEqual(['gone:1 unreadable', 'web.yaml:8 unpinned']);
});

test('a work tree is read as git sees it', async () => {
  await using fleet = await startFleet();
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', join(fleet.path, 'k8s'), ...args], { stdio: 'pipe' });
  fleet.registry.push('web', '1', image());
  const web = fleet.registry.reference('web', '1');
  for (const name of ['kept.yaml', 'ignored.yaml', 'node_modules/x/y.yaml'])
    await fleet.write(name, pod(web));
  await fleet.write('.gitignore', 'ignored.yaml\n');
  git('init', '-q');
  expect((await fleet.night(0)).said).toEqual(['kept.yaml:8 unpinned']);
  const all = await fleet.night(0, {}, { gitignore: false });
  expect(all.said).toHaveLength(3);
  expect(all.requests).toEqual(['HEAD web:1']);
});
