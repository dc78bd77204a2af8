import { type Exchange, plainText, type Reply } from '../http/exchange.ts';
import { registryError } from '../registry/registry-error-reply.ts';
import { isKnown, parseBasic } from './basic.ts';
import { covers, formatScope, type Scope } from './scope.ts';
import type { TestTokenServer } from './token-server.ts';

/** Who may use a registry. */
export type RegistryAuth =
  | { readonly kind: 'basic'; readonly users: Readonly<Record<string, string>> }
  | {
      readonly kind: 'bearer';
      readonly tokens: TestTokenServer;
      /** Default: `registry.test`. */
      readonly service?: string;
      /** The registry names itself as the realm and hands tokens out there. Default: false. */
      readonly hosted?: boolean;
    };

/** The answer to a request for a token, where the registry itself has a token service. */
export function hostedToken(exchange: Exchange, auth: RegistryAuth | undefined): Reply {
  return auth?.kind === 'bearer' && auth.hosted
    ? auth.tokens.answer(exchange)
    : plainText(404, '404 page not found');
}

/** The refusal for a request that may not pass, with its challenge; undefined when it may. */
export function refuse(exchange: Exchange, auth: RegistryAuth): Reply | undefined {
  return auth.kind === 'basic' ? refuseBasic(exchange, auth.users) : refuseBearer(exchange, auth);
}

function refuseBasic(
  exchange: Exchange,
  users: Readonly<Record<string, string>>,
): Reply | undefined {
  return isKnown(users, parseBasic(exchange.headers.authorization))
    ? undefined
    : unauthorized('Basic realm="Registry Realm"', scopesOf(exchange));
}

function refuseBearer(
  exchange: Exchange,
  auth: Extract<RegistryAuth, { kind: 'bearer' }>,
): Reply | undefined {
  const wanted = scopesOf(exchange);
  const token = /^bearer (.+)$/i.exec(exchange.headers.authorization ?? '')?.[1];
  const granted = token === undefined ? undefined : auth.tokens.check(token);
  if (granted !== undefined && wanted.every((scope) => covers(granted, scope))) {
    return undefined;
  }
  const error = granted === undefined ? 'invalid_token' : 'insufficient_scope';
  const fields = {
    realm: auth.hosted ? `${exchange.origin}/token` : auth.tokens.realm,
    service: auth.service ?? 'registry.test',
    ...(wanted.length === 0 ? {} : { scope: wanted.map(formatScope).join(' ') }),
    ...(token === undefined ? {} : { error }),
  };
  const challenge = Object.entries(fields).map(([name, value]) => `${name}="${value}"`);
  return unauthorized(`Bearer ${challenge.join(',')}`, wanted);
}

function unauthorized(challenge: string, wanted: readonly Scope[]): Reply {
  const reply = registryError(
    'UNAUTHORIZED',
    wanted.flatMap(({ type, name, actions }) =>
      actions.map((action) => ({ Type: type, Class: '', Name: name, Action: action })),
    ),
  );
  return { ...reply, headers: { ...reply.headers, 'WWW-Authenticate': challenge } };
}

/** What a request needs: reading pulls, writing pulls and pushes, a mount also pulls its source. */
function scopesOf(exchange: Exchange): Scope[] {
  const { name } = exchange.params;
  if (name === undefined) {
    return [];
  }
  const from = exchange.query.get('from');
  return [
    { type: 'repository', name, actions: actionsOf(exchange.method) },
    ...(from === null ? [] : [{ type: 'repository', name: from, actions: ['pull'] }]),
  ];
}

function actionsOf(method: string): string[] {
  if (method === 'DELETE') {
    return ['delete'];
  }
  return method === 'GET' || method === 'HEAD' ? ['pull'] : ['pull', 'push'];
}
