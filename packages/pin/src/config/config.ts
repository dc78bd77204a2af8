import type { RegistryOptions } from '@pindrift/registry';
import type { Settings } from '../lock/lock.ts';
import type { FieldRule } from './field-rule.ts';
import type { IgnoreRule } from './ignore-rule.ts';

/** `pindrift.yaml`, with every default filled in. */
export interface Config {
  /** The file it was read from; undefined where there is none and all is default. */
  readonly file: string | undefined;
  /** The folder that its paths are relative to: the file's, or the one that was asked about. */
  readonly folder: string;
  /** Path of the lock; default `images.lock.yaml` in `folder`. */
  readonly lock: string;
  readonly settings: Settings;
  readonly ignore: readonly IgnoreRule[];
  readonly fields: readonly FieldRule[];
  /** By registry host as references name it: `docker.io`, `localhost:5000`. */
  readonly registries: Readonly<Record<string, RegistryConfig>>;
  /** podman's `registries.conf`, with the files in `registries.conf.d` beside it. */
  readonly registriesConf?: string;
  /** containerd's folder of `HOST/hosts.toml`. */
  readonly hostsDirectory?: string;
  /** Files with Kubernetes pull secrets. */
  readonly pullSecrets?: readonly string[];
  /** Pull secrets to be read from the API of a cluster: the one this runs in, unless it is named. */
  readonly clusterPullSecrets?: ClusterPullSecrets;
  /** False leaves out the identity of this job or machine at its cloud provider. */
  readonly ambientAuth?: boolean;
}

/** How to reach one registry. No secret stands here: credentials say where they are to be found. */
export interface RegistryConfig {
  /** Plain http may be used when the host does not speak https. */
  readonly insecure?: boolean;
  /** Plain http is used, https is not tried. */
  readonly plainHttp?: boolean;
  /** False keeps to HTTP/1.1 where the host offers HTTP/2. */
  readonly http2?: boolean;
  /** Hosts besides its own site that may be sent this registry's credentials to issue tokens. */
  readonly realmHosts?: readonly string[];
  /** The server's certificate is not verified. */
  readonly skipVerify?: boolean;
  /** Paths of PEM files, relative to the configuration. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly credentials?: CredentialsConfig;
  /** Other places that hold the same repositories, asked in order before the host itself. */
  readonly mirrors?: readonly { readonly url: string; readonly resolve?: boolean }[];
  /** Requests at a time. */
  readonly concurrency?: number;
  /** Milliseconds that connecting may take, and the beginning of an answer. */
  readonly timeout?: number;
}

/** Where in a cluster pull secrets are found; paths are relative to the configuration. */
export type ClusterPullSecrets = NonNullable<RegistryOptions['kubernetes']>;

/** `anonymous` sends none; otherwise a docker credential helper or environment variables. */
export type CredentialsConfig =
  | 'anonymous'
  | { readonly helper: string }
  | { readonly usernameEnv: string; readonly passwordEnv: string }
  | { readonly tokenEnv: string };
