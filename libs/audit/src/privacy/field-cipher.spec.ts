import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import type { EventId } from '#kernel';
import { pooledRandomBytes } from '../random-bytes.ts';
import { DisclosureKey } from './disclosure-key.ts';
import { openField, sealField } from './sealed-field.ts';

const random = pooledRandomBytes();
const subject = { ref: 'p'.repeat(22), key: createSecretKey(Buffer.alloc(32, 1)) };
const owner = { origin: 'broker.example/audit/one', eventId: '019b8d6e-2a00-7000-8000-000000000001' as EventId };

describe('a sealed field', () => {
  it('opens to the very disclosure, and shows nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 8 }), (text) => {
        const encoded = Buffer.from(text).toString('base64url');
        const sealed = sealField({ name: 'net.ip', encoded }, subject, owner, random);
        expect(openField(sealed, subject.key, owner)).toEqual({ name: 'net.ip', encoded });
        expect(Buffer.from(sealed.content).includes(encoded)).toBe(false);
      }),
    );
  });

  it.each([
    ['under another name', { name: 'net.ua' }, {}],
    ['for another event', {}, { eventId: '019b8d6e-2a00-7000-8000-000000000002' as EventId }],
    ['in another log', {}, { origin: 'broker.example/audit/two' }],
    ['with another nonce', { nonce: Buffer.alloc(12) }, {}],
    ['with nothing in it', { content: Buffer.of() }, {}],
  ])('does not open %s', (_, changed, moved) => {
    const sealed = sealField({ name: 'net.ip', encoded: 'WyJhIl0' }, subject, owner, random);
    expect(openField({ ...sealed, ...changed }, subject.key, { ...owner, ...moved })).toBeUndefined();
  });

  it('does not open with any bit of it flipped', () => {
    const sealed = sealField({ name: 'net.ip', encoded: 'WyJhIl0' }, subject, owner, random);
    fc.assert(
      fc.property(fc.nat(sealed.content.length * 8 - 1), (bit) => {
        const content = Buffer.from(sealed.content);
        content[bit >> 3]! ^= 1 << (bit & 7);
        expect(openField({ ...sealed, content }, subject.key, owner)).toBeUndefined();
      }),
    );
  });
});

describe('a disclosure key', () => {
  it('is told by its id from every other, and unwraps what it wrapped for that subject alone', () => {
    const text = DisclosureKey.generate();
    const [key, other] = [DisclosureKey.parse(text), DisclosureKey.parse(DisclosureKey.generate())];
    expect(DisclosureKey.parse(text.trim()).id).toBe(key.id);
    expect(other.id).not.toBe(key.id);
    const wrapped = key.newDataKey('somebody');
    expect(key.unwrap('somebody', wrapped).symmetricKeySize).toBe(32);
    expect(() => key.unwrap('else', wrapped)).toThrow('not wrapped by this disclosure key');
    expect(() => other.unwrap('somebody', wrapped)).toThrow('not wrapped by this disclosure key');
    expect(() => other.unwrap('somebody', { ...wrapped, keyId: other.id })).toThrow('not wrapped');
    expect(
      other.unwrap('somebody', key.rewrap('somebody', wrapped, other)).equals(key.unwrap('somebody', wrapped)),
    ).toBe(true);
  });

  it.each(['', 'c2hvcnQ=', 'A'.repeat(43), `${'A'.repeat(42)}B=`, '-----BEGIN PRIVATE KEY-----'])(
    'is 32 bytes in base64 and nothing else: %j',
    (text) => {
      expect(() => DisclosureKey.parse(text)).toThrow('must be 32 bytes in base64');
    },
  );
});
