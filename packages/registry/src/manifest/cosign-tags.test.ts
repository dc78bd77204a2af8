import { image, index, startRegistry } from '@pindrift/testing';
import { digestHeader, status, tooManyRequests } from '@pindrift/testing/faults';
import { describe, expect, test } from 'vitest';
import { client, failure, named } from '../testing/client.ts';

const app = index([image(), image({ platform: 'linux/arm64' })]);
const signature = image({ layers: ['signature'] });
const attestation = image({ layers: ['attestation'] });
const tags = {
  sig: `${app.digest.replace(':', '-')}.sig`,
  att: `${app.digest.replace(':', '-')}.att`,
};
const types = {
  sig: 'application/vnd.dev.cosign.artifact.sig.v1+json',
  att: 'application/vnd.dev.cosign.artifact.att.v1+json',
};

async function startSigned(referrers: 'api' | 'tag') {
  const server = await startRegistry({ referrers });
  server.push('app', 'v1', app);
  server.push('app', tags.sig, signature);
  server.push('app', tags.att, attestation);
  return server;
}

describe('what cosign keeps under tags', () => {
  test.each(['api', 'tag'] as const)(
    'is listed with the other referrers (%s), and filtered with them',
    async (referrers) => {
      await using server = await startSigned(referrers);
      const sbom = image({ subject: app, artifactType: 'application/vnd.example.sbom' });
      server.push('app', undefined, sbom);
      await using registry = client();
      const reference = named(server, 'app', 'v1');
      const found = await registry.referrers(reference);
      expect(found.map(({ digest, tag }) => [digest, tag])).toEqual([
        [sbom.digest, undefined],
        [signature.digest, tags.sig],
        [attestation.digest, tags.att],
      ]);
      const attested = await registry.referrers(reference, { artifactType: types.att });
      expect(attested).toMatchObject([{ digest: attestation.digest, artifactType: types.att }]);
    },
  );

  test('is listed once when the registry lists it too', async () => {
    await using server = await startRegistry();
    server.push('app', 'v1', app);
    const both = image({ subject: app, artifactType: types.sig });
    server.push('app', tags.sig, both);
    await using registry = client();
    expect(await registry.referrers(named(server, 'app', 'v1'))).toHaveLength(1);
  });

  test.each([
    ['that knows no HEAD', status(405)],
    ['that sends no digest', digestHeader('missing')],
  ] as const)('is found in a registry %s', async (_, does) => {
    await using server = await startSigned('tag');
    server.fault({ match: { method: 'HEAD', reference: /\.(?:sig|att|sbom)$/ }, does });
    await using registry = client();
    const found = await registry.referrers(named(server, 'app', 'v1'));
    expect(found.map(({ digest }) => digest)).toEqual([signature.digest, attestation.digest]);
  });

  test.each([
    ['is busy', tooManyRequests(), 'RATE_LIMITED'],
    ['fails', status(500), 'UNAVAILABLE'],
    ['refuses', status(403), 'DENIED'],
  ] as const)('in a registry that %s is unknown, not none', async (_, does, code) => {
    await using server = await startSigned('api');
    server.fault({ match: { reference: tags.sig }, does });
    await using registry = client();
    const error = await failure(registry.referrers(named(server, 'app', 'v1')));
    expect(error.code).toBe(code);
  });

  test('of a sha512 digest is nothing, and not asked for', async () => {
    const long = index([image()], { algorithm: 'sha512' });
    await using server = await startRegistry();
    const digest = server.push('app', 'v1', long);
    await using registry = client();
    expect(await registry.referrers(named(server, 'app', digest))).toEqual([]);
    expect(server.requests.some(({ path }) => path.endsWith('.sig'))).toBe(false);
  });

  test('is copied with its tag', async () => {
    await using from = await startSigned('tag');
    await using to = await startRegistry();
    await using registry = client();
    await registry.copy(named(from, 'app', 'v1'), named(to, 'prod', 'v1'));
    await using reader = client();
    const found = await reader.referrers(named(to, 'prod', 'v1'));
    expect(found.map(({ digest, tag }) => [digest, tag])).toEqual([
      [signature.digest, tags.sig],
      [attestation.digest, tags.att],
    ]);
  });
});
