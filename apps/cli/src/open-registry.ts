import { homedir } from 'node:os';
import { registrySettings } from '@pindrift/pin/config';
import type { Registry } from '@pindrift/registry';
import { withLayouts } from './layouts.ts';
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
  const { cacheTtl = 0, ambientAuth, offline = false } = call.options;
  const { warnings, ...settings } = await registrySettings(await openConfig(call), env);
  for (const warning of warnings) note(call, warning);
  const { cacheFolder, createRegistry } = await import('@pindrift/registry');
  const registry = createRegistry({
    ...settings,
    ...(ambientAuth === false && { ambient: false }),
    environment: env,
    home: homeOf(env),
    cache: cacheFolder(env, homeOf(env)),
    tagTtl: cacheTtl,
    offline,
    userAgent: `pindrift/${VERSION}`,
    warn: (message) => note(call, message),
  });
  try {
    return await work(await withLayouts(registry, call.io.cwd));
  } finally {
    await registry.close();
  }
}

/** The home folder that the environment names, as docker and git look for it. */
export function homeOf(env: Readonly<Record<string, string | undefined>>): string {
  return env.HOME || env.USERPROFILE || homedir();
}
