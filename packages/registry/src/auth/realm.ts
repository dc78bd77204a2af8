import { RegistryError } from '../registry-error.ts';
import { bareHost } from '../transport/address-guard.ts';
import { isSameSite } from './site.ts';

/** Who asks to be authenticated where. */
export interface RealmContext {
  /** The origin that sent the challenge. */
  readonly challenger: URL;
  /** The registry as the configuration names it, for the hint. */
  readonly registry: string;
  readonly withCredentials: boolean;
  /** Hosts that the configuration trusts with this registry's credentials. */
  readonly realmHosts: readonly string[];
}

/** Alibaba issues the tokens of all its registries on hosts of this form, and only it can. */
const aliyunToken = /^dockerauth(?:-[a-z]+)?\.[a-z0-9-]+\.aliyuncs\.com$/;

/**
 * The token service that a challenge names, or `BLOCKED_BY_POLICY`: never http when the registry
 * speaks https, never with a user in the URL, and for credentials only the registry's own host,
 * its site, or a host that the configuration names (CVE-2026-48978, CVE-2026-33540).
 */
export function checkRealm(realm: string | undefined, context: RealmContext): URL {
  const { challenger } = context;
  if (realm === undefined || realm === '' || !URL.canParse(realm, challenger.href)) {
    throw refused(context, 'its challenge names no token service', undefined);
  }
  const url = new URL(realm, challenger);
  const isSecure = url.protocol === 'https:';
  if (!isSecure && !(url.protocol === 'http:' && challenger.protocol === 'http:')) {
    throw refused(
      context,
      `its token service is not https: ${url.protocol}//${url.host}`,
      undefined,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw refused(context, `its token service has a user in its URL, on ${url.host}`, undefined);
  }
  if (context.withCredentials && !isTrusted(url, context)) {
    throw refused(context, `it wants its credentials sent to ${url.host}`, url);
  }
  url.hash = '';
  return url;
}

function isTrusted(realm: URL, { challenger, realmHosts }: RealmContext): boolean {
  const [from, to] = [bareHost(challenger), bareHost(realm)];
  if (isSameSite(from, to) || realmHosts.includes(realm.host) || realmHosts.includes(to))
    return true;
  return from.endsWith('.aliyuncs.com') && aliyunToken.test(to);
}

function refused(context: RealmContext, reason: string, untrusted: URL | undefined): RegistryError {
  return new RegistryError('BLOCKED_BY_POLICY', {
    host: context.challenger.host,
    step: 'get a token',
    reason,
    hint:
      untrusted === undefined
        ? 'a registry that does this is misconfigured or hostile; ask its operator'
        : `if that host is trusted, set registries: {"${context.registry}": {realmHosts: ["${untrusted.host}"]}}`,
  });
}
