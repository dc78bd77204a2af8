import { describe, expect, test } from 'vitest';
import { RegistryError } from '../registry-error.ts';
import { checkRealm } from './realm.ts';

function check(
  registry: string,
  realm: string | undefined,
  options: { withCredentials?: boolean; realmHosts?: readonly string[] } = {},
): string {
  const challenger = new URL(registry);
  const context = {
    challenger,
    registry: challenger.host,
    withCredentials: options.withCredentials ?? true,
    realmHosts: options.realmHosts ?? [],
  };
  try {
    return checkRealm(realm, context).href;
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    expect(error.code).toBe('BLOCKED_BY_POLICY');
    return error.message;
  }
}

describe('with credentials, a token service', () => {
  test.each([
    ['https://registry-1.docker.io', 'https://auth.docker.io/token'],
    ['https://registry.gitlab.com', 'https://gitlab.com/jwt/auth'],
    ['https://docker.elastic.co', 'https://docker-auth.elastic.co/auth'],
    ['https://ghcr.io', 'https://ghcr.io/token'],
    ['https://harbor.example.com:8443', 'https://harbor.example.com/service/token'],
    ['https://registry.shop.co.uk', 'https://auth.shop.co.uk/'],
    [
      'https://registry.cn-hangzhou.aliyuncs.com',
      'https://dockerauth.cn-hangzhou.aliyuncs.com/auth',
    ],
    ['http://127.0.0.1:5000', 'http://127.0.0.1:5001/token'],
    ['https://10.0.0.5', 'https://10.0.0.5/service/token'],
  ])('of %s may be %s', (registry, realm) => {
    expect(check(registry, realm)).toBe(realm);
  });

  test('may be named relative to the registry', () => {
    expect(check('https://harbor.example.com', '/service/token')).toBe(
      'https://harbor.example.com/service/token',
    );
  });

  test.each([
    ['https://ghcr.io', 'https://evil.example/token'],
    ['https://ghcr.io', 'https://ghcr.io.evil.example/token'],
    ['https://ghcr.io', 'https://evilghcr.io/token'],
    ['https://mine.azurecr.io', 'https://other.azurecr.io/oauth2/token'],
    ['https://x.dkr.ecr.eu-west-1.amazonaws.com', 'https://bucket.s3.eu-west-1.amazonaws.com/'],
    ['https://registry.cn-hangzhou.aliyuncs.com', 'https://bucket.oss-cn-hangzhou.aliyuncs.com/'],
    ['https://registry.shop.co.uk', 'https://evil.co.uk/'],
    ['https://a.github.io', 'https://b.github.io/'],
    ['https://registry', 'https://other/'],
    ['https://10.0.0.5', 'https://10.0.0.6/token'],
    ['https://203.0.113.10', 'https://169.254.169.254/latest/api/token'],
  ])('of %s may not be %s', (registry, realm) => {
    const said = check(registry, realm);
    expect(said).toContain('realmHosts');
    expect(said).toContain(new URL(realm).host);
  });

  test('may be any that the configuration names', () => {
    const realm = 'https://sso.other.example/token';
    expect(check('https://ghcr.io', realm, { realmHosts: ['sso.other.example'] })).toBe(realm);
  });
});

describe('in any case, a token service', () => {
  test.each([
    ['https://ghcr.io', 'http://ghcr.io/token'],
    ['https://ghcr.io', 'ftp://ghcr.io/token'],
    ['https://ghcr.io', 'https://user:pass@ghcr.io/token'],
    ['https://ghcr.io', undefined],
    ['https://ghcr.io', ''],
    ['https://ghcr.io', 'https://'],
    ['https://ghcr.io', 'data:text/plain,x'],
  ])('of %s may not be %s', (registry, realm) => {
    for (const withCredentials of [true, false]) {
      expect(check(registry, realm, { withCredentials })).toContain('could not get a token');
    }
  });

  test('may be anywhere when nothing secret is sent', () => {
    const realm = 'https://auth.elsewhere.example/token';
    expect(check('https://ghcr.io', realm, { withCredentials: false })).toBe(realm);
  });
});
