import type { Dispatcher } from 'undici';
import type { AddressGuard } from './address-guard.ts';
import { type BodySource, decodeBody, readBody } from './body.ts';
import { type ConnectionSettings, createConnections } from './connections.ts';
import { type AnswerHeaders, type HttpAnswer, type HttpRequest, headerValue } from './message.ts';
import { toRegistryError } from './network-error.ts';
import type { Machine } from './tls-options.ts';

/** Sends single requests: no retry, no redirect, no credentials of its own. */
export interface Transport {
  /** The answer, whatever its status; throws `RegistryError` when there is none. */
  exchange(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

export interface TransportOptions {
  readonly guard: AddressGuard;
  /** The settings of the host of a URL. */
  readonly settingsFor: (url: URL) => ConnectionSettings;
  /** The proxy that requests to a URL go through, if any. */
  readonly proxyFor: (url: URL) => URL | undefined;
  /** Where certificates of this machine are found. */
  readonly machine: Machine;
}

/** Milliseconds that a body may take as a whole. */
const bodyTime = 30_000;

/** A transport over undici, which is loaded with the first request. */
export function createTransport(options: TransportOptions): Transport {
  const connections = createConnections(options);
  return {
    exchange: async (request) => {
      try {
        options.guard.checkLiteral(request.url, request.onBehalfOf);
        const dispatcher = await connections.to(request.url, request.onBehalfOf);
        const { timeout } = options.settingsFor(request.url);
        const { default: send } = await import('undici/lib/api/api-request.js');
        return await receive(await send.call(dispatcher, outgoing(request, timeout)), request);
      } catch (error) {
        // A fault of the program is none of the network.
        if (error instanceof TypeError) throw error;
        throw toRegistryError(error, request);
      }
    },
    close: () => connections.close(),
  };
}

function outgoing(request: HttpRequest, timeout: number): Dispatcher.RequestOptions {
  const headers: Record<string, string> = { 'accept-encoding': 'identity', ...request.headers };
  if (request.authorization !== undefined) headers.authorization = request.authorization;
  return {
    origin: request.url.origin,
    method: request.method,
    path: `${request.url.pathname}${request.url.search}`,
    headers,
    body: request.body ?? null,
    headersTimeout: timeout,
    bodyTimeout: timeout,
    // Without this undici closes the connection after every HEAD.
    reset: false,
  };
}

async function receive(
  response: Dispatcher.ResponseData,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const { statusCode: status, body } = response;
  const headers: AnswerHeaders = response.headers;
  const answer = { status, headers, url: request.url };
  // A body that is given up before it is read ends with an error that nobody else hears.
  body.on('error', () => undefined);
  if (request.method === 'HEAD') {
    await body.dump();
    return { ...answer, body: new Uint8Array() };
  }
  if (request.stream === true && status === 200) {
    return { ...answer, body: new Uint8Array(), stream: body };
  }
  const limit = status < 400 ? request.limit : Math.min(request.limit, longestErrorBody);
  const source: BodySource = body;
  const bytes = await readBody(source, headerValue(headers, 'content-length'), {
    bytes: limit,
    ms: bodyTime,
  });
  return { ...answer, body: decodeBody(bytes, headerValue(headers, 'content-encoding'), limit) };
}

/** Bytes of an answer that only explains an error; crane reads as much. */
const longestErrorBody = 65_536;
