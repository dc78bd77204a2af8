import { BlockList, isIP, isIPv4 } from 'node:net';

/** Where an address leads, as far as it matters to who may be asked. */
export type AddressClass = 'public' | 'private' | 'forbidden';

/**
 * Never dialled: link-local with the clouds' metadata services, their fixed addresses outside
 * it (AWS and Google over IPv6, Alibaba, Oracle, Azure's wire server), unspecified, multicast.
 */
const forbidden = listOf([
  '169.254.0.0/16',
  '100.100.100.200/32',
  '192.0.0.192/32',
  '168.63.129.16/32',
  '0.0.0.0/8',
  '224.0.0.0/4',
  '240.0.0.0/4',
  'fe80::/10',
  'fd00:ec2::/32',
  'fd20:ce::254/128',
  '::/128',
  'ff00::/8',
]);

/** Dialled only on behalf of an endpoint that is private itself: loopback, RFC 1918, 6598, 4193. */
const privateRanges = listOf([
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '198.18.0.0/15',
  '192.0.0.0/24',
  '::1/128',
  'fc00::/7',
  'fec0::/10',
]);

/** IPv6 forms that carry an IPv4 address in their last or (6to4) second and third groups. */
const mapped = listOf(['::ffff:0:0/96', '::/96', '64:ff9b::/96']);
const sixToFour = listOf(['2002::/16']);

/** The class of an address literal (no brackets); text that is no address is `forbidden`. */
export function classifyAddress(address: string): AddressClass {
  const plain = address.split('%', 1)[0] ?? '';
  const version = isIP(plain);
  if (version === 0) return 'forbidden';
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (forbidden.check(plain, family)) return 'forbidden';
  if (privateRanges.check(plain, family)) return 'private';
  const inner = version === 6 ? embeddedIPv4(plain) : undefined;
  return inner === undefined ? 'public' : classifyAddress(inner);
}

function embeddedIPv4(address: string): string | undefined {
  const groups = groupsOf(address);
  if (mapped.check(address, 'ipv6')) return dotted(groups[6], groups[7]);
  if (sixToFour.check(address, 'ipv6')) return dotted(groups[1], groups[2]);
  return undefined;
}

function groupsOf(address: string): number[] {
  const hex = address.replace(/\d+\.\d+\.\d+\.\d+$/, (tail) => {
    const [a = 0, b = 0, c = 0, d = 0] = tail.split('.').map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  const [head = '', tail] = hex.split('::', 2);
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = new Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  return [...front, ...gap, ...back].map((group) => Number.parseInt(group, 16));
}

function dotted(high: number | undefined, low: number | undefined): string {
  const [h, l] = [high ?? 0, low ?? 0];
  return `${h >> 8}.${h & 255}.${l >> 8}.${l & 255}`;
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix = ''] = range.split('/');
    list.addSubnet(network, Number(prefix), isIPv4(network) ? 'ipv4' : 'ipv6');
  }
  return list;
}
