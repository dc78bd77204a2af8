import { join } from 'node:path';
import { createAuthority, image, startRegistry } from '@pindrift/testing';
import { run, workFolder } from '@pindrift/testing/programs';
import { describe, expect, test } from 'vitest';
import { BY_NAME, deployment, lock, NGINX, PROGRAM } from './testing/fixture.ts';

const WEB = deployment('web', 'nginx:1.27');
const PINNED = WEB.replace('nginx:1.27', `nginx:1.27@${NGINX}`);

describe('by hand', () => {
  test('several inputs, one of them stdin, come out as one stream of documents', async () => {
    const cwd = workFolder({ 'lock.yaml': lock(BY_NAME), 'a.yaml': WEB, 'b.yaml': `---\n${WEB}` });
    const args = [PROGRAM, 'lock.yaml', 'a.yaml', '-', 'b.yaml'];
    const { code, stdout, stderr } = await run(process.execPath, args, { cwd, input: WEB });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.toString()).toBe(`${PINNED}---\n${PINNED}---\n${PINNED}`);
  });

  test('one input that cannot be pinned leaves stdout empty, and is named', async () => {
    const cwd = workFolder({
      'lock.yaml': lock(BY_NAME),
      'a.yaml': WEB,
      'k8s/b.yaml': deployment('api', 'ghcr.io/acme/api:2.0'),
    });
    const args = [PROGRAM, 'lock.yaml', 'a.yaml', 'k8s/b.yaml'];
    const { code, stdout, stderr } = await run(process.execPath, args, { cwd });
    expect(code).toBe(1);
    expect(stdout).toHaveLength(0);
    expect(stderr).toContain('k8s/b.yaml:14:16: error: not-locked: Deployment api');
    expect(stderr).toContain(`pindrift lock --lock ${cwd}/lock.yaml ${cwd}/k8s/b.yaml`);
  });

  test.each([
    [['lock.yaml'], 'name the manifests to pin after lock.yaml'],
    [['lock.yaml', 'none.yaml'], 'none.yaml could not be read: ENOENT'],
    [['none.yaml', '-'], 'none.yaml could not be read: ENOENT'],
    [['--reprot', 'x'], "Unknown option '--reprot'"],
  ])('%j is an exit code of 2', async (args, message) => {
    const cwd = workFolder({ 'lock.yaml': lock(BY_NAME) });
    const { code, stdout, stderr } = await run(process.execPath, [PROGRAM, ...args], { cwd });
    expect(code).toBe(2);
    expect(stdout).toHaveLength(0);
    expect(stderr).toContain(message);
  });

  test('--help says what to type, --version which one it is', async () => {
    const help = await run(process.execPath, [PROGRAM, '--help']);
    expect(help.code).toBe(0);
    expect(help.stdout.toString()).toContain('transformers: [images.lock.yaml]');
    const version = await run(process.execPath, [PROGRAM, '--version']);
    expect(version.stdout.toString()).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('mode resolve', () => {
  const PIN = `apiVersion: pindrift.dev/v1alpha1
kind: PinImages
metadata: {name: pin}
spec: {settings: {mode: resolve}}
`;

  test('asks the registry once for each image that no lock knows', async () => {
    await using registry = await startRegistry();
    const app = image();
    registry.push('team/app', 'v1', app);
    const web = deployment('web', `${registry.host}/team/app:v1`);
    const cwd = workFolder({ 'pin.yaml': PIN, 'a.yaml': web, 'b.yaml': web });

    const args = [PROGRAM, 'pin.yaml', 'a.yaml'];
    const { code, stdout, stderr } = await run(process.execPath, args, { cwd });

    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout.toString()).toContain(`/team/app:v1@${app.digest}\n`);
    expect(registry.requests.filter(({ method }) => method === 'HEAD')).toHaveLength(1);
  });

  test('reaches registries as a pindrift.yaml says, and asks for its credentials there only', async () => {
    await using registry = await startRegistry();
    const app = image();
    registry.push('team/app', 'v1', app);
    const config = `registries:
  registry.example:
    mirrors: [{url: "${registry.url}", resolve: true}]
    credentials: {tokenEnv: REGISTRY_TOKEN}
`;
    const cwd = workFolder({
      'pin.yaml': PIN,
      'lock.yaml': lock(BY_NAME),
      'pindrift.yaml': config,
      'a.yaml': deployment('web', 'registry.example/team/app:v1'),
      'b.yaml': WEB,
    });
    const pin = (...args: string[]): ReturnType<typeof run> =>
      run(process.execPath, [PROGRAM, '--config', 'pindrift.yaml', ...args], {
        cwd,
        env: { REGISTRY_TOKEN: args[0] === 'pin.yaml' ? 'secret' : undefined },
      });

    const resolved = await pin('pin.yaml', 'a.yaml');
    expect(resolved.stderr).toBe('');
    expect(resolved.stdout.toString()).toContain(`/team/app:v1@${app.digest}\n`);
    const locked = await pin('lock.yaml', 'b.yaml');
    expect(locked.stdout.toString()).toBe(PINNED);
  });

  test('trusts the authority and sends the credentials that a pindrift.yaml names', async () => {
    const authority = await createAuthority();
    await using registry = await startRegistry({
      tls: await authority.server(),
      auth: { kind: 'basic', users: { shop: 'correct-horse' } },
    });
    const app = image();
    registry.push('team/app', 'v1', app);
    const cwd = workFolder({
      'pin.yaml': PIN,
      'pindrift.yaml': `registries:
  "${registry.host}":
    ca: ca.pem
    credentials: {usernameEnv: SHOP_USER, passwordEnv: SHOP_PASSWORD}
`,
      'ca.pem': authority.certificate,
      'a.yaml': deployment('web', `${registry.host}/team/app:v1`),
    });
    const args = [PROGRAM, '--config', 'pindrift.yaml', 'pin.yaml', 'a.yaml'];
    const env = { SHOP_USER: 'shop', SHOP_PASSWORD: 'correct-horse' };
    const { stdout, stderr } = await run(process.execPath, args, { cwd, env });
    expect(stderr).toBe('');
    expect(stdout.toString()).toContain(`/team/app:v1@${app.digest}\n`);
  });

  test('fails without output where the registry knows no such tag', async () => {
    await using registry = await startRegistry();
    const web = deployment('web', `${registry.host}/team/app:v1`);
    const cwd = workFolder({ 'pin.yaml': PIN, 'a.yaml': web });
    const args = [PROGRAM, 'pin.yaml', 'a.yaml'];
    const { code, stdout, stderr } = await run(process.execPath, args, { cwd });
    expect(code).toBe(1);
    expect(stdout).toHaveLength(0);
    expect(stderr).toContain('a.yaml:14:16: error: dangling: ');
  });
});

describe('a legacy exec plugin', () => {
  test('gets the file with its configuration, and manifests on stdin', async () => {
    const cwd = workFolder({ config: lock(BY_NAME) });
    const env = { KUSTOMIZE_PLUGIN_CONFIG_ROOT: cwd };
    const args = [PROGRAM, join(cwd, 'config')];
    const { code, stdout } = await run(process.execPath, args, { cwd, env, input: WEB });
    expect(code).toBe(0);
    expect(stdout.toString()).toBe(PINNED);
  });
});
