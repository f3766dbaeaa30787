import { randomUUID } from 'node:crypto';
import type { ClaimHolder, ClaimStore } from '#audit';
import type { EventId } from '#kernel';

const hour = 3_600_000;
const reply = Buffer.from('the reply');

/** A claim store to be tested. */
export interface ClaimStoreUnderTest {
  readonly claims: ClaimStore;
  /** The same claims, as another replica has them. */
  readonly other: ClaimStore;
  /** Records something under the claim, which must still be the holder's; gives its event. */
  record(holder: ClaimHolder): Promise<EventId>;
  /** Lets an hour pass for every claim. */
  pass(): Promise<unknown>;
}

/** Registers the tests that every {@link ClaimStore} must pass. `open` is asked before each; claims may be shared. */
export function claimStoreContract(store: string, open: () => ClaimStoreUnderTest): void {
  describe(`${store} as a ClaimStore`, () => {
    let tested: ClaimStoreUnderTest;
    let claims: ClaimStore;
    let first: ClaimHolder;
    let second: ClaimHolder;

    beforeEach(() => {
      tested = open();
      claims = tested.claims;
      const id = randomUUID();
      first = { id, token: randomUUID() };
      second = { id, token: randomUUID() };
    });

    const claim = (holder: ClaimHolder, request = 'this', store = claims) =>
      store.claim(holder, request, hour / 2, 24 * hour);
    const lost = { name: 'ConditionFailed', reason: 'claim_lost' };

    it('gives a claim to one of many that ask at once, on whichever replica', async () => {
      const holders = Array.from({ length: 8 }, () => ({ id: first.id, token: randomUUID() }));
      const found = await Promise.all(
        holders.map((holder, at) => claim(holder, 'this', at % 2 ? tested.other : claims)),
      );
      expect(found.map(({ kind }) => kind).toSorted()).toEqual([...Array<string>(7).fill('in_flight'), 'ours']);
    });

    it('tells one that asks for something else, and one that comes after the answer', async () => {
      await claim(first);
      expect(await claim(second, 'that')).toEqual({ kind: 'other_request' });
      expect(await claims.answer(first, reply, false)).toBe(true);
      expect(await claim(second, 'this', tested.other)).toEqual({ kind: 'answered', reply: new Uint8Array(reply) });
      await tested.pass();
      expect(await claim(second)).toMatchObject({ kind: 'answered' });
    });

    it('passes on what a holder left before it recorded anything, and takes nothing from the late holder any more', async () => {
      await claim(first);
      await tested.pass();
      expect(await claim(second)).toEqual({ kind: 'ours', holder: second });
      await expect(tested.record(first)).rejects.toMatchObject(lost);
      expect(await claims.answer(first, reply, false)).toBe(false);
      await claims.release(first, false);
      expect(await tested.record(second)).toEqual(expect.any(String));
    });

    it('keeps for what was recorded last what its holder left after it had recorded something', async () => {
      await claim(first);
      await tested.record(first);
      const event = await tested.record(first);
      expect(await claim(second)).toEqual({ kind: 'in_flight' });
      await claims.free(first.id, event);
      await tested.pass();
      expect(await claim(second)).toEqual({ kind: 'orphaned', event });
      expect(await claims.answer(first, reply, true)).toBe(true);
      await claims.free(first.id, event);
      expect(await claim(second)).toMatchObject({ kind: 'answered', event });
    });

    it('frees an orphan for another try, once', async () => {
      await claim(first);
      const event = await tested.record(first);
      await tested.pass();
      await claims.free(first.id, randomUUID() as EventId);
      expect(await claim(second)).toMatchObject({ kind: 'orphaned' });
      await claims.free(first.id, event);
      expect(await claim(second)).toMatchObject({ kind: 'ours' });
      await claims.free(first.id, event);
      await expect(tested.record(first)).rejects.toMatchObject(lost);
    });

    it('keeps no answer and no key for what was not recorded, when that is asked', async () => {
      await claim(first);
      expect(await claims.answer(first, reply, true)).toBe(false);
      await claims.release(first, true);
      expect(await claim(second)).toMatchObject({ kind: 'ours' });
      await tested.record(second);
      await claims.release(second, true);
      expect(await claim(first)).toEqual({ kind: 'in_flight' });
      await claims.release(second, false);
      expect(await claim(first)).toMatchObject({ kind: 'ours' });
    });

    it('forgets what is past its time, in batches', async () => {
      const again = { id: randomUUID(), token: randomUUID() };
      const old = Array.from({ length: 2 }, () => ({ id: randomUUID(), token: randomUUID() }));
      for (const holder of [again, ...old]) {
        await claims.claim(holder, 'this', hour, hour / 2);
        await claims.answer(holder, reply, false);
      }
      await claim(first);
      await tested.pass();
      expect(await claims.claim(again, 'that', hour, 24 * hour)).toMatchObject({ kind: 'ours' });
      expect(await claims.removeEnded(1)).toBe(1);
      expect(await claims.removeEnded(10)).toBe(1);
      expect(await claim(second)).toMatchObject({ kind: 'ours' });
      expect(await claims.removeEnded(10)).toBe(0);
    });
  });
}
