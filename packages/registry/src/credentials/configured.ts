import type { HostSettings } from '../registry-options.ts';
import { clearPair } from './auth-entry.ts';
import { askHelper } from './credential-helper.ts';
import type { Credentials, Keychain } from './keychain.ts';
import { dockerKey } from './registry-key.ts';

const source = 'the configuration';

/** A keychain of what the settings of a registry say; `anonymous` ends the search. */
export function configuredKeychain(
  settings: { forRegistry(name: string): HostSettings },
  environment: Readonly<Record<string, string | undefined>>,
  others: Keychain,
): Keychain {
  const helped = new Map<string, Promise<Credentials | undefined>>();
  return async (target) => {
    const { credentials } = settings.forRegistry(target.registry);
    if (credentials === undefined) return others(target);
    if (credentials === 'anonymous') return undefined;
    if ('token' in credentials) return { kind: 'bearer', token: credentials.token, source };
    if ('username' in credentials) {
      return clearPair(credentials.username, credentials.password, source);
    }
    const known = helped.get(target.registry);
    if (known !== undefined) return known;
    const asked = askHelper(credentials.helper, dockerKey(target.registry), { environment });
    helped.set(target.registry, asked);
    return asked;
  };
}
