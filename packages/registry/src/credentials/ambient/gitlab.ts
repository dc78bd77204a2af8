import { registryName } from '../../endpoint.ts';
import type { Keychain } from '../keychain.ts';
import type { Cloud } from './cloud.ts';

/** Variables that a GitLab job has: the host, the user, the password. */
const offers = [
  ['CI_REGISTRY', 'CI_REGISTRY_USER', 'CI_REGISTRY_PASSWORD'],
  ['CI_DEPENDENCY_PROXY_SERVER', 'CI_DEPENDENCY_PROXY_USER', 'CI_DEPENDENCY_PROXY_PASSWORD'],
] as const;

/** The registry and the dependency proxy of the GitLab whose job this is, exactly that host. */
export function gitlabKeychain({ environment }: Pick<Cloud, 'environment'>): Keychain {
  return async ({ registry }) => {
    for (const [host, user, secret] of offers) {
      const [username, password] = [environment[user], environment[secret]];
      const name = registryName(environment[host] ?? '').replace(/:443$/, '');
      if (name !== '' && name === registry && username && password) {
        return { kind: 'basic', username, password, source: secret };
      }
    }
    return undefined;
  };
}
