import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type ClientName, findClient } from '../clients.ts';

/** A real program of this machine. */
export interface Program {
  readonly path: string;
  /** `v5.8.1`; a Helm that was built from its sources prints no patch version. */
  readonly version: string;
}

/** kustomize 5 or newer: the one on PATH, else the one that `npm run clients` installed, else none. */
export function findKustomize(): Program | undefined {
  return find('kustomize', { clients: ['kustomize'], versionOf: ['version'], oldest: 5 });
}

/** Helm 3 or 4, looked for in the same way. */
export function findHelm(): Program | undefined {
  return find('helm', {
    clients: ['helm4', 'helm3'],
    versionOf: ['version', '--short'],
    oldest: 3,
  });
}

interface Wanted {
  readonly clients: readonly ClientName[];
  readonly versionOf: readonly string[];
  /** The first major version that does what the demo shows. */
  readonly oldest: number;
}

function find(binary: string, { clients, versionOf, oldest }: Wanted): Program | undefined {
  for (const path of [onPath(binary), ...clients.map(findClient)]) {
    const version = path === undefined ? undefined : ask(path, versionOf);
    if (path === undefined || version === undefined) continue;
    if (Number.parseInt(version.slice(1), 10) >= oldest) return { path, version };
  }
  return undefined;
}

/** Undefined where it does not run or prints no version: then it is not the program meant. */
function ask(path: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(path, args, { encoding: 'utf8', timeout: 10_000 });
  return status === 0 ? /v\d+\.\d+(?:\.\d+)?/.exec(stdout)?.[0] : undefined;
}

function onPath(binary: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, binary)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
