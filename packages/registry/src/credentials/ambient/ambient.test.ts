import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { temporaryFolder } from '@pindrift/testing';
import { describe, expect, test } from 'vitest';
import { turningClock } from '../../testing/turning-clock.ts';
import type { Credentials } from '../keychain.ts';
import { ambientKeychain } from './ambient.ts';
import { signAws } from './aws-signature.ts';
import { azureKeychain } from './azure.ts';
import { cloudAsker } from './cloud.ts';

interface Asked {
  readonly request: string;
  readonly headers: IncomingMessage['headers'];
  readonly form: URLSearchParams;
}

/** An identity service: answers by method and path, and writes down what it was asked. */
async function service(
  answers: Readonly<Record<string, unknown>>,
): Promise<AsyncDisposable & { readonly url: string; readonly asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const [path] = (request.url ?? '').split('?');
    asked.push({
      request: `${request.method} ${request.url}`,
      headers: request.headers,
      form: new URLSearchParams(body),
    });
    const answer = answers[`${request.method} ${path}`];
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url, asked, [Symbol.asyncDispose]: close };
}

const clock = turningClock();

function ask(
  registry: string,
  environment: Record<string, string>,
  home = '/nonexistent',
): Promise<Credentials | undefined> {
  return ambientKeychain({ environment, home, clock })({ registry, repository: 'team/app' });
}

const ecr = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const keys = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' };
const ecrAnswer = {
  'POST /': {
    authorizationData: [
      { authorizationToken: Buffer.from('AWS:password').toString('base64'), expiresAt: 2e9 },
    ],
  },
};

test('a signature is that of the example in the documentation of AWS', () => {
  const { authorization } = signAws(
    {
      method: 'GET',
      url: new URL('https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08'),
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: '',
    },
    {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
      sessionToken: undefined,
    },
    { region: 'us-east-1', service: 'iam', now: Date.parse('2015-08-30T12:36:00Z') },
  );
  expect(authorization).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, ' +
      'SignedHeaders=content-type;host;x-amz-date, ' +
      'Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  );
});

describe('Amazon ECR', () => {
  test('is entered with keys in the environment', async () => {
    await using aws = await service(ecrAnswer);
    const found = await ask(ecr, { ...keys, AWS_ENDPOINT_URL_ECR: aws.url });
    expect(found).toMatchObject({
      kind: 'basic',
      username: 'AWS',
      password: 'password',
      source: 'the AWS identity',
      expiresAt: 2e12,
    });
    expect(aws.asked[0]?.headers['x-amz-target']).toContain('GetAuthorizationToken');
    expect(aws.asked[0]?.headers.authorization).toContain('/eu-west-1/ecr/aws4_request');
  });

  test('is entered with a web identity (IRSA)', async () => {
    await using home = await temporaryFolder();
    const file = await home.write('token', 'jwt of the pod\n');
    const Credentials = { AccessKeyId: 'ASIA', SecretAccessKey: 's', SessionToken: 'session' };
    const result = { AssumeRoleWithWebIdentityResult: { Credentials } };
    await using sts = await service({ 'POST /': { AssumeRoleWithWebIdentityResponse: result } });
    await using aws = await service(ecrAnswer);
    const environment = {
      AWS_WEB_IDENTITY_TOKEN_FILE: file,
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/puller',
      AWS_ENDPOINT_URL_STS: `${sts.url}/`,
      AWS_ENDPOINT_URL_ECR: aws.url,
    };
    expect(await ask(ecr, environment)).toMatchObject({ password: 'password' });
    expect(sts.asked[0]?.form.get('WebIdentityToken')).toBe('jwt of the pod');
    expect(aws.asked[0]?.headers['x-amz-security-token']).toBe('session');
  });

  test('is entered with a container identity (EKS, ECS)', async () => {
    await using agent = await service({
      'GET /v1/credentials': { AccessKeyId: 'A', SecretAccessKey: 's', Token: 't' },
    });
    await using aws = await service(ecrAnswer);
    const environment = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${agent.url}/v1/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'agent token',
      AWS_ENDPOINT_URL_ECR: aws.url,
    };
    expect(await ask(ecr, environment)).toMatchObject({ password: 'password' });
    expect(agent.asked[0]?.headers.authorization).toBe('agent token');
  });

  test('is entered with the identity of the instance, by IMDSv2 alone', async () => {
    const path = '/latest/meta-data/iam/security-credentials/';
    await using imds = await service({
      'PUT /latest/api/token': 'imds token',
      [`GET ${path}`]: 'puller\n',
      [`GET ${path}puller`]: { AccessKeyId: 'A', SecretAccessKey: 's', Token: 't' },
    });
    await using aws = await service(ecrAnswer);
    const environment = {
      AWS_EC2_METADATA_SERVICE_ENDPOINT: imds.url,
      AWS_ENDPOINT_URL_ECR: aws.url,
    };
    expect(await ask(ecr, environment)).toMatchObject({ password: 'password' });
    expect(imds.asked.slice(1).map(({ headers }) => headers['x-aws-ec2-metadata-token'])).toEqual([
      'imds token',
      'imds token',
    ]);
    expect(await ask(ecr, { ...environment, AWS_EC2_METADATA_DISABLED: 'true' })).toBeUndefined();
  });

  test('is entered with the shared file', async () => {
    await using home = await temporaryFolder();
    await home.write(
      '.aws/credentials',
      '[other]\naws_access_key_id = NO\n\n[work]\naws_access_key_id = YES\naws_secret_access_key=s\n',
    );
    await using aws = await service(ecrAnswer);
    const environment = { AWS_PROFILE: 'work', AWS_ENDPOINT_URL_ECR: aws.url };
    expect(await ask(ecr, environment, home.path)).toMatchObject({ password: 'password' });
    expect(aws.asked[0]?.headers.authorization).toContain('Credential=YES/');
  });

  const assumed = {
    ...ecrAnswer,
    'POST /sts': {
      AssumeRoleResponse: {
        AssumeRoleResult: {
          Credentials: { AccessKeyId: 'ROLE', SecretAccessKey: 's', SessionToken: 't' },
        },
      },
    },
  };

  test.each([
    ['another profile', 'source_profile = base'],
    ['itself', 'source_profile = work\naws_access_key_id = BASE\naws_secret_access_key = s'],
  ])('is entered with a role that %s may take on', async (_, source) => {
    await using home = await temporaryFolder();
    await home.write(
      '.aws/config',
      `[sso-session base]\nsso_region = x\n[profile work]\nrole_arn = arn:aws:iam::1:role/pull\nexternal_id = ours\n${source}\n`,
    );
    await home.write(
      '.aws/credentials',
      '[base]\naws_access_key_id=BASE\naws_secret_access_key=s\n',
    );
    await using aws = await service(assumed);
    const endpoints = { AWS_ENDPOINT_URL_ECR: aws.url, AWS_ENDPOINT_URL_STS: `${aws.url}/sts` };
    const found = await ask(ecr, { AWS_PROFILE: 'work', ...endpoints }, home.path);
    expect(found).toMatchObject({ password: 'password' });
    const [taken, used] = aws.asked;
    expect(Object.fromEntries(taken?.form ?? [])).toEqual({
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleArn: 'arn:aws:iam::1:role/pull',
      RoleSessionName: 'pindrift',
      ExternalId: 'ours',
    });
    expect(taken?.headers.authorization).toMatch(/Credential=BASE\/\d+\/eu-west-1\/sts\//);
    expect(used?.headers.authorization).toContain('Credential=ROLE/');
    expect(used?.headers['x-amz-security-token']).toBe('t');
  });

  test.each([
    ['sso_session = work', 'has sso_session, which is not read here'],
    ['credential_process = /bin/false', 'has credential_process, which is not read here'],
    ['role_arn = r\nmfa_serial = m\nsource_profile = base', 'has mfa_serial'],
    ['role_arn = r\nsource_profile = gone', 'nobody who may take it on'],
    ['role_arn = r\ncredential_source = Environment', 'nobody who may take it on'],
    ['role_arn = r\nsource_profile = loop', 'nobody who may take it on'],
    ['role_arn = r\nsource_profile = base', 'AWS STS did not accept the keys for r (status 404)'],
  ])('with a profile of %j is an error that says what to do', async (profile, message) => {
    await using home = await temporaryFolder();
    await home.write(
      '.aws/config',
      `[default]\n${profile}\n[profile loop]\nrole_arn = l\nsource_profile = default\n[profile base]\naws_access_key_id=BASE\naws_secret_access_key=hush\n`,
    );
    await using aws = await service(ecrAnswer);
    const environment = { AWS_ENDPOINT_URL_ECR: aws.url, AWS_ENDPOINT_URL_STS: `${aws.url}/sts` };
    const asked = ask(ecr, environment, home.path);
    await expect(asked).rejects.toThrow(message);
    await expect(asked).rejects.not.toThrow('hush');
  });

  test('that refuses is an error, not "no credentials"', async () => {
    await using aws = await service({ 'POST /': { __type: 'AccessDeniedException' } });
    await expect(ask(ecr, { ...keys, AWS_ENDPOINT_URL_ECR: aws.url })).rejects.toThrow(
      'AccessDenied',
    );
  });
});

describe('Google Artifact Registry', () => {
  const metadata = {
    'GET /computeMetadata/v1/instance/service-accounts/default/token': {
      access_token: 'ya29',
      expires_in: 300,
    },
  };

  test('is entered with the identity of the machine, and asked again when that ends', async () => {
    await using google = await service(metadata);
    const own = turningClock();
    const keychain = ambientKeychain({
      environment: { GCE_METADATA_HOST: google.url.slice(7) },
      home: '/nonexistent',
      clock: own,
    });
    const target = { registry: 'europe-docker.pkg.dev', repository: 'x' };
    const found = await Promise.all([keychain(target), keychain(target)]);
    expect(found[0]).toMatchObject({ username: 'oauth2accesstoken', password: 'ya29' });
    expect(google.asked).toHaveLength(1);
    expect(google.asked[0]?.headers['metadata-flavor']).toBe('Google');
    own.turn(301_000);
    await keychain(target);
    expect(google.asked).toHaveLength(2);
  });

  test("is entered with a service account's key", async () => {
    await using home = await temporaryFolder();
    await using google = await service({ 'POST /token': { access_token: 'ya29' } });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = {
      type: 'service_account',
      client_email: 'puller@project.iam.gserviceaccount.com',
      private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      token_uri: `${google.url}/token`,
    };
    const file = await home.write('key.json', JSON.stringify(key));
    const found = await ask('gcr.io', { GOOGLE_APPLICATION_CREDENTIALS: file });
    expect(found).toMatchObject({ password: 'ya29', source: 'the Google identity' });
    const claims = google.asked[0]?.form.get('assertion')?.split('.')[1] ?? '';
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: 'puller@project.iam.gserviceaccount.com',
      aud: `${google.url}/token`,
    });
  });

  test('is entered with a federated identity', async () => {
    await using home = await temporaryFolder();
    await using google = await service({
      'GET /oidc': { value: 'jwt of the job' },
      'POST /sts': { access_token: 'federated' },
      'POST /impersonate': { accessToken: 'ya29' },
    });
    const key = {
      type: 'external_account',
      audience: '//iam.googleapis.com/x',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: `${google.url}/sts`,
      service_account_impersonation_url: `${google.url}/impersonate`,
      credential_source: {
        url: `${google.url}/oidc`,
        headers: { authorization: 'bearer job' },
        format: { type: 'json', subject_token_field_name: 'value' },
      },
    };
    const file = await home.write('key.json', JSON.stringify(key));
    const found = await ask('eu.gcr.io', { GOOGLE_APPLICATION_CREDENTIALS: file });
    expect(found).toMatchObject({ password: 'ya29' });
    expect(google.asked.map(({ request }) => request)).toEqual([
      'GET /oidc',
      'POST /sts',
      'POST /impersonate',
    ]);
    expect(google.asked[1]?.form.get('subject_token')).toBe('jwt of the job');
    expect(google.asked[2]?.headers.authorization).toBe('Bearer federated');
  });
});

describe('Azure Container Registry', () => {
  test.each([
    [
      'a federated token',
      { AZURE_TENANT_ID: 'tenant', AZURE_CLIENT_ID: 'client', file: 'jwt' },
      'POST /tenant/oauth2/v2.0/token',
    ],
    [
      'a secret',
      { AZURE_TENANT_ID: 'tenant', AZURE_CLIENT_ID: 'client', AZURE_CLIENT_SECRET: 'hush' },
      'POST /tenant/oauth2/v2.0/token',
    ],
    ['a managed identity', {}, 'GET /metadata/identity/oauth2/token'],
  ])('is entered with %s', async (_, { file, ...given }: Record<string, string>, first) => {
    await using home = await temporaryFolder();
    await using azure = await service({
      [first]: { access_token: 'entra' },
      'POST /oauth2/exchange': { refresh_token: 'refresh' },
    });
    const environment: Record<string, string> = {
      ...given,
      AZURE_AUTHORITY_HOST: azure.url,
      AZURE_POD_IDENTITY_AUTHORITY_HOST: azure.url,
      ...(file === undefined
        ? {}
        : { AZURE_FEDERATED_TOKEN_FILE: await home.write('token', file) }),
    };
    const asked = cloudAsker(environment);
    const keychain = azureKeychain({
      environment,
      home: home.path,
      clock,
      // The registry itself exists on loopback only.
      ask: (request) =>
        asked({ ...request, url: request.url.replace('https://mine.azurecr.io', azure.url) }),
    });
    const found = await keychain({ registry: 'mine.azurecr.io', repository: 'x' });
    expect(found).toMatchObject({ kind: 'identity', token: 'refresh' });
    expect(azure.asked[0]?.request.split('?')[0]).toBe(first);
    expect(azure.asked[1]?.form.get('access_token')).toBe('entra');
    expect(azure.asked[1]?.form.get('service')).toBe('mine.azurecr.io');
  });
});

describe('GitHub and GitLab', () => {
  test('offer the token of the job for their own registry', async () => {
    expect(await ask('ghcr.io', { GITHUB_TOKEN: 't', GITHUB_ACTOR: 'octocat' })).toMatchObject({
      username: 'octocat',
      source: 'GITHUB_TOKEN',
    });
    const enterprise = { GITHUB_TOKEN: 't', GITHUB_SERVER_URL: 'https://github.corp.example' };
    expect(await ask('ghcr.io', enterprise)).toBeUndefined();
    const gitlab = {
      CI_REGISTRY: 'registry.gitlab.example:443',
      CI_REGISTRY_USER: 'gitlab-ci-token',
      CI_REGISTRY_PASSWORD: 'job',
    };
    expect(await ask('registry.gitlab.example', gitlab)).toMatchObject({
      source: 'CI_REGISTRY_PASSWORD',
    });
    expect(await ask('gitlab.example', gitlab)).toBeUndefined();
  });
});

/** Everything that any of these sources could use; nobody may get it. */
const everything = {
  ...keys,
  GITHUB_TOKEN: 't',
  CI_REGISTRY: 'registry.gitlab.com',
  CI_REGISTRY_USER: 'u',
  CI_REGISTRY_PASSWORD: 'p',
  AZURE_TENANT_ID: 't',
  AZURE_CLIENT_ID: 'c',
  AZURE_CLIENT_SECRET: 's',
};

test.each([
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.example',
  'evil.example/123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  'x123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com:8443',
  '123456789012.dkr.ecr.a.b.amazonaws.com',
  'evilgcr.io',
  'gcr.io.evil.example',
  'a.b.gcr.io',
  'x-docker.pkg.dev.evil.example',
  'docker.pkg.dev',
  'azurecr.io',
  'evilazurecr.io',
  'mine.azurecr.io.evil.example',
  'mine.azurecr.evil',
  'ghcr.io.evil.example',
  'ghcr.io:8443',
  'evilghcr.io',
  'registry.gitlab.com.evil.example',
  'public.ecr.aws',
])('%s looks like a registry of a cloud, and gets nothing', async (registry) => {
  const environment = everything;
  const refuse = ambientKeychain({ environment, home: '/nonexistent', clock });
  expect(await refuse({ registry, repository: 'x' })).toBeUndefined();
});
