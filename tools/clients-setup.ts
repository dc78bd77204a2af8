import { spawnSync } from 'node:child_process';
import type {} from '@pindrift/testing/programs';
import type { TestProject } from 'vitest/node';
import { CLIENTS, type Client, type ClientName, findClient } from './clients.ts';

/** How programs that are found on PATH are asked for their version; of the others it is known. */
const ASK: Readonly<Partial<Record<ClientName, readonly string[]>>> = {
  kubectl: ['version', '--client'],
  kpt: ['version'],
  skopeo: ['--version'],
  'docker-registry': ['--version'],
};

/** Tells the tests where the real programs are, and prints which versions they run against. */
export function setup(project: TestProject): void {
  const found: Record<string, string> = {};
  for (const name of Object.keys(CLIENTS) as ClientName[]) {
    const path = findClient(name);
    if (path !== undefined) {
      found[name] = path;
      console.log(`${name.padEnd(16)} ${version(name, path)}`);
    } else {
      console.log(`${name.padEnd(16)} MISSING: run 'node tools/clients.ts'`);
    }
  }
  project.provide('clients', found);
}

function version(name: ClientName, path: string): string {
  const client: Client = CLIENTS[name];
  const ask = ASK[name];
  if (client.from === 'go') return client.version;
  if (ask === undefined) return path;
  const { stdout } = spawnSync(path, ask, { encoding: 'utf8' });
  return stdout.trim().split('\n').join(', ');
}
