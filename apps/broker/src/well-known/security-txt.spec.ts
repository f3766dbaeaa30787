import fc from 'fast-check';
import type { EpochMillis } from '#kernel';
import { securityTxt } from './security-txt.ts';

const at = (time: string) => Date.parse(time) as EpochMillis;
const contact = 'mailto:security@interlock.example';
const expiryOf = (text: string) => Date.parse(/^Expires: (.*)$/m.exec(text)?.[1] ?? '');

describe('security.txt', () => {
  it('names the contact, when it expires and where it stands', () => {
    expect(securityTxt(contact, 'https://interlock.example', at('2026-01-05T09:30:00Z'))).toBe(
      [
        'Contact: mailto:security@interlock.example',
        'Expires: 2027-01-04T00:00:00.000Z',
        'Canonical: https://interlock.example/.well-known/security.txt',
        '',
      ].join('\n'),
    );
  });

  it('claims no canonical address that is not https', () => {
    expect(securityTxt(contact, 'http://127.0.0.1:8080', at('2026-01-05T09:30:00Z'))).not.toContain('Canonical');
  });

  it('never has expired, and expires in less than a year', () => {
    const noOlder = { min: new Date('2020-01-01'), max: new Date('2100-01-01'), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(noOlder), (now) => {
        const left = expiryOf(securityTxt(contact, 'https://x', now.getTime() as EpochMillis)) - now.getTime();
        expect(left).toBeGreaterThan(0);
        expect(left).toBeLessThan(365 * 86_400_000);
      }),
    );
  });

  it('is the same all day', () => {
    const texts = ['00:00:00.000', '12:00:00.000', '23:59:59.999'].map((time) =>
      securityTxt(contact, 'https://x', at(`2028-02-29T${time}Z`)),
    );
    expect(new Set(texts).size).toBe(1);
  });
});
