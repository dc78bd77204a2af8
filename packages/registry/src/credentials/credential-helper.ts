import { spawn } from 'node:child_process';
import { clearPair } from './auth-entry.ts';
import type { Credentials } from './keychain.ts';

/** How a credential helper is run. */
export interface HelperOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds; 30,000 by default. */
  readonly timeout?: number;
}

const longestOutput = 1_048_576;

/** Answers that mean "I have none", from docker/docker-credential-helpers `credentials/error.go`. */
const nothing: ReadonlySet<string> = new Set([
  'credentials not found in native keychain',
  'no credentials server URL',
  'no credentials username',
]);

/**
 * Asks `docker-credential-NAME get` for the credentials of a key. Undefined when the helper has
 * none; throws with what it wrote when it cannot be run, fails, or takes too long.
 */
export async function askHelper(
  name: string,
  key: string,
  options: HelperOptions,
): Promise<Credentials | undefined> {
  const program = `docker-credential-${name}`;
  if (!/^[A-Za-z0-9_.-]+$/.test(name)) {
    throw new Error(`'${name.slice(0, 60)}' is not the name of a credential helper`);
  }
  const { code, output, complaint } = await run(program, key, options);
  const said = output.trim();
  if (code !== 0 && nothing.has(said)) return undefined;
  if (code !== 0) {
    throw new Error(`${program} failed with exit code ${code}: ${firstLine(said || complaint)}`);
  }
  return readAnswer(program, said);
}

function readAnswer(program: string, text: string): Credentials | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new Error(`${program} did not answer with JSON`);
  }
  const { Username, Secret } = (answer ?? {}) as Record<string, unknown>;
  if (typeof Username !== 'string' || typeof Secret !== 'string') {
    throw new Error(`${program} answered without Username and Secret`);
  }
  return clearPair(Username, Secret, program);
}

interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly complaint: string;
}

function run(program: string, input: string, options: HelperOptions): Promise<Outcome> {
  const ms = options.timeout ?? 30_000;
  return new Promise((resolve, reject) => {
    const child = spawn(program, ['get'], { env: { ...options.environment }, timeout: ms });
    const output: Buffer[] = [];
    const complaint: Buffer[] = [];
    let length = 0;
    const collect = (into: Buffer[]) => (chunk: Buffer) => {
      length += chunk.length;
      if (length > longestOutput) child.kill('SIGKILL');
      else into.push(chunk);
    };
    child.stdout.on('data', collect(output));
    child.stderr.on('data', collect(complaint));
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${input}\n`);
    child.on('error', (cause) =>
      reject(new Error(`${program} could not be started; is it on PATH?`, { cause })),
    );
    child.on('close', (code, signal) => {
      if (signal === null) resolve({ code, output: text(output), complaint: text(complaint) });
      else reject(new Error(`${program} was stopped (it may take ${ms} ms and write 1 MiB)`));
    });
  });
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}

function firstLine(said: string): string {
  return said.split('\n', 1)[0]?.slice(0, 200) ?? '';
}
