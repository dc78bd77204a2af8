import { type Exchange, json, type Reply } from '../http/exchange.ts';
import { isKnown, parseBasic } from './basic.ts';
import { parseScopes, type Scope } from './scope.ts';
import type { Grant } from './token-ledger.ts';
import type { TokenServerOptions, TokenState } from './token-server.ts';

/** Seconds a token lives when `expires_in` is missing (Docker token specification). */
const DEFAULT_LIFETIME = 60;

type Asker = { readonly user: string | undefined };

/** Answers a GET by its query, a POST by its form. */
export function answerToken(exchange: Exchange, state: TokenState): Reply {
  const parameters =
    exchange.method === 'POST'
      ? new URLSearchParams(exchange.body.toString('utf8'))
      : exchange.query;
  const asker =
    exchange.method === 'POST' ? byForm(parameters, state) : byHeader(exchange, state.options);
  if (asker === undefined) {
    return json(state.options.refusal ?? 401, { details: 'incorrect username or password' });
  }
  const asked = parseScopes(parameters.getAll('scope'));
  const scopes = granted(asked, asker.user, state.options);
  const grant = { user: asker.user, service: parameters.get('service') ?? '', scopes };
  return json(200, tokenBody(grant, wantsRefresh(parameters), state));
}

function byHeader(exchange: Exchange, options: TokenServerOptions): Asker | undefined {
  const { users = {}, anonymous = true } = options;
  const credentials = parseBasic(exchange.headers.authorization);
  if (isKnown(users, credentials)) {
    return { user: credentials.username };
  }
  return exchange.headers.authorization === undefined && anonymous
    ? { user: undefined }
    : undefined;
}

/** The OAuth2 flow: `grant_type` is `refresh_token` or `password`. */
function byForm(form: URLSearchParams, { options, ledger }: TokenState): Asker | undefined {
  const { users = {}, refreshTokens = {} } = options;
  if (form.get('grant_type') === 'refresh_token') {
    const token = form.get('refresh_token') ?? '';
    const user = refreshTokens[token] ?? ledger.userOfRefresh(token);
    return user === undefined ? undefined : { user };
  }
  const username = form.get('username') ?? '';
  const credentials = { username, password: form.get('password') ?? '' };
  return isKnown(users, credentials) ? { user: username } : undefined;
}

function granted(
  asked: readonly Scope[],
  user: string | undefined,
  options: TokenServerOptions,
): Scope[] {
  const { grant = defaultGrant, firstScopeOnly = false } = options;
  return (firstScopeOnly ? asked.slice(0, 1) : asked)
    .map((scope) => ({ ...scope, actions: grant(user, scope) }))
    .filter(({ actions }) => actions.length > 0);
}

function defaultGrant(user: string | undefined, { actions }: Scope): readonly string[] {
  return user === undefined ? actions.filter((action) => action === 'pull') : actions;
}

function wantsRefresh(parameters: URLSearchParams): boolean {
  return parameters.get('offline_token') === 'true' || parameters.get('access_type') === 'offline';
}

function tokenBody(
  grant: Grant,
  refresh: boolean,
  { options, ledger }: TokenState,
): Record<string, unknown> {
  const { field = 'both', clockSkew = 0 } = options;
  const expiresIn = 'expiresIn' in options ? options.expiresIn : 300;
  const token = ledger.issue(grant, options.lifetime ?? expiresIn ?? DEFAULT_LIFETIME);
  return {
    ...(field === 'access_token' ? {} : { token }),
    ...(field === 'token' ? {} : { access_token: token }),
    expires_in: expiresIn,
    issued_at: new Date(ledger.now() + clockSkew * 1000).toISOString(),
    ...(refresh && grant.user !== undefined
      ? { refresh_token: ledger.issueRefresh(grant.user) }
      : {}),
  };
}
