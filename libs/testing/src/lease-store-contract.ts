import type { Lease, LeaseStore } from '#audit';

const hour = 3_600_000;

/** A lease store to be tested. */
export interface LeaseStoreUnderTest {
  readonly leases: LeaseStore;
  /** Stores of several replicas that share the same leases. */
  readonly replicas: readonly LeaseStore[];
  /** Lets an hour pass for the lease of that name. */
  end(name: string): Promise<unknown>;
}

let names = 0;

/** Registers the tests that every {@link LeaseStore} must pass. `open` is asked before each; leases may be shared. */
export function leaseStoreContract(
  store: string,
  open: () => LeaseStoreUnderTest | Promise<LeaseStoreUnderTest>,
): void {
  describe(`${store} as a LeaseStore`, () => {
    let tested: LeaseStoreUnderTest;
    let leases: LeaseStore;
    let name: string;

    beforeEach(async () => {
      tested = await open();
      leases = tested.leases;
      name = `work ${++names}`;
    });

    it('gives a free lease with position 0, and nobody else while it lasts', async () => {
      expect(await leases.position(name)).toBe(0);
      expect(await leases.acquire(name, 'one', hour)).toEqual({ name, fence: 1, position: 0 });
      expect(await leases.acquire(name, 'two', hour)).toBeUndefined();
      expect(await leases.acquire(`other ${name}`, 'two', hour)).toMatchObject({ fence: 1 });
    });

    it('gives it to its holder again, under a new fence', async () => {
      const first = held(await leases.acquire(name, 'one', hour));
      expect(await leases.acquire(name, 'one', hour)).toMatchObject({ fence: 2 });
      expect(await leases.renew(first, hour, 7)).toBe(false);
    });

    it('gives it to another once it has ended, and then its old holder can neither renew nor end it', async () => {
      const first = held(await leases.acquire(name, 'one', hour));
      await tested.end(name);
      expect(await leases.acquire(name, 'two', hour)).toMatchObject({ fence: 2 });
      expect(await leases.renew(first, hour, 7)).toBe(false);
      await leases.release(first);
      expect(await leases.acquire(name, 'three', hour)).toBeUndefined();
      expect(await leases.position(name)).toBe(0);
    });

    it('is renewed by its holder even after it has ended, when nobody took it', async () => {
      const first = held(await leases.acquire(name, 'one', hour));
      await tested.end(name);
      expect(await leases.renew(first, hour, 7)).toBe(true);
      expect(await leases.acquire(name, 'two', hour)).toBeUndefined();
    });

    it('keeps the position for the next holder', async () => {
      const first = held(await leases.acquire(name, 'one', hour));
      await leases.renew(first, hour, 1234);
      expect(await leases.position(name)).toBe(1234);
      await leases.release(first);
      expect(await leases.acquire(name, 'two', hour)).toEqual({ name, fence: 2, position: 1234 });
    });

    it('is free at once when its holder ends it', async () => {
      const first = held(await leases.acquire(name, 'one', hour));
      await leases.release(first);
      expect(await leases.acquire(name, 'two', hour)).toMatchObject({ fence: 2 });
    });

    it('has one winner when many ask at once', async () => {
      const asked = Array.from({ length: 20 }, (_, at) =>
        (tested.replicas[at % tested.replicas.length] ?? leases).acquire(name, `replica ${at}`, hour),
      );
      const won = (await Promise.all(asked)).filter((lease) => lease !== undefined);
      expect(won).toEqual([{ name, fence: 1, position: 0 }]);
    });
  });
}

function held(lease: Lease | undefined): Lease {
  if (lease === undefined) throw new Error('The lease was not given');
  return lease;
}
