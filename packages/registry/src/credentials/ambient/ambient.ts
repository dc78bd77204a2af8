import type { Clock } from '../../clock.ts';
import { type Credentials, firstOf, type Keychain } from '../keychain.ts';
import { azureKeychain } from './azure.ts';
import { type Cloud, cloudAsker } from './cloud.ts';
import { ecrKeychain } from './ecr.ts';
import { githubKeychain } from './github.ts';
import { gitlabKeychain } from './gitlab.ts';
import { googleKeychain } from './google.ts';

/**
 * Who this job or machine is, where the registry belongs to the same provider. Each source looks
 * at nothing before the host matches its own pattern exactly, and is asked once per registry
 * until what it gave ends.
 */
export function ambientKeychain(options: {
  readonly environment: Cloud['environment'];
  readonly home: string;
  readonly clock: Clock;
}): Keychain {
  const cloud: Cloud = { ...options, ask: cloudAsker(options.environment) };
  const sources = firstOf([
    githubKeychain(cloud),
    gitlabKeychain(cloud),
    ecrKeychain(cloud),
    googleKeychain(cloud),
    azureKeychain(cloud),
  ]);
  const known = new Map<string, Promise<Credentials | undefined>>();
  return async (target) => {
    const held = known.get(target.registry);
    if (held !== undefined) {
      const { expiresAt = Number.POSITIVE_INFINITY } = (await held) ?? {};
      if (expiresAt > options.clock.now()) return held;
    }
    const found = sources(target);
    known.set(target.registry, found);
    return found;
  };
}
