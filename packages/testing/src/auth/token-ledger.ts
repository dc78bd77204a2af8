import type { Scope } from './scope.ts';
import { signToken, type TokenSigner } from './signed-token.ts';

/** Who got what, where. */
export interface Grant {
  readonly user: string | undefined;
  readonly service: string;
  readonly scopes: readonly Scope[];
}

/** The tokens that a service has issued and still honours. */
export interface TokenLedger {
  readonly now: () => number;
  /** A new token for what was granted, good for some seconds. */
  issue(grant: Grant, seconds: number): string;
  check(token: string): readonly Scope[] | undefined;
  revoke(): void;
  /** A new refresh token for a user. */
  issueRefresh(user: string): string;
  userOfRefresh(token: string): string | undefined;
}

/** A ledger of opaque tokens, or of signed ones where there is somebody to sign them. */
export function tokenLedger(now: () => number, signer?: TokenSigner): TokenLedger {
  const tokens = new Map<string, { readonly scopes: readonly Scope[]; readonly ends: number }>();
  const refreshTokens = new Map<string, string>();
  let issued = 0;
  return {
    now,
    issue(grant, seconds) {
      issued += 1;
      const id = `token-${issued}`;
      const from = Math.floor(now() / 1000);
      const claims = { ...grant, id, from, until: from + seconds };
      const token = signer === undefined ? id : signToken(claims, signer);
      tokens.set(token, { scopes: grant.scopes, ends: now() + seconds * 1000 });
      return token;
    },
    check(token) {
      const known = tokens.get(token);
      return known !== undefined && now() < known.ends ? known.scopes : undefined;
    },
    revoke: () => tokens.clear(),
    issueRefresh(user) {
      const token = `refresh-${refreshTokens.size + 1}`;
      refreshTokens.set(token, user);
      return token;
    },
    userOfRefresh: (token) => refreshTokens.get(token),
  };
}
