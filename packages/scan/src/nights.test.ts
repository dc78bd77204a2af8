import { image, index, startRegistry } from '@pindrift/testing';
import { status } from '@pindrift/testing/faults';
import { describe, expect, test } from 'vitest';
import { pod, startFleet } from './testing/fleet.ts';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((layer) => image({ layers: [layer] })) as [
  ReturnType<typeof image>,
  ReturnType<typeof image>,
  ReturnType<typeof image>,
  ReturnType<typeof image>,
];

test('seven nights have the findings that they should have, and ask each tag once', async () => {
  await using fleet = await startFleet();
  const { registry } = fleet;
  const at = (name: string, tag: string, digest = ''): string =>
    `${registry.reference(name, tag)}${digest && `@${digest}`}`;
  for (const [name, tag] of [
    ['web', '1'],
    ['api', '2'],
    ['db', '16.1.3'],
    ['cache', '7'],
    ['old', '1'],
  ] as const) {
    registry.push(name, tag, a);
  }
  const multi = index([b, image({ platform: 'linux/arm64' })]);
  registry.push('multi', '1', multi);
  await fleet.write('web.yaml', pod(at('web', '1', a.digest), at('web', '1', a.digest)));
  await fleet.write('copy/web.yaml', pod(at('web', '1', a.digest)));
  await fleet.write('api.yaml', pod(at('api', '2', a.digest)));
  await fleet.write('db.yaml', pod(at('db', '16.1.3', a.digest)));
  await fleet.write('multi.yaml', pod(at('multi', '1', b.digest)));
  await fleet.write('cache.yaml', pod(at('cache', '7')));
  await fleet.write('old.yaml', pod(at('old', '1', a.digest)));
  const tags = [
    'HEAD api:2',
    'HEAD cache:7',
    'HEAD db:16.1.3',
    'HEAD multi:1',
    'HEAD old:1',
    'HEAD web:1',
  ];
  const always = ['cache.yaml:8 unpinned', 'multi.yaml:8 platform-pinned'];
  const asked = (...more: readonly string[]): string[] =>
    [...tags, `GET multi@${multi.digest}`, `HEAD multi@${b.digest}`, ...more].sort();

  const first = await fleet.night(0);
  expect(first.said).toEqual(always);
  expect(first.requests).toEqual(asked());
  expect(first.summary).toMatchObject({
    files: 7,
    images: 8,
    states: { current: 6, settling: 0, behind: 1, unpinned: 1, gone: 0, unknown: 0, ignored: 0 },
    asked: { tags: 6, digests: 1 },
  });

  // Tonight a tag moves; it settles, so nobody is told.
  registry.move('web', '1', b);
  registry.move('api', '2', b);
  const second = await fleet.night(1);
  expect(second.said).toEqual(always);
  expect(second.requests).toEqual(asked(`HEAD api@${a.digest}`, `HEAD web@${a.digest}`));
  expect(second.summary.states).toMatchObject({ settling: 4, behind: 1 });

  // A tag that moves every night does not stay young; api goes to b, and back.
  registry.move('web', '1', c);
  await fleet.write('api.yaml', pod(at('api', '2', b.digest)));
  expect((await fleet.night(2)).said).toEqual(always);
  registry.move('web', '1', d);
  registry.move('api', '2', a);
  registry.move('db', '16.1.3', c);
  const fourth = await fleet.night(3);
  expect(fourth.said).toEqual([
    'api.yaml:8 rolled-back',
    'cache.yaml:8 unpinned',
    'db.yaml:8 republished',
    'multi.yaml:8 platform-pinned',
  ]);

  // Three days after the move are the settle window, and not longer than it.
  const moves = ['api.yaml:8 rolled-back', 'cache.yaml:8 unpinned'];
  const others = ['db.yaml:8 republished', 'multi.yaml:8 platform-pinned'];
  expect((await fleet.night(4)).said).toEqual([...moves, ...others]);
  const sixth = await fleet.night(5);
  expect(sixth.said).toEqual([
    ...moves,
    'copy/web.yaml:8 stale',
    ...others,
    'web.yaml:8 stale',
    'web.yaml:10 stale',
  ]);
  expect(sixth.findings.at(-1)).toMatchObject({
    severity: 'warning',
    expected: d.digest,
    help: `write ${at('web', '1', d.digest)}`,
    message: expect.stringContaining(`names ${d.digest} since 2026-11-02; pinned is ${a.digest}`),
  });

  // One digest goes, and one tag.
  registry.remove('web', a.digest);
  registry.remove('old', '1');
  const seventh = await fleet.night(6);
  expect(seventh.said).toEqual([
    ...moves,
    'copy/web.yaml:8 dangling',
    ...others,
    'old.yaml:8 dangling',
    'web.yaml:8 dangling',
    'web.yaml:10 dangling',
  ]);
  expect(seventh.findings.map(({ severity }) => severity)).toEqual([
    'warning',
    'error',
    'error',
    'warning',
    'info',
    'warning',
    'error',
    'error',
  ]);
  expect(seventh.requests.filter((one) => one.startsWith('HEAD') && !one.includes('@'))).toEqual(
    tags,
  );
  expect(new Set(seventh.requests).size).toBe(seventh.requests.length);
});

test('a night without the registry says that nothing is known, and changes no history', async () => {
  await using fleet = await startFleet();
  const { registry } = fleet;
  registry.push('web', '1', a);
  await fleet.write('web.yaml', pod(`${registry.reference('web', '1')}@${a.digest}`));
  expect((await fleet.night(0)).said).toEqual([]);
  registry.move('web', '1', b);
  await fleet.night(1);
  const down = registry.fault({ does: status(503) });
  const night = await fleet.night(5);
  expect(night.said).toEqual(['web.yaml:8 unresolvable']);
  expect(night.summary.states).toMatchObject({ current: 0, unknown: 1 });
  down.lift();
  expect((await fleet.night(6)).findings[0]?.message).toContain('since 2026-11-02');
});

test('one registry that is down hides nothing of what the other says', async () => {
  await using fleet = await startFleet();
  const other = await startRegistry();
  fleet.registry.push('web', '1', a);
  other.push('db', '1', a);
  const [web, db] = [fleet.registry.reference('web', '1'), other.reference('db', '1')];
  await fleet.write('web.yaml', pod(web, `${web}@${b.digest}`, db, `${db}@${a.digest}`));
  expect((await fleet.night(0)).said).toEqual([
    'web.yaml:8 unpinned',
    'web.yaml:10 dangling',
    'web.yaml:12 unpinned',
  ]);
  await other.close();
  const night = await fleet.night(1);
  expect(night.said).toEqual([
    'web.yaml:8 unpinned',
    'web.yaml:10 dangling',
    'web.yaml:12 unpinned',
    'web.yaml:12 unresolvable',
    'web.yaml:14 unresolvable',
  ]);
  expect(night.summary.states).toMatchObject({ unpinned: 1, gone: 1, unknown: 2 });
  expect(night.requests).toEqual([`GET web@${b.digest}`, 'HEAD web:1', `HEAD web@${b.digest}`]);
});

describe('without a store', () => {
  test('no age is known, and a tag that moved is stale at once', async () => {
    await using fleet = await startFleet();
    fleet.registry.push('web', '1', a);
    fleet.registry.push('web', undefined, b);
    await fleet.write('web.yaml', pod(`${fleet.registry.reference('web', '1')}@${b.digest}`));
    const { said, findings } = await fleet.night(0, {}, { store: undefined });
    expect(said).toEqual(['web.yaml:8 stale']);
    expect(findings[0]?.message).toContain('since when is not known');
  });
});

test('an unpinned full version that moved is told for the settle window', async () => {
  await using fleet = await startFleet();
  fleet.registry.push('web', '1.2.3', a);
  await fleet.write('web.yaml', pod(fleet.registry.reference('web', '1.2.3')));
  expect((await fleet.night(0)).said).toEqual(['web.yaml:8 unpinned']);
  fleet.registry.move('web', '1.2.3', b);
  const told = ['web.yaml:8 republished', 'web.yaml:8 unpinned'];
  expect((await fleet.night(1)).said).toEqual(told);
  expect((await fleet.night(4)).said).toEqual(told);
  expect((await fleet.night(5)).said).toEqual(['web.yaml:8 unpinned']);
});

test('retention is a risk only in repositories that are listed, for what no tag names', async () => {
  await using fleet = await startFleet();
  const { registry } = fleet;
  registry.push('acme/web', '1', b);
  registry.push('acme/web', undefined, a);
  const lost = `${registry.host}/acme/web@${a.digest}`;
  const tagged = `${registry.host}/acme/web@${b.digest}`;
  await fleet.write('web.yaml', pod(lost, tagged, registry.reference('acme/web', '1')));
  expect((await fleet.night(0)).said).toEqual(['web.yaml:12 unpinned']);
  const retention = [`${registry.host}/acme/*`];
  expect((await fleet.night(0, { retention })).said).toEqual([
    'web.yaml:8 retention-risk',
    'web.yaml:12 unpinned',
  ]);
  expect((await fleet.night(0, { retention: ['ghcr.io/**'] })).said).toEqual([
    'web.yaml:12 unpinned',
  ]);
});

describe('a lock beside the files', () => {
  test('is held against them, and judged at its own lines', async () => {
    await using fleet = await startFleet();
    const { registry } = fleet;
    registry.push('web', '1', a);
    registry.push('db', '2', a);
    const [web, db] = [registry.reference('web', '1'), registry.reference('db', '2')];
    await fleet.write('images.lock.yaml', lock([db, a.digest], [web, a.digest]));
    await fleet.write('apps/web.yaml', pod(web, `${db}@${b.digest}`));
    registry.push('db', undefined, b);
    registry.remove('web', a.digest);
    registry.push('web', '1', c);
    const { findings, said, images } = await fleet.night(0);
    expect(said).toEqual([
      'apps/web.yaml:8 unpinned',
      'apps/web.yaml:10 mismatch',
      'images.lock.yaml:9 dangling',
    ]);
    expect(findings[0]).toMatchObject({ severity: 'info', expected: a.digest });
    expect(findings[2]).toMatchObject({
      column: 12,
      expected: c.digest,
      help: `pindrift lock --update ${web} --lock k8s/images.lock.yaml`,
    });
    expect(images.map(({ state }) => state)).toEqual(['unpinned', 'settling', 'current', 'gone']);
  });

  test('has entries that are ignored, and a name that a shell would run', async () => {
    await using fleet = await startFleet();
    const { registry } = fleet;
    registry.push('web', '1', b);
    registry.push('web', undefined, a);
    const web = registry.reference('web', '1');
    await fleet.write('$(touch x)/x.yaml', 'kind: Pod\n');
    await fleet.write('$(touch x)/images.lock.yaml', lock([web, a.digest]));
    const { findings } = await fleet.night(0, {}, { store: undefined });
    expect(findings).toMatchObject([
      {
        code: 'stale',
        help: `pindrift lock --update ${web} --lock 'k8s/$(touch x)/images.lock.yaml'`,
      },
    ]);
    const ignore = [{ pattern: `${registry.host}/web`, reason: 'a test' }];
    const ignored = await fleet.night(0, { ignore }, { store: undefined });
    expect(ignored.findings).toEqual([]);
    expect(ignored.requests).toEqual([]);
    expect(ignored.images).toMatchObject([{ kind: 'ImageLock', state: 'ignored' }]);
  });

  test('counts only up to the root of the repository', async () => {
    await using fleet = await startFleet();
    const web = fleet.registry.reference('web', '1');
    fleet.registry.push('web', '1', a);
    await fleet.write('images.lock.yaml', lock([web, a.digest]));
    await fleet.write('repository/.git/HEAD', 'ref: refs/heads/main\n');
    await fleet.write('repository/web.yaml', pod(web));
    const { findings } = await fleet.night(0, { sources: ['k8s/repository'] });
    expect(findings).toMatchObject([{ code: 'unpinned', severity: 'error' }]);
  });
});

test('ignores hold, with their reasons, until they expire', async () => {
  await using fleet = await startFleet();
  const { registry } = fleet;
  registry.push('web', '1', a);
  const web = registry.reference('web', '1');
  await fleet.write('a.yaml', pod(`${web} # pindrift:ignore a test until 2026-11-02`));
  await fleet.write('b/b.yaml', pod(web));
  await fleet.write('b/pindrift.yaml', `ignore:\n- {pattern: "${web}", reason: a test}\n`);
  const first = await fleet.night(1);
  expect(first.said).toEqual([]);
  expect(first.requests).toEqual([]);
  expect(first.summary.states.ignored).toBe(2);
  expect((await fleet.night(2)).said).toEqual(['a.yaml:8 expired-ignore', 'a.yaml:8 unpinned']);
  const ignore = [{ pattern: '**', reason: 'all of it', expires: '2026-11-30' }];
  await fleet.write('a.yaml', pod(web));
  expect((await fleet.night(2, { ignore })).said).toEqual([]);
});

function lock(...entries: readonly (readonly [string, string])[]): string {
  const images = entries.map(([image, digest]) => `  - image: ${image}\n    digest: ${digest}\n`);
  return `apiVersion: pindrift.dev/v1alpha1\nkind: ImageLock\nmetadata:\n  name: images\nspec:\n  images:\n${images.join('')}`;
}
