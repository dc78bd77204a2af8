/** A registry in a process of its own, so that it does not share a core with what is timed. */
import { createAuthority, image, startRegistry, startTokenServer } from '@pindrift/testing';

/** What the registry holds, and how it is reached; as JSON in the first argument. */
export interface Stock {
  readonly images: number;
  readonly repositories: number;
  /** Milliseconds before every answer. */
  readonly latency: number;
  readonly https: boolean;
  readonly tokens: boolean;
}

export interface Ready {
  readonly host: string;
  /** PEM of the authority that vouches for it. */
  readonly authority: string;
}

/** What was asked since the last time. */
export interface Asked {
  readonly requests: number;
  readonly connections: number;
  readonly tokens: number;
}

const { images, repositories, latency, https, tokens }: Stock = JSON.parse(process.argv[2] ?? '{}');
const authority = await createAuthority();
const tls = https ? { tls: await authority.server() } : {};
const service = await startTokenServer({ latency, ...tls });
// crane goes to no realm that is a private address, so both go by a name.
const named = { ...service, realm: service.realm.replace('127.0.0.1', 'localhost') };
const auth = tokens ? { auth: { kind: 'bearer', tokens: named } as const } : {};
const registry = await startRegistry({ latency, ...tls, ...auth });
for (let i = 0; i < images; i++) {
  registry.push(`team/app-${i % repositories}`, `1.0.${i}`, image({ config: { i } }));
}

process.on('message', (message) => {
  if (message === 'counters') {
    const { requests, connections } = registry.counters;
    process.send?.({ requests, connections, tokens: service.counters.requests } satisfies Asked);
    registry.forget();
    service.forget();
  } else {
    void Promise.all([registry.close(), service.close()]).then(() => process.disconnect());
  }
});
const ready = {
  host: registry.host.replace('127.0.0.1', 'localhost'),
  authority: authority.certificate,
};
process.send?.(ready satisfies Ready);
