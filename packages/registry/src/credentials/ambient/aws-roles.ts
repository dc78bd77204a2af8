import { readFile } from 'node:fs/promises';
import { asObject, asText, type JsonObject } from '../../json.ts';
import { type AwsKeys, signAws } from './aws-signature.ts';
import type { Cloud, CloudAnswer } from './cloud.ts';

/** A role that somebody else's identity may take on. */
export interface AwsRole {
  readonly arn: string;
  readonly session: string | undefined;
  readonly externalId?: string | undefined;
}

/** The keys of a role, for the bearer of a web identity (AWS STS `AssumeRoleWithWebIdentity`). */
export async function assumeByWebIdentity(
  role: AwsRole,
  tokenFile: string,
  cloud: Cloud,
  region: string,
): Promise<AwsKeys> {
  const token = (await readFile(tokenFile, 'utf8')).trim();
  const body = form('AssumeRoleWithWebIdentity', role, { WebIdentityToken: token });
  const url = endpointOf(cloud, region);
  const answer = await cloud.ask({ method: 'POST', url, headers, body });
  return issued('AssumeRoleWithWebIdentity', answer, `the web identity for ${role.arn}`);
}

/** The keys of a role, for the holder of other keys (AWS STS `AssumeRole`). */
export async function assumeByKeys(
  role: AwsRole,
  keys: AwsKeys,
  cloud: Cloud,
  region: string,
): Promise<AwsKeys> {
  const more = role.externalId === undefined ? {} : { ExternalId: role.externalId };
  const body = form('AssumeRole', role, more);
  const url = new URL(endpointOf(cloud, region));
  const signed = signAws({ method: 'POST', url, headers, body }, keys, {
    region,
    service: 'sts',
    now: cloud.clock.now(),
  });
  const answer = await cloud.ask({ method: 'POST', url: url.href, headers: signed, body });
  return issued('AssumeRole', answer, `the keys for ${role.arn}`);
}

/** The keys in an answer of one of AWS's services. */
export function keysIn(value: JsonObject | undefined, tokenField: string): AwsKeys | undefined {
  const accessKeyId = asText(value?.AccessKeyId);
  const secretAccessKey = asText(value?.SecretAccessKey);
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, sessionToken: asText(value?.[tokenField]) };
}

/** How a service answered, for an error. */
export function statusOf(answer: { readonly status: number } | undefined): string {
  return answer === undefined ? 'no answer' : `status ${answer.status}`;
}

const headers = {
  accept: 'application/json',
  'content-type': 'application/x-www-form-urlencoded',
};

function endpointOf({ environment }: Cloud, region: string): string {
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return environment.AWS_ENDPOINT_URL_STS || `https://sts.${region}.${suffix}/`;
}

function form(
  action: string,
  { arn, session }: AwsRole,
  more: Readonly<Record<string, string>>,
): string {
  return new URLSearchParams({
    Action: action,
    Version: '2011-06-15',
    RoleArn: arn,
    RoleSessionName: session || 'pindrift',
    ...more,
  }).toString();
}

function issued(action: string, answer: CloudAnswer | undefined, what: string): AwsKeys {
  const response = asObject(answer?.json?.[`${action}Response`]);
  const result = asObject(response?.[`${action}Result`]);
  const keys = keysIn(asObject(result?.Credentials), 'SessionToken');
  if (keys !== undefined) return keys;
  throw new Error(`AWS STS did not accept ${what} (${statusOf(answer)})`);
}
