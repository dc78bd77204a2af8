import { join } from 'node:path';
import { createAuthority, temporaryFolder } from '@pindrift/testing';
import { expect, test } from 'vitest';
import { connectionTo } from './connection.ts';

test('a registry about which nothing is set is reached directly', async () => {
  const found = await connectionTo('docker.io', { environment: {}, home: '' });
  expect(found).toEqual({
    host: 'registry-1.docker.io',
    settings: {},
    routes: [],
    proxy: undefined,
    authorities: [],
    clientCertificate: undefined,
  });
});

test('the proxy is named without its password, and only where it is used', async () => {
  const environment = { HTTPS_PROXY: 'http://me:hush@proxy.example:3128', NO_PROXY: '.internal' };
  const options = { environment, home: '' };
  expect((await connectionTo('ghcr.io', options)).proxy).toBe('http://proxy.example:3128');
  expect((await connectionTo('registry.internal', options)).proxy).toBeUndefined();
});

test('authorities and client certificates are named by where they are', async () => {
  await using folder = await temporaryFolder();
  const authority = await createAuthority();
  const ca = await folder.write('ca.pem', authority.certificate);
  const certs = '.config/containers/certs.d/lab.example:5000';
  const { key, cert } = await authority.client('me');
  await folder.write(`${certs}/ca.crt`, authority.certificate);
  await folder.write(`${certs}/me.cert`, cert);
  await folder.write(`${certs}/me.key`, key);
  const options = { hosts: { 'lab.example:5000': { ca } }, environment: {}, home: folder.path };
  expect(await connectionTo('lab.example:5000', options)).toMatchObject({
    authorities: [ca, join(folder.path, certs)],
    clientCertificate: join(folder.path, certs),
  });
});

test.each([
  [{ ca: '/nowhere/ca.pem' }, {}, 'the file /nowhere/ca.pem cannot be read'],
  [{}, { HTTPS_PROXY: 'socks5://me:hush@x' }, 'HTTPS_PROXY is not the URL'],
])('%j with %j is an error that says what', async (settings, environment, said) => {
  const asked = connectionTo('ghcr.io', { hosts: { 'ghcr.io': settings }, environment, home: '' });
  await expect(asked).rejects.toThrow(said);
});
