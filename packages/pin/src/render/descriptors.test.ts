import { execFileSync, spawn } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workFolder } from '@pindrift/testing/programs';
import { describe, expect, test } from 'vitest';
import { readAll } from './read-all.ts';
import { writeAll } from './write-all.ts';

/** More than a pipe holds, so that whoever is first has to wait for the other. */
const BYTES = Buffer.alloc(3_000_000, 'manifests');

const WRITE = `const bytes = Buffer.alloc(${BYTES.length}, 'manifests');
for (let at = 0; at < bytes.length; ) at += fs.writeSync(1, bytes, at);`;

/** A pipe by name, with an end of it that does not block. */
function pipe(): string {
  const path = join(workFolder(), 'pipe');
  execFileSync('mkfifo', [path]);
  return path;
}

describe('reading', () => {
  test('waits for a pipe that does not block until its end', () => {
    const path = pipe();
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const writer = openSync(path, 'w');
    // Node needs longer to start than the first read comes, so there is nothing to read at first.
    spawn(process.execPath, ['-e', WRITE], { stdio: ['ignore', writer, 'inherit'] });
    closeSync(writer);
    expect(Buffer.compare(readAll(reader), BYTES)).toBe(0);
    closeSync(reader);
  });

  test('takes a file whole, also one that says that it is empty', () => {
    const folder = workFolder({ 'file.yaml': BYTES });
    for (const path of [join(folder, 'file.yaml'), '/proc/self/status'].filter(readable)) {
      const descriptor = openSync(path, 'r');
      expect(readAll(descriptor).length).toBeGreaterThan(100);
      closeSync(descriptor);
    }
  });

  test('has nothing from an empty file', () => {
    const descriptor = openSync(join(workFolder({ empty: '' }), 'empty'), 'r');
    expect(readAll(descriptor)).toHaveLength(0);
    closeSync(descriptor);
  });

  test('says why it cannot read', () => {
    const descriptor = openSync(workFolder(), 'r');
    expect(() => readAll(descriptor)).toThrow('EISDIR');
    closeSync(descriptor);
  });
});

describe('writing', () => {
  test('waits for a reader that is slower than a pipe that does not block', async () => {
    const path = pipe();
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    const out = join(workFolder(), 'out');
    const script = 'process.stdin.pipe(fs.createWriteStream(process.argv[1]))';
    const child = spawn(process.execPath, ['-e', script, out], {
      stdio: [reader, 'ignore', 'inherit'],
    });
    closeSync(reader);
    const ended = new Promise((resolve) => child.once('close', resolve));
    writeAll(writer, BYTES);
    closeSync(writer);
    await ended;
    expect(readFileSync(out).equals(BYTES)).toBe(true);
  });

  test('says that the reader has gone', () => {
    const path = pipe();
    const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const writer = openSync(path, 'w');
    closeSync(reader);
    expect(() => writeAll(writer, BYTES)).toThrow('EPIPE');
    closeSync(writer);
  });
});

function readable(path: string): boolean {
  try {
    closeSync(openSync(path, 'r'));
    return true;
  } catch {
    return false;
  }
}
