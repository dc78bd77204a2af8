import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { image, startRegistry, temporaryFolder } from '@pindrift/testing';
import { silence } from '@pindrift/testing/faults';
import { expect, test } from 'vitest';
import { pod } from './testing/pod.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

test('SIGTERM ends it with what it has: that is stored and reported, and the exit code is 2', async () => {
  await using registry = await startRegistry();
  await using folder = await temporaryFolder();
  const { digest } = image();
  registry.push('web', '1', image());
  registry.push('db', '1', image());
  await folder.write(
    'web.yaml',
    pod(
      `${registry.reference('web', '1')}@${digest}`,
      `${registry.reference('db', '1')}@${digest}`,
    ),
  );
  let asked = 0;
  registry.fault({
    match: { name: 'db' },
    does: (exchange, next) => {
      // A second signal would end it at once.
      if (++asked === 1) child.kill('SIGTERM');
      return silence()(exchange, next);
    },
  });
  const child = spawn(process.execPath, [MAIN, '.'], {
    cwd: folder.path,
    env: { HOME: folder.path },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  expect(await ended).toEqual({ code: 2, signal: null });
  expect(stdout).toContain('unresolvable');
  expect(stdout).toMatch(/2 images in 1 file: .*; stopped before \d questions?\n$/);
  expect(stderr).toContain('"step":"stored"');
  expect(stderr).toContain('"step":"stopped","files":0,"questions":');
});
