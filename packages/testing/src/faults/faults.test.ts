import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Agent, request } from 'undici';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digestOf } from '../content/digest.ts';
import { image } from '../content/image.ts';
import { MEDIA_TYPE } from '../content/media-type.ts';
import {
  bodyBehindHead,
  challenge,
  contentLength,
  digestHeader,
  dualType,
  endless,
  FORGED_DIGEST,
  gzip,
  header,
  html,
  latency,
  link,
  oversize,
  raw,
  redirect,
  reset,
  schema1,
  silence,
  slow,
  status,
  tampered,
  tooManyRequests,
  truncated,
} from '../faults.ts';
import { startRegistry, type TestRegistry } from '../registry/registry.ts';

const APP = image();

let registry: TestRegistry;
let dispatcher: Agent;

beforeEach(async () => {
  registry = await startRegistry();
  registry.push('app', 'v1', APP);
  dispatcher = new Agent();
});

afterEach(async () => {
  await dispatcher.destroy();
  await registry.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

async function ask(path = '/v2/app/manifests/v1', method = 'GET'): Promise<Answer> {
  const { statusCode, headers, body } = await request(`${registry.url}${path}`, {
    method: method as 'GET',
    headers: { accept: MEDIA_TYPE.ociManifest },
    dispatcher,
  });
  return { status: statusCode, headers, body: Buffer.from(await body.arrayBuffer()) };
}

/** What the server really writes, where a client library would hide it. */
async function onTheWire(method = 'GET', path = '/v2/app/manifests/v1'): Promise<string> {
  const socket = connect(registry.port, '127.0.0.1');
  socket.write(
    `${method} ${path} HTTP/1.1\r\nHost: ${registry.host}\r\n` +
      `Accept: ${MEDIA_TYPE.ociManifest}\r\nConnection: close\r\n\r\n`,
  );
  return text(socket);
}

describe('a fault', () => {
  test('hits what it matches and nothing else', async () => {
    registry.push('other', 'v1', APP);
    const match = { route: 'manifest', method: 'HEAD', name: /^ap/, reference: 'v1' };
    const fault = registry.fault({ match, does: status(405) });
    expect((await ask(undefined, 'HEAD')).status).toBe(405);
    expect((await ask()).status).toBe(200);
    expect((await ask('/v2/other/manifests/v1', 'HEAD')).status).toBe(200);
    expect((await ask(`/v2/app/manifests/${APP.digest}`, 'HEAD')).status).toBe(200);
    expect(fault.hits).toBe(1);
  });

  test('begins after some requests and ends after some more', async () => {
    registry.fault({ does: status(503), after: 1, times: 2 });
    const seen = [await ask(), await ask(), await ask(), await ask()];
    expect(seen.map((answer) => answer.status)).toEqual([200, 503, 503, 200]);
  });

  test('is gone when lifted, and several work together', async () => {
    const fault = registry.fault({ does: digestHeader('missing') });
    registry.fault({ does: header('Warning', '299 - "old"') });
    const both = await ask();
    expect(both.headers['docker-content-digest']).toBeUndefined();
    expect(both.headers.warning).toBe('299 - "old"');
    fault.lift();
    expect((await ask()).headers['docker-content-digest']).toBe(APP.digest);
  });

  test('may be any function of the request and the rest of the server', async () => {
    registry.fault({
      match: ({ query }) => query.has('odd'),
      does: async (_exchange, next) => ({ ...(await next()), status: 299 }),
    });
    expect((await ask('/v2/app/manifests/v1?odd=1')).status).toBe(299);
    expect((await ask()).status).toBe(200);
  });
});

describe('the digest header', () => {
  test.each([
    ['missing', undefined],
    ['forged', FORGED_DIGEST],
    ['malformed', APP.digest.slice(0, 20)],
    ['twice', [APP.digest, APP.digest]],
    ['two', [APP.digest, FORGED_DIGEST]],
  ] as const)('may be %s', async (lie, value) => {
    registry.fault({ does: digestHeader(lie) });
    for (const method of ['GET', 'HEAD']) {
      expect((await ask(undefined, method)).headers['docker-content-digest']).toEqual(value);
    }
  });
});

describe('headers', () => {
  test('may be missing, and may hold more than Latin-1', async () => {
    registry.fault({ does: header('content-type', undefined) });
    registry.fault({ does: header('X-Name', 'µ→') });
    const wire = Buffer.from(await onTheWire());
    expect(wire.toString()).not.toMatch(/content-type/i);
    expect(wire.includes(Buffer.from('X-Name: µ→\r\n'))).toBe(true);
  });

  test.each([
    [3, '3'],
    ['1.5', '1.5'],
    ['880.092µs', '880.092Âµs'],
    [new Date(0), 'Thu, 01 Jan 1970 00:00:00 GMT'],
    [undefined, undefined],
  ])('of 429 may say to come back after %s', async (after, value) => {
    registry.fault({ does: tooManyRequests(after) });
    const answer = await ask();
    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toBe(value);
  });

  test('of a refusal may hold any challenges', async () => {
    registry.fault({ does: challenge(['Bearer realm="x",service="y"', 'Basic realm="z"']) });
    const answer = await ask();
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toEqual([
      'Bearer realm="x",service="y"',
      'Basic realm="z"',
    ]);
  });

  test('of a page may link to no page, the same page, ever other pages, or elsewhere', async () => {
    registry.push('app', 'v2', APP);
    const tags = '/v2/app/tags/list?n=1';
    const linkOf = async (): Promise<unknown> => (await ask(tags)).headers.link;
    expect(await linkOf()).toBe('</v2/app/tags/list?last=v1&n=1>; rel="next"');
    registry.fault({ times: 1, does: link('missing') });
    expect(await linkOf()).toBeUndefined();
    registry.fault({ times: 1, does: link('loop') });
    expect(await linkOf()).toBe('</v2/app/tags/list?n=1>; rel="next"');
    registry.fault({ times: 2, does: link('endless') });
    expect(await linkOf()).not.toBe(await linkOf());
    registry.fault({ does: link({ value: '<http://169.254.169.254/>; rel="next"' }) });
    expect(await linkOf()).toBe('<http://169.254.169.254/>; rel="next"');
  });

  test('may redirect, with any status, and in circles', async () => {
    registry.fault({ times: 1, does: redirect('https://elsewhere.example.com/x', 303) });
    expect(await ask()).toMatchObject({
      status: 303,
      headers: { location: 'https://elsewhere.example.com/x' },
    });
    registry.fault({ does: redirect('loop') });
    expect(await ask()).toMatchObject({
      status: 307,
      headers: { location: '/v2/app/manifests/v1' },
    });
  });
});

describe('bodies', () => {
  test('may be compressed', async () => {
    registry.fault({ does: gzip() });
    const response = await fetch(`${registry.url}/v2/app/manifests/v1`, {
      headers: { accept: MEDIA_TYPE.ociManifest },
    });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(APP.bytes);
  });

  test('may be longer or shorter than declared', async () => {
    registry.fault({ times: 1, does: contentLength((honest) => honest + 10) });
    await expect(ask()).rejects.toThrow();
    registry.fault({ does: contentLength((honest) => honest - 10) });
    const wire = await onTheWire();
    expect(wire).toContain(`Content-Length: ${APP.bytes.length - 10}\r\n`);
    expect(wire.endsWith(APP.bytes.toString())).toBe(true);
  });

  test('may break off', async () => {
    registry.fault({ does: truncated(7) });
    await expect(ask()).rejects.toThrow();
    const wire = await onTheWire();
    expect(wire).toContain(`Content-Length: ${APP.bytes.length}\r\n`);
    expect(wire.split('\r\n\r\n')[1]).toBe(APP.bytes.toString().slice(0, 7));
  });

  test('may come slowly, and late', async () => {
    registry.fault({ does: latency(1) });
    registry.fault({ does: slow(100, 1) });
    expect((await ask()).body).toEqual(APP.bytes);
  });

  test('may have no end, and stop when the client goes', async () => {
    registry.fault({ does: endless() });
    const { body } = await request(`${registry.url}/v2/`, { dispatcher });
    let read = 0;
    for await (const chunk of body) {
      read += (chunk as Buffer).length;
      if (read > 1_000_000) {
        break;
      }
    }
    expect(read).toBeGreaterThan(1_000_000);
  });

  test('may be oversize, tampered with, HTML, or of two types', async () => {
    registry.fault({ times: 1, does: oversize(5_000_000) });
    const large = await ask();
    expect(large.body.length).toBe(5_000_000);
    expect(large.headers['docker-content-digest']).toBe(digestOf(large.body));
    expect(JSON.parse(large.body.toString())).toEqual(JSON.parse(APP.bytes.toString()));

    registry.fault({ times: 1, does: tampered() });
    expect(digestOf((await ask()).body)).not.toBe(APP.digest);

    registry.fault({ times: 1, does: html() });
    expect((await ask()).headers['content-type']).toBe('text/html; charset=utf-8');

    registry.fault({ times: 1, does: dualType() });
    const both = await ask();
    expect(JSON.parse(both.body.toString())).toMatchObject({ manifests: [], config: {} });
    expect(both.headers['docker-content-digest']).toBe(digestOf(both.body));
  });

  test('may be schema 1', async () => {
    registry.fault({ does: schema1() });
    const answer = await ask();
    expect(answer.headers['content-type']).toBe(MEDIA_TYPE.dockerSchema1Signed);
    expect(JSON.parse(answer.body.toString())).toMatchObject({ schemaVersion: 1, name: 'app' });
  });

  test('may stand behind a HEAD', async () => {
    expect((await onTheWire('HEAD')).endsWith('\r\n\r\n')).toBe(true);
    registry.fault({ does: bodyBehindHead() });
    expect((await onTheWire('HEAD')).endsWith(APP.bytes.toString())).toBe(true);
  });
});

describe('connections', () => {
  test('may be reset', async () => {
    registry.fault({ times: 1, does: reset() });
    await expect(ask()).rejects.toMatchObject({ code: expect.stringMatching(/SOCKET|RESET/) });
    expect(registry.requests[0]?.status).toBe(0);
    expect((await ask()).status).toBe(200);
  });

  test('may carry something that is not HTTP', async () => {
    registry.fault({ does: raw('SSH-2.0-OpenSSH_9.2\r\n') });
    await expect(ask()).rejects.toThrow();
    expect(await onTheWire()).toBe('SSH-2.0-OpenSSH_9.2\r\n');
  });

  test('may fall silent before the answer or after its head, until the server closes', async () => {
    registry.fault({ match: { route: 'base' }, does: silence() });
    registry.fault({ match: { route: 'manifest' }, does: silence('head') });
    const { statusCode, body } = await request(`${registry.url}/v2/app/manifests/v1`, {
      headers: { accept: MEDIA_TYPE.ociManifest },
      dispatcher,
    });
    expect(statusCode).toBe(200);
    const socket = connect(registry.port, '127.0.0.1');
    socket.write(`GET /v2/ HTTP/1.1\r\nHost: ${registry.host}\r\n\r\n`);
    const closed = once(socket, 'close');
    socket.resume();
    while (registry.requests.length < 2) {
      await new Promise(setImmediate);
    }
    await Promise.all([registry.close(), expect(body.text()).rejects.toThrow(), closed]);
    expect(registry.requests.map((seen) => seen.status)).toEqual([200, 0]);
  });
});
