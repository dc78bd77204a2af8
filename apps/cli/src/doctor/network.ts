import type { Io } from '../io.ts';
import type { Check } from './check.ts';

const PROXIES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY'];

/** Which proxies the environment names; user and password of a proxy are not shown. */
export function checkNetwork({ env }: Io): Check[] {
  const set = PROXIES.flatMap((name) => {
    const value = env[name] || env[name.toLowerCase()];
    return value === undefined || value === '' ? [] : [checkProxy(name, value)];
  });
  if (set.length > 0) return set;
  return [{ area: 'network', name: 'proxy', status: 'fine', found: 'none', notes: [] }];
}

function checkProxy(name: string, value: string): Check {
  const about = { area: 'network', name } as const;
  if (name === 'ALL_PROXY') {
    const notes = ['write the same into HTTPS_PROXY'];
    return { ...about, status: 'note', found: 'not read, as Go programs do not', notes };
  }
  if (name === 'NO_PROXY') return { ...about, status: 'fine', found: value, notes: [] };
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined) {
    const notes = ['write it as http://host:port'];
    return { ...about, status: 'problem', found: 'not a URL', notes };
  }
  const found = `${url.protocol}//${url.host}${url.username === '' ? '' : ' (with credentials)'}`;
  return { ...about, status: 'fine', found, notes: [] };
}
