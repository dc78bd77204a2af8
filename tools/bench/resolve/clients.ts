/** The three that resolve the same tags: ours, crane, and as a floor Node's own HTTP client. */
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { parseReference } from '@pindrift/reference';
import { createRegistry } from '@pindrift/registry';
import { requireClient } from '../../clients.ts';
import { runToEnd } from '../measure.ts';
import { CONCURRENCY } from './scenario.ts';
import type { Server } from './server.ts';

/** A new client of ours, without anything that the machine knows, for all tags at once. */
export async function resolveAll({ host, https, authority, names }: Server): Promise<void> {
  const registry = createRegistry({
    concurrency: CONCURRENCY,
    environment: {},
    home: '/nowhere',
    hosts: { [host]: https ? { ca: authority } : { plainHttp: true } },
  });
  await Promise.all(names.map((name) => registry.resolve(parseReference(name))));
  await registry.close();
}

/** `crane digest` for the first tags, one after the other. */
export async function craneSequence(
  { names }: Server,
  sample: number,
  authorityFile: string,
): Promise<void> {
  const loop = 'crane=$1; shift; for name; do "$crane" digest --insecure "$name" || exit; done';
  const argv = ['sh', '-c', loop, 'sh', requireClient('crane'), ...names.slice(0, sample)];
  await runToEnd({ name: 'crane digest', argv, env: { SSL_CERT_FILE: authorityFile } });
}

/** A HEAD for every tag over as many connections, nothing read, nothing known about registries. */
export async function headAll({ host, https, authority, names }: Server): Promise<void> {
  const options = { keepAlive: true, maxSockets: CONCURRENCY };
  const agent = https ? new HttpsAgent({ ...options, ca: authority }) : new HttpAgent(options);
  const send = https ? httpsRequest : httpRequest;
  const head = (name: string): Promise<void> => {
    const [repository, tag] = name.slice(host.length + 1).split(':');
    const url = `${https ? 'https' : 'http'}://${host}/v2/${repository}/manifests/${tag}`;
    return new Promise((resolve, reject) => {
      const request = send(url, { method: 'HEAD', agent }, (response) => {
        response.resume().once('end', resolve);
      });
      request.once('error', reject).end();
    });
  };
  await Promise.all(names.map(head));
  agent.destroy();
}
