import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { type Outcome, run, workFolder } from '@pindrift/testing/programs';
import { describe, expect, test } from 'vitest';
import { installLine } from './docs/install-line.ts';

const DEMO = resolve(import.meta.dirname, 'demo.ts');

/** It runs some twenty programs, one after the other; milliseconds. */
const PATIENCE = 60_000;

/** Nothing is on PATH but a shell's own commands, and whatever the test gives. */
function bareMachine(scripts: Readonly<Record<string, string>> = {}): Record<string, string> {
  const folder = workFolder({ 'tmp/.keep': '', 'home/.keep': '' });
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['sh', 'cat', 'grep']) symlinkSync(whereIs(name), join(bin, name));
  const own = workFolder(scripts);
  for (const name of Object.keys(scripts)) chmodSync(join(own, name), 0o755);
  return {
    PATH: `${own}${delimiter}${bin}`,
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    PINDRIFT_CLIENTS: join(folder, 'none'),
  };
}

function whereIs(name: string): string {
  return ['/bin', '/usr/bin'].flatMap((folder) =>
    readdirSync(folder).includes(name) ? [join(folder, name)] : [],
  )[0]!;
}

function demo(env: Readonly<Record<string, string>>): Promise<Outcome> {
  const quiet = { NO_COLOR: undefined, FORCE_COLOR: undefined };
  return run(process.execPath, [DEMO], { env: { ...quiet, ...env } });
}

/** What is in its folders that was not there before. */
function left(machine: Readonly<Record<string, string>>): string[] {
  const folders = [machine.TMPDIR ?? '', machine.HOME ?? ''];
  return folders.flatMap((folder) => readdirSync(folder)).filter((name) => name !== '.keep');
}

/** The output without what differs on each run. */
function settled(outcome: Outcome): string {
  return outcome.stdout
    .toString()
    .replaceAll(/127\.0\.0\.1:\d+/g, 'REGISTRY')
    .replaceAll(/ {2,}/g, ' ');
}

describe('the demo, on a machine without kustomize and Helm', { timeout: PATIENCE }, () => {
  test('finds, locks, renders pinned, sees the drift, takes it on, and leaves nothing', async () => {
    const machine = bareMachine();
    // It ends when nothing holds its stdout and stderr any more: no process is left, either.
    const outcome = await demo(machine);

    const text = settled(outcome);
    expect(outcome.stderr, text).toBe('');
    expect(outcome.code).toBe(0);
    expect(text).toContain('kustomize not here; pindrift-krm runs alone');
    expect(text).toContain('helm not here; pindrift-helm runs alone');
    expect(text).toContain('$ pindrift find\n');
    expect(text).toContain('web.yaml:17:17 REGISTRY/shop/web:1.4.2 no digest Deployment web\n');
    expect(text).toContain('lock: 1 added, 3 unchanged\n');
    expect(text).toMatch(/image: REGISTRY\/shop\/worker:1\.4\.2@sha256:[0-9a-f]{64}\n/);
    expect(text.match(/4 images: 4 pinned\n/g)).toHaveLength(3);
    expect(text).toMatch(/republished: .*the tag now names sha256:/);
    expect(text).toContain('updated REGISTRY/shop/web:1.4.2');
    expect(text).toContain('pindrift init');
    expect(text).toContain(`npm run pack && ${installLine()} `);
    expect(text).not.toContain('\u001b');
    expect(left(machine)).toEqual([]);
  });

  test('stays until it is stopped where it is told to, and leaves nothing then', async () => {
    const machine = bareMachine();
    const child = spawn(process.execPath, [DEMO, '--stay'], {
      env: { ...process.env, ...machine },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    let printed = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      printed += chunk;
      if (printed.includes('k8s && PATH=')) child.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
    expect(printed).toContain(`cd ${machine.TMPDIR}/pindrift-demo-`);
    expect(left(machine)).toEqual([]);
  });
});

describe('the demo, beside programs that are too old for it', { timeout: PATIENCE }, () => {
  test('does without them', async () => {
    const outcome = await demo(
      bareMachine({
        kustomize: '#!/bin/sh\necho "{Version:kustomize/v4.5.7 GitCommit:56d8}"\n',
        helm: '#!/bin/sh\necho "Client: v2.17.0+ga690bad"\n',
      }),
    );
    const text = settled(outcome);
    expect(outcome.code, text).toBe(0);
    expect(text).toContain('kustomize not here; ');
    expect(text).toContain('helm not here; ');
  });
});

describe('the demo fails', { timeout: PATIENCE }, () => {
  test('where kustomize renders without running the function', async () => {
    const unpinned =
      '#!/bin/sh\nif [ "$1" = version ]; then echo v5.8.1; else cat web.yaml cleanup.yaml; fi\n';
    const { code, stderr, stdout } = await demo(bareMachine({ kustomize: unpinned }));
    expect(code).toBe(1);
    expect(stdout.toString()).toMatch(/kustomize +v5\.8\.1, /);
    expect(stderr).toContain('demo: this does not hold: every image is rendered with the digest');
  });

  test('where Helm does not render', async () => {
    const broken =
      '#!/bin/sh\nif [ "$1" = version ]; then echo v3.21.4; else echo "no chart" >&2; exit 1; fi\n';
    const { code, stderr } = await demo(bareMachine({ helm: broken }));
    expect(code).toBe(1);
    expect(stderr).toContain('demo: this does not hold: ');
  });
});
