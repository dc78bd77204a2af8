import {
  createServer,
  request as forwardRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isKnown, parseBasic } from '../auth/basic.ts';

export interface ProxyOptions {
  /** Names and passwords, asked for by 407. Default: everybody may use it. */
  readonly users?: Readonly<Record<string, string>>;
  /**
   * Where hosts that do not exist really are: `{'registry.example.com:443': '127.0.0.1:41234'}`.
   * Default: none. What is neither here nor on loopback is refused by 502.
   */
  readonly hosts?: Readonly<Record<string, string>>;
}

export interface ProxiedRequest {
  /** `CONNECT` for a tunnel, else the method of the request passed on. */
  readonly method: string;
  /** `registry.example.com:443`. */
  readonly target: string;
  /** The path of a request passed on; empty for a tunnel. */
  readonly path: string;
  /** Whether a Proxy-Authorization header came with it. */
  readonly authorized: boolean;
}

/** An HTTP proxy on loopback that reaches loopback alone. */
export interface TestProxy extends AsyncDisposable {
  readonly url: string;
  readonly host: string;
  /** Every request and tunnel asked for, in order. */
  readonly requests: readonly ProxiedRequest[];
  close(): Promise<void>;
}

/** Starts a proxy that tunnels (CONNECT) and passes plain http requests on. */
export async function startProxy(options: ProxyOptions = {}): Promise<TestProxy> {
  const requests: ProxiedRequest[] = [];
  const sockets = new Set<Duplex>();
  const keep = (socket: Duplex): void => {
    sockets.add(socket.once('close', () => sockets.delete(socket)).on('error', () => undefined));
  };
  const server = createServer((request, response) => {
    requests.push(recordOf(request));
    passOn(request, response, options);
  });
  server.on('connection', keep).on('connect', (request: IncomingMessage, client: Duplex) => {
    requests.push(recordOf(request));
    tunnel(request, client, options, keep);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    for (const socket of sockets) {
      socket.destroy();
    }
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://${host}`, host, requests, close, [Symbol.asyncDispose]: close };
}

function recordOf(request: IncomingMessage): ProxiedRequest {
  const url = request.method === 'CONNECT' ? undefined : urlOf(request);
  return {
    method: request.method ?? '',
    target: targetOf(request),
    path: url === undefined ? '' : url.pathname + url.search,
    authorized: request.headers['proxy-authorization'] !== undefined,
  };
}

function passOn(request: IncomingMessage, response: ServerResponse, options: ProxyOptions): void {
  const refusal = refusalOf(request, options);
  const destination = destinationOf(targetOf(request), options);
  if (refusal !== undefined || destination === undefined) {
    response.writeHead(refusal?.status ?? 502, refusal?.headers).end();
    return;
  }
  const { 'proxy-authorization': _secret, ...headers } = request.headers;
  const { pathname, search } = urlOf(request);
  const onward = forwardRequest(
    { ...destination, method: request.method, path: pathname + search, headers, agent: false },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  onward.on('error', () => response.writeHead(502).end());
  request.pipe(onward);
}

function tunnel(
  request: IncomingMessage,
  client: Duplex,
  options: ProxyOptions,
  keep: (socket: Duplex) => void,
): void {
  const refusal = refusalOf(request, options);
  const destination = destinationOf(targetOf(request), options);
  if (refusal !== undefined) {
    client.end(
      'HTTP/1.1 407 Proxy Authentication Required\r\n' +
        `Proxy-Authenticate: ${refusal.headers['Proxy-Authenticate']}\r\nContent-Length: 0\r\n\r\n`,
    );
    return;
  }
  if (destination === undefined) {
    client.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const onward: Socket = connect(destination, () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    onward.pipe(client).pipe(onward);
  });
  keep(onward);
  onward.on('error', () => client.destroy());
}

function refusalOf(
  request: IncomingMessage,
  { users }: ProxyOptions,
): { status: 407; headers: { 'Proxy-Authenticate': string } } | undefined {
  if (users === undefined || isKnown(users, parseBasic(request.headers['proxy-authorization']))) {
    return undefined;
  }
  return { status: 407, headers: { 'Proxy-Authenticate': 'Basic realm="Proxy"' } };
}

function destinationOf(
  target: string,
  { hosts = {} }: ProxyOptions,
): { host: string; port: number } | undefined {
  const [, host = '', port] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(hosts[target] ?? target) ?? [];
  const loopback = host === 'localhost' || host === '::1' || /^127(?:\.\d+){3}$/.test(host);
  return loopback ? { host, port: Number(port) } : undefined;
}

function targetOf(request: IncomingMessage): string {
  if (request.method === 'CONNECT') {
    return request.url ?? '';
  }
  const { hostname, port } = urlOf(request);
  return `${hostname}:${port || '80'}`;
}

function urlOf(request: IncomingMessage): URL {
  return new URL(request.url ?? '', `http://${request.headers.host ?? 'localhost'}`);
}
