import type { ServerTls } from '../http/tls-server.ts';

export interface KeyPair {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
}

/** A certificate authority of this run; nothing outside trusts it. */
export interface Authority {
  /** PEM, for a client's `ca`. */
  readonly certificate: string;
  /** A server's key and certificate. Default: for localhost, 127.0.0.1 and ::1. */
  server(names?: readonly string[]): Promise<ServerTls>;
  /** A client's key and certificate under a common name. */
  client(commonName: string): Promise<KeyPair>;
}

/** Makes an authority with fresh P-256 keys; takes some milliseconds, so only where TLS is wanted. */
export async function createAuthority(): Promise<Authority> {
  const { generate } = await import('selfsigned');
  const base = { keyType: 'ec', algorithm: 'sha256' } as const;
  const root = await generate(named('Pindrift test authority'), {
    ...base,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const ca = { key: root.private, cert: root.cert };
  return {
    certificate: root.cert,
    async server(names = ['localhost', '127.0.0.1', '::1']) {
      const issued = await generate(named(names[0] ?? 'localhost'), {
        ...base,
        ca,
        extensions: [
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames: names.map(alternativeName) },
        ],
      });
      return { key: issued.private, cert: issued.cert, ca: root.cert };
    },
    async client(commonName) {
      const issued = await generate(named(commonName), {
        ...base,
        ca,
        extensions: [{ name: 'extKeyUsage', clientAuth: true }],
      });
      return { key: issued.private, cert: issued.cert };
    },
  };
}

function named(commonName: string): { name: string; value: string }[] {
  return [{ name: 'commonName', value: commonName }];
}

function alternativeName(name: string): { type: 7; ip: string } | { type: 2; value: string } {
  return /^[\d.]+$|:/.test(name) ? { type: 7, ip: name } : { type: 2, value: name };
}
