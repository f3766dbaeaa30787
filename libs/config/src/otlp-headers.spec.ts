import { readOtlpHeaders } from './otlp-headers.ts';

it('reads a list of headers with encoded values', () => {
  expect(readOtlpHeaders('authorization=Bearer%20abc=, x-tenant=7')).toEqual({
    authorization: 'Bearer abc=',
    'x-tenant': '7',
  });
});

it.each(['', 'authorization', '=x', 'a=1,,b=2', 'a b=1', 'a=%zz', 'a=1\r\nb=2'])('refuses %j', (text) => {
  expect(readOtlpHeaders(text)).toBeUndefined();
});
