/** A secret for one registry, where it came from, and when it ends (ms since the epoch). */
export type Credentials = Secret & { readonly expiresAt?: number };

type Secret =
  | {
      readonly kind: 'basic';
      readonly username: string;
      readonly password: string;
      readonly source: string;
    }
  /** A refresh token, exchanged at the token service by POST. */
  | { readonly kind: 'identity'; readonly token: string; readonly source: string }
  /** A bearer token, sent as it is. */
  | { readonly kind: 'bearer'; readonly token: string; readonly source: string };

/** What credentials are wanted for. */
export interface CredentialTarget {
  /** Registry as references name it, with its port: `docker.io`, `ghcr.io`, `localhost:5000`. */
  readonly registry: string;
  /** Repository inside it, without a leading slash. */
  readonly repository: string;
}

/**
 * A source of credentials: those for exactly this registry (and repository, where the source
 * knows paths), undefined when it has none. Throws when it should have had them and failed.
 */
export type Keychain = (target: CredentialTarget) => Promise<Credentials | undefined>;

/** A keychain that asks each of several in turn; the first answer counts. */
export function firstOf(keychains: readonly Keychain[]): Keychain {
  return async (target) => {
    for (const keychain of keychains) {
      const found = await keychain(target);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}
