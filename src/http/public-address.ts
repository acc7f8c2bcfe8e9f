import { lookup as resolve } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Addresses that are nobody's on the Internet: of this machine, of networks at home, of clouds. */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4');
}
/** Of IPv6 only what is given to the Internet: 2000::/3, less what tunnels elsewhere or documents. */
const PUBLIC_6 = new BlockList();
PUBLIC_6.addSubnet('2000::', 3, 'ipv6');
const SPECIAL_6 = new BlockList();
SPECIAL_6.addSubnet('2001::', 23, 'ipv6');
SPECIAL_6.addSubnet('2001:db8::', 32, 'ipv6');
SPECIAL_6.addSubnet('2002::', 16, 'ipv6');
SPECIAL_6.addSubnet('3fff::', 20, 'ipv6');

export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !PRIVATE.check(address, 'ipv4');
    case 6:
      return PUBLIC_6.check(address, 'ipv6') && !SPECIAL_6.check(address, 'ipv6');
    default:
      return false;
  }
}

export interface LookupOptions {
  /** What the connection fails with where a name leads elsewhere. */
  readonly refused: () => Error;
  /** A name that is trusted wherever it leads. */
  readonly trusted?: string;
}

/**
 * Looks up names for connections, and gives only addresses of the Internet: what is connected to is what was looked
 * at, so that no later answer of a name's server leads elsewhere.
 */
export function publicLookup({ refused, trusted }: LookupOptions): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, []);
      const isAllowed =
        hostname === trusted || addresses.every(({ address }) => isPublicAddress(address));
      const [first] = addresses;
      if (!first || !isAllowed) return done(refused(), []);
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}
