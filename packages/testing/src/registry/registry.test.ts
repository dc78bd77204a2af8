import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { image } from '../content/image.ts';
import { index } from '../content/index-of.ts';
import { MEDIA_TYPE } from '../content/media-type.ts';
import { startRegistry, type TestRegistry } from './registry.ts';

const ALL = [
  MEDIA_TYPE.ociIndex,
  MEDIA_TYPE.dockerList,
  MEDIA_TYPE.ociManifest,
  MEDIA_TYPE.dockerManifest,
].join(', ');

let registry: TestRegistry;

beforeEach(async () => {
  registry = await startRegistry();
});

afterEach(async () => {
  await registry.close();
});

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${registry.url}${path}`, {
    ...init,
    headers: { accept: ALL, ...(init.headers as Record<string, string>) },
  });
}

async function errorCode(response: Response): Promise<string> {
  const { errors } = (await response.json()) as { errors: { code: string }[] };
  return errors[0]?.code ?? '';
}

describe('manifests', () => {
  test('are found by tag and by digest, with their type, digest and length', async () => {
    const app = index([image(), image({ platform: 'linux/arm64' })]);
    const digest = registry.push('team/app', 'v1', app);
    for (const reference of ['v1', digest, digest.replace(':', '%3A')]) {
      const response = await ask(`/v2/team/app/manifests/${reference}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('docker-content-digest')).toBe(digest);
      expect(response.headers.get('content-type')).toBe(MEDIA_TYPE.ociIndex);
      expect(Buffer.from(await response.arrayBuffer())).toEqual(app.bytes);
    }
  });

  test('answer HEAD with the length of the body and without it', async () => {
    const app = image();
    registry.push('app', 'v1', app);
    const response = await ask('/v2/app/manifests/v1', { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe(String(app.bytes.length));
    expect(await response.text()).toBe('');
  });

  test('of an index include those it lists', async () => {
    const child = image();
    registry.push('app', 'v1', index([index([child])]));
    expect((await ask(`/v2/app/manifests/${child.digest}`)).status).toBe(200);
  });

  test('in an OCI type are unknown to a client that does not accept it', async () => {
    registry.push('app', 'v1', image());
    for (const accept of ['*/*', MEDIA_TYPE.dockerManifest]) {
      const response = await ask('/v2/app/manifests/v1', { headers: { accept } });
      expect(response.status).toBe(404);
      expect(await errorCode(response)).toBe('MANIFEST_UNKNOWN');
    }
  });

  test('in a Docker list become the linux/amd64 image for a client that reads no lists', async () => {
    const amd64 = image({ format: 'docker' });
    const arm64 = image({ format: 'docker', platform: 'linux/arm64' });
    registry.push('app', 'v1', index([arm64, amd64], { format: 'docker' }));
    const response = await ask('/v2/app/manifests/v1', {
      headers: { accept: MEDIA_TYPE.dockerManifest },
    });
    expect(response.headers.get('docker-content-digest')).toBe(amd64.digest);
  });

  test('that do not exist are errors in the form of the registry', async () => {
    registry.push('app', 'v1', image());
    expect(await errorCode(await ask('/v2/app/manifests/v2'))).toBe('MANIFEST_UNKNOWN');
    expect(await errorCode(await ask('/v2/other/manifests/v1'))).toBe('MANIFEST_UNKNOWN');
    expect(await errorCode(await ask('/v2/app/manifests/sha256:12'))).toBe('DIGEST_INVALID');
    expect((await ask('/v2/APP/manifests/v1')).status).toBe(404);
  });

  test('move when their tag is moved, and stay reachable by digest', async () => {
    const first = registry.push('app', 'v1', image({ layers: ['one'] }));
    const second = registry.move('app', 'v1', image({ layers: ['two'] }));
    expect(second).not.toBe(first);
    const response = await ask('/v2/app/manifests/v1');
    expect(response.headers.get('docker-content-digest')).toBe(second);
    expect((await ask(`/v2/app/manifests/${first}`)).status).toBe(200);
  });

  test('that are removed take their tags along', async () => {
    const digest = registry.push('app', 'v1', image());
    registry.remove('app', digest);
    expect((await ask('/v2/app/manifests/v1')).status).toBe(404);
    expect(() => registry.remove('app', 'v1')).toThrow(/holds no app v1/);
  });

  test('answer 304 to a client that has them', async () => {
    const digest = registry.push('app', 'v1', image());
    const response = await ask('/v2/app/manifests/v1', {
      headers: { 'if-none-match': `"${digest}"` },
    });
    expect(response.status).toBe(304);
  });

  test('may be named by a sha512 digest', async () => {
    const digest = registry.push('app', 'v1', image({ algorithm: 'sha512' }));
    expect(digest).toMatch(/^sha512:[0-9a-f]{128}$/);
    const response = await ask(`/v2/app/manifests/${digest}`);
    expect(response.headers.get('docker-content-digest')).toBe(digest);
  });
});

describe('a push over HTTP', () => {
  test('takes blobs in one piece or in chunks, then the manifest', async () => {
    const app = image();
    const [config, layer] = [...app.blobs];
    const single = await ask(`/v2/app/blobs/uploads/?digest=${config![0]}`, {
      method: 'POST',
      body: new Uint8Array(config![1]),
    });
    expect(single.status).toBe(201);

    const started = await ask('/v2/app/blobs/uploads/', { method: 'POST' });
    const location = started.headers.get('location')!;
    const half = layer![1].length >> 1;
    const patched = await fetch(location, {
      method: 'PATCH',
      headers: { 'content-range': `0-${half - 1}` },
      body: new Uint8Array(layer![1].subarray(0, half)),
    });
    expect(patched.headers.get('range')).toBe(`0-${half - 1}`);
    const put = await fetch(`${location}?digest=${layer![0]}`, {
      method: 'PUT',
      body: new Uint8Array(layer![1].subarray(half)),
    });
    expect(put.status).toBe(201);

    const pushed = await ask('/v2/app/manifests/v1', {
      method: 'PUT',
      headers: { 'content-type': app.mediaType },
      body: new Uint8Array(app.bytes),
    });
    expect(pushed.status).toBe(201);
    expect(pushed.headers.get('docker-content-digest')).toBe(app.digest);
  });

  test('refuses a manifest whose blobs are missing, and a blob that is not its digest', async () => {
    const app = image();
    const put = await ask('/v2/app/manifests/v1', {
      method: 'PUT',
      headers: { 'content-type': app.mediaType },
      body: new Uint8Array(app.bytes),
    });
    expect(await errorCode(put)).toBe('MANIFEST_BLOB_UNKNOWN');
    const post = await ask(`/v2/app/blobs/uploads/?digest=${app.digest}`, {
      method: 'POST',
      body: 'something else',
    });
    expect(await errorCode(post)).toBe('DIGEST_INVALID');
  });

  test('mounts a blob of another repository', async () => {
    const app = image();
    registry.push('first', 'v1', app);
    const [digest] = [...app.blobs.keys()];
    const mounted = await ask(`/v2/second/blobs/uploads/?mount=${digest}&from=first`, {
      method: 'POST',
    });
    expect(mounted.status).toBe(201);
    expect((await ask(`/v2/second/blobs/${digest}`)).status).toBe(200);
  });
});

describe('blobs', () => {
  test('come whole or in a range', async () => {
    const app = image();
    registry.push('app', 'v1', app);
    const [digest, bytes] = [...app.blobs][0]!;
    const whole = await ask(`/v2/app/blobs/${digest}`);
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes);
    const part = await ask(`/v2/app/blobs/${digest}`, { headers: { range: 'bytes=2-5' } });
    expect(part.status).toBe(206);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(2, 6));
    const beyond = await ask(`/v2/app/blobs/${digest}`, { headers: { range: 'bytes=99999-' } });
    expect(beyond.status).toBe(416);
  });
});

describe('tags', () => {
  test('come sorted, and in pages that link to the next', async () => {
    for (const tag of ['c', 'a', 'e', 'b', 'd']) {
      registry.push('app', tag, image());
    }
    const pages: string[][] = [];
    let next: string | undefined = '/v2/app/tags/list?n=2';
    while (next !== undefined) {
      const response: Response = await ask(next);
      pages.push(((await response.json()) as { tags: string[] }).tags);
      next = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
    }
    expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  test('of an unknown repository are an error', async () => {
    expect(await errorCode(await ask('/v2/none/tags/list'))).toBe('NAME_UNKNOWN');
  });
});

describe('referrers', () => {
  test('are listed by the API, filtered when asked', async () => {
    const app = image();
    const signature = image({ subject: app, artifactType: 'application/vnd.example.signature' });
    const sbom = image({ subject: app, artifactType: 'application/vnd.example.sbom' });
    registry.push('app', 'v1', app);
    registry.push('app', undefined, signature);
    registry.push('app', undefined, sbom);
    const all = await ask(`/v2/app/referrers/${app.digest}`);
    expect(all.headers.get('content-type')).toBe(MEDIA_TYPE.ociIndex);
    expect(((await all.json()) as { manifests: unknown[] }).manifests).toEqual([
      signature.descriptor,
      sbom.descriptor,
    ]);
    const some = await ask(
      `/v2/app/referrers/${app.digest}?artifactType=application/vnd.example.sbom`,
    );
    expect(some.headers.get('oci-filters-applied')).toBe('artifactType');
    expect(((await some.json()) as { manifests: unknown[] }).manifests).toEqual([sbom.descriptor]);
  });

  test('come in pages when the registry makes them short', async () => {
    await using short = await startRegistry({ pageSize: 2 });
    const app = image();
    short.push('app', 'v1', app);
    const types = ['a', 'b', 'c'].map((name) => `application/vnd.example.${name}`);
    for (const artifactType of types) {
      short.push('app', undefined, image({ subject: app, artifactType }));
    }
    const seen: string[] = [];
    let next: string | undefined = `/v2/app/referrers/${app.digest}`;
    while (next !== undefined) {
      const response: Response = await fetch(`${short.url}${next}`);
      const { manifests } = (await response.json()) as { manifests: { artifactType: string }[] };
      seen.push(...manifests.map(({ artifactType }) => artifactType));
      next = /^<(.*)>; rel="next"$/.exec(response.headers.get('link') ?? '')?.[1];
    }
    expect(seen).toEqual(types);
    expect(short.counters.requests).toBe(2);
  });

  test('stand behind a tag where there is no API', async () => {
    await using old = await startRegistry({ referrers: 'tag' });
    const app = image();
    const signature = image({ subject: app, artifactType: 'application/vnd.example.signature' });
    old.push('app', 'v1', app);
    old.push('app', undefined, signature);
    expect((await fetch(`${old.url}/v2/app/referrers/${app.digest}`)).status).toBe(404);
    const tag = app.digest.replace(':', '-');
    const response = await fetch(`${old.url}/v2/app/manifests/${tag}`, {
      headers: { accept: ALL },
    });
    expect(((await response.json()) as { manifests: unknown[] }).manifests).toEqual([
      signature.descriptor,
    ]);
  });
});

describe('the record', () => {
  test('holds every request with its connection, and counts', async () => {
    registry.push('app', 'v1', image());
    await ask('/v2/app/manifests/v1?x=1', { headers: { authorization: 'Basic Zm9vOmJhcg==' } });
    await ask('/v2/');
    expect(registry.requests).toMatchObject([
      { method: 'GET', path: '/v2/app/manifests/v1?x=1', route: 'manifest', authorized: true },
      { method: 'GET', path: '/v2/', route: 'base', authorized: false },
    ]);
    expect(registry.requests[0]?.connection).toBeGreaterThan(0);
    expect(registry.counters).toMatchObject({ requests: 2, peakRequests: 1 });
    registry.forget();
    expect(registry.requests).toEqual([]);
    expect(registry.counters.requests).toBe(0);
  });

  test('counts how many requests and connections there were at once', async () => {
    await using late = await startRegistry({ latency: 20 });
    await Promise.all([1, 2, 3].map(() => fetch(`${late.url}/v2/`)));
    expect(late.counters).toEqual({
      requests: 3,
      connections: 3,
      peakRequests: 3,
      peakConnections: 3,
    });
  });

  test('is of loopback over IPv6 when asked', async () => {
    await using six = await startRegistry({ host: '::1' });
    expect(six.host).toMatch(/^\[::1\]:\d+$/);
    expect((await fetch(`${six.url}/v2/`)).status).toBe(200);
  });
});
