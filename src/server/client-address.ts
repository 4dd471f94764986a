import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

const ourselves = new BlockList();
ourselves.addSubnet('127.0.0.0', 8);
ourselves.addAddress('::1', 'ipv6');

const internal = new BlockList();
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  internal.addSubnet(net, prefix);
}
internal.addSubnet('fc00::', 7, 'ipv6');
internal.addSubnet('fe80::', 10, 'ipv6');

/**
 * The address of the client, seen from behind `trustProxy` proxies of ours. Each of them adds the
 * address it was called from at the end of X-Forwarded-For; whatever stands before is hearsay.
 */
export function clientAddress(req: IncomingMessage, trustProxy: number): string {
  const direct = plainAddress(req.socket.remoteAddress ?? '') ?? 'unknown';
  if (trustProxy === 0) return direct;
  const forwarded = [req.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
  const hops = [...forwarded.filter((it) => it.trim() !== '').map(plainAddress), direct];
  return hops[Math.max(0, hops.length - 1 - trustProxy)] ?? direct;
}

/** An address without port, brackets, zone or IPv4 in IPv6 clothes; undefined when it is none. */
function plainAddress(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(bare) ? bare.toLowerCase() : undefined;
}

/** Whether an address is this machine itself. */
export function isLoopback(address: string): boolean {
  return isIn(ourselves, address);
}

/** Whether an address is of this machine or of a network that is not the Internet. */
export function isLocal(address: string): boolean {
  return isIn(ourselves, address) || isIn(internal, address);
}

function isIn(list: BlockList, address: string): boolean {
  return isIP(address) !== 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** What stands for one client in limits: its address, or its IPv6 network, of which it has them all. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const after = (tail ?? '').split(':').filter((group) => group !== '');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  const all = [...groups, ...Array<string>(gap).fill('0'), ...after];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
