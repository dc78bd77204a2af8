import type { IncomingMessage, Server, ServerResponse } from 'node:http';

export interface ServerTls {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
  /** PEM of the authority that client certificates must come from. */
  readonly ca?: string;
  /** Whether a client must, may or need not show a certificate. Default: `none`. */
  readonly clientCertificate?: 'none' | 'request' | 'require';
  /** Offers HTTP/2 beside HTTP/1.1. Default: false. */
  readonly http2?: boolean;
}

/** An https server; TLS and HTTP/2 are loaded here and not before, for a fast start without them. */
export async function createTlsServer(
  tls: ServerTls,
  listener: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Server> {
  const { clientCertificate = 'none', http2 = false, ...certificate } = tls;
  const options = {
    ...certificate,
    requestCert: clientCertificate !== 'none',
    rejectUnauthorized: clientCertificate === 'require',
  };
  if (http2) {
    const { createSecureServer } = await import('node:http2');
    // The compatibility API of node:http2 takes the same listener; only its types differ.
    const server = createSecureServer({ ...options, allowHTTP1: true });
    return (server as unknown as Server).on('request', listener);
  }
  const { createServer } = await import('node:https');
  return createServer(options, listener);
}
