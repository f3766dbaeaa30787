import { DisclosureKey } from '#audit';
import { FakeClock } from '#testing';
import { SignInMemory, signInMillis } from './sign-in-memory.ts';

const clock = new FakeClock();
const sealer = DisclosureKey.parse(DisclosureKey.generate()).sealerFor('session');
const memory = new SignInMemory(sealer, clock);
const signIn = { state: 'state', nonce: 'nonce', verifier: 'verifier', returnTo: '/jobs' };

describe('the memory of a sign-in', () => {
  it('gives back what was written, and shows none of it', () => {
    const text = memory.write(signIn);

    expect(memory.read(text)).toEqual(signIn);
    expect(text).toMatch(/^[\w-]+$/);
    expect(Buffer.from(text, 'base64url').toString('latin1')).not.toMatch(/state|verifier/);
  });

  it('ends after ten minutes', async () => {
    const text = memory.write(signIn);
    await clock.advance(signInMillis - 1);
    expect(memory.read(text)).toEqual(signIn);
    await clock.advance(1);
    expect(memory.read(text)).toBeUndefined();
  });

  it('takes nothing that it did not write', () => {
    const text = memory.write(signIn);
    const changed = text.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    const sealedElsewhere = sealer.seal(JSON.stringify({ ...signIn, until: clock.now() + 1 }), 'a session');
    const foreign = Buffer.concat([sealedElsewhere.nonce, sealedElsewhere.content]).toString('base64url');

    for (const forged of [undefined, '', 'x', changed, text.slice(0, -4), foreign]) {
      expect(memory.read(forged)).toBeUndefined();
    }
  });
});
