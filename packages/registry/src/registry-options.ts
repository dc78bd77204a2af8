import type { Clock } from './clock.ts';
import type { Keychain } from './credentials/keychain.ts';
import type { ClusterSecrets } from './credentials/kubernetes/cluster.ts';
import type { Network } from './transport/address-guard.ts';

/** How to reach one registry; every field may be left out. */
export interface HostSettings {
  /** Plain http may be used when the host does not speak https. */
  readonly insecure?: boolean;
  /** Plain http is used, https is not tried. */
  readonly plainHttp?: boolean;
  /** The server's certificate is not verified. */
  readonly skipVerify?: boolean;
  /** PEM text or the path of a file: further certificate authorities, client certificate, its key. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Instead of what the keychain holds for this host. */
  readonly credentials?: HostCredentials;
  /** Other places that hold the same repositories, asked in order before the host itself. */
  readonly mirrors?: readonly Mirror[];
  /** Where it is read instead: `host:port/path`. Copies to it are written to the registry itself. */
  readonly location?: string;
  /** True refuses everything that is asked of it. */
  readonly blocked?: boolean;
  /** Requests at a time, and so connections, to this host. */
  readonly concurrency?: number;
  /** Milliseconds that connecting may take, and the beginning of an answer. */
  readonly timeout?: number;
  /** Hosts besides its own site that may be sent this registry's credentials to issue tokens. */
  readonly realmHosts?: readonly string[];
  /** False keeps to HTTP/1.1 where the host offers HTTP/2. */
  readonly http2?: boolean;
}

/** `anonymous` asks nobody; `helper` is the NAME in `docker-credential-NAME`. */
export type HostCredentials =
  | 'anonymous'
  | { readonly username: string; readonly password: string }
  | { readonly token: string }
  | { readonly helper: string };

export interface Mirror {
  /** `https://mirror.example:5000/prefix`; a bare host means https. */
  readonly url: string;
  /** True when it may say what a tag means; without it only digests are read from it. */
  readonly resolve?: boolean;
  /** False when only tags are asked of it. */
  readonly digests?: boolean;
}

/** Options of `createRegistry`. */
export interface RegistryOptions {
  /**
   * Settings by registry host as references name it: `docker.io`, `localhost:5000`. Of a part of
   * one (`quay.io/team`, the longest counts) only `mirrors`, `location` and `blocked` can be said,
   * of the hosts below a domain (`*.example.com`) also `insecure` and `skipVerify`.
   */
  readonly hosts?: Readonly<Record<string, HostSettings>>;
  /** Where credentials come from; `defaultKeychain` with these options by default. */
  readonly keychain?: Keychain;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly home?: string;
  /** Kubernetes pull secrets, as objects of the API or of a manifest; lists of them count. */
  readonly pullSecrets?: readonly unknown[];
  /** Pull secrets to be read from the API of a cluster; nothing is asked there without it. */
  readonly kubernetes?: ClusterSecrets;
  /** False leaves out the identity of this job or machine at its cloud provider. */
  readonly ambient?: boolean;
  /** Requests at a time per host; 16 by default. */
  readonly concurrency?: number;
  /** Milliseconds for connecting and for the beginning of an answer; 10,000 and 15,000 by default. */
  readonly timeout?: number;
  /** Milliseconds for one request with all its retries; 60,000 by default. */
  readonly patience?: number;
  /** Folder in which manifests and configurations are kept by digest; nothing is kept without it. */
  readonly cache?: string;
  /** Milliseconds for which the answer about a tag may come from that folder; 0 by default. */
  readonly tagTtl?: number;
  /** True refuses everything that needs the network with `OFFLINE`. */
  readonly offline?: boolean;
  /** What a person should know although the work goes on; never holds a secret. */
  readonly warn?: (message: string) => void;
  readonly userAgent?: string;
  readonly clock?: Clock;
  /** Name lookup and routing, for tests. */
  readonly network?: Network;
}
