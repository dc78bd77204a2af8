import type { Credentials } from './keychain.ts';

/**
 * The credentials of one entry under `auths` (docker/cli `cli/config/types/authconfig.go`):
 * `auth` is base64 of `user:password`, with NULs trimmed at the end; clear text fields, identity
 * and registry tokens count too. An empty entry marks a helper and holds nothing.
 */
export function credentialsOfEntry(entry: unknown, source: string): Credentials | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const field = (name: string): string => {
    const value: unknown = Reflect.get(entry, name);
    return typeof value === 'string' ? value : '';
  };
  if (field('registrytoken') !== '') {
    return { kind: 'bearer', token: field('registrytoken'), source };
  }
  if (field('identitytoken') !== '') {
    return { kind: 'identity', token: field('identitytoken'), source };
  }
  return (
    decodePair(field('auth'), source) ?? clearPair(field('username'), field('password'), source)
  );
}

/** What a credential helper or a configured pair means: the user `<token>` has an identity token. */
export function clearPair(
  username: string,
  password: string,
  source: string,
): Credentials | undefined {
  if (username === '<token>') return { kind: 'identity', token: password, source };
  return username === '' ? undefined : { kind: 'basic', username, password, source };
}

function decodePair(auth: string, source: string): Credentials | undefined {
  const text = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
  const colon = text.indexOf(':');
  return colon <= 0 ? undefined : clearPair(text.slice(0, colon), text.slice(colon + 1), source);
}
