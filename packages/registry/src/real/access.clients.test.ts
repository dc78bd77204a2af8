import {
  type Authority,
  createAuthority,
  credentialHelper,
  startTokenServer,
  type TemporaryFolder,
  temporaryFolder,
} from '@pindrift/testing';
import { client as installed, pushTo, run, startDistribution } from '@pindrift/testing/programs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { client, failure, named } from '../testing/client.ts';
import { matrix } from '../testing/image-matrix.ts';
import { alice, openDoor, stockedShelf } from '../testing/real-door.ts';

const wrong = { username: 'alice', password: 'horse battery' } as const;

describe.each(['registry', 'docker-registry'] as const)('the real %s', (program) => {
  let shelf: TemporaryFolder;
  let authority: Authority;

  beforeAll(async () => {
    [shelf, authority] = await Promise.all([stockedShelf(program), createAuthority()]);
  });

  afterAll(() => shelf[Symbol.asyncDispose]());

  test('with htpasswd asks who comes without a password to log in', async () => {
    await using door = await openDoor(program, 'htpasswd', { storage: shelf.path });
    const environment = { SSL_CERT_FILE: door.environment.SSL_CERT_FILE };
    await using registry = client({ environment });
    const error = await failure(registry.resolve(named(door, 'team/app', 'single')));
    expect(error).toMatchObject({ code: 'AUTH_REQUIRED', registryCode: 'UNAUTHORIZED' });
    expect(error.message).toContain(door.host);
  });

  test('with htpasswd refuses a wrong password, and the message says whose it was', async () => {
    await using door = await openDoor(program, 'htpasswd', { storage: shelf.path });
    const environment = {
      SSL_CERT_FILE: door.environment.SSL_CERT_FILE,
      DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { [door.host]: wrong } }),
    };
    await using registry = client({ environment });
    const error = await failure(registry.resolve(named(door, 'team/app', 'single')));
    expect(error).toMatchObject({ code: 'AUTH_FAILED', credentialSource: 'DOCKER_AUTH_CONFIG' });
    expect(`${error.message} ${error.hint}`).not.toContain(wrong.password);
  });

  test('with a token service is asked once for each repository, whatever is read', async () => {
    await using door = await openDoor(program, 'token', { storage: shelf.path });
    await using registry = client({ environment: door.environment });
    const tags = Object.keys(matrix);
    await Promise.all(tags.map((tag) => registry.resolve(named(door, 'team/app', tag))));
    await registry.tags(named(door, 'team/app', 'single'));
    await registry.config(named(door, 'team/app', 'index'));
    expect(door.tokenRequests()).toBe(1);
    const other = await failure(registry.resolve(named(door, 'team/other', 'v1')));
    expect(other.code).toBe('NOT_FOUND');
    expect(door.tokenRequests()).toBe(2);
  });

  test('does not take a token that another authority signed, and is not asked again and again', async () => {
    const stranger = await createAuthority();
    const signer = await stranger.client('token service');
    await using tokens = await startTokenServer({ signer });
    const auth = { kind: 'token', tokens, certificate: authority.certificate } as const;
    await using server = await startDistribution(program, { storage: shelf.path, auth });
    await using registry = client();
    const error = await failure(registry.resolve(reference(server.host, 'single')));
    expect(error.code).toBe('AUTH_REQUIRED');
    // Two for the question, one for the registry's own words about its refusal.
    expect(tokens.counters.requests).toBeLessThanOrEqual(3);
  });

  test('does not take a token whose time is over, and the client fetches one more', async () => {
    const signer = await authority.client('token service');
    const anHour = 3_600_000;
    await using tokens = await startTokenServer({
      signer,
      expiresIn: 300,
      now: () => Date.now() - (tokens.counters.requests === 1 ? anHour : 0),
    });
    const auth = { kind: 'token', tokens, certificate: authority.certificate } as const;
    await using server = await startDistribution(program, { storage: shelf.path, auth });
    await using registry = client();
    const { digest } = await registry.resolve(reference(server.host, 'single'));
    expect(digest).toBe(matrix.single?.digest);
    expect(tokens.counters.requests).toBe(2);
  });

  test('denies what the account may not read, and says nothing against the login', async () => {
    const signer = await authority.client('token service');
    const users = { alice: alice.password };
    await using tokens = await startTokenServer({ signer, users, grant: () => [] });
    const auth = { kind: 'token', tokens, certificate: authority.certificate } as const;
    await using server = await startDistribution(program, { storage: shelf.path, auth });
    await using registry = client({ hosts: { [server.host]: { credentials: alice } } });
    for (const tag of ['single', 'index', 'nested']) {
      const error = await failure(registry.resolve(reference(server.host, tag)));
      expect(error).toMatchObject({ code: 'DENIED', registryCode: 'UNAUTHORIZED' });
    }
    expect(tokens.counters.requests).toBe(1);
  });

  test('whose certificate nobody vouches for is not spoken to', async () => {
    await using door = await openDoor(program, 'tls', { storage: shelf.path });
    await using registry = client();
    const error = await failure(registry.resolve(named(door, 'team/app', 'single')));
    expect(error.code).toBe('TLS');
    await using trusting = client({ hosts: { [door.host]: { skipVerify: true } } });
    const { digest } = await trusting.resolve(named(door, 'team/app', 'single'));
    expect(digest).toBe(matrix.single?.digest);
  });

  test('that wants a client certificate gets the one of its settings, or that of certs.d', async () => {
    const tls = { ...(await authority.server()), clientCertificate: 'require' } as const;
    await using server = await startDistribution(program, { storage: shelf.path, tls });
    const mine = await authority.client('alice');
    const ca = authority.certificate;
    await using nobody = client({ hosts: { [server.host]: { ca } } });
    expect((await failure(nobody.resolve(reference(server.host, 'single')))).code).toBe('TLS');
    await using registry = client({ hosts: { [server.host]: { ca, ...mine } } });
    const { digest } = await registry.resolve(reference(server.host, 'single'));
    expect(digest).toBe(matrix.single?.digest);

    await using home = await temporaryFolder();
    const folder = `.config/containers/certs.d/${server.host}`;
    await home.write(`${folder}/ca.crt`, ca);
    await home.write(`${folder}/client.cert`, mine.cert);
    await home.write(`${folder}/client.key`, mine.key);
    await using fromFolder = client({ home: home.path });
    expect((await fromFolder.resolve(reference(server.host, 'single'))).digest).toBe(digest);
  });

  test('lets in with the password that a credential helper of docker has, as crane does', async () => {
    await using door = await openDoor(program, 'htpasswd', { storage: shelf.path });
    await using helper = await credentialHelper({
      [door.host]: { username: alice.username, secret: alice.password },
    });
    await using home = await temporaryFolder();
    const config = { credHelpers: { [door.host]: helper.name } };
    await home.write('config.json', JSON.stringify(config));
    const environment = {
      SSL_CERT_FILE: door.environment.SSL_CERT_FILE ?? '',
      DOCKER_CONFIG: home.path,
      PATH: `${helper.folder}:${process.env.PATH}`,
    };
    await using registry = client({ environment });
    const { digest } = await registry.resolve(named(door, 'team/app', 'nested'));
    const text = door.reference('team/app', 'nested');
    const { stdout, stderr } = await run(installed('crane'), ['digest', text], {
      env: environment,
    });
    expect(stdout.toString().trim(), stderr).toBe(digest);
    expect(await helper.calls()).toEqual([door.host, door.host]);
  });

  test('is http or https, which is found out before any credential is sent', async () => {
    await using server = await startDistribution(program);
    await pushTo(server.url, 'team/app', 'single', matrix.single ?? expect.fail());
    await using registry = client({ hosts: { [server.host]: { credentials: alice } } });
    const { digest } = await registry.resolve(reference(server.host, 'single'));
    expect(digest).toBe(matrix.single?.digest);
  });
});

function reference(host: string, tag: string): ReturnType<typeof named> {
  return named({ reference: () => `${host}/team/app:${tag}` }, 'team/app', tag);
}
