/** The render benches: whole processes, from stdin to stdout, all images in the lock. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { helmStream, lockText, noOp, resourceList } from './corpora.ts';
import { measure } from './measure.ts';
import type { Table } from './table.ts';
import { ratio } from './table.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const KRM = join(ROOT, 'apps/kustomize/dist/pindrift-krm.cjs');
const HELM = join(ROOT, 'apps/helm/dist/pindrift-helm.cjs');
const EMPTY = join(import.meta.dirname, 'empty.cjs');
const PASSTHROUGH = join(import.meta.dirname, 'passthrough.cjs');

/** A KRM function that has nothing to do, against a Node process that does nothing. */
export async function startTable(folder: string, rounds: number): Promise<Table> {
  const input = write(folder, 'no-op.yaml', noOp().text);
  const [floor, ours] = await measure(
    [
      { name: 'empty Node process', argv: [process.execPath, EMPTY] },
      { name: 'pindrift-krm, nothing to do', argv: [process.execPath, KRM], input },
    ],
    rounds * 5,
  );
  return {
    title: 'Start: a KRM function that has nothing to do, whole process',
    figures: [floor, ours],
    goals: [ratio('pindrift-krm : empty process', ours?.ms, floor?.ms, 'at most', 1.15)],
  };
}

/** 47 MB of rendered Helm documents through the post-renderer. */
export async function streamTable(folder: string, rounds: number): Promise<Table> {
  const { text, lock } = helmStream(20_000);
  const input = write(folder, 'stream.yaml', text);
  const lockFile = write(folder, 'stream.lock.yaml', lockText(lock));
  const json = write(folder, 'stream.lock.json', JSON.stringify(Object.fromEntries(lock)));
  const [floor, ours, go] = await measure(
    [
      { name: 'Node passthrough', argv: [process.execPath, PASSTHROUGH], input },
      { name: 'pindrift-helm', argv: [process.execPath, HELM, '--lock', lockFile], input },
      { name: 'Go, yaml.v3 decode and encode', argv: [goFilter(folder), json], input },
    ],
    rounds,
  );
  return {
    title: `Helm stream, ${megabytes(text)} MB, 20,000 documents, ${lock.size} images, locked`,
    figures: [floor, ours, go],
    goals: [
      ratio('pindrift-helm : passthrough', ours?.ms, floor?.ms, 'at most', 5),
      ratio('Go : pindrift-helm', go?.ms, ours?.ms, 'at least', 12),
    ],
  };
}

/** 12.5 MB of ResourceList through the function. */
export async function listTable(folder: string, rounds: number): Promise<Table> {
  const { text, lock } = resourceList(5_000);
  const input = write(folder, 'list.yaml', text);
  const json = write(folder, 'list.lock.json', JSON.stringify(Object.fromEntries(lock)));
  const [floor, ours, go] = await measure(
    [
      { name: 'Node passthrough', argv: [process.execPath, PASSTHROUGH], input },
      { name: 'pindrift-krm', argv: [process.execPath, KRM], input },
      { name: 'Go, yaml.v3 decode and encode', argv: [goFilter(folder), json], input },
    ],
    rounds,
  );
  return {
    title: `ResourceList, ${megabytes(text)} MB, 5,000 items, ${lock.size} images, locked`,
    figures: [floor, ours, go],
    goals: [
      ratio('Go : pindrift-krm', go?.ms, ours?.ms, 'at least', 20),
      ratio('pindrift-krm peak memory, MiB', ours?.mib, 1, 'at most', 150),
    ],
  };
}

function goFilter(folder: string): string {
  const binary = join(folder, 'go-filter');
  execFileSync('go', ['build', '-o', binary, '.'], { cwd: join(import.meta.dirname, 'go-filter') });
  return binary;
}

function write(folder: string, name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function megabytes(text: string): string {
  return (Buffer.byteLength(text) / 1e6).toFixed(1);
}
