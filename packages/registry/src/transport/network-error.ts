import { RegistryError, type RegistryErrorCode } from '../registry-error.ts';
import { AddressRefused } from './address-guard.ts';
import { BodyTooLarge, BodyTooSlow, BodyUnreadable } from './body.ts';
import type { HttpRequest } from './message.ts';
import { SettingFault } from './setting-fault.ts';

interface Kind {
  readonly code: RegistryErrorCode;
  readonly hint?: string;
}

const checkNetwork = 'check the network, the proxy settings and the name of the host';
const checkCertificate =
  "give the registry's certificate authority with the 'ca' setting of this host, or NODE_EXTRA_CA_CERTS";

const kinds: Readonly<Record<string, Kind>> = {
  ENOTFOUND: { code: 'DNS', hint: 'check the spelling of the registry host' },
  EAI_AGAIN: { code: 'DNS', hint: 'the name server did not answer; check the network' },
  ECONNREFUSED: { code: 'UNAVAILABLE', hint: checkNetwork },
  EHOSTUNREACH: { code: 'UNAVAILABLE', hint: checkNetwork },
  ENETUNREACH: { code: 'UNAVAILABLE', hint: checkNetwork },
  UND_ERR_CONNECT_TIMEOUT: { code: 'TIMEOUT', hint: checkNetwork },
  UND_ERR_HEADERS_TIMEOUT: {
    code: 'TIMEOUT',
    hint: "the 'timeout' setting of this host may be raised",
  },
  UND_ERR_BODY_TIMEOUT: {
    code: 'TIMEOUT',
    hint: "the 'timeout' setting of this host may be raised",
  },
  UND_ERR_HEADERS_OVERFLOW: { code: 'PROTOCOL' },
  EPROTO: {
    code: 'TLS',
    hint: "the host may speak plain http; if it should, set 'insecure' for it",
  },
};

/** The `RegistryError` for what went wrong below HTTP: name, connection, TLS, time, size. */
export function toRegistryError(
  error: unknown,
  request: Pick<HttpRequest, 'url' | 'step'>,
): RegistryError {
  if (error instanceof RegistryError) return error;
  const { code, hint } = kindOf(error);
  return new RegistryError(code, {
    host: request.url.host,
    step: request.step,
    reason: reasonOf(error),
    hint,
    cause: error,
  });
}

function kindOf(error: unknown): Kind {
  if (error instanceof AddressRefused) {
    return {
      code: 'BLOCKED_BY_POLICY',
      hint: 'if this is meant, configure the host under registries',
    };
  }
  if (error instanceof SettingFault) {
    return { code: 'CONFIGURATION', hint: 'mend the configuration or the environment' };
  }
  if (error instanceof BodyTooLarge) return { code: 'TOO_LARGE' };
  if (error instanceof BodyTooSlow) return { code: 'TIMEOUT' };
  if (error instanceof BodyUnreadable) return { code: 'PROTOCOL' };
  const code = codeOf(error);
  if (/CERT|SELF_SIGNED|UNABLE_TO|^ERR_TLS/.test(code))
    return { code: 'TLS', hint: checkCertificate };
  if (/^(?:ERR_SSL|HPE_)/.test(code))
    return kinds[code.startsWith('HPE') ? '' : 'EPROTO'] ?? { code: 'PROTOCOL' };
  return kinds[code] ?? { code: 'UNAVAILABLE', hint: checkNetwork };
}

/** The system's code of an error; for several attempts (IPv4, IPv6) that of the first. */
export function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return '';
  if (error.name === 'HTTPParserError') return 'HPE_INVALID';
  const code = (error as NodeJS.ErrnoException).code;
  if (typeof code === 'string' && code !== 'UND_ERR_SOCKET') return code;
  return error.cause === undefined ? (code ?? '') : codeOf(error.cause) || (code ?? '');
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) {
    return reasonOf(error.errors[0]);
  }
  if (!(error instanceof Error)) return String(error);
  return error.message === '' ? codeOf(error) : error.message;
}
