import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { sendWhole } from './deliver.ts';
import { type Exchange, type Handler, plainText, type Reply } from './exchange.ts';
import { type ActiveFault, type FaultRule, faultPlan } from './fault.ts';
import { type Counters, type Journal, journal, type RecordedRequest } from './journal.ts';
import type { RouteMatch } from './route.ts';
import { createTlsServer, type ServerTls } from './tls-server.ts';

export interface ServerOptions {
  /** The address to listen on; the port is always a free one. Default: `127.0.0.1`. */
  readonly host?: '127.0.0.1' | '::1';
  /** Speaks https. Default: plain http. */
  readonly tls?: ServerTls;
  /** Milliseconds to wait before every answer. Default: 0. */
  readonly latency?: number;
}

/** A server in this process, reachable on loopback until it is closed. */
export interface TestServer extends AsyncDisposable {
  /** `http://127.0.0.1:41234`. */
  readonly url: string;
  /** `127.0.0.1:41234`, as it stands in an image reference. */
  readonly host: string;
  readonly port: number;
  /** Every request since the start or the last `forget`, in the order of arrival. */
  readonly requests: readonly RecordedRequest[];
  readonly counters: Counters;
  /** Makes matching requests go wrong until lifted. */
  fault(rule: FaultRule): ActiveFault;
  /** Empties `requests` and `counters`. */
  forget(): void;
  /** Drops every connection and stops listening. */
  close(): Promise<void>;
}

/** Starts a server on a free port of loopback. Throws what `listen` throws. */
export async function startServer(
  handler: Handler,
  routeOf: (path: string) => RouteMatch,
  options: ServerOptions = {},
): Promise<TestServer> {
  const faults = faultPlan();
  const log = journal();
  const closing = new AbortController();
  const faulty = faults.around(handler);
  const listener = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const exchange = await receive(request, response, routeOf, log, closing.signal);
    const reply = await late(options.latency, faulty, exchange);
    await (reply.deliver ?? sendWhole)(reply, response, exchange);
  };
  const server = await listen(listener, options, log);
  const { port } = server.address() as AddressInfo;
  const host = options.host === '::1' ? `[::1]:${port}` : `127.0.0.1:${port}`;
  const close = async (): Promise<void> => {
    closing.abort();
    log.cut();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://${host}`,
    host,
    port,
    requests: log.requests,
    counters: log.counters,
    fault: faults.add,
    forget: log.clear,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function listen(
  listener: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  options: ServerOptions,
  log: Journal,
): Promise<NetServer> {
  const guarded = (request: IncomingMessage, response: ServerResponse): void => {
    listener(request, response).catch((error: unknown) => fail(error, response));
  };
  const server: Server =
    options.tls === undefined ? createServer(guarded) : await createTlsServer(options.tls, guarded);
  // A server that closes idle connections by itself makes clients' retries, and tests, a lottery.
  server.keepAliveTimeout = 0;
  server.on(options.tls === undefined ? 'connection' : 'secureConnection', log.connected);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, options.host ?? '127.0.0.1', resolve);
  });
  return server;
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  routeOf: (path: string) => RouteMatch,
  log: Journal,
  signal: AbortSignal,
): Promise<Exchange> {
  const [path = '', search = ''] = (request.url ?? '').split(/\?(.*)/s);
  const { route, params } = routeOf(path);
  const record = log.arrived(request, response, route);
  record.body = await readAll(request);
  const authority = request.headers[':authority'] ?? request.headers.host ?? 'localhost';
  const scheme = 'encrypted' in request.socket ? 'https' : 'http';
  return {
    method: request.method ?? 'GET',
    path,
    query: new URLSearchParams(search),
    headers: request.headers,
    body: record.body,
    origin: `${scheme}://${String(authority)}`,
    route,
    params,
    signal,
  };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

async function late(
  latency: number | undefined,
  handler: Handler,
  exchange: Exchange,
): Promise<Reply> {
  if (latency) {
    await wait(latency, undefined, { signal: exchange.signal });
  }
  return handler(exchange);
}

/** A fault of the server itself must be seen in the test that meets it. */
function fail(error: unknown, response: ServerResponse): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (response.destroyed) {
    return;
  }
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const reply = plainText(500, `The test server failed: ${text}`);
  response.writeHead(reply.status, { 'Content-Type': 'text/plain' }).end(reply.body);
}
