import { homedir } from 'node:os';
import { registryHosts } from '@pindrift/pin';
import type { Registry } from '@pindrift/registry';
import { openConfig } from './open-config.ts';
import { note } from './output.ts';
import type { Call } from './verb.ts';
import { VERSION } from './version.ts';

/**
 * Does `work` with a registry client made from the configuration, and closes it. The client, and
 * with it everything that speaks HTTP and TLS, is loaded now and not before.
 */
export async function withRegistry<Result>(
  call: Call,
  work: (registry: Registry) => Promise<Result>,
): Promise<Result> {
  const { env } = call.io;
  const hosts = registryHosts(await openConfig(call), env);
  const { createRegistry } = await import('@pindrift/registry');
  const registry = createRegistry({
    hosts,
    environment: env,
    home: homeOf(env),
    offline: call.options.offline ?? false,
    userAgent: `pindrift/${VERSION}`,
    warn: (message) => note(call, message),
  });
  try {
    return await work(registry);
  } finally {
    await registry.close();
  }
}

/** The home folder that the environment names, as docker and git look for it. */
export function homeOf(env: Readonly<Record<string, string | undefined>>): string {
  return env.HOME || env.USERPROFILE || homedir();
}
