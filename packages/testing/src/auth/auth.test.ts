import { describe, expect, test } from 'vitest';
import { image } from '../content/image.ts';
import { MEDIA_TYPE } from '../content/media-type.ts';
import { status, tooManyRequests } from '../faults.ts';
import { startRegistry, type TestRegistry } from '../registry/registry.ts';
import { startTokenServer, type TestTokenServer } from './token-server.ts';

const USERS = { alice: 'secret:with:colons' };
const ALICE = `Basic ${Buffer.from('alice:secret:with:colons').toString('base64')}`;

async function bearer(tokens: TestTokenServer): Promise<TestRegistry> {
  const registry = await startRegistry({ auth: { kind: 'bearer', tokens } });
  registry.push('app', 'v1', image());
  return registry;
}

function pull(registry: TestRegistry, authorization?: string): Promise<Response> {
  return fetch(`${registry.url}/v2/app/manifests/v1`, {
    headers: { accept: MEDIA_TYPE.ociManifest, ...(authorization ? { authorization } : {}) },
  });
}

async function body(response: Response): Promise<Record<string, string>> {
  return (await response.json()) as Record<string, string>;
}

test('a Basic registry lets in who has the password', async () => {
  await using registry = await startRegistry({ auth: { kind: 'basic', users: USERS } });
  registry.push('app', 'v1', image());
  const refused = await pull(registry);
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toBe('Basic realm="Registry Realm"');
  expect((await pull(registry, 'Basic YWxpY2U6d3Jvbmc=')).status).toBe(401);
  expect((await pull(registry, ALICE)).status).toBe(200);
});

describe('a Bearer registry', () => {
  test('names its token server and the scope it wants', async () => {
    await using tokens = await startTokenServer();
    await using registry = await bearer(tokens);
    const refused = await pull(registry);
    expect(refused.headers.get('www-authenticate')).toBe(
      `Bearer realm="${tokens.realm}",service="registry.test",scope="repository:app:pull"`,
    );
    const base = await fetch(`${registry.url}/v2/`);
    expect(base.headers.get('www-authenticate')).toBe(
      `Bearer realm="${tokens.realm}",service="registry.test"`,
    );
  });

  test('lets in a token with that scope, and says what is wrong with another', async () => {
    await using tokens = await startTokenServer();
    await using registry = await bearer(tokens);
    const good = await body(await fetch(`${tokens.realm}?scope=repository:app:pull`));
    const other = await body(await fetch(`${tokens.realm}?scope=repository:other:pull`));
    expect((await pull(registry, `Bearer ${good.token}`)).status).toBe(200);
    const narrow = await pull(registry, `Bearer ${other.token}`);
    expect(narrow.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
    tokens.revoke();
    const revoked = await pull(registry, `Bearer ${good.token}`);
    expect(revoked.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  test('may be its own realm', async () => {
    await using tokens = await startTokenServer();
    await using registry = await startRegistry({ auth: { kind: 'bearer', tokens, hosted: true } });
    registry.push('app', 'v1', image());
    const refused = await pull(registry);
    const realm = /realm="([^"]*)"/.exec(refused.headers.get('www-authenticate') ?? '')?.[1];
    expect(realm).toBe(`${registry.url}/token`);
    const { token } = await body(await fetch(`${realm}?scope=repository:app:pull`));
    expect((await pull(registry, `Bearer ${token}`)).status).toBe(200);
    expect(registry.requests.map(({ route }) => route)).toEqual(['manifest', 'token', 'manifest']);
    await using plain = await startRegistry();
    expect((await fetch(`${plain.url}/token`)).status).toBe(404);
  });

  test('refuses a token that has ended', async () => {
    let now = 0;
    await using tokens = await startTokenServer({ now: () => now, expiresIn: 300, lifetime: 60 });
    await using registry = await bearer(tokens);
    const { token } = await body(await fetch(`${tokens.realm}?scope=repository:app:pull`));
    now = 59_999;
    expect((await pull(registry, `Bearer ${token}`)).status).toBe(200);
    now = 60_000;
    expect((await pull(registry, `Bearer ${token}`)).status).toBe(401);
  });
});

describe('a token server', () => {
  test('refuses wrong credentials, and anonymous ones when told to', async () => {
    await using tokens = await startTokenServer({ users: USERS, refusal: 403, anonymous: false });
    const headers = { authorization: 'Basic YWxpY2U6d3Jvbmc=' };
    expect((await fetch(tokens.realm, { headers })).status).toBe(403);
    expect((await fetch(tokens.realm)).status).toBe(403);
    expect((await fetch(tokens.realm, { headers: { authorization: ALICE } })).status).toBe(200);
  });

  test('goes wrong like any other server', async () => {
    await using tokens = await startTokenServer();
    tokens.fault({ match: { route: 'token', method: 'POST' }, does: status(405) });
    tokens.fault({ match: { method: 'GET' }, does: tooManyRequests(1), times: 1 });
    expect((await fetch(tokens.realm, { method: 'POST' })).status).toBe(405);
    expect((await fetch(tokens.realm)).status).toBe(429);
    expect((await fetch(tokens.realm)).status).toBe(200);
  });

  test('answers in the field, and with the times, that it is told to', async () => {
    await using tokens = await startTokenServer({
      field: 'access_token',
      expiresIn: undefined,
      clockSkew: 3600,
      now: () => 0,
    });
    expect(await body(await fetch(tokens.realm))).toEqual({
      access_token: 'token-1',
      issued_at: '1970-01-01T01:00:00.000Z',
    });
  });

  test('takes refresh tokens and passwords by POST, and hands refresh tokens out', async () => {
    await using tokens = await startTokenServer({
      users: USERS,
      refreshTokens: { identity: 'alice' },
    });
    const post = (form: Record<string, string>): Promise<Response> =>
      fetch(tokens.realm, {
        method: 'POST',
        body: new URLSearchParams({ scope: 'repository:app:pull,push repository:b:pull', ...form }),
      });
    const first = await body(
      await post({
        grant_type: 'password',
        username: 'alice',
        password: USERS.alice,
        access_type: 'offline',
      }),
    );
    expect(tokens.check(first.access_token!)).toEqual([
      { type: 'repository', name: 'app', actions: ['pull', 'push'] },
      { type: 'repository', name: 'b', actions: ['pull'] },
    ]);
    const refresh = { grant_type: 'refresh_token', refresh_token: first.refresh_token! };
    expect((await post(refresh)).status).toBe(200);
    expect((await post({ ...refresh, refresh_token: 'identity' })).status).toBe(200);
    expect((await post({ ...refresh, refresh_token: 'wrong' })).status).toBe(401);
  });

  test('grants anonymous ones pull only, and the first scope only when told to', async () => {
    await using tokens = await startTokenServer({ firstScopeOnly: true });
    const { token } = await body(
      await fetch(`${tokens.realm}?scope=repository:a:pull,push&scope=repository:b:pull`),
    );
    expect(tokens.check(token!)).toEqual([{ type: 'repository', name: 'a', actions: ['pull'] }]);
  });
});
