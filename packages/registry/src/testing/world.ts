import {
  createAuthority,
  type RegistryAuth,
  startProxy,
  startRegistry,
  startTokenServer,
  type TestRegistry,
  type TestTokenServer,
  type TokenServerOptions,
} from '@pindrift/testing';
import type { Registry } from '../registry.ts';
import type { RegistryOptions } from '../registry-options.ts';
import { client } from './client.ts';

/** The internet as far as a test needs it: hosts under their real names, over TLS, on port 443. */
export interface World extends AsyncDisposable {
  registry(host: string, auth?: RegistryAuth): Promise<TestRegistry>;
  /** A token service at the URL that registries name as their realm. */
  tokens(realm: string, options?: TokenServerOptions): Promise<TestTokenServer>;
  /** A client that reaches this internet and no other. */
  client(
    environment?: Readonly<Record<string, string>>,
    options?: RegistryOptions,
  ): Registry & AsyncDisposable;
}

/** An empty internet behind a proxy on loopback. */
export async function createWorld(): Promise<World> {
  const stack = new AsyncDisposableStack();
  const authority = await createAuthority();
  const hosts: Record<string, string> = {};
  const proxy = stack.use(await startProxy({ hosts }));
  return {
    async registry(host, auth) {
      const tls = await authority.server([host]);
      const server = await startRegistry({ tls, ...(auth === undefined ? {} : { auth }) });
      hosts[`${host}:443`] = server.host;
      return stack.use(server);
    },
    async tokens(realm, options) {
      const { hostname } = new URL(realm);
      const server = await startTokenServer({
        tls: await authority.server([hostname]),
        ...options,
      });
      hosts[`${hostname}:443`] = server.host;
      return { ...stack.use(server), realm };
    },
    client: (environment = {}, options = {}) =>
      client({
        environment: { HTTPS_PROXY: proxy.url, ...environment },
        ...options,
        hosts: Object.fromEntries(
          Object.keys(hosts).map((host) => [host, { ca: authority.certificate }]),
        ),
      }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** A docker configuration with one login, for `DOCKER_AUTH_CONFIG`. */
export function login(
  key: string,
  entry:
    | { readonly username: string; readonly password: string }
    | { readonly identitytoken: string },
): string {
  return JSON.stringify({ auths: { [key]: entry } });
}
