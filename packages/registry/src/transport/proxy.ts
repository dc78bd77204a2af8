import { BlockList, isIP } from 'node:net';
import { isLoopback } from '../endpoint.ts';
import { bareHost } from './address-guard.ts';
import { SettingFault } from './setting-fault.ts';

/** The proxy for requests to a URL, undefined when they go directly. */
export type ProxyFor = (url: URL) => URL | undefined;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Proxies as Go's `httpproxy` reads them from the environment, not as undici does: `HTTPS_PROXY`
 * for https and `HTTP_PROXY` for http only, lower case as well, loopback never, and `NO_PROXY`
 * with hosts, suffixes, ports, addresses and CIDR ranges. Throws when a proxy is no URL.
 */
export function proxiesFrom(environment: Environment): ProxyFor {
  const read = (name: string): string =>
    environment[name.toUpperCase()] || environment[name.toLowerCase()] || '';
  const secure = proxyUrl(read('https_proxy'), 'HTTPS_PROXY');
  // A CGI program gets its caller's Proxy header as HTTP_PROXY (CVE-2016-5385).
  const isCgi = (environment.REQUEST_METHOD ?? '') !== '';
  const plain = isCgi ? undefined : proxyUrl(read('http_proxy'), 'HTTP_PROXY');
  const isExempt = exemptions(read('no_proxy'));
  return (url) => {
    const proxy = url.protocol === 'https:' ? secure : plain;
    const host = bareHost(url);
    if (proxy === undefined || isLoopback(host)) return undefined;
    return isExempt(host, url.port || (url.protocol === 'https:' ? '443' : '80'))
      ? undefined
      : proxy;
  };
}

function proxyUrl(value: string, name: string): URL | undefined {
  if (value === '') return undefined;
  const text = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  // The value may hold a password, so it is not shown.
  throw new SettingFault(`${name} is not the URL of an http or https proxy`);
}

type Exempt = (host: string, port: string) => boolean;

function exemptions(list: string): Exempt {
  const rules: Exempt[] = [];
  for (const entry of list.split(',')) {
    const text = entry.trim().toLowerCase();
    if (text === '*') return () => true;
    const rule = text === '' ? undefined : (rangeRule(text) ?? hostRule(text));
    if (rule !== undefined) rules.push(rule);
  }
  return (host, port) => rules.some((rule) => rule(host, port));
}

function rangeRule(text: string): Exempt | undefined {
  const [network = '', prefix = ''] = text.split('/');
  const version = isIP(network);
  if (version === 0 || !/^\d{1,3}$/.test(prefix)) return undefined;
  if (Number(prefix) > (version === 4 ? 32 : 128)) return undefined;
  const range = new BlockList();
  range.addSubnet(network, Number(prefix), version === 4 ? 'ipv4' : 'ipv6');
  return (host) => {
    const family = isIP(host);
    return family !== 0 && range.check(host, family === 4 ? 'ipv4' : 'ipv6');
  };
}

/** `example.com` is for itself and all below it, `.example.com` and `*.example.com` only for those. */
function hostRule(text: string): Exempt {
  const [, bracketed, plain, wantedPort] =
    /^(?:\[([^\]]*)\]|([^:]*|[^:]*:.*:.*?))(?::(\d+))?$/.exec(text) ?? [];
  const name = (isIP(text) === 0 ? (bracketed ?? plain) : text) ?? '';
  const port = isIP(text) === 0 ? wantedPort : undefined;
  const suffix = name.startsWith('*.') ? name.slice(1) : name;
  const isMatch = (host: string): boolean => {
    if (suffix.startsWith('.')) return host.endsWith(suffix);
    return host === suffix || (isIP(suffix) === 0 && host.endsWith(`.${suffix}`));
  };
  return (host, actual) =>
    name !== '' && (port === undefined || port === actual) && isMatch(host.toLowerCase());
}
