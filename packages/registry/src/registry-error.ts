/** Every way in which asking a registry can fail; closed, so that callers can decide by it. */
export type RegistryErrorCode =
  | 'REF_INVALID'
  | 'NOT_FOUND'
  | 'PLATFORM_NOT_FOUND'
  | 'AUTH_REQUIRED'
  | 'AUTH_FAILED'
  | 'DENIED'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'TIMEOUT'
  | 'TLS'
  | 'DNS'
  | 'DIGEST_MISMATCH'
  | 'TOO_LARGE'
  | 'UNSUPPORTED_SCHEMA1'
  | 'UNSUPPORTED_MEDIA'
  | 'BLOCKED_BY_POLICY'
  | 'REFERRERS_UNAVAILABLE'
  | 'CREDENTIALS'
  | 'CONFIGURATION'
  | 'OFFLINE'
  | 'PROTOCOL';

/** What was being done when it failed. */
export type Step =
  | 'connect'
  | 'find credentials'
  | 'get a token'
  | 'resolve'
  | 'read the manifest'
  | 'read the config'
  | 'list tags'
  | 'list referrers'
  | 'read a blob'
  | 'write';

/** What is known about a failure; nothing in it may hold a secret or a signed URL. */
export interface RegistryErrorDetails {
  /** Registry host with its port, as connected to. */
  readonly host: string;
  readonly step: Step;
  /** What failed, as the end of the sentence "HOST: could not STEP: …". */
  readonly reason: string;
  /** What to try. */
  readonly hint?: string | undefined;
  /** HTTP status, when there was an answer. */
  readonly status?: number | undefined;
  /** The registry's own error code and text (`MANIFEST_UNKNOWN`), made printable and cut. */
  readonly registryCode?: string | undefined;
  readonly registryMessage?: string | undefined;
  /** The id by which the registry's operator finds the request in his logs. */
  readonly requestId?: string | undefined;
  /** Where the credential came from (`~/.docker/config.json`), never what it was. */
  readonly credentialSource?: string | undefined;
  /** When asking again makes sense: milliseconds since the epoch. */
  readonly retryAt?: number | undefined;
  readonly cause?: unknown;
}

/** A fault while talking to a registry: which host, which step, what the registry said, what to try. */
export class RegistryError extends Error {
  override readonly name: 'RegistryError' = 'RegistryError';
  readonly code: RegistryErrorCode;
  readonly host: string;
  readonly step: Step;
  readonly hint: string | undefined;
  readonly status: number | undefined;
  readonly registryCode: string | undefined;
  readonly registryMessage: string | undefined;
  readonly requestId: string | undefined;
  readonly credentialSource: string | undefined;
  readonly retryAt: number | undefined;

  constructor(code: RegistryErrorCode, details: RegistryErrorDetails) {
    super(sentence(details), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.host = details.host;
    this.step = details.step;
    this.hint = details.hint;
    this.status = details.status;
    this.registryCode = details.registryCode;
    this.registryMessage = details.registryMessage;
    this.requestId = details.requestId;
    this.credentialSource = details.credentialSource;
    this.retryAt = details.retryAt;
  }
}

function sentence(details: RegistryErrorDetails): string {
  const said = [details.registryCode, details.registryMessage].filter((part) => part).join(': ');
  const parts = [`${details.host}: could not ${details.step}: ${details.reason}`];
  if (said !== '') parts.push(` (the registry says ${said})`);
  if (details.requestId !== undefined) parts.push(` [request ${details.requestId}]`);
  if (details.hint !== undefined) parts.push(`; ${details.hint}`);
  return parts.join('');
}

/**
 * True for the registry's own word that there is no such tag, digest or platform. Every other failure
 * leaves open whether there is.
 */
export function isGone(error: unknown): boolean {
  if (!(error instanceof RegistryError)) return false;
  return error.code === 'NOT_FOUND' || error.code === 'PLATFORM_NOT_FOUND';
}
