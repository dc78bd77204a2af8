import { parseReference } from '@pindrift/reference';
import { createAuthority, image, startProxy, startRegistry } from '@pindrift/testing';
import { describe, expect, test } from 'vitest';
import { client, failure } from '../testing/client.ts';
import { proxiesFrom } from './proxy.ts';

const proxied = { HTTPS_PROXY: 'http://proxy.example:3128', HTTP_PROXY: 'plain.example:80' };

function proxy(url: string, environment: Record<string, string>): string | undefined {
  return proxiesFrom(environment)(new URL(url))?.host;
}

describe('the proxy', () => {
  test('is chosen by the scheme, and never by the other one', () => {
    expect(proxy('https://ghcr.io/', proxied)).toBe('proxy.example:3128');
    expect(proxy('http://ghcr.io/', proxied)).toBe('plain.example');
    expect(proxy('https://ghcr.io/', { HTTP_PROXY: 'http://plain.example' })).toBeUndefined();
    expect(proxy('http://ghcr.io/', { HTTPS_PROXY: 'http://proxy.example' })).toBeUndefined();
    expect(proxy('https://ghcr.io/', { https_proxy: 'http://lower.example' })).toBe(
      'lower.example',
    );
    expect(proxy('https://ghcr.io/', { ALL_PROXY: 'http://all.example' })).toBeUndefined();
  });

  test('of a CGI program is not what its caller says', () => {
    expect(proxy('http://ghcr.io/', { ...proxied, REQUEST_METHOD: 'GET' })).toBeUndefined();
  });

  test('is not used for loopback', () => {
    for (const host of ['localhost:5000', '127.0.0.1:5000', '[::1]:5000', 'a.localhost']) {
      expect(proxy(`https://${host}/`, proxied)).toBeUndefined();
    }
  });

  test('that is no URL is an error that does not show it', () => {
    expect(() => proxiesFrom({ HTTPS_PROXY: 'socks5://user:secret@x' })).toThrow(
      /^HTTPS_PROXY is not/,
    );
  });
});

describe('NO_PROXY', () => {
  test.each([
    ['*', 'ghcr.io', true],
    ['ghcr.io', 'ghcr.io', true],
    ['GHCR.IO', 'ghcr.io', true],
    ['example.com', 'a.b.example.com', true],
    ['example.com', 'notexample.com', false],
    ['.example.com', 'a.example.com', true],
    ['.example.com', 'example.com', false],
    ['*.example.com', 'a.example.com', true],
    ['*.example.com', 'example.com', false],
    ['ghcr.io:443', 'ghcr.io', true],
    ['ghcr.io:8443', 'ghcr.io', false],
    ['ghcr.io:8443', 'ghcr.io:8443', true],
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '11.1.2.3', false],
    ['10.0.0.0/8', 'ten.example', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.3:5000', '10.1.2.3:5000', true],
    ['10.1.2.3:5000', '10.1.2.3:5001', false],
    ['fd00::/8', '[fd12::1]', true],
    ['fd12::1', '[fd12::1]', true],
    ['[fd12::1]:5000', '[fd12::1]:5000', true],
    ['[fd12::1]:5000', '[fd12::1]:5001', false],
    [' , a.example ,ghcr.io', 'ghcr.io', true],
    ['10.0.0.0/99,,:,[', 'ghcr.io', false],
  ])('%j exempts %s: %s', (list, host, exempt) => {
    expect(proxy(`https://${host}/`, { ...proxied, NO_PROXY: list }) === undefined).toBe(exempt);
  });
});

describe('through a proxy', () => {
  test('https is tunnelled with the password of the proxy', async () => {
    const authority = await createAuthority();
    await using server = await startRegistry({ tls: await authority.server(['registry.example']) });
    const digest = server.push('app', 'v1', image());
    await using proxyServer = await startProxy({
      users: { bob: 'hush' },
      hosts: { 'registry.example:443': server.host },
    });
    const options = { hosts: { 'registry.example': { ca: authority.certificate } } };
    const url = new URL(proxyServer.url);
    url.username = 'bob';
    url.password = 'hush';
    await using registry = client({ ...options, environment: { HTTPS_PROXY: url.href } });
    const reference = parseReference('registry.example/app:v1');
    expect((await registry.resolve(reference)).digest).toBe(digest);
    expect(proxyServer.requests).toMatchObject([{ method: 'CONNECT', authorized: true }]);
    await using stranger = client({ ...options, environment: { HTTPS_PROXY: proxyServer.url } });
    const error = await failure(stranger.resolve(reference));
    expect(error.message).toContain('407');
    expect(error.message).not.toContain('hush');
  });

  test('http goes in the clear, and names are left to the proxy', async () => {
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', image());
    await using proxyServer = await startProxy({ hosts: { 'registry.example:5000': server.host } });
    await using registry = client({
      environment: { HTTP_PROXY: proxyServer.url },
      hosts: { 'registry.example:5000': { plainHttp: true } },
    });
    const found = await registry.resolve(parseReference('registry.example:5000/app:v1'));
    expect(found.digest).toBe(digest);
  });

  test('a metadata address is not asked for either', async () => {
    await using proxyServer = await startProxy();
    await using registry = client({ environment: { HTTPS_PROXY: proxyServer.url } });
    const error = await failure(registry.resolve(parseReference('169.254.169.254/app:v1')));
    expect(error.code).toBe('BLOCKED_BY_POLICY');
    expect(proxyServer.requests).toEqual([]);
  });
});
