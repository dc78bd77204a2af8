import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters, styleText } from 'node:util';
import { wantsColor } from '@pindrift/report';

/** What a command of the demo did; `output` is stdout and stderr together, without colours. */
export interface Done {
  readonly code: number | null;
  readonly output: string;
}

export interface Shell {
  /** A line of our own above what follows. */
  heading(title: string): void;
  /** A sentence of our own. */
  say(sentence: string): void;
  /** Prints a command, runs it through `sh`, and prints what it prints. */
  run(command: string): Promise<Done>;
}

export interface ShellOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** A shell that shows what it does; colours only where stdout is a terminal. */
export function openShell({ cwd, env, signal }: ShellOptions): Shell {
  const color = wantsColor({ env: process.env, isTTY: process.stdout.isTTY === true });
  const paint = (style: 'bold' | 'cyan', line: string): string =>
    color ? styleText(style, line, { validateStream: false }) : line;
  // One of the two: Node itself complains where both are set.
  const { FORCE_COLOR: _force, NO_COLOR: _no, ...rest } = env;
  const environment = { ...rest, ...(color ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }) };
  return {
    heading: (title) => console.log(`\n${paint('bold', title)}`),
    say: (sentence) => console.log(sentence),
    async run(command) {
      console.log(`${paint('cyan', '$')} ${command}`);
      const child = spawn('sh', ['-c', `{ ${command}\n} 2>&1`], {
        cwd,
        env: environment,
        // A group of its own, so that an interruption ends whatever the command has started.
        detached: true,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const stop = (): void => {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      };
      signal.addEventListener('abort', stop);
      const ended = new Promise<number | null>((done, fail) => {
        child.once('error', fail);
        child.once('close', done);
      });
      const [printed, code] = await Promise.all([text(child.stdout), ended]);
      signal.removeEventListener('abort', stop);
      signal.throwIfAborted();
      process.stdout.write(printed.replaceAll(/^(?=.)/gm, '  '));
      return { code, output: stripVTControlCharacters(printed) };
    },
  };
}
