import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ProxyAgent, request } from 'undici';
import { describe, expect, test } from 'vitest';
import { startRegistry } from '../registry/registry.ts';
import { createAuthority } from '../tls/authority.ts';
import { credentialHelper } from './credential-helper.ts';
import { startProxy } from './proxy.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('a temporary folder holds files while it lasts', async () => {
  let path: string;
  {
    await using folder = await temporaryFolder();
    path = folder.path;
    expect(await folder.write('deep/in/file.txt', 'text')).toBe(`${path}/deep/in/file.txt`);
    expect(await folder.read('deep/in/file.txt')).toBe('text');
  }
  expect(existsSync(path)).toBe(false);
});

describe('a credential helper', () => {
  /** Runs it as Docker does; an exit code other than 0 is part of the answer. */
  function get(
    folder: string,
    server: string,
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    return new Promise((resolve) => {
      const child = execFile(`${folder}/docker-credential-test`, ['get'], (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), stdout: out, stderr: err }),
      );
      child.stdin?.end(server);
    });
  }

  test('knows its servers, quotes and all, and says so when it does not', async () => {
    await using helper = await credentialHelper({
      'registry.example.com': { username: "o'hara", secret: '$(secret) "x" \\' },
    });
    const found = await get(helper.folder, 'registry.example.com');
    expect(JSON.parse(found.stdout)).toEqual({
      ServerURL: 'registry.example.com',
      Username: "o'hara",
      Secret: '$(secret) "x" \\',
    });
    expect(await get(helper.folder, 'other.example.com')).toEqual({
      code: 1,
      stdout: 'credentials not found in native keychain\n',
      stderr: '',
    });
    expect(await helper.calls()).toEqual(['registry.example.com', 'other.example.com']);
  });

  test('fails in any way it is told to', async () => {
    await using helper = await credentialHelper({
      a: { stdout: 'not JSON', stderr: 'broken', exit: 7 },
    });
    expect(await get(helper.folder, 'a')).toEqual({
      code: 7,
      stdout: 'not JSON',
      stderr: 'broken',
    });
  });
});

describe('a proxy', () => {
  test('passes plain requests on, also to hosts that do not exist', async () => {
    await using registry = await startRegistry();
    await using proxy = await startProxy({ hosts: { 'registry.example.com:80': registry.host } });
    const dispatcher = new ProxyAgent({ uri: proxy.url, proxyTunnel: false });
    const { statusCode, body } = await request('http://registry.example.com/v2/?a=b', {
      dispatcher,
    });
    await body.dump();
    expect(statusCode).toBe(200);
    expect(proxy.requests).toEqual([
      { method: 'GET', target: 'registry.example.com:80', path: '/v2/?a=b', authorized: false },
    ]);
    expect(registry.requests[0]?.headers.host).toBe('registry.example.com');
    await dispatcher.destroy();
  });

  test('tunnels TLS, asks for a password, and never leaves loopback', async () => {
    const authority = await createAuthority();
    const tls = await authority.server(['registry.example.com']);
    await using registry = await startRegistry({ tls });
    await using proxy = await startProxy({
      users: { alice: 'secret' },
      hosts: { 'registry.example.com:443': registry.host },
    });
    const options = { uri: proxy.url, requestTls: { ca: authority.certificate } };
    const stranger = new ProxyAgent(options);
    const token = `Basic ${Buffer.from('alice:secret').toString('base64')}`;
    const alice = new ProxyAgent({ ...options, token });
    const url = 'https://registry.example.com/v2/';
    await expect(request(url, { dispatcher: stranger })).rejects.toThrow(/407/);
    const { statusCode, body } = await request(url, { dispatcher: alice });
    await body.dump();
    expect(statusCode).toBe(200);
    await expect(request('https://other.example.com/', { dispatcher: alice })).rejects.toThrow(
      /502/,
    );
    expect(proxy.requests.map(({ method, authorized }) => [method, authorized])).toEqual([
      ['CONNECT', false],
      ['CONNECT', true],
      ['CONNECT', true],
    ]);
    await Promise.all([stranger.destroy(), alice.destroy()]);
  });
});
