import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { temporaryFolder } from '../system/temporary-folder.ts';
import { client } from './client.ts';

export interface Distribution extends AsyncDisposable {
  /** `127.0.0.1:41234`. */
  readonly host: string;
  readonly url: string;
}

/**
 * Starts the real distribution registry, version 3 or Debian's 2.8 (`docker-registry`), in memory
 * and on a free port; its configuration may have more lines of YAML. Throws what it said when it
 * does not start.
 */
export async function startDistribution(
  program: 'registry' | 'docker-registry' = 'registry',
  configuration = '',
): Promise<Distribution> {
  const folder = await temporaryFolder();
  const file = await folder.write('config.yml', `${CONFIGURATION}${configuration}`);
  const child = spawn(client(program), ['serve', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    await folder[Symbol.asyncDispose]();
  };
  child.stdout.resume();
  const said: string[] = [];
  for await (const line of createInterface(child.stderr)) {
    said.push(line);
    const host = /listening on (127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (host !== undefined) {
      child.stderr.resume();
      return { host, url: `http://${host}`, [Symbol.asyncDispose]: close };
    }
  }
  await close();
  throw new Error(`The registry did not start:\n${said.join('\n')}`);
}

const CONFIGURATION = `version: 0.1
log: {level: info, accesslog: {disabled: true}}
storage: {inmemory: {}, delete: {enabled: true}}
http: {addr: 127.0.0.1:0}
`;
