import type { Keychain } from '../keychain.ts';
import type { Cloud } from './cloud.ts';

/** GitHub's registry, with the token of the job; not where the job belongs to another GitHub. */
export function githubKeychain({ environment }: Pick<Cloud, 'environment'>): Keychain {
  return async ({ registry }) => {
    const password = environment.GITHUB_TOKEN;
    if (registry !== 'ghcr.io' || !password) return undefined;
    const server = environment.GITHUB_SERVER_URL || environment.GITHUB_HOST || 'github.com';
    if (!/^(?:https:\/\/)?github\.com\/?$/.test(server)) return undefined;
    const username = environment.GITHUB_ACTOR || 'unset';
    return { kind: 'basic', username, password, source: 'GITHUB_TOKEN' };
  };
}
