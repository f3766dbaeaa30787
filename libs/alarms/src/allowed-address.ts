import ipaddr from 'ipaddr.js';
import type { Reach } from './destination.ts';

/** Ranges in which every organisation has machines of its own. */
const privateRanges: ReadonlySet<string> = new Set(['private', 'uniqueLocal', 'loopback', 'carrierGradeNat']);

/**
 * Where clouds answer about the machine that asks, in ranges that are otherwise public (Azure) or private (Alibaba; AWS,
 * Google and Oracle in IPv6). The well-known 169.254.169.254 is link-local anyway.
 */
const metadata: ReadonlySet<string> = new Set(
  ['168.63.129.16', '100.100.100.200', 'fd00:ec2::254', 'fd20:ce::254', 'fd00:c1::a9fe:a9fe'].map((address) =>
    ipaddr.parse(address).toString(),
  ),
);

/** All of IPv6 that is given to anybody; the library calls everything unicast that it has no name for. */
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * Whether alarms may be sent to an address, in any notation. A public destination must have a unicast address that is
 * reached over the Internet; a private one may also have one of the organisation's own. Link-local addresses, metadata
 * services, multicast and whatever only translates to another address are nobody's.
 */
export function isAllowedAddress(text: string, reach: Reach): boolean {
  if (!ipaddr.isValid(text)) return false;
  // An IPv4 address in IPv6's clothes is judged as what it is.
  const address = ipaddr.process(text);
  const range = address.range();
  if (metadata.has(address.toString())) return false;
  if (reach === 'loopback') return range === 'loopback';
  if (reach === 'private' && privateRanges.has(range)) return true;
  return range === 'unicast' && (address.kind() === 'ipv4' || address.match(globalUnicast));
}
