import { homedir } from 'node:os';
import { join } from 'node:path';
import { configKeychain, parseDockerConfig, readDockerConfig } from './docker-config.ts';
import { firstOf, type Keychain } from './keychain.ts';

/** Options of `dockerKeychain`. */
export interface DockerKeychainOptions {
  /** `process.env` by default; also the environment of credential helpers. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The user's home folder; that of the process by default. */
  readonly home?: string;
}

/**
 * The credentials that `docker login` left: those in `DOCKER_AUTH_CONFIG`, then those of
 * `$DOCKER_CONFIG/config.json` or `~/.docker/config.json` with its helpers. Nothing is read
 * before the first question.
 */
export function dockerKeychain(options: DockerKeychainOptions = {}): Keychain {
  const environment = options.environment ?? process.env;
  const home = options.home ?? homedir();
  let loaded: Promise<Keychain> | undefined;
  return async (target) => {
    loaded ??= load(environment, home);
    return (await loaded)(target);
  };
}

async function load(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): Promise<Keychain> {
  const keychains: Keychain[] = [];
  const inline = environment.DOCKER_AUTH_CONFIG;
  if (inline !== undefined && inline !== '') {
    const source = 'DOCKER_AUTH_CONFIG';
    const { auths } = parseDockerConfig(inline, source);
    keychains.push(
      configKeychain({ auths, credHelpers: {}, credsStore: undefined }, { source, environment }),
    );
  }
  const source = join(environment.DOCKER_CONFIG || join(home, '.docker'), 'config.json');
  const config = await readDockerConfig(source);
  if (config !== undefined) keychains.push(configKeychain(config, { source, environment }));
  return firstOf(keychains);
}
