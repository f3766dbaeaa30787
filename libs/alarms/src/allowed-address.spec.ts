import { BlockList } from 'node:net';
import fc from 'fast-check';
import { isAllowedAddress } from './allowed-address.ts';

/** Node's own reading of addresses: the ranges that a request of ours must never reach. */
const forbidden = new BlockList();
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
]) {
  const [network = '', prefix] = range.split('/');
  forbidden.addSubnet(network, Number(prefix), 'ipv4');
}

const octet = fc.integer({ min: 0, max: 255 });
const ipv4 = fc.tuple(octet, octet, octet, octet);
const dotted = (octets: readonly number[]) => octets.join('.');
const hextets = (octets: readonly number[]) => {
  const [a = 0, b = 0, c = 0, d = 0] = octets;
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
};
/** Addresses near the edges of ranges and anywhere. */
const anyIpv4 = fc.oneof(
  ipv4,
  fc.tuple(
    fc.constantFrom(0, 9, 10, 11, 100, 126, 127, 128, 169, 172, 192, 198, 223, 224, 239, 240, 255),
    octet,
    octet,
    octet,
  ),
);

describe('an address that a public destination may have', () => {
  it('is in none of the ranges that are not the Internet', () => {
    fc.assert(
      fc.property(anyIpv4, (octets) => {
        const address = dotted(octets);
        return !(isAllowedAddress(address, 'public') && forbidden.check(address, 'ipv4'));
      }),
    );
  });

  it('is judged the same as IPv4-mapped IPv6, in each notation', () => {
    fc.assert(
      fc.property(
        anyIpv4,
        fc.constantFrom<'public' | 'private' | 'loopback'>('public', 'private', 'loopback'),
        (octets, reach) => {
          const plain = isAllowedAddress(dotted(octets), reach);
          expect(isAllowedAddress(`::ffff:${dotted(octets)}`, reach)).toBe(plain);
          expect(isAllowedAddress(`0:0:0:0:0:FFFF:${hextets(octets)}`, reach)).toBe(plain);
        },
      ),
    );
  });

  it('is never an IPv6 address that stands for an IPv4 one', () => {
    fc.assert(
      fc.property(anyIpv4, fc.constantFrom('64:ff9b::', '64:ff9b:1::', '::', '::ffff:0:'), (octets, prefix) => {
        expect(isAllowedAddress(`${prefix}${hextets(octets)}`, 'public')).toBe(false);
        expect(isAllowedAddress(`2002:${hextets(octets)}::1`, 'public')).toBe(false);
      }),
    );
  });

  it('is never an IPv6 address outside of 2000::/3', () => {
    const hextet = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(fc.array(hextet, { minLength: 8, maxLength: 8 }), (parts) => {
        const isGlobal = ((parts[0] ?? 0) & 0xe000) === 0x2000;
        const address = parts.map((part) => part.toString(16)).join(':');
        expect(isGlobal || !isAllowedAddress(address, 'public')).toBe(true);
      }),
    );
  });

  it.each(['1.1.1.1', '20.190.128.1', '2606:4700::1111', '2a01:111:f100:2000::1'])('may be %s', (address) => {
    expect(isAllowedAddress(address, 'public')).toBe(true);
    expect(isAllowedAddress(address, 'private')).toBe(true);
    expect(isAllowedAddress(address, 'loopback')).toBe(false);
  });
});

describe('an address of a private destination', () => {
  it.each(['10.1.2.3', '172.31.0.1', '192.168.1.1', '100.64.0.1', '127.0.0.1', '::1', 'fd12:3456::1'])(
    'may be %s',
    (address) => {
      expect(isAllowedAddress(address, 'private')).toBe(true);
      expect(isAllowedAddress(address, 'public')).toBe(false);
    },
  );

  it.each([
    ['metadata', '169.254.169.254'],
    ['metadata in IPv6', '::ffff:169.254.169.254'],
    ['metadata of AWS in IPv6', 'fd00:ec2::254'],
    ['metadata of AWS, written out', 'FD00:0EC2:0:0:0:0:0:254'],
    ['metadata of Azure', '168.63.129.16'],
    ['metadata of Alibaba', '100.100.100.200'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['unspecified', '0.0.0.0'],
    ['unspecified', '::'],
    ['broadcast', '255.255.255.255'],
    ['multicast', 'ff02::1'],
    ['no address', 'localhost'],
    ['no address', ''],
  ])('may not be %s: %s', (_, address) => {
    expect(isAllowedAddress(address, 'private')).toBe(false);
    expect(isAllowedAddress(address, 'public')).toBe(false);
  });
});
