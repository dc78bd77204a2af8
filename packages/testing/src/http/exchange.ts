import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

/** A request, read whole, as handlers and faults see it. */
export interface Exchange {
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** `http://127.0.0.1:41234`, by the Host header that the client sent. */
  readonly origin: string;
  /** The name of the route, such as `manifest`; `none` when nothing matches the path. */
  readonly route: string;
  /** What the route read from the path, such as `name` and `reference`. */
  readonly params: Readonly<Record<string, string>>;
  /** Ends when the server closes, so that nothing outlives it. */
  readonly signal: AbortSignal;
}

export type ReplyHeaders = Readonly<Record<string, string | readonly string[]>>;

/** An answer, before it is sent. */
export interface Reply {
  readonly status: number;
  readonly headers: ReplyHeaders;
  readonly body?: Uint8Array;
  /** How it goes over the wire, when not simply whole. */
  readonly deliver?: Delivery;
}

/** Writes an answer; settles when it has done what it wants to do. */
export type Delivery = (
  reply: Reply,
  response: ServerResponse,
  exchange: Exchange,
) => void | Promise<void>;

export type Handler = (exchange: Exchange) => Reply | Promise<Reply>;

/** A JSON answer; it ends with a line feed, as Go's encoder writes it. */
export function json(status: number, value: unknown, headers: ReplyHeaders = {}): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: Buffer.from(`${JSON.stringify(value)}\n`),
  };
}

/** A plain text answer, as Go's `http.Error` writes it. */
export function plainText(status: number, text: string, headers: ReplyHeaders = {}): Reply {
  return {
    status,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
    body: Buffer.from(`${text}\n`),
  };
}
