import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asObject, asText, type JsonObject } from '../../json.ts';
import type { AwsKeys } from './aws-signature.ts';
import type { Cloud } from './cloud.ts';

/**
 * Who this machine is on AWS, in the order of AWS's own tools: keys in the environment, a web
 * identity (IRSA), the shared credentials file, the container endpoint (ECS, EKS Pod Identity),
 * the instance (IMDSv2 only). Undefined when it is nobody.
 */
export async function awsIdentity(cloud: Cloud, region: string): Promise<AwsKeys | undefined> {
  return (
    fromEnvironment(cloud) ??
    (await fromWebIdentity(cloud, region)) ??
    (await fromSharedFile(cloud)) ??
    (await fromContainer(cloud)) ??
    (await fromInstance(cloud))
  );
}

function fromEnvironment({ environment }: Cloud): AwsKeys | undefined {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = environment;
  if (!id || !secret) return undefined;
  return {
    accessKeyId: id,
    secretAccessKey: secret,
    sessionToken: environment.AWS_SESSION_TOKEN || undefined,
  };
}

async function fromWebIdentity(cloud: Cloud, region: string): Promise<AwsKeys | undefined> {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: role } = cloud.environment;
  if (!file || !role) return undefined;
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const answer = await cloud.ask({
    method: 'POST',
    url: cloud.environment.AWS_ENDPOINT_URL_STS || `https://sts.${region}.${suffix}/`,
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({
      Action: 'AssumeRoleWithWebIdentity',
      Version: '2011-06-15',
      RoleArn: role,
      RoleSessionName: cloud.environment.AWS_ROLE_SESSION_NAME || 'pindrift',
      WebIdentityToken: (await readFile(file, 'utf8')).trim(),
    }).toString(),
  });
  const response = asObject(answer?.json?.AssumeRoleWithWebIdentityResponse);
  const result = asObject(response?.AssumeRoleWithWebIdentityResult);
  const keys = keysOf(asObject(result?.Credentials), 'SessionToken');
  if (keys !== undefined) return keys;
  throw new Error(`AWS STS did not accept the web identity for ${role} (${statusOf(answer)})`);
}

async function fromSharedFile({ environment, home }: Cloud): Promise<AwsKeys | undefined> {
  const file = environment.AWS_SHARED_CREDENTIALS_FILE || join(home, '.aws', 'credentials');
  const profile = environment.AWS_PROFILE || 'default';
  const text = await readFile(file, 'utf8').catch(() => '');
  let section = '';
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const heading = /^\s*\[\s*(?:profile\s+)?([^\]]+?)\s*\]/.exec(line)?.[1];
    if (heading !== undefined) section = heading;
    const [, name, value] = /^\s*([a-z_]+)\s*=\s*(.*?)\s*$/i.exec(line) ?? [];
    if (section === profile && name !== undefined) values.set(name.toLowerCase(), value ?? '');
  }
  const id = values.get('aws_access_key_id');
  const secret = values.get('aws_secret_access_key');
  if (!id || !secret) return undefined;
  return {
    accessKeyId: id,
    secretAccessKey: secret,
    sessionToken: values.get('aws_session_token') || undefined,
  };
}

async function fromContainer(cloud: Cloud): Promise<AwsKeys | undefined> {
  const { environment } = cloud;
  const relative = environment.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
  const url = relative
    ? `http://169.254.170.2${relative}`
    : environment.AWS_CONTAINER_CREDENTIALS_FULL_URI;
  if (!url) return undefined;
  const file = environment.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  const token = file
    ? (await readFile(file, 'utf8')).trim()
    : environment.AWS_CONTAINER_AUTHORIZATION_TOKEN;
  const answer = await cloud.ask({
    method: 'GET',
    url,
    headers: token ? { authorization: token } : {},
  });
  const keys = keysOf(answer?.json, 'Token');
  if (keys !== undefined) return keys;
  throw new Error(`the container's AWS credentials could not be read (${statusOf(answer)})`);
}

async function fromInstance(cloud: Cloud): Promise<AwsKeys | undefined> {
  const { environment } = cloud;
  if (environment.AWS_EC2_METADATA_DISABLED?.toLowerCase() === 'true') return undefined;
  const base = environment.AWS_EC2_METADATA_SERVICE_ENDPOINT || 'http://169.254.169.254';
  const session = await cloud.ask({
    method: 'PUT',
    url: new URL('/latest/api/token', base).href,
    headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '300' },
  });
  if (session?.status !== 200) return undefined;
  const headers = { 'x-aws-ec2-metadata-token': session.text.trim() };
  const path = '/latest/meta-data/iam/security-credentials/';
  const roles = await cloud.ask({ method: 'GET', url: new URL(path, base).href, headers });
  const role = roles?.status === 200 ? roles.text.split('\n', 1)[0]?.trim() : undefined;
  if (!role) return undefined;
  const url = new URL(`${path}${encodeURIComponent(role)}`, base).href;
  return keysOf((await cloud.ask({ method: 'GET', url, headers }))?.json, 'Token');
}

function keysOf(value: JsonObject | undefined, tokenField: string): AwsKeys | undefined {
  const accessKeyId = asText(value?.AccessKeyId);
  const secretAccessKey = asText(value?.SecretAccessKey);
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, sessionToken: asText(value?.[tokenField]) };
}

function statusOf(answer: { readonly status: number } | undefined): string {
  return answer === undefined ? 'no answer' : `status ${answer.status}`;
}
