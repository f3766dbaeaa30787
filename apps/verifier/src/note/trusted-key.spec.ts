import fc from 'fast-check';
import { Unreadable } from '../report/unreadable.ts';
import { TrustedKey } from './trusted-key.ts';

/** Of the Ed25519 seed of 32 bytes 0x01, as x/mod and openssl have it. */
const vkey = 'broker.example/audit/test+ebade89d+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c';
const text = 'broker.example/audit/test\n3\nFaeAyGKD1CyME604W/lnlPK2G+zyLO/wjQJV4FUch48=\n';
const signed = '663onVAlmEYKiRHxukSIpQ2sIJ8y46MISrzk/1kU1dNl3tlOvAQLrdfZGcz9jjjL0asDiXKfqTCo1/CnDjIo3QENQAM=';
const signature = Buffer.from(signed, 'base64').subarray(4);

describe('a trusted key', () => {
  it('is read from a vkey and verifies what it signed', () => {
    const key = TrustedKey.parse(vkey);
    expect([key.name, Buffer.from(key.id).toString('hex')]).toEqual(['broker.example/audit/test', 'ebade89d']);
    expect(key.signed(text, signature)).toBe(true);
    expect(key.signed(text.replace('3', '4'), signature)).toBe(false);
    expect(key.signed(text, signature.subarray(1))).toBe(false);
  });

  it.each([
    ['no name', vkey.replace('broker.example/audit/test', '')],
    ['a space in its name', vkey.replace('audit', 'au dit')],
    ['another name than its id is of', vkey.replace('test', 'other')],
    ['an id in capitals', vkey.replace('ebade89d', 'EBADE89D')],
    ['another kind of key', vkey.replace('+AY', '+BY')],
    ['a byte too few', vkey.slice(0, -4)],
    ['text behind it', `${vkey}=`],
  ])('is none with %s', (_what, wrong) => {
    expect(() => TrustedKey.parse(wrong)).toThrow(Unreadable);
  });

  it('covers the sizes from its first to its last, both included', () => {
    const size = fc.nat(1_000);
    fc.assert(
      fc.property(size, size, size, (from, to, at) => {
        expect(TrustedKey.parse(vkey, from, to).coversSize(at)).toBe(at >= from && at <= to);
      }),
    );
    expect(TrustedKey.parse(vkey).coversSize(Number.MAX_SAFE_INTEGER)).toBe(true);
  });
});
