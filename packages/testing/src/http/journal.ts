import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';

/** One request as it came in, and what became of it. */
export interface RecordedRequest {
  readonly method: string;
  /** As sent, with the query. */
  readonly path: string;
  readonly route: string;
  readonly headers: IncomingHttpHeaders;
  /** Whether an Authorization header came with it. */
  readonly authorized: boolean;
  /** Counts connections from 1. */
  readonly connection: number;
  /** `1.1` or `2.0`. */
  readonly protocol: string;
  /** Common name of the client's certificate, if it showed one. */
  readonly clientCertificate: string | undefined;
  /** The body as it came. */
  readonly body: Buffer;
  /** 0 until it is answered, and when it never was. */
  readonly status: number;
  /** Bytes written to the socket for this answer, its head included. */
  readonly bytesSent: number;
}

export interface Counters {
  readonly requests: number;
  readonly connections: number;
  readonly peakRequests: number;
  readonly peakConnections: number;
}

/** What a server was asked, and over how many connections. */
export interface Journal {
  readonly requests: readonly RecordedRequest[];
  readonly counters: Counters;
  connected(socket: Socket): void;
  arrived(request: IncomingMessage, response: ServerResponse, route: string): { body: Buffer };
  /** Drops every connection. */
  cut(): void;
  /** Forgets requests and counters; connections keep their numbers. */
  clear(): void;
}

export function journal(): Journal {
  const requests: RecordedRequest[] = [];
  const sockets = new Map<number, { readonly number: number; readonly socket: Socket }>();
  const zero = { requests: 0, connections: 0, peakRequests: 0, peakConnections: 0 };
  const counters = { ...zero };
  let [opened, running] = [0, 0];
  return {
    requests,
    counters,
    connected(socket) {
      const port = socket.remotePort ?? 0;
      opened += 1;
      counters.connections += 1;
      sockets.set(port, { number: opened, socket });
      counters.peakConnections = Math.max(counters.peakConnections, sockets.size);
      socket.once('close', () => sockets.delete(port));
    },
    arrived(request, response, route) {
      // HTTP/2 hands out a stand-in for its socket, so the client's port is the key, not the object.
      const connection = sockets.get(request.socket.remotePort ?? 0)?.number ?? 0;
      const record = recordOf(request, route, connection);
      const before = request.socket.bytesWritten;
      requests.push(record);
      counters.requests += 1;
      running += 1;
      counters.peakRequests = Math.max(counters.peakRequests, running);
      response.once('close', () => {
        running -= 1;
        record.status = response.headersSent ? response.statusCode : 0;
        record.bytesSent = (request.socket?.bytesWritten ?? before) - before;
      });
      return record;
    },
    cut() {
      for (const { socket } of sockets.values()) {
        socket.destroy();
      }
    },
    clear() {
      requests.length = 0;
      Object.assign(counters, zero);
    },
  };
}

function recordOf(
  request: IncomingMessage,
  route: string,
  connection: number,
): { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] } {
  const certificate = (request.socket as Partial<TLSSocket>).getPeerCertificate?.();
  const commonName = certificate?.subject?.CN;
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    route,
    headers: request.headers,
    authorized: request.headers.authorization !== undefined,
    connection,
    protocol: request.httpVersion,
    clientCertificate: Array.isArray(commonName) ? commonName[0] : commonName,
    body: Buffer.alloc(0),
    status: 0,
    bytesSent: 0,
  };
}
