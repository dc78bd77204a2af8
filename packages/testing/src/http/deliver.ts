import type { ServerResponse } from 'node:http';
import type { Exchange, Reply } from './exchange.ts';

/** Sends an answer as an honest server does. */
export function sendWhole(reply: Reply, response: ServerResponse, exchange: Exchange): void {
  writeHead(reply, response);
  response.end(exchange.method === 'HEAD' ? undefined : reply.body);
}

/** Sets status and headers, with the true Content-Length unless the answer names another. */
export function writeHead(reply: Reply, response: ServerResponse): void {
  response.statusCode = reply.status;
  const names = new Set<string>();
  for (const [name, value] of Object.entries(reply.headers)) {
    names.add(name.toLowerCase());
    response.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  const bodyless = reply.status === 204 || reply.status === 304;
  if (!bodyless && !names.has('content-length') && !names.has('transfer-encoding')) {
    response.setHeader('Content-Length', String(reply.body?.length ?? 0));
  }
}
