import { type Exchange, plainText, type Reply } from './exchange.ts';

/** One line of a route table: a path, and what each method does there. */
export interface Route<State> {
  readonly name: string;
  /** Named groups become the exchange's `params`. */
  readonly pattern: RegExp;
  /** Whether HEAD is a GET whose body is not sent, or not allowed. Default: true. */
  readonly head?: boolean;
  readonly methods: Readonly<
    Record<string, (exchange: Exchange, state: State) => Reply | Promise<Reply>>
  >;
}

export interface RouteMatch {
  readonly route: string;
  readonly params: Readonly<Record<string, string>>;
}

/** Which route a path takes; `none` when no pattern fits or the path does not decode. */
export function matchRoute<State>(table: readonly Route<State>[], path: string): RouteMatch {
  for (const route of table) {
    const match = route.pattern.exec(path);
    const params = match && decodeAll(match.groups ?? {});
    if (params) {
      return { route: route.name, params };
    }
  }
  return { route: 'none', params: {} };
}

/** Runs the route that the exchange was matched to. */
export function runRoute<State>(
  table: readonly Route<State>[],
  exchange: Exchange,
  state: State,
): Reply | Promise<Reply> {
  const found = table.find((route) => route.name === exchange.route);
  if (found === undefined) {
    return plainText(404, '404 page not found');
  }
  const { methods, head = true } = found;
  const handler = methods[head && exchange.method === 'HEAD' ? 'GET' : exchange.method];
  if (handler === undefined) {
    const allowed = Object.keys(methods).flatMap((name) =>
      head && name === 'GET' ? ['GET', 'HEAD'] : name,
    );
    return plainText(405, 'Method not allowed', { Allow: allowed.toSorted().join(', ') });
  }
  return handler(exchange, state);
}

function decodeAll(groups: Record<string, string | undefined>): Record<string, string> | undefined {
  try {
    return Object.fromEntries(
      Object.entries(groups).map(([key, value]) => [key, decodeURIComponent(value ?? '')]),
    );
  } catch {
    return undefined;
  }
}
