import { readFile } from 'node:fs/promises';
import { type AwsProfile, readAwsProfiles } from './aws-profile.ts';
import { type AwsRole, assumeByKeys, assumeByWebIdentity, keysIn, statusOf } from './aws-roles.ts';
import type { AwsKeys } from './aws-signature.ts';
import type { Cloud } from './cloud.ts';

/**
 * Who this machine is on AWS, in the order of AWS's own tools: keys in the environment, a web
 * identity (IRSA), the profile in the shared files, the container endpoint (ECS, EKS Pod Identity),
 * the instance (IMDSv2 only). Undefined when it is nobody.
 */
export async function awsIdentity(cloud: Cloud, region: string): Promise<AwsKeys | undefined> {
  return (
    fromEnvironment(cloud) ??
    (await fromWebIdentity(cloud, region)) ??
    (await fromSharedFiles(cloud, region)) ??
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
  const { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: arn } = cloud.environment;
  if (!file || !arn) return undefined;
  const role = { arn, session: cloud.environment.AWS_ROLE_SESSION_NAME };
  return assumeByWebIdentity(role, file, cloud, region);
}

async function fromSharedFiles(cloud: Cloud, region: string): Promise<AwsKeys | undefined> {
  const profiles = await readAwsProfiles(cloud);
  const { AWS_PROFILE: name = 'default' } = cloud.environment;
  return fromProfile(name || 'default', { profiles, cloud, region, seen: new Set() });
}

interface Search {
  readonly profiles: ReadonlyMap<string, AwsProfile>;
  readonly cloud: Cloud;
  readonly region: string;
  readonly seen: Set<string>;
}

/** What a profile has: a role, taken on with other keys, or keys of its own. */
async function fromProfile(name: string, search: Search): Promise<AwsKeys | undefined> {
  const profile = search.profiles.get(name);
  if (profile === undefined) return undefined;
  // A profile that names itself as its source has the keys for its role in itself.
  const arn = search.seen.has(name) ? undefined : profile.get('role_arn');
  search.seen.add(name);
  if (arn) return fromRole(name, { arn, session: profile.get('role_session_name') }, search);
  const [id, secret] = [profile.get('aws_access_key_id'), profile.get('aws_secret_access_key')];
  if (id && secret) {
    const sessionToken = profile.get('aws_session_token') || undefined;
    return { accessKeyId: id, secretAccessKey: secret, sessionToken };
  }
  const other = ['sso_session', 'sso_start_url', 'credential_process', 'login_session'];
  const key = other.find((one) => profile.has(one));
  if (key !== undefined) throw new Error(`the AWS profile ${name} has ${key}, ${otherWay}`);
  return undefined;
}

const otherWay =
  "which is not read here; use docker-credential-ecr-login, or put into the environment what 'aws configure export-credentials' prints";

async function fromRole(name: string, role: AwsRole, search: Search): Promise<AwsKeys> {
  const { profiles, cloud, region } = search;
  const profile = profiles.get(name);
  if (profile?.has('mfa_serial')) {
    throw new Error(`the AWS profile ${name} has mfa_serial, ${otherWay}`);
  }
  const file = profile?.get('web_identity_token_file');
  if (file) return assumeByWebIdentity(role, file, cloud, region);
  const source = profile?.get('source_profile');
  const keys = source
    ? await fromProfile(source, search)
    : await fromSource(profile?.get('credential_source'), cloud);
  if (keys !== undefined) {
    return assumeByKeys({ ...role, externalId: profile?.get('external_id') }, keys, cloud, region);
  }
  throw new Error(`the AWS profile ${name} has a role, and nobody who may take it on`);
}

async function fromSource(source: string | undefined, cloud: Cloud): Promise<AwsKeys | undefined> {
  if (source === 'Environment') return fromEnvironment(cloud);
  if (source === 'EcsContainer') return fromContainer(cloud);
  return source === 'Ec2InstanceMetadata' ? fromInstance(cloud) : undefined;
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
  const keys = keysIn(answer?.json, 'Token');
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
  return keysIn((await cloud.ask({ method: 'GET', url, headers }))?.json, 'Token');
}
