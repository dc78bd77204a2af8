import { asText, objectsIn } from '../../json.ts';
import { clearPair } from '../auth-entry.ts';
import type { Credentials, Keychain } from '../keychain.ts';
import { awsIdentity } from './aws-identity.ts';
import { signAws } from './aws-signature.ts';
import type { Cloud } from './cloud.ts';

/** awslabs/amazon-ecr-credential-helper `ecr-login/api/client.go`, anchored at both ends. */
const ecrHost =
  /^(\d{12})\.dkr[.-]ecr(-fips)?\.([a-z0-9][a-z0-9-]*)\.(amazonaws\.(?:com(?:\.cn)?|eu)|on\.(?:aws|amazonwebservices\.com\.cn)|sc2s\.sgov\.gov|c2s\.ic\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/;

/** Amazon ECR, with the identity that this machine has on AWS. */
export function ecrKeychain(cloud: Cloud): Keychain {
  return async ({ registry }) => {
    const [, account, fips, region, domain] = ecrHost.exec(registry) ?? [];
    if (account === undefined || region === undefined) return undefined;
    const keys = await awsIdentity(cloud, region);
    if (keys === undefined) return undefined;
    const url = new URL(
      endpointOf(cloud, { region, fips: fips !== undefined, domain: domain ?? '' }),
    );
    const body = '{}';
    const headers = signAws(
      {
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken',
        },
        body,
      },
      keys,
      { region, service: 'ecr', now: cloud.clock.now() },
    );
    const answer = await cloud.ask({ method: 'POST', url: url.href, headers, body });
    const found = readAnswer(objectsIn(answer?.json?.authorizationData)[0]);
    if (found !== undefined) return found;
    const type =
      asText(answer?.json?.__type) ?? (answer === undefined ? 'no answer' : answer.status);
    throw new Error(`Amazon ECR issued no token for ${registry} (${type})`);
  };
}

function readAnswer(data: Readonly<Record<string, unknown>> | undefined): Credentials | undefined {
  const text = Buffer.from(asText(data?.authorizationToken) ?? '', 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon <= 0) return undefined;
  const expires = data?.expiresAt;
  const found = clearPair(text.slice(0, colon), text.slice(colon + 1), 'the AWS identity');
  return found === undefined || typeof expires !== 'number'
    ? found
    : { ...found, expiresAt: expires * 1000 };
}

function endpointOf(
  { environment }: Cloud,
  {
    region,
    fips,
    domain,
  }: { readonly region: string; readonly fips: boolean; readonly domain: string },
): string {
  const override = environment.AWS_ENDPOINT_URL_ECR || environment.AWS_ENDPOINT_URL;
  if (override) return override;
  const suffixes: Readonly<Record<string, string>> = {
    'on.aws': 'amazonaws.com',
    'on.amazonwebservices.com.cn': 'amazonaws.com.cn',
  };
  return `https://${fips ? 'ecr-fips' : 'api.ecr'}.${region}.${suffixes[domain] ?? domain}/`;
}
