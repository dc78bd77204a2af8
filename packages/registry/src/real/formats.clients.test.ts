import { image, type TemporaryFolder, temporaryFolder } from '@pindrift/testing';
import { client as installed, pushTo, run, startDistribution } from '@pindrift/testing/programs';
import { expect, test } from 'vitest';
import { client, failure, named } from '../testing/client.ts';

const schema1 = 'application/vnd.docker.distribution.manifest.v1+prettyjws';

test('docker-registry 2.8 still serves schema 1, signed, and that is refused by name', async () => {
  const configuration = { compatibility: { schema1: { enabled: true } } };
  await using server = await startDistribution('docker-registry', { configuration });
  const at = reference(server.host);
  const converted = image({ format: 'docker', config: { history: [{ created_by: 'x' }] } });
  await pushTo(server.url, 'app', 'schema2', converted);
  const url = `${server.url}/v2/app/manifests`;
  const answer = await fetch(`${url}/schema2`, { headers: { accept: schema1 } });
  expect(answer.headers.get('content-type')).toBe(schema1);
  const headers = { 'content-type': schema1 };
  const pushed = await fetch(`${url}/old`, { method: 'PUT', headers, body: await answer.text() });
  expect(pushed.status).toBe(201);

  await using registry = client();
  const error = await failure(registry.resolve(named(at, 'app', 'old')));
  expect(error).toMatchObject({ code: 'UNSUPPORTED_SCHEMA1', host: server.host });
  expect(error.hint).toContain('push it again');
  // The same image is no schema 1 to a client that accepts what is newer.
  expect((await registry.resolve(named(at, 'app', 'schema2'))).digest).toBe(converted.digest);
});

// Both take only sha256 by PUT, and serve what already lies in their storage under sha512.
test.each(['registry', 'docker-registry'] as const)(
  'the real %s serves sha512, by tag and by digest, as skopeo reads it',
  async (program) => {
    const wanted = image({ algorithm: 'sha512' });
    await using shelf = await temporaryFolder();
    await using server = await startDistribution(program, { storage: shelf.path });
    await pushTo(server.url, 'app', 'sha256', image());
    await shelve(shelf, wanted.digest, wanted.bytes);
    const at = reference(server.host);
    for (const name of ['sha512', wanted.digest]) {
      await using registry = client();
      const found = await registry.resolve(named(at, 'app', name));
      expect(found.digest).toBe(wanted.digest);
      const { bytes, digest } = await registry.manifest(named(at, 'app', name));
      expect(digest).toBe(wanted.digest);
      const text = `docker://${at.reference('app', name)}`;
      const { stdout } = await run(installed('skopeo'), [
        'inspect',
        '--tls-verify=false',
        '--raw',
        text,
      ]);
      expect(stdout.equals(Buffer.from(bytes))).toBe(true);
    }
  },
);

/** Puts a manifest where distribution's file system driver looks for it, under the tag `sha512`. */
async function shelve(shelf: TemporaryFolder, digest: string, bytes: Buffer): Promise<void> {
  const hex = digest.slice('sha512:'.length);
  const manifests = 'docker/registry/v2/repositories/app/_manifests';
  await shelf.write(`docker/registry/v2/blobs/sha512/${hex.slice(0, 2)}/${hex}/data`, bytes);
  await shelf.write(`${manifests}/revisions/sha512/${hex}/link`, digest);
  await shelf.write(`${manifests}/tags/sha512/current/link`, digest);
}

function reference(host: string): { reference(name: string, reference: string): string } {
  return { reference: (name, to) => `${host}/${name}${to.includes(':') ? '@' : ':'}${to}` };
}
