import { parseTraceparent } from './traceparent.ts';

const [trace, span] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];

describe('the traceparent of a caller', () => {
  it.each([
    ['01', 1],
    ['00', 0],
    ['03', 1],
  ])('with flags %s gives its trace, its span and whether it is sampled', (flags, traceFlags) => {
    expect(parseTraceparent(`00-${trace}-${span}-${flags}`)).toEqual({
      traceId: trace,
      spanId: span,
      traceFlags,
      isRemote: true,
    });
  });

  it.each([
    ['no trace id', `00-${'0'.repeat(32)}-${span}-01`],
    ['no span id', `00-${trace}-${'0'.repeat(16)}-01`],
    ['the forbidden version', `ff-${trace}-${span}-01`],
    ['capital letters', `00-${trace.toUpperCase()}-${span}-01`],
    ['something behind it', `00-${trace}-${span}-01-more`],
    ['a short id', `00-${trace.slice(1)}-${span}-01`],
  ])('with %s is none', (_what, header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });
});
