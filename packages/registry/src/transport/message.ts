import type { Readable } from 'node:stream';
import type { Step } from '../registry-error.ts';

/** One request, before it is known over which connection it goes. */
export interface HttpRequest {
  readonly method: 'HEAD' | 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent to the origin of `url` and nowhere else. */
  readonly authorization?: string | undefined;
  readonly body?: string | Uint8Array | Readable | undefined;
  /** Most bytes that the answer's body may have. */
  readonly limit: number;
  /** True when the body is handed on as a stream instead of being collected. */
  readonly stream?: boolean | undefined;
  readonly step: Step;
  /** Host (no port, no brackets) of the endpoint that the user named, for the address guard. */
  readonly onBehalfOf: string;
  /** True for a POST that may be sent twice: asking for a token. */
  readonly repeatable?: boolean | undefined;
}

/** The answer to one request. */
export interface HttpAnswer {
  readonly status: number;
  /** By lower-case name, in the order of arrival. */
  readonly headers: AnswerHeaders;
  /** The URL that answered; differs from the request's after a redirect. */
  readonly url: URL;
  /** The collected body; empty for HEAD and for streams. */
  readonly body: Uint8Array;
  readonly stream?: AsyncIterable<Uint8Array> | undefined;
}

export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** All values of a header. */
export function headerValues(headers: AnswerHeaders, name: string): readonly string[] {
  const value = headers[name];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : value;
}

/** The value of a header that must stand once; undefined when it is missing or repeated. */
export function headerValue(headers: AnswerHeaders, name: string): string | undefined {
  const values = headerValues(headers, name);
  return values.length === 1 ? values[0] : undefined;
}
