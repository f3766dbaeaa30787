import { returnPreferenceOf } from './preference.ts';

const of = (...prefer: string[]) => {
  const [only] = prefer;
  // Node hands several Prefer headers over as one, joined by commas; its types allow a list.
  const header = prefer.length === 1 && only !== undefined ? only : prefer;
  return returnPreferenceOf({ headers: { prefer: header } });
};

describe('returnPreferenceOf', () => {
  it.each([
    ['return=representation', 'representation'],
    ['return=minimal', 'minimal'],
    ['Return = "representation"', 'representation'],
    ['respond-async, return=representation; foo="a"', 'representation'],
    ['return=minimal, return=representation', 'minimal'],
    ['return=representation', 'representation'],
  ])('reads %j as %s', (header, expected) => {
    expect(of(header)).toBe(expected);
  });

  it.each(['', ' ', 'return', 'return=', 'return=all', 'x-return=representation', 'return=representations', 'wait=10'])(
    'makes nothing of %j',
    (header) => {
      expect(of(header)).toBeUndefined();
    },
  );

  it('looks at every header, and at none when there is none', () => {
    expect(of('wait=10', 'return=representation')).toBe('representation');
    expect(returnPreferenceOf({ headers: {} })).toBeUndefined();
  });
});
