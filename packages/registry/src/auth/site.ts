import { isIP } from 'node:net';

/**
 * Domains under which anybody can have a host, so that two hosts below one of them have nothing
 * to do with each other. Registries there issue their tokens on their own host.
 */
const sharedDomains = [
  'aliyuncs.com',
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'appspot.com',
  'azurecr.cn',
  'azurecr.io',
  'azurecr.us',
  'azurewebsites.net',
  'cloudapp.azure.com',
  'cloudfront.net',
  'digitaloceanspaces.com',
  'fly.dev',
  'gcr.io',
  'github.io',
  'gitlab.io',
  'googleusercontent.com',
  'herokuapp.com',
  'netlify.app',
  'ngrok-free.app',
  'ngrok.io',
  'nip.io',
  'on.aws',
  'pages.dev',
  'pkg.dev',
  'run.app',
  'sslip.io',
  'svc.cluster.local',
  'trycloudflare.com',
  'vercel.app',
  'web.app',
  'windows.net',
  'workers.dev',
] as const;

/** Second-level names under which countries register: `co.uk`, `com.au`, `or.jp`. */
const countrySecondLevel =
  /^(?:ac|co|com|edu|go|gob|gouv|gov|gv|ltd|me|ne|net|nom|or|org|plc|sch)$/;

/**
 * True when two host names belong to one owner as far as names can tell: the same registrable
 * domain, on no shared hosting domain. Addresses and one-label names only match themselves.
 */
export function isSameSite(one: string, other: string): boolean {
  if (one === other) return true;
  const site = siteOf(one);
  return site !== undefined && site === siteOf(other);
}

function siteOf(hostname: string): string | undefined {
  if (isIP(hostname) !== 0) return undefined;
  if (sharedDomains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`))) {
    return undefined;
  }
  const labels = hostname.toLowerCase().split('.');
  if (labels.length < 2 || labels.includes('')) return undefined;
  const last = labels.at(-1) ?? '';
  const isCountry = last.length === 2 && countrySecondLevel.test(labels.at(-2) ?? '');
  const size = isCountry ? 3 : 2;
  return labels.length < size ? undefined : labels.slice(-size).join('.');
}
