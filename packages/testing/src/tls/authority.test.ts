import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ServerTls } from '../http/tls-server.ts';
import { startRegistry } from '../registry/registry.ts';
import { type Authority, createAuthority } from './authority.ts';

let authority: Authority;
let server: ServerTls;

beforeAll(async () => {
  authority = await createAuthority();
  server = await authority.server();
});

const agents: Agent[] = [];

afterAll(async () => {
  await Promise.all(agents.map((agent) => agent.destroy()));
});

function trusting(options: object = {}, more: object = {}): Agent {
  const agent = new Agent({ connect: { ca: authority.certificate, ...options }, ...more });
  agents.push(agent);
  return agent;
}

describe('a registry over TLS', () => {
  test('is believed by who trusts its authority, and by nobody else', async () => {
    await using registry = await startRegistry({ tls: server });
    expect(registry.url).toMatch(/^https:/);
    const { statusCode } = await request(`${registry.url}/v2/`, { dispatcher: trusting() });
    expect(statusCode).toBe(200);
    const doubtful = trusting({ ca: undefined });
    await expect(request(`${registry.url}/v2/`, { dispatcher: doubtful })).rejects.toMatchObject({
      code: 'SELF_SIGNED_CERT_IN_CHAIN',
    });
  });

  test('is not believed under a name it has no certificate for', async () => {
    const elsewhere = await authority.server(['registry.example.com']);
    await using registry = await startRegistry({ tls: elsewhere });
    await expect(request(`${registry.url}/v2/`, { dispatcher: trusting() })).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  test('records who showed a client certificate, and may ask for one', async () => {
    await using registry = await startRegistry({
      tls: { ...server, clientCertificate: 'require' },
    });
    const alice = await authority.client('alice');
    await request(`${registry.url}/v2/`, { dispatcher: trusting(alice) });
    expect(registry.requests[0]?.clientCertificate).toBe('alice');
    await expect(request(`${registry.url}/v2/`, { dispatcher: trusting() })).rejects.toThrow();
  });

  test('speaks HTTP/2 when asked, many requests on one connection', async () => {
    await using registry = await startRegistry({ tls: { ...server, http2: true } });
    const dispatcher = trusting({}, { allowH2: true, connections: 1 });
    await Promise.all(
      [1, 2, 3].map(async () => {
        const { body } = await request(`${registry.url}/v2/`, { dispatcher });
        await body.dump();
      }),
    );
    expect(registry.requests.map(({ protocol }) => protocol)).toEqual(['2.0', '2.0', '2.0']);
    expect(new Set(registry.requests.map(({ connection }) => connection)).size).toBe(1);
    expect(registry.counters.connections).toBe(1);
  });
});
