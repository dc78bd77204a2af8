import { openStore, scan } from '../index.ts';
import { openClient } from './fleet.ts';

// One night in a process of its own, for tests that kill it: FOLDER NOW, and the report on stdout.
const [folder = '', now = ''] = process.argv.slice(2);

const store = openStore(`${folder}/store.sqlite`);
const registry = openClient();
const report = await scan(
  { sources: ['k8s'] },
  { registry, store, cwd: folder, now: () => Number(now) },
);
store.close();
await registry.close();
process.stdout.write(JSON.stringify(report));
