import { readFile } from 'node:fs/promises';
import { asText } from '../../json.ts';
import type { Keychain } from '../keychain.ts';
import type { Cloud } from './cloud.ts';

const azureHost = /^(?:[a-z0-9-]+\.)+azurecr\.(?:io|cn|de|us)$/;
const resource = 'https://containerregistry.azure.net';

/**
 * Azure Container Registry, with this machine's identity in Entra: a federated token (AKS
 * workload identity, CI), a client secret, or a managed identity. The registry itself exchanges
 * it for a refresh token.
 */
export function azureKeychain(cloud: Cloud): Keychain {
  return async ({ registry }) => {
    if (!azureHost.test(registry)) return undefined;
    const token = (await fromClient(cloud)) ?? (await fromManagedIdentity(cloud));
    if (token === undefined) return undefined;
    const tenant = cloud.environment.AZURE_TENANT_ID;
    const answer = await cloud.ask({
      method: 'POST',
      url: `https://${registry}/oauth2/exchange`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        grant_type: 'access_token',
        service: registry,
        access_token: token,
        ...(tenant ? { tenant } : {}),
      }).toString(),
    });
    const refresh = asText(answer?.json?.refresh_token);
    if (refresh === undefined) {
      throw new Error(
        `${registry} did not accept the Azure identity (status ${answer?.status ?? 'none'})`,
      );
    }
    const expiresAt = cloud.clock.now() + 3_600_000;
    return { kind: 'identity', token: refresh, source: 'the Azure identity', expiresAt };
  };
}

async function fromClient(cloud: Cloud): Promise<string | undefined> {
  const {
    AZURE_CLIENT_ID: client,
    AZURE_TENANT_ID: tenant,
    AZURE_FEDERATED_TOKEN_FILE: file,
    AZURE_CLIENT_SECRET: secret,
  } = cloud.environment;
  if (!client || !tenant || (!file && !secret)) return undefined;
  const proof: Record<string, string> = file
    ? {
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: (await readFile(file, 'utf8')).trim(),
      }
    : { client_secret: secret ?? '' };
  const authority = cloud.environment.AZURE_AUTHORITY_HOST || 'https://login.microsoftonline.com/';
  const answer = await cloud.ask({
    method: 'POST',
    url: new URL(`/${encodeURIComponent(tenant)}/oauth2/v2.0/token`, authority).href,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client,
      scope: `${resource}/.default`,
      ...proof,
    }).toString(),
  });
  const token = asText(answer?.json?.access_token);
  if (token !== undefined) return token;
  throw new Error(`Entra did not accept the client ${client} (status ${answer?.status ?? 'none'})`);
}

async function fromManagedIdentity(cloud: Cloud): Promise<string | undefined> {
  const {
    IDENTITY_ENDPOINT: endpoint,
    IDENTITY_HEADER: header,
    AZURE_CLIENT_ID: client,
  } = cloud.environment;
  const isApp = Boolean(endpoint && header);
  const host = cloud.environment.AZURE_POD_IDENTITY_AUTHORITY_HOST || 'http://169.254.169.254';
  const url = new URL(isApp ? (endpoint ?? '') : `${host}/metadata/identity/oauth2/token`);
  url.searchParams.set('api-version', isApp ? '2019-08-01' : '2018-02-01');
  url.searchParams.set('resource', resource);
  if (client) url.searchParams.set('client_id', client);
  const answer = await cloud.ask({
    method: 'GET',
    url: url.href,
    headers: isApp ? { 'x-identity-header': header ?? '' } : { metadata: 'true' },
  });
  return answer?.status === 200 ? asText(answer.json?.access_token) : undefined;
}
