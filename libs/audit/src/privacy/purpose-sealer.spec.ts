import { DisclosureKey } from './disclosure-key.ts';

const text = DisclosureKey.generate();
const key = DisclosureKey.parse(text);
const sealer = key.sealerFor('session');

describe('a sealer for a purpose', () => {
  it('opens what it sealed, also after a restart, under the same bound text only', () => {
    const sealed = sealer.seal('a token', 'row 1');

    expect(DisclosureKey.parse(text).sealerFor('session').open(sealed, 'row 1')).toBe('a token');
    expect(sealer.open(sealed, 'row 2')).toBeUndefined();
  });

  it('seals the same text differently each time', () => {
    expect(sealer.seal('a token', 'row 1')).not.toEqual(sealer.seal('a token', 'row 1'));
  });

  it('opens nothing of another purpose or another key, and nothing that was changed', () => {
    const sealed = sealer.seal('a token', 'row 1');
    const changed = { ...sealed, content: sealed.content.map((byte, at) => (at === 0 ? byte ^ 1 : byte)) };

    expect(key.sealerFor('other').open(sealed, 'row 1')).toBeUndefined();
    expect(DisclosureKey.parse(DisclosureKey.generate()).sealerFor('session').open(sealed, 'row 1')).toBeUndefined();
    expect(sealer.open(changed, 'row 1')).toBeUndefined();
    expect(sealer.open({ ...sealed, content: new Uint8Array(3) }, 'row 1')).toBeUndefined();
  });
});
