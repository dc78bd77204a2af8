import { createSign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asObject, asText, type JsonObject, parseJsonObject } from '../../json.ts';
import type { Credentials, Keychain } from '../keychain.ts';
import type { Cloud, CloudAnswer } from './cloud.ts';
import { subjectToken } from './google-subject.ts';

const googleHost = /^(?:gcr\.io|[a-z0-9-]+\.gcr\.io|[a-z0-9-]+-docker\.pkg\.dev)$/;
const scope = 'https://www.googleapis.com/auth/cloud-platform';
const tokenUrl = 'https://oauth2.googleapis.com/token';

/**
 * Google Artifact Registry and Container Registry, with the application default credentials: the
 * file that `GOOGLE_APPLICATION_CREDENTIALS` names or gcloud left (a service account's key, a
 * user, workload identity federation), then the metadata server.
 */
export function googleKeychain(cloud: Cloud): Keychain {
  return async ({ registry }) => {
    if (!googleHost.test(registry)) return undefined;
    const answer = (await fromFile(cloud)) ?? (await fromMetadata(cloud));
    const token = asText(answer?.json?.access_token) ?? asText(answer?.json?.accessToken);
    if (token === undefined) return undefined;
    const seconds = Number(answer?.json?.expires_in ?? 300);
    const found: Credentials = {
      kind: 'basic',
      username: 'oauth2accesstoken',
      password: token,
      source: 'the Google identity',
      expiresAt: cloud.clock.now() + Math.max(60, Number.isFinite(seconds) ? seconds : 0) * 1000,
    };
    return found;
  };
}

async function fromFile(cloud: Cloud): Promise<CloudAnswer | undefined> {
  const { environment, home } = cloud;
  const named = environment.GOOGLE_APPLICATION_CREDENTIALS;
  const usual = join(
    environment.CLOUDSDK_CONFIG || join(home, '.config', 'gcloud'),
    'application_default_credentials.json',
  );
  const file = named || usual;
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined && !named) return undefined;
  const key = parseJsonObject(text ?? '');
  if (key === undefined) throw new Error(`${file} holds no Google credentials`);
  const answer = await exchange(key, cloud, file);
  if (answer?.status === 200) return answer;
  throw new Error(
    `Google did not accept the credentials in ${file} (status ${answer?.status ?? 'none'})`,
  );
}

async function exchange(
  key: JsonObject,
  cloud: Cloud,
  file: string,
): Promise<CloudAnswer | undefined> {
  if (key.type === 'service_account') {
    const url = asText(key.token_uri) ?? tokenUrl;
    const assertion = serviceAssertion(key, url, cloud.clock.now());
    const grant_type = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    return postForm(cloud, url, { grant_type, assertion });
  }
  if (key.type === 'authorized_user') {
    const text = (name: string): string => asText(key[name]) ?? '';
    return postForm(cloud, tokenUrl, {
      grant_type: 'refresh_token',
      client_id: text('client_id'),
      client_secret: text('client_secret'),
      refresh_token: text('refresh_token'),
    });
  }
  if (key.type === 'external_account') return federate(key, cloud, file);
  throw new Error(`${file} holds credentials of a kind that is not known here`);
}

/** Workload identity federation: somebody else's token for Google's, then maybe a service account's. */
async function federate(
  key: JsonObject,
  cloud: Cloud,
  file: string,
): Promise<CloudAnswer | undefined> {
  const answer = await postForm(
    cloud,
    asText(key.token_url) ?? 'https://sts.googleapis.com/v1/token',
    {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      audience: asText(key.audience) ?? '',
      scope,
      requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      subject_token_type: asText(key.subject_token_type) ?? '',
      subject_token: await subjectToken(asObject(key.credential_source), cloud, file),
    },
  );
  const impersonate = asText(key.service_account_impersonation_url);
  if (answer?.status !== 200 || impersonate === undefined) return answer;
  return cloud.ask({
    method: 'POST',
    url: impersonate,
    headers: {
      authorization: `Bearer ${asText(answer.json?.access_token) ?? ''}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ scope: [scope] }),
  });
}

async function fromMetadata(cloud: Cloud): Promise<CloudAnswer | undefined> {
  const host = cloud.environment.GCE_METADATA_HOST || 'metadata.google.internal';
  const answer = await cloud.ask({
    method: 'GET',
    url: `http://${host}/computeMetadata/v1/instance/service-accounts/default/token`,
    headers: { 'metadata-flavor': 'Google' },
  });
  return answer?.status === 200 ? answer : undefined;
}

function postForm(
  cloud: Cloud,
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<CloudAnswer | undefined> {
  return cloud.ask({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
}

/** A JWT that the service account signs about itself (RFC 7523). */
function serviceAssertion(key: JsonObject, audience: string, now: number): string {
  const seconds = Math.floor(now / 1000);
  const claims = {
    iss: asText(key.client_email) ?? '',
    scope,
    aud: audience,
    iat: seconds,
    exp: seconds + 3600,
  };
  const header = { alg: 'RS256', typ: 'JWT', kid: asText(key.private_key_id) };
  const text = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = createSign('RSA-SHA256')
    .update(text)
    .sign(asText(key.private_key) ?? '');
  return `${text}.${signature.toString('base64url')}`;
}
