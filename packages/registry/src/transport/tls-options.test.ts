import {
  type Authority,
  createAuthority,
  image,
  startRegistry,
  temporaryFolder,
} from '@pindrift/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RegistryOptions } from '../registry-options.ts';
import { client, failure, named } from '../testing/client.ts';
import { tlsOptions } from './tls-options.ts';

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority();
});

async function tryWith(
  optionsFor: (
    folder: Awaited<ReturnType<typeof temporaryFolder>>,
    host: string,
  ) => Promise<RegistryOptions>,
  requireClient = false,
): Promise<string> {
  await using folder = await temporaryFolder();
  const tls = await authority.server();
  await using server = await startRegistry({
    tls: requireClient ? { ...tls, clientCertificate: 'require' } : tls,
  });
  server.push('app', 'v1', image());
  await using registry = client(await optionsFor(folder, server.host));
  const reference = named(server, 'app', 'v1');
  const outcome = await registry.resolve(reference).then(
    () => 'found',
    async () => (await failure(registry.resolve(reference))).code,
  );
  return `${outcome} ${server.requests[0]?.clientCertificate ?? ''}`.trim();
}

describe('an authority is trusted when it is named', () => {
  test('by SSL_CERT_FILE', async () => {
    const found = await tryWith(async (folder) => ({
      environment: { SSL_CERT_FILE: await folder.write('ca.pem', authority.certificate) },
    }));
    expect(found).toBe('found');
  });

  test('by SSL_CERT_DIR, whatever else lies there', async () => {
    const found = await tryWith(async (folder) => {
      await folder.write('certs/README', 'no certificate');
      await folder.write('certs/ca.pem', authority.certificate);
      return { environment: { SSL_CERT_DIR: `/nonexistent:${folder.path}/certs` } };
    });
    expect(found).toBe('found');
  });

  test('by certs.d, for that host and port alone', async () => {
    const path = '.config/containers/certs.d';
    const here = await tryWith(async (folder, host) => {
      await folder.write(`${path}/${host}/ca.crt`, authority.certificate);
      return { home: folder.path };
    });
    expect(here).toBe('found');
    const elsewhere = await tryWith(async (folder) => {
      await folder.write(`${path}/127.0.0.1/ca.crt`, authority.certificate);
      return { home: folder.path };
    });
    expect(elsewhere).toBe('TLS');
  });

  test('by the path of a file in the settings', async () => {
    const found = await tryWith(async (folder, host) => ({
      hosts: { [host]: { ca: await folder.write('ca.pem', authority.certificate) } },
    }));
    expect(found).toBe('found');
  });
});

test('the authorities are parsed once for a host, and not for each of its connections', async () => {
  const settings = {
    ...{ concurrency: 64, timeout: 1, connectTimeout: 1, skipVerify: false, http2: true },
    ...{ ca: authority.certificate, cert: undefined, key: undefined },
  };
  const machine = { environment: {}, home: '' };
  const options = await tlsOptions(new URL('https://registry.example/'), settings, machine);
  expect(Object.keys(options)).toEqual(['secureContext']);
  expect(await tlsOptions(new URL('http://registry.example/'), settings, machine)).toEqual({});
});

test('a client certificate or key that is none is a fault of the configuration', async () => {
  const pem = '-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n';
  const { cert } = await authority.client('pindrift');
  for (const settings of [
    { cert: pem, key: pem },
    { cert, key: pem },
  ]) {
    expect(await tryWith(async (_, host) => ({ hosts: { [host]: settings } }))).toBe(
      'CONFIGURATION',
    );
  }
});

test('a certificate is not looked at when the settings say so, and only then', async () => {
  expect(await tryWith(async (_, host) => ({ hosts: { [host]: { skipVerify: true } } }))).toBe(
    'found',
  );
  expect(await tryWith(async (_, host) => ({ hosts: { [host]: { insecure: true } } }))).toBe('TLS');
});

test('a file that is not there is a fault of the configuration', async () => {
  const found = await tryWith(async (_, host) => ({
    hosts: { [host]: { ca: '/nonexistent/ca.pem' } },
  }));
  expect(found).toBe('CONFIGURATION');
});

test('a client certificate is shown from the settings and from certs.d', async () => {
  const { cert, key } = await authority.client('pindrift');
  const settings = await tryWith(
    async (_, host) => ({ hosts: { [host]: { ca: authority.certificate, cert, key } } }),
    true,
  );
  expect(settings).toBe('found pindrift');
  const folders = await tryWith(async (folder, host) => {
    const path = `.config/containers/certs.d/${host}`;
    await folder.write(`${path}/ca.crt`, authority.certificate);
    await folder.write(`${path}/client.cert`, cert);
    await folder.write(`${path}/client.key`, key);
    return { home: folder.path };
  }, true);
  expect(folders).toBe('found pindrift');
});
