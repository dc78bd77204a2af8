import { createSign, X509Certificate } from 'node:crypto';
import type { Scope } from './scope.ts';

/** A P-256 key and its certificate in PEM, as `createAuthority().client(…)` issues them. */
export interface TokenSigner {
  readonly key: string;
  readonly cert: string;
}

/** What a token is good for. */
export interface TokenClaims {
  readonly id: string;
  readonly user: string | undefined;
  readonly service: string;
  readonly scopes: readonly Scope[];
  /** Seconds since 1970. */
  readonly from: number;
  readonly until: number;
}

/** Who issues signed tokens; a registry that takes them must know the name. */
export const TOKEN_ISSUER = 'Pindrift test tokens';

/**
 * A token that a real registry can check: a JWT with ES256 whose header carries the signer's
 * certificate (distribution, docs/spec/auth/jwt.md; RFC 7515 §4.1.6).
 */
export function signToken(claims: TokenClaims, signer: TokenSigner): string {
  const certificate = new X509Certificate(signer.cert).raw.toString('base64');
  const header = encode({ typ: 'JWT', alg: 'ES256', x5c: [certificate] });
  const body = encode({
    iss: TOKEN_ISSUER,
    sub: claims.user ?? '',
    aud: claims.service,
    jti: claims.id,
    iat: claims.from,
    nbf: claims.from,
    exp: claims.until,
    access: claims.scopes.map(({ type, name, actions }) => ({ type, name, actions })),
  });
  const signature = createSign('sha256')
    .update(`${header}.${body}`)
    .sign({ key: signer.key, dsaEncoding: 'ieee-p1363' });
  return `${header}.${body}.${signature.toString('base64url')}`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
