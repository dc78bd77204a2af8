import { type Endpoint, isLoopback } from '../endpoint.ts';
import type { HostSettings } from '../registry-options.ts';
import type { AddressGuard } from './address-guard.ts';
import { codeOf } from './network-error.ts';

/** What is needed to find out how a host is spoken to. */
export interface SchemeOptions {
  readonly settings: HostSettings;
  readonly guard: AddressGuard;
  /** Milliseconds for the attempt. */
  readonly timeout: number;
  readonly isProxied: boolean;
}

/**
 * `https:`, or `http:` where that is allowed: always when the settings say so, and on loopback
 * or with `insecure` when the host does not speak TLS. It is decided by a TLS handshake before
 * any request, so that no credential can follow a fall back to http.
 *
 * That costs one connection per host and run (some 3 ms on loopback), which `plainHttp` saves. The
 * way round, http first, would save it too, but shows names to whoever listens, and cannot tell
 * the 400 of a TLS port that is spoken to in clear from the 400 of a registry.
 */
export async function schemeOf(
  endpoint: Endpoint,
  options: SchemeOptions,
): Promise<'https:' | 'http:'> {
  const { insecure, plainHttp } = options.settings;
  if (plainHttp === true) return 'http:';
  const mayBeHttp = insecure === true || isLoopback(endpoint.hostname);
  if (!mayBeHttp) return 'https:';
  if (options.isProxied) return insecure === true ? 'http:' : 'https:';
  return (await speaksTls(endpoint, options)) ? 'https:' : 'http:';
}

async function speaksTls(endpoint: Endpoint, options: SchemeOptions): Promise<boolean> {
  options.guard.checkLiteral(new URL(`https://${endpoint.host}/`), endpoint.hostname);
  const { connect } = await import('node:tls');
  const port = Number(/:(\d+)$/.exec(endpoint.host)?.[1] ?? 443);
  return new Promise((resolve) => {
    const socket = connect({
      host: endpoint.hostname,
      port,
      timeout: options.timeout,
      // Only the protocol is of interest here; nothing is sent over this connection.
      rejectUnauthorized: false,
      lookup: options.guard.lookupFor(endpoint.hostname),
    });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('secureConnect', () => end(true));
    socket.once('timeout', () => end(true));
    socket.once('end', () => end(false));
    socket.once('error', (error) => end(isTlsRefusal(codeOf(error))));
  });
}

/** An alert comes from a server that speaks TLS; anything else than TLS makes other errors. */
function isTlsRefusal(code: string): boolean {
  return /ALERT/.test(code) || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ETIMEDOUT';
}
