import { createAuthority, image, startRegistry, temporaryFolder } from '@pindrift/testing';
import { expect, test } from 'vitest';
import { pod } from './testing/pod.ts';
import { scanner } from './testing/scanner.ts';

const app = image();
const PASSWORD = 'correct-horse-battery';

test('fleet.yaml says which authority to trust, and which variables hold the credentials', async () => {
  const authority = await createAuthority();
  await using registry = await startRegistry({
    tls: await authority.server(),
    auth: { kind: 'basic', users: { shop: PASSWORD } },
  });
  await using folder = await temporaryFolder();
  registry.push('web', '1', app);
  const web = registry.reference('web', '1');
  await folder.write('k8s/web.yaml', pod(`${web}@${app.digest}`));
  await folder.write('ca.pem', authority.certificate);
  await folder.write(
    'fleet.yaml',
    `sources: [k8s]
store: none
registries:
  "${registry.host}":
    ca: ca.pem
    credentials: {usernameEnv: SHOP_USER, passwordEnv: SHOP_PASSWORD}
`,
  );
  const env = { SHOP_USER: 'shop', SHOP_PASSWORD: PASSWORD };
  const said = await scanner(folder.path, ['--config', 'fleet.yaml'], { env });
  expect(said).toMatchObject({ code: 0 });
  expect(said.stdout + said.stderr).not.toContain(PASSWORD);
  const without = await scanner(folder.path, ['--config', 'fleet.yaml']);
  expect(without.code).toBe(2);
  expect(without.stderr).toContain('the environment variable SHOP_USER is not set');
});

test('fleet.yaml names the files of podman and of Kubernetes', async () => {
  await using registry = await startRegistry({
    auth: { kind: 'basic', users: { shop: PASSWORD } },
  });
  await using folder = await temporaryFolder();
  registry.push('web', '1', app);
  const auth = Buffer.from(`shop:${PASSWORD}`).toString('base64');
  const login = JSON.stringify({ auths: { [registry.host]: { auth } } });
  const data = Buffer.from(login).toString('base64');
  await folder.write('web.yaml', pod(`${registry.reference('web', '1')}@${app.digest}`));
  await folder.write(
    'secret.json',
    JSON.stringify({
      kind: 'Secret',
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': data },
    }),
  );
  await folder.write('registries.conf', 'unqualified-search-registries = ["quay.io"]\n');
  await folder.write(
    'fleet.yaml',
    'sources: [web.yaml]\nstore: none\npullSecrets: [secret.json]\nregistriesConf: registries.conf\n',
  );
  const said = await scanner(folder.path, ['--config', 'fleet.yaml']);
  expect(said).toMatchObject({ code: 0 });
  expect(said.stderr).toContain('names without a registry mean docker.io');
});
