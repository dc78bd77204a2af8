import type { Exchange, Handler, Reply } from './exchange.ts';

/**
 * What goes wrong: gets the request and the rest of the server, and answers in its own way. It may
 * change what `next` answers, call it late, or not call it.
 */
export type Fault = (exchange: Exchange, next: () => Promise<Reply>) => Reply | Promise<Reply>;

/** All that is named must hold. */
export interface FaultPattern {
  /** `manifest`, `blob`, `tags`, `referrers`, `upload`, `base`; `token` on a token server. */
  readonly route?: string;
  readonly method?: string | readonly string[];
  /** The repository. */
  readonly name?: string | RegExp;
  /** Tag or digest. */
  readonly reference?: string | RegExp;
}

export interface FaultRule {
  /** Default: every request. */
  readonly match?: FaultPattern | ((exchange: Exchange) => boolean);
  readonly does: Fault;
  /** Matching requests to let pass first. Default: 0. */
  readonly after?: number;
  /** Matching requests to hit; later ones are fine again. Default: all. */
  readonly times?: number;
}

/** A rule in force. */
export interface ActiveFault {
  /** How many requests it has hit. */
  readonly hits: number;
  /** Takes the rule out. */
  lift(): void;
}

export interface FaultPlan {
  add(rule: FaultRule): ActiveFault;
  /** The handler with every rule around it; the first one added is the outermost. */
  around(handler: Handler): Handler;
}

export function faultPlan(): FaultPlan {
  const rules = new Set<{ readonly rule: FaultRule; seen: number; hits: number }>();
  return {
    add(rule) {
      const active = { rule, seen: 0, hits: 0, lift: () => void rules.delete(active) };
      rules.add(active);
      return active;
    },
    around(handler) {
      return (exchange) => {
        const hitting = [...rules].filter((active) => hits(active, exchange));
        const innermost = async (): Promise<Reply> => handler(exchange);
        return hitting.reduceRight(
          (next, { rule }) =>
            async () =>
              rule.does(exchange, next),
          innermost,
        )();
      };
    },
  };
}

function hits(
  active: { readonly rule: FaultRule; seen: number; hits: number },
  exchange: Exchange,
): boolean {
  const { match, after = 0, times = Number.POSITIVE_INFINITY } = active.rule;
  if (!matches(match ?? {}, exchange)) {
    return false;
  }
  active.seen += 1;
  if (active.seen <= after || active.hits >= times) {
    return false;
  }
  active.hits += 1;
  return true;
}

function matches(
  match: FaultPattern | ((exchange: Exchange) => boolean),
  exchange: Exchange,
): boolean {
  if (typeof match === 'function') {
    return match(exchange);
  }
  const { route, method, name, reference } = match;
  return (
    (route === undefined || route === exchange.route) &&
    (method === undefined || [method].flat().includes(exchange.method)) &&
    same(name, exchange.params.name) &&
    same(reference, exchange.params.reference)
  );
}

function same(wanted: string | RegExp | undefined, actual: string | undefined): boolean {
  if (wanted === undefined) {
    return true;
  }
  return wanted instanceof RegExp ? wanted.test(actual ?? '') : wanted === actual;
}
