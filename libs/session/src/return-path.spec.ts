import * as fc from 'fast-check';
import { returnPath } from './return-path.ts';

const origin = 'https://console.example';

describe('returnPath', () => {
  it.each(['/', '/jobs', '/audit?q=actor:me&x=%2F%2F', '/a//b', '/#fragment'])('takes %s', (path) => {
    expect(returnPath(path)).toBe(path);
  });

  it('is the start page when nothing is asked for', () => {
    expect(returnPath(undefined)).toBe('/');
  });

  it.each([
    '',
    'jobs',
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    String.raw`/\evil.example`,
    String.raw`\\evil.example`,
    String.raw`/a\..\\evil.example`,
    '/\t/evil.example',
    '\t//evil.example',
    '/\n/evil.example',
    '/ /evil.example',
    'javascript:alert(1)',
    '/\u3002evil.example',
    `/${'a'.repeat(2_000)}`,
  ])('refuses %j', (path) => {
    expect(() => returnPath(path)).toThrow(expect.objectContaining({ code: 'return_to_refused' }) as Error);
  });

  it('never leads a browser away, whatever it is made of', () => {
    const parts = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '\t',
      '\n',
      ' ',
      '@',
      ':',
      '?',
      '#',
      'evil.example',
      '%2f',
      '%5c',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 8 }), (made) => {
        try {
          const path = returnPath(`/${made.join('')}`);
          return new URL(path, origin).origin === origin && /^[!-~]+$/.test(path);
        } catch {
          return true;
        }
      }),
    );
  });
});
