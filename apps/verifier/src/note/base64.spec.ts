import fc from 'fast-check';
import { fromBase64, fromDecimal } from './base64.ts';

describe('base64 in notes', () => {
  it('is read when it is how bytes are written, and only then', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(fromBase64(text)).toEqual(Buffer.from(bytes));
        expect(fromBase64(`${text}\n`)).toBeUndefined();
        if (text.endsWith('=')) expect(fromBase64(text.replace(/=+$/, ''))).toBeUndefined();
      }),
    );
  });

  it.each(['AB==', 'AAB=', '_-8=', 'A', ' AAAA', 'AA=A'])('is not read from %j', (text) => {
    expect(fromBase64(text)).toBeUndefined();
  });
});

describe('a size or an index', () => {
  it('is read as it is written', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(fromDecimal(String(value))).toBe(value);
      }),
    );
  });

  it.each(['', '00', '01', '+1', '-1', '1.0', '1e3', '0x10', ' 7', '7 ', '٣', '9007199254740992'])(
    'is not read from %j',
    (text) => {
      expect(fromDecimal(text)).toBeUndefined();
    },
  );
});
