import { execFileSync } from 'node:child_process';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@pindrift/testing';
import { expect, test } from 'vitest';
import { replaceFile } from './replace-file.ts';

test.skipIf(process.platform === 'win32')(
  'a pipe stays a pipe, as a device stays a device',
  async () => {
    await using folder = await temporaryFolder();
    const pipe = join(folder.path, 'report.json');
    execFileSync('mkfifo', [pipe]);
    await expect(replaceFile(pipe, '{}')).rejects.toThrow(
      `${pipe}: could not be written: it is a device or a pipe`,
    );
    expect((await lstat(pipe)).isFIFO()).toBe(true);
  },
);
