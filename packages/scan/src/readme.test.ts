import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openStore, scan } from './index.ts';
import { pod, START, startFleet } from './testing/fleet.ts';

const OLD = `sha256:${'a'.repeat(64)}`;
const NEW = `sha256:${'b'.repeat(64)}`;
const DAY = 24 * 60 * 60 * 1000;

test('the example of the README says what happens', async () => {
  await using fleet = await startFleet();
  const web = 'registry.example.com/shop/web:1';
  await fleet.write('web.yaml', pod(`${web}@${OLD}`, `registry.example.com/shop/db:2@${OLD}`));
  const store = openStore(':memory:');
  const answers = (digest: string) => ({
    resolve: async ({ path, digest: pinned }: { path: string; digest?: string }) => ({
      digest: pinned ?? (path === 'shop/web' ? digest : OLD),
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      size: undefined,
      verified: false,
    }),
    manifest: () => Promise.reject(new Error('nobody reads a manifest')),
  });
  const night = (digest: string, day: number) =>
    scan(
      { sources: ['k8s'] },
      { registry: answers(digest), store, cwd: fleet.path, now: () => START + day * DAY },
    );
  await night(OLD, 0);
  await night(NEW, 1);
  const { findings, summary } = await night(NEW, 5);
  store.close();
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [stale] = findings;
  expect(findings).toHaveLength(1);
  const says = stale?.message.slice(stale.message.indexOf(web)).split(';')[0];
  expect(readme).toContain(
    `// ${stale?.file}:${stale?.line} ${stale?.code}: ${says?.replace(NEW, 'sha256:bbbb…')}\n`,
  );
  expect(readme).toContain(
    `// ${JSON.stringify(summary.states).replaceAll('"', '').replaceAll(':', ': ').replaceAll(',', ', ').replace('{', '{ ').replace('}', ' }')}\n`,
  );
});
