import { image, startRegistry, temporaryFolder } from '@pindrift/testing';
import { status } from '@pindrift/testing/faults';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ImageState, scan } from './index.ts';
import { openClient, pod } from './testing/fleet.ts';

const CONTENT = {
  a: image({ layers: ['a'] }),
  b: image({ layers: ['b'] }),
  c: image({ layers: ['c'] }),
};
const NAMES = ['n0', 'n1', 'n2'] as const;
const TAGS = ['t0', 't1'] as const;

/** What every tag of a repository names (c is in none), and whether it answers at all. */
const shelf = fc.record({
  t0: fc.constantFrom('a', 'b', undefined),
  t1: fc.constantFrom('a', 'b', undefined),
  broken: fc.constantFrom(undefined, undefined, 401, 403, 500),
});
const used = fc.record({
  name: fc.constantFrom(...NAMES),
  tag: fc.constantFrom(...TAGS),
  pin: fc.constantFrom('a', 'b', 'c', undefined),
});
const world = fc.record({
  shelves: fc.record({ n0: shelf, n1: shelf, n2: shelf }),
  images: fc.array(used, { maxLength: 8 }),
});
type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

test('every image is in the state that it is in, has the findings of it, and is asked for once', async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ shelves, images }) => {
      await using registry = await startRegistry();
      await using folder = await temporaryFolder();
      for (const name of NAMES) {
        for (const content of [CONTENT.a, CONTENT.b]) registry.push(name, undefined, content);
        for (const tag of TAGS) {
          const named = shelves[name][tag];
          if (named !== undefined) registry.push(name, tag, CONTENT[named]);
        }
        const { broken } = shelves[name];
        if (broken !== undefined) registry.fault({ match: { name }, does: status(broken) });
      }
      const texts = images.map(({ name, tag, pin }) => {
        const text = registry.reference(name, tag);
        return pin === undefined ? text : `${text}@${CONTENT[pin].digest}`;
      });
      await folder.write('k8s/web.yaml', pod(...texts));
      const client = openClient();
      const report = await scan({ sources: ['k8s'] }, { registry: client, cwd: folder.path });
      await client.close();

      const expected = images.map((one) => expectedOf(one, shelves));
      expect(report.images.map(({ state }) => state)).toEqual(expected.map(([state]) => state));
      for (const [at, { line }] of report.images.entries()) {
        const codes = report.findings
          .filter((finding) => finding.line === line)
          .map(({ code }) => code);
        expect(codes).toEqual(expected[at]?.[1]);
      }
      const heads = registry.requests
        .filter(({ method, status }) => method === 'HEAD' && status < 500)
        .map(({ path }) => path);
      expect(new Set(heads).size).toBe(heads.length);
    }),
    { numRuns: 60 },
  );
});

/** What a person with the registry before him would say. */
function expectedOf(
  { name, tag, pin }: World['images'][number],
  shelves: World['shelves'],
): readonly [ImageState, readonly string[]] {
  const { [tag]: named, broken } = shelves[name];
  const unpinned = pin === undefined ? ['unpinned'] : [];
  if (broken !== undefined) return ['unknown', [...unpinned, 'unresolvable'].sort()];
  if (pin === undefined)
    return named === undefined ? ['gone', ['dangling', 'unpinned']] : ['unpinned', unpinned];
  if (pin === 'c') return ['gone', ['dangling']];
  if (named === undefined) return ['behind', ['dangling']];
  return named === pin ? ['current', []] : ['behind', ['stale']];
}
