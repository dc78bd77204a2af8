import { verify, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { createAuthority } from '../tls/authority.ts';
import { TOKEN_ISSUER } from './signed-token.ts';
import { startTokenServer } from './token-server.ts';

test('a signed token says who may do what for how long, under a certificate of the authority', async () => {
  const authority = await createAuthority();
  const signer = await authority.client('token service');
  await using tokens = await startTokenServer({ signer, expiresIn: 120, now: () => 1_000_500 });
  const url = `${tokens.realm}?service=registry.test&scope=repository:team/app:pull,push`;
  const { token } = (await (await fetch(url)).json()) as { token: string };
  const [header = '', body = '', signature = ''] = token.split('.');

  const { x5c, ...rest } = JSON.parse(Buffer.from(header, 'base64url').toString());
  expect(rest).toEqual({ typ: 'JWT', alg: 'ES256' });
  const certificate = new X509Certificate(Buffer.from(x5c[0], 'base64'));
  expect(certificate.verify(new X509Certificate(authority.certificate).publicKey)).toBe(true);
  const key = { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' } as const;
  const signed = Buffer.from(`${header}.${body}`);
  expect(verify('sha256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
  expect(JSON.parse(Buffer.from(body, 'base64url').toString())).toMatchObject({
    iss: TOKEN_ISSUER,
    aud: 'registry.test',
    iat: 1000,
    exp: 1120,
    access: [{ type: 'repository', name: 'team/app', actions: ['pull'] }],
  });
  expect(tokens.check(token)).toHaveLength(1);
});
