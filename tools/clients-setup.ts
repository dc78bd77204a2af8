import { spawnSync } from 'node:child_process';
import type { TestProject } from 'vitest/node';
import { CLIENTS, type ClientName, findClient } from './clients.ts';

/** How each program is asked for its version, where it is not `version`. */
const ASK: Readonly<Partial<Record<ClientName, readonly string[]>>> = {
  helm3: ['version', '--short'],
  helm4: ['version', '--short'],
  kubectl: ['version', '--client'],
  kubeconform: ['-v'],
  registry: ['--version'],
  'docker-registry': ['--version'],
  skopeo: ['--version'],
  htpasswd: ['-v'],
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
  const { stdout, stderr } = spawnSync(path, ASK[name] ?? ['version'], { encoding: 'utf8' });
  return `${stdout}${stderr}`.trim().split('\n').join(', ');
}
