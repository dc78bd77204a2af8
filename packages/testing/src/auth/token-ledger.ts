import type { Scope } from './scope.ts';

/** The tokens that a service has issued and still honours. */
export interface TokenLedger {
  readonly now: () => number;
  /** A new token for these scopes, good for some seconds. */
  issue(scopes: readonly Scope[], seconds: number): string;
  check(token: string): readonly Scope[] | undefined;
  revoke(): void;
  /** A new refresh token for a user. */
  issueRefresh(user: string): string;
  userOfRefresh(token: string): string | undefined;
}

export function tokenLedger(now: () => number): TokenLedger {
  const tokens = new Map<string, { readonly scopes: readonly Scope[]; readonly ends: number }>();
  const refreshTokens = new Map<string, string>();
  let issued = 0;
  return {
    now,
    issue(scopes, seconds) {
      issued += 1;
      const token = `token-${issued}`;
      tokens.set(token, { scopes, ends: now() + seconds * 1000 });
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
