import { join } from 'node:path';
import {
  configKeychain,
  type DockerConfig,
  parseDockerConfig,
  readDockerConfig,
} from './docker-config.ts';
import { firstOf, type Keychain } from './keychain.ts';

/** Where files of credentials are looked for. */
export interface FilePlaces {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/**
 * The credentials that `docker login` and `podman login` left, the first that has any: those in
 * `DOCKER_AUTH_CONFIG`; then, when `REGISTRY_AUTH_FILE` is set, that file alone; otherwise
 * docker's `config.json`, podman's `auth.json` of this login and of this user, `~/.dockercfg`.
 */
export async function fileKeychain(places: FilePlaces): Promise<Keychain> {
  const { environment } = places;
  const keychains: Keychain[] = [];
  const inline = environment.DOCKER_AUTH_CONFIG;
  if (inline !== undefined && inline.trim() !== '') {
    const source = 'DOCKER_AUTH_CONFIG';
    const { auths } = parseDockerConfig(inline, source);
    const config: DockerConfig = { auths, credHelpers: {}, credsStore: undefined };
    keychains.push(configKeychain(config, { source, environment }));
  }
  const only = environment.REGISTRY_AUTH_FILE;
  for (const source of only ? [only] : usualFiles(places)) {
    const config = await readDockerConfig(source);
    if (config !== undefined) keychains.push(configKeychain(config, { source, environment }));
  }
  return firstOf(keychains);
}

/** docker's file first; podman's are merged, since an empty docker file must not hide them. */
function usualFiles({ environment, home }: FilePlaces): string[] {
  const runtime = environment.XDG_RUNTIME_DIR;
  const uid = process.getuid?.();
  return [
    join(environment.DOCKER_CONFIG || join(home, '.docker'), 'config.json'),
    ...(runtime ? [join(runtime, 'containers', 'auth.json')] : []),
    ...(runtime || uid === undefined ? [] : [join('/run/containers', String(uid), 'auth.json')]),
    join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'containers', 'auth.json'),
    join(home, '.dockercfg'),
  ];
}
