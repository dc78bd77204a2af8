import type { Exchange, Reply } from '../http/exchange.ts';
import { matchRoute, type Route, runRoute } from '../http/route.ts';
import { type ServerOptions, startServer, type TestServer } from '../http/server.ts';
import type { Scope } from './scope.ts';
import type { TokenSigner } from './signed-token.ts';
import { answerToken } from './token-answer.ts';
import { type TokenLedger, tokenLedger } from './token-ledger.ts';

export interface TokenServerOptions extends ServerOptions {
  /** Names and passwords. Default: nobody. */
  readonly users?: Readonly<Record<string, string>>;
  /** Refresh (identity) tokens, each with the user it stands for. Default: none. */
  readonly refreshTokens?: Readonly<Record<string, string>>;
  /** Whether who shows no credentials gets a token. Default: true. */
  readonly anonymous?: boolean;
  /**
   * The actions granted of a scope; what is refused is left out of the token without a word, as the
   * token specification says. Default: users get all, anonymous ones get `pull`.
   */
  readonly grant?: (user: string | undefined, scope: Scope) => readonly string[];
  /** Grants the first scope of a request only, as some registries do. Default: false. */
  readonly firstScopeOnly?: boolean;
  /** Status for wrong credentials. Default: 401. */
  readonly refusal?: 401 | 403;
  /** Which field holds the token. Default: `both`. */
  readonly field?: 'token' | 'access_token' | 'both';
  /** Seconds, as `expires_in`; undefined leaves it out. Default: 300. */
  readonly expiresIn?: number | undefined;
  /** Seconds until a token really ends. Default: `expiresIn`, or the specification's 60. */
  readonly lifetime?: number;
  /** Seconds by which the server's clock is ahead, as seen in `issued_at`. Default: 0. */
  readonly clockSkew?: number;
  /** Signs the tokens, so that a real registry takes them. Default: opaque tokens. */
  readonly signer?: TokenSigner;
  /** Milliseconds since 1970, for tests that turn the clock. Default: `Date.now`. */
  readonly now?: () => number;
}

/** A token service as the Docker token specification describes it. */
export interface TestTokenServer extends TestServer {
  /** The address to name in a challenge. */
  readonly realm: string;
  /** Answers a token request that came in elsewhere. */
  answer(exchange: Exchange): Reply;
  /** What a token allows; undefined when it is unknown, ended or revoked. */
  check(token: string): readonly Scope[] | undefined;
  /** Ends every token that was issued; refresh tokens stay. */
  revoke(): void;
}

export interface TokenState {
  readonly options: TokenServerOptions;
  readonly ledger: TokenLedger;
}

const TOKEN_ROUTES: readonly Route<TokenState>[] = [
  {
    name: 'token',
    pattern: /^\/token$/,
    methods: {
      GET: answerToken,
      POST: answerToken,
    },
  },
];

/** Starts a token service on a free port of loopback. */
export async function startTokenServer(options: TokenServerOptions = {}): Promise<TestTokenServer> {
  const state = { options, ledger: tokenLedger(options.now ?? Date.now, options.signer) };
  const server = await startServer(
    (exchange) => runRoute(TOKEN_ROUTES, exchange, state),
    (path) => matchRoute(TOKEN_ROUTES, path),
    options,
  );
  return {
    ...server,
    realm: `${server.url}/token`,
    answer: (exchange) => answerToken(exchange, state),
    check: state.ledger.check,
    revoke: state.ledger.revoke,
  };
}
