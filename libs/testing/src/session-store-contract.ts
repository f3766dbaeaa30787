import type { EpochMillis, EventId } from '#kernel';
import { digestOf, newSessionId, type SessionDigest, type SessionStore, type StoredSession } from '#session';

const at = (minutes: number) => (Date.parse('2026-01-05T09:00:00Z') + minutes * 60_000) as EpochMillis;
const sealed = (byte: number) => ({ nonce: new Uint8Array([byte]), content: new Uint8Array([byte, byte]) });
const nobody = 'f'.repeat(64) as SessionDigest;

let sessions = 0;
const oneTime = () => ({ digest: digestOf(newSessionId()), until: at(20) });

function someSession(over: Partial<StoredSession> = {}): StoredSession {
  return {
    digest: digestOf(newSessionId()),
    generation: 1,
    startedBy: `019b8d1e-0000-7000-8000-${String(++sessions).padStart(12, '0')}` as EventId,
    subject: `subject ${sessions}`,
    signedInAt: at(0),
    seenAt: at(0),
    endsAt: at(480),
    sealed: sealed(1),
    ...over,
  };
}

/** Registers the tests that every {@link SessionStore} must pass. Replicas share the sessions; nobody else does. */
export function sessionStoreContract(store: string, open: () => readonly [SessionStore, ...SessionStore[]]): void {
  describe(`${store} as a SessionStore`, () => {
    let one: SessionStore;
    let replicas: readonly SessionStore[];
    beforeEach(() => {
      const opened = open();
      [one] = opened;
      replicas = opened;
    });

    async function add(over: Partial<StoredSession> = {}): Promise<StoredSession> {
      const session = someSession(over);
      expect(await one.add(session, oneTime())).toBe(true);
      return session;
    }

    it('gives back what it was given, on every replica, and nothing for what it does not know', async () => {
      const plain = await add();
      const full = await add({ issuerSession: 'sid of full' });
      for (const replica of replicas) {
        expect(await replica.find(plain.digest)).toEqual(plain);
        expect(await replica.find(full.digest)).toEqual(full);
        expect(await replica.find(nobody)).toBeUndefined();
      }
    });

    it('makes one session of a sign-in, however many ask at once', async () => {
      const use = oneTime();
      const asked = Array.from({ length: 8 }, (_, n) => {
        const session = someSession();
        return (replicas[n % replicas.length] ?? one).add(session, use).then((kept) => ({ kept, session }));
      });
      const answers = await Promise.all(asked);

      expect(answers.filter(({ kept }) => kept)).toHaveLength(1);
      for (const { kept, session } of answers) {
        expect(await one.find(session.digest)).toEqual(kept ? session : undefined);
      }
    });

    it('remembers the last use, also when an earlier one is noted later', async () => {
      const { digest } = await add();
      await one.touch(digest, at(9));
      await one.touch(digest, at(5));
      expect(await one.find(digest)).toMatchObject({ seenAt: at(9) });
    });

    it('replaces tokens of the generation that was read, once', async () => {
      const session = await add();
      const { digest } = session;
      expect(await one.replaceTokens(digest, 1, sealed(2))).toBe(true);
      expect(await one.replaceTokens(digest, 1, sealed(3))).toBe(false);
      expect(await one.find(digest)).toEqual({ ...session, generation: 2, sealed: sealed(2) });
    });

    it('ends a session once, and then neither finds nor renews it', async () => {
      const { digest, startedBy } = await add();
      expect(await one.end(digest, 'signed_out', at(1))).toEqual({ digest, startedBy, ending: 'signed_out' });
      expect(await one.end(digest, 'idle', at(2))).toBeUndefined();
      expect(await one.find(digest)).toBeUndefined();
      expect(await one.replaceTokens(digest, 1, sealed(2))).toBe(false);
    });

    it('ends the one session that the issuer names, or all of a subject, and nobody else’s', async () => {
      const first = await add({ subject: 'ada', issuerSession: 'ada 1' });
      const second = await add({ subject: 'ada', issuerSession: 'ada 2' });
      const third = await add({ subject: 'ada' });
      const other = await add({ subject: 'bob', issuerSession: 'bob 1' });

      const mixed = await one.endByIssuer({ issuerSession: 'bob 1', subject: 'ada' }, oneTime(), at(1));
      expect(mixed).toEqual([]);
      const byIssuerSession = await one.endByIssuer({ issuerSession: 'ada 1' }, oneTime(), at(1));
      expect(byIssuerSession).toEqual([
        { digest: first.digest, startedBy: first.startedBy, ending: 'signed_out_at_issuer' },
      ]);
      const bySubject = await one.endByIssuer({ subject: 'ada' }, oneTime(), at(1));
      expect(bySubject).toHaveLength(2);
      expect(await Promise.all([second, third].map(({ digest }) => one.find(digest)))).toEqual([undefined, undefined]);
      expect(await one.find(other.digest)).toEqual(other);
    });

    it('takes a logout once: the second time it ends nothing', async () => {
      const use = oneTime();
      await add({ subject: 'eve' });
      expect(await one.endByIssuer({ subject: 'eve' }, use, at(1))).toHaveLength(1);
      const later = await add({ subject: 'eve' });
      expect(await one.endByIssuer({ subject: 'eve' }, use, at(1))).toBe('used');
      expect(await one.find(later.digest)).toEqual(later);
    });

    it('ends what is idle or too old, in batches, each by one replica', async () => {
      const overdue = [
        ...(await Promise.all([1, 2, 3].map(() => add({ seenAt: at(-100) })))),
        await add({ seenAt: at(-1), endsAt: at(-50) }),
      ];
      const alive = await add({ seenAt: at(-20) });
      const ended = [];
      for (let batch = await one.endOverdue(at(-30), at(0), 3); batch.length > 0;) {
        expect(batch.length).toBeLessThanOrEqual(3);
        ended.push(...batch);
        batch = await (replicas.at(-1) ?? one).endOverdue(at(-30), at(0), 3);
      }

      const mine = ended.filter(({ digest }) => overdue.some((session) => session.digest === digest));
      expect(mine.map(({ ending }) => ending).toSorted()).toEqual(['idle', 'idle', 'idle', 'too_old']);
      expect(await one.find(alive.digest)).toEqual(alive);
    });

    it('gives out what ended and was not forgotten, after a while and to one at a time', async () => {
      const { digest, startedBy } = await add();
      await one.end(digest, 'signed_out', at(1));
      const mine = async (before: number, now: number) => {
        const taken = await Promise.all(replicas.map((replica) => replica.takeUnrecorded(at(before), at(now), 100)));
        return taken.flat().filter((ended) => ended.digest === digest);
      };

      expect(await mine(1, 2)).toEqual([]);
      expect(await mine(2, 3)).toEqual([{ digest, startedBy, ending: 'signed_out' }]);
      expect(await mine(3, 4)).toEqual([]);
      expect(await mine(4, 5)).toHaveLength(1);
      await one.forget(digest);
      expect(await mine(6, 7)).toEqual([]);
    });

    it('forgets no session that is open', async () => {
      const session = await add();
      await one.forget(session.digest);
      expect(await one.find(session.digest)).toEqual(session);
    });

    it('forgets uses whose time is over, and no others', async () => {
      const [over, kept] = [{ ...oneTime(), until: at(1) }, oneTime()];
      await one.endByIssuer({ subject: 'nobody' }, over, at(0));
      await one.endByIssuer({ subject: 'nobody' }, kept, at(0));
      await one.forgetUses(at(2), 100);
      expect(await one.endByIssuer({ subject: 'nobody' }, over, at(0))).toEqual([]);
      expect(await one.endByIssuer({ subject: 'nobody' }, kept, at(0))).toBe('used');
    });
  });
}
