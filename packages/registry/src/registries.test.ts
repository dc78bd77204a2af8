import { parseReference } from '@pindrift/reference';
import { image, index, type TestRegistry } from '@pindrift/testing';
import {
  challenge,
  digestHeader,
  header,
  redirect,
  status,
  tooManyRequests,
} from '@pindrift/testing/faults';
import { afterAll, describe, expect, test } from 'vitest';
import { failure } from './testing/client.ts';
import { printQuirks } from './testing/quirk-matrix.ts';
import { turningClock } from './testing/turning-clock.ts';
import { createWorld, login } from './testing/world.ts';

afterAll(printQuirks(import.meta.url));

const app = index([image(), image({ platform: 'linux/arm64' })]);
const alice = { username: 'alice', password: 'secret' };
const users = { alice: 'secret' };

function asked({ requests }: TestRegistry): string[] {
  return requests.map(({ method, status: code }) => `${method} ${code}`);
}

/** Registries as they are in the field, each under its own name, and what a run costs there. */
describe('a registry that', () => {
  test('counts what is read (Docker Hub) is asked by HEAD alone, once under all of its names', async () => {
    await using world = await createWorld();
    const tokens = await world.tokens('https://auth.docker.io/token', { users });
    const service = 'registry.docker.io';
    const hub = await world.registry('registry-1.docker.io', { kind: 'bearer', tokens, service });
    hub.push('library/nginx', '1.27', app);
    await using registry = world.client({
      DOCKER_AUTH_CONFIG: login('https://index.docker.io/v1/', alice),
    });
    const names = ['nginx', 'docker.io/library/nginx', 'index.docker.io/library/nginx'];
    for (const name of [...names, 'registry-1.docker.io/library/nginx']) {
      const { digest } = await registry.resolve(parseReference(`${name}:1.27`));
      expect(digest).toBe(app.digest);
    }
    const missing = await failure(registry.resolve(parseReference('nginx:none')));
    expect(missing).toMatchObject({ code: 'NOT_FOUND', status: 404 });
    expect(asked(hub)).toEqual(['HEAD 401', 'HEAD 200', 'HEAD 404']);
    expect(tokens.requests.map(({ authorized }) => authorized)).toEqual([true]);
  });

  test('says that nothing is left (Docker Hub) is not read from, and still asked by HEAD', async () => {
    await using world = await createWorld();
    const hub = await world.registry('registry-1.docker.io');
    hub.push('library/nginx', '1.27', app);
    hub.push('library/nginx', '1.28', app);
    hub.fault({ does: header('RateLimit-Remaining', '0;w=21600') });
    await using registry = world.client();
    await registry.resolve(parseReference('nginx:1.27'));
    const error = await failure(registry.manifest(parseReference('nginx:1.27')));
    expect(error.code).toBe('RATE_LIMITED');
    expect((await registry.resolve(parseReference('nginx:1.28'))).digest).toBe(app.digest);
    expect(asked(hub)).toEqual(['HEAD 200', 'HEAD 200']);
  });

  test('is the one of a GitHub job (GHCR) gets the token of the job, and nobody else does', async () => {
    await using world = await createWorld();
    const tokens = await world.tokens('https://tokens.example/token', {
      users: { octocat: 'ghs_secret' },
      refusal: 403,
    });
    const auth = { kind: 'bearer', tokens, hosted: true } as const;
    const ghcr = await world.registry('ghcr.io', auth);
    const lookalike = await world.registry('ghcr.io.example', auth);
    for (const server of [ghcr, lookalike]) server.push('team/app', 'v1', app);
    const job = { GITHUB_TOKEN: 'ghs_secret', GITHUB_ACTOR: 'octocat' };
    await using registry = world.client(job);
    for (const host of ['ghcr.io', 'ghcr.io.example']) {
      const { digest } = await registry.resolve(parseReference(`${host}/team/app:v1`));
      expect(digest).toBe(app.digest);
    }
    const shown = (server: TestRegistry): unknown[] =>
      server.requests.filter(({ route }) => route === 'token').map(({ authorized }) => authorized);
    expect([shown(ghcr), shown(lookalike)]).toEqual([[true], [false]]);
  });

  test('says in words of Go when to come back (GHCR) is asked again then', async () => {
    await using world = await createWorld();
    const ghcr = await world.registry('ghcr.io');
    ghcr.push('team/app', 'v1', app);
    ghcr.fault({ does: tooManyRequests('880.092µs'), times: 1 });
    const clock = turningClock();
    await using registry = world.client({}, { clock });
    await registry.resolve(parseReference('ghcr.io/team/app:v1'));
    expect(clock.waits[0]).toBeCloseTo(0.880092, 6);
    expect(asked(ghcr)).toEqual(['HEAD 429', 'HEAD 200']);
  });

  test('sends its digest on HEAD alone and wants Basic (ECR) is believed there, and hashed on GET', async () => {
    const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
    await using world = await createWorld();
    const ecr = await world.registry(host, { kind: 'basic', users: { AWS: 'long' } });
    ecr.push('team/app', 'v1', app);
    ecr.fault({ match: { method: 'GET', route: 'manifest' }, does: digestHeader('missing') });
    await using registry = world.client({
      DOCKER_AUTH_CONFIG: login(host, { username: 'AWS', password: 'long' }),
    });
    const reference = parseReference(`${host}/team/app:v1`);
    expect(await registry.resolve(reference)).toMatchObject({
      digest: app.digest,
      verified: false,
    });
    expect(await registry.manifest(reference)).toMatchObject({
      digest: app.digest,
      verified: true,
    });
    expect(asked(ecr)).toEqual(['HEAD 401', 'HEAD 200', 'GET 200']);
  });

  test('refuses pages of more than 1,000 tags (ECR) is never asked for one', async () => {
    const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
    await using world = await createWorld();
    const ecr = await world.registry(host);
    for (let n = 0; n < 1500; n += 1) ecr.push('team/app', `1.0.${n}`, app);
    ecr.fault({ match: ({ query }) => Number(query.get('n')) > 1000, does: status(405) });
    await using registry = world.client();
    expect(await registry.tags(parseReference(`${host}/team/app:v1`))).toHaveLength(1500);
    expect(asked(ecr)).toEqual(['GET 200', 'GET 200']);
  });

  test('wants a scope of its own (ECR Public) is asked for one token for all repositories', async () => {
    await using world = await createWorld();
    const tokens = await world.tokens('https://tokens.example/token');
    const ecr = await world.registry('public.ecr.aws', { kind: 'bearer', tokens, hosted: true });
    for (const name of ['a/app', 'b/app']) ecr.push(name, 'v1', app);
    const realm = 'https://public.ecr.aws/token';
    ecr.fault({
      match: ({ route }) => route === 'manifest',
      does: async (exchange, next) => {
        const token = tokens.check(exchange.headers.authorization?.slice(7) ?? '');
        const wanted = `Bearer realm="${realm}",service="public.ecr.aws",scope="aws"`;
        if (token === undefined) return challenge(wanted)(exchange, next);
        return {
          status: 200,
          headers: { 'Content-Type': app.mediaType, 'Docker-Content-Digest': app.digest },
          body: app.bytes,
        };
      },
    });
    await using registry = world.client();
    for (const name of ['a/app', 'b/app']) {
      const { digest } = await registry.resolve(parseReference(`public.ecr.aws/${name}:v1`));
      expect(digest).toBe(app.digest);
    }
    expect(ecr.requests.map(({ route, status: code }) => `${route} ${code}`)).toEqual([
      'manifest 401',
      'token 200',
      'manifest 200',
      'manifest 200',
    ]);
    expect(ecr.requests[1]?.path).toContain('scope=aws&');
  });

  test('issues tokens that live five minutes (Google) is asked for another one after that', async () => {
    const host = 'europe-docker.pkg.dev';
    await using world = await createWorld();
    const clock = turningClock();
    const tokens = await world.tokens('https://tokens.example/token', {
      expiresIn: 300,
      now: clock.now,
    });
    const gar = await world.registry(host, { kind: 'bearer', tokens, hosted: true });
    for (const tag of ['v1', 'v2', 'v3']) gar.push('project/team/app', tag, app);
    await using registry = world.client({}, { clock });
    const resolve = (tag: string): Promise<unknown> =>
      registry.resolve(parseReference(`${host}/project/team/app:${tag}`));
    await resolve('v1');
    clock.turn(240_000);
    await resolve('v2');
    clock.turn(240_000);
    await resolve('v3');
    const codes = gar.requests.map(({ route, status: code }) => `${route} ${code}`);
    expect(codes).toEqual([
      'manifest 401',
      'token 200',
      'manifest 200',
      'manifest 200',
      'token 200',
      'manifest 200',
    ]);
  });

  test('takes a refresh token by POST and is busy (ACR) is asked by POST again', async () => {
    await using world = await createWorld();
    const tokens = await world.tokens('https://tokens.example/token', {
      refreshTokens: { 'refresh-me': 'alice' },
      anonymous: false,
    });
    const acr = await world.registry('acme.azurecr.io', { kind: 'bearer', tokens, hosted: true });
    acr.push('team/app', 'v1', app);
    acr.fault({ match: { route: 'token' }, does: tooManyRequests(1), times: 1 });
    await using registry = world.client({
      DOCKER_AUTH_CONFIG: login('acme.azurecr.io', { identitytoken: 'refresh-me' }),
    });
    const { digest } = await registry.resolve(parseReference('acme.azurecr.io/team/app:v1'));
    expect(digest).toBe(app.digest);
    expect(asked(acr)).toEqual(['HEAD 401', 'POST 429', 'POST 200', 'HEAD 200']);
    expect(acr.requests.every(({ path }) => !path.includes('refresh-me'))).toBe(true);
  });

  test('has its token service on another host of its site (GitLab) gets its credentials sent there', async () => {
    await using world = await createWorld();
    const tokens = await world.tokens('https://gitlab.com/token', { users: { ci: 'job' } });
    const gitlab = await world.registry('registry.gitlab.com', { kind: 'bearer', tokens });
    gitlab.push('team/app', 'v1', app);
    await using registry = world.client({
      CI_REGISTRY: 'registry.gitlab.com',
      CI_REGISTRY_USER: 'ci',
      CI_REGISTRY_PASSWORD: 'job',
    });
    await registry.resolve(parseReference('registry.gitlab.com/team/app:v1'));
    expect(tokens.requests.map(({ authorized }) => authorized)).toEqual([true]);
    expect(asked(gitlab)).toEqual(['HEAD 401', 'HEAD 200']);
  });

  test('has page tokens of its own (Quay) is followed as its Link says, on the same list', async () => {
    await using world = await createWorld();
    const quay = await world.registry('quay.io');
    const pages = [['z', 'y'], ['x', '1.0.0'], ['a']];
    quay.fault({
      match: { route: 'tags' },
      does: ({ query }) => {
        const at = Number(query.get('next_page') ?? 0);
        const next = `</v2/team/app/tags/list?next_page=${at + 1}&n=2>; rel="next"`;
        return {
          status: 200,
          headers: { 'Content-Type': 'application/json', ...(at < 2 ? { Link: next } : {}) },
          body: Buffer.from(JSON.stringify({ name: 'team/app', tags: pages[at] })),
        };
      },
    });
    await using registry = world.client();
    const tags = await registry.tags(parseReference('quay.io/team/app:v1'));
    expect(tags).toEqual(['1.0.0', 'a', 'x', 'y', 'z']);
    expect(asked(quay)).toHaveLength(3);
  });

  test('leaves a part of the path out of its Link (Artifactory) is asked for what comes after its last tag', async () => {
    await using world = await createWorld();
    const artifactory = await world.registry('acme.jfrog.io');
    for (let n = 0; n < 1200; n += 1) artifactory.push('docker/team/app', `1.0.${n}`, app);
    artifactory.fault({
      match: { route: 'tags' },
      does: header('Link', (honest) => honest.replace('/v2/docker/', '/v2/')),
    });
    await using registry = world.client();
    const tags = await registry.tags(parseReference('acme.jfrog.io/docker/team/app:v1'));
    expect(tags).toHaveLength(1200);
    expect(artifactory.requests.every(({ path }) => path.startsWith('/v2/docker/team/app/'))).toBe(
      true,
    );
  });

  test('names itself as the realm and has robots (Harbor) gets the robot there', async () => {
    await using world = await createWorld();
    const robots = { 'robot$team+ci': 'secret' };
    const tokens = await world.tokens('https://tokens.example/token', {
      users: robots,
      anonymous: false,
    });
    const harbor = await world.registry('harbor.acme.example', {
      kind: 'bearer',
      tokens,
      hosted: true,
    });
    harbor.push('team/app', 'v1', app);
    await using registry = world.client({
      DOCKER_AUTH_CONFIG: login('harbor.acme.example', {
        username: 'robot$team+ci',
        password: 'secret',
      }),
    });
    const { digest } = await registry.resolve(parseReference('harbor.acme.example/team/app:v1'));
    expect(digest).toBe(app.digest);
    expect(harbor.requests.map(({ route }) => route)).toEqual(['manifest', 'token', 'manifest']);
  });

  test('is a front of another one (registry.k8s.io) is followed, and the login for that one stays at home', async () => {
    await using world = await createWorld();
    const tokens = await world.tokens('https://tokens.example/token', { users });
    const regional = await world.registry('europe-west3-docker.pkg.dev', {
      kind: 'bearer',
      tokens,
      hosted: true,
    });
    regional.push('k8s-artifacts-prod/images/pause', '3.10', app);
    const front = await world.registry('registry.k8s.io');
    front.fault({
      does: redirect(
        ({ path }) =>
          `https://europe-west3-docker.pkg.dev${path.replace('/v2/', '/v2/k8s-artifacts-prod/images/')}`,
        307,
      ),
    });
    await using registry = world.client({
      DOCKER_AUTH_CONFIG: login('europe-west3-docker.pkg.dev', alice),
    });
    const { digest } = await registry.resolve(parseReference('registry.k8s.io/pause:3.10'));
    expect(digest).toBe(app.digest);
    expect(front.requests.every(({ authorized }) => !authorized)).toBe(true);
    expect(regional.requests.filter(({ route }) => route === 'token')).toMatchObject([
      { authorized: false },
    ]);
  });

  test('is busy without a word of JSON (mcr.microsoft.com) is asked again, and told from one that fails', async () => {
    await using world = await createWorld();
    const mcr = await world.registry('mcr.microsoft.com');
    const body = Buffer.from('Ref A: 0123456789 Ref B: FRA31EDGE0415');
    mcr.fault({ does: () => ({ status: 429, headers: { 'Content-Type': 'text/html' }, body }) });
    await using registry = world.client();
    const error = await failure(
      registry.resolve(parseReference('mcr.microsoft.com/dotnet/sdk:9.0')),
    );
    expect(error).toMatchObject({ code: 'RATE_LIMITED', host: 'mcr.microsoft.com', status: 429 });
    expect(asked(mcr)).toHaveLength(5);
  });
});
