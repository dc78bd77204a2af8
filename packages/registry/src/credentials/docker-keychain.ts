import { homedir } from 'node:os';
import { fileKeychain } from './file-keychain.ts';
import type { Keychain } from './keychain.ts';

/** Options of `dockerKeychain`. */
export interface DockerKeychainOptions {
  /** `process.env` by default; also the environment of credential helpers. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The user's home folder; that of the process by default. */
  readonly home?: string;
}

/**
 * The credentials in `DOCKER_AUTH_CONFIG` and in the files of docker and podman, with their
 * helpers. Nothing is read before the first question, and then once.
 */
export function dockerKeychain(options: DockerKeychainOptions = {}): Keychain {
  const environment = options.environment ?? process.env;
  let loaded: Promise<Keychain> | undefined;
  return async (target) => {
    loaded ??= fileKeychain({ environment, home: options.home ?? homedir() });
    return (await loaded)(target);
  };
}
