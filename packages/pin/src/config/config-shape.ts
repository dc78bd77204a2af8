import { settingsShape } from '../lock/lock-shape.ts';
import {
  flag,
  isMapping,
  listOf,
  mapOf,
  mapping,
  type Shape,
  textThat,
  wholeNumber,
  wrong,
} from '../shape/shape.ts';
import { fieldsShape } from './field-rule.ts';
import { ignoresShape } from './ignore-rule.ts';

const credentialsShape: Shape = (value, trail, found) => {
  if (value === 'anonymous') return;
  if (!isMapping(value)) {
    return wrong(found, trail, `must be anonymous or a mapping; ${NO_SECRETS}`);
  }
  const known = mapping({
    helper: textThat(helperProblem),
    usernameEnv: textThat(variableProblem),
    passwordEnv: textThat(variableProblem),
    tokenEnv: textThat(variableProblem),
  });
  const before = found.length;
  known(value, trail, found);
  if (found.length > before || isOneWay(value)) return;
  wrong(found, trail, `needs ${WAYS}; ${NO_SECRETS}`);
};

const WAYS = 'either helper, or tokenEnv, or usernameEnv and passwordEnv';
const NO_SECRETS = 'passwords and tokens do not stand in this file';

const registryShape: Shape = mapping({
  insecure: flag,
  plainHttp: flag,
  http2: flag,
  realmHosts: listOf(textThat(hostProblem)),
  skipVerify: flag,
  ca: textThat(),
  cert: textThat(),
  key: textThat(),
  credentials: credentialsShape,
  mirrors: listOf(mapping({ url: textThat(urlProblem), resolve: flag }, ['url'])),
  concurrency: wholeNumber(1),
  timeout: wholeNumber(1),
});

/** The keys of a configuration that say how registries are reached, and as whom. */
export const registryKeys: Readonly<Record<RegistryKey, Shape>> = {
  registries: mapOf(registryShape, hostProblem),
  registriesConf: textThat(),
  hostsDirectory: textThat(),
  pullSecrets: listOf(textThat()),
  clusterPullSecrets: mapping({
    server: textThat(serverProblem),
    namespace: textThat(),
    secrets: listOf(textThat()),
    serviceAccount: textThat(),
    tokenFile: textThat(),
    caFile: textThat(),
  }),
  ambientAuth: flag,
};

type RegistryKey =
  | 'registries'
  | 'registriesConf'
  | 'hostsDirectory'
  | 'pullSecrets'
  | 'clusterPullSecrets'
  | 'ambientAuth';

/** `pindrift.yaml`; an empty file is one, too. */
export const configShape: Shape = mapping({
  lock: textThat(),
  settings: settingsShape,
  ignore: ignoresShape,
  fields: fieldsShape,
  ...registryKeys,
});

function isOneWay(value: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(value).sort().join(' ');
  return ['helper', 'tokenEnv', 'passwordEnv usernameEnv'].includes(keys);
}

/** Docker runs `docker-credential-NAME`. */
function helperProblem(text: string): string | undefined {
  if (/^[A-Za-z0-9_.-]+$/.test(text)) return undefined;
  return 'must be the NAME of a program docker-credential-NAME';
}

function variableProblem(text: string): string | undefined {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(text)) return undefined;
  return 'must be the name of an environment variable, not its value';
}

function urlProblem(text: string): string | undefined {
  if (/^[a-z]+:\/\/[^/]*@/.test(text)) return 'must hold no user and no password';
  return /^(?:https?:\/\/)?[^\s/@]+(?:\/[^\s@]*)?$/.test(text)
    ? undefined
    : 'is no URL of a registry';
}

function serverProblem(text: string): string | undefined {
  return /^https:\/\/[^\s/@]+\/?$/.test(text) ? undefined : 'must be written https://host:port';
}

function hostProblem(text: string): string | undefined {
  return /^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d+)?$/.test(text)
    ? undefined
    : 'must be a registry host with or without a port, such as ghcr.io or localhost:5000';
}
