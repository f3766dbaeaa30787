import { entryLine, footerLine } from './entry-line.ts';

const line = { index: 3, leaf: 'e30=', event: {} };
const footer = { count: 1, query: {}, checkpoint: 'c', signature: 's' };

describe('a line of an export', () => {
  it('may leave out disclosures and give them in two forms', () => {
    expect(entryLine.parse(line).disclosures).toEqual([]);
    const disclosures = ['d', { encoded: 'd' }, { encoded: 'd', name: 'ip' }];
    expect(entryLine.parse({ ...line, disclosures }).disclosures).toEqual(disclosures);
  });

  it.each([
    ['a negative index', { ...line, index: -1 }],
    ['an index in text', { ...line, index: '3' }],
    ['an index beyond what is counted exactly', { ...line, index: 2 ** 53 }],
    ['a leaf that is not base64', { ...line, leaf: '{}' }],
    ['an event that is no object', { ...line, event: [] }],
    ['a disclosure that is neither', { ...line, disclosures: [1] }],
  ])('is no entry with %s', (_what, value) => {
    expect(entryLine.safeParse(value).success).toBe(false);
  });

  it('is an end only with count, query, checkpoint and signature', () => {
    expect(footerLine.safeParse(footer).success).toBe(true);
    for (const name of ['count', 'checkpoint', 'signature']) {
      expect(footerLine.safeParse({ ...footer, [name]: undefined }).success).toBe(false);
    }
    expect(footerLine.safeParse({ ...footer, count: 1.5 }).success).toBe(false);
  });
});
