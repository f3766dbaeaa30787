import { setImmediate } from 'node:timers/promises';
import { FakeClock } from '#testing';
import { IssuerKeys, type KeySet } from './issuer-keys.ts';
import type { SigningKey } from './signing-key.ts';

const minute = 60_000;
const hour = 60 * minute;

function setOf(...kids: string[]): KeySet {
  return { issuer: 'https://issuer.example', keys: new Map(kids.map((kid) => [kid, { kid } as SigningKey])) };
}

/** An identity provider that publishes `old` and `kids`, and fails while `state.published` is undefined. */
function provider(...kids: string[]) {
  const clock = new FakeClock();
  const state: { published: KeySet | undefined; loads: number; gate: Promise<unknown> } = {
    published: setOf('old', ...kids),
    loads: 0,
    gate: Promise.resolve(),
  };
  const keys = new IssuerKeys(async () => {
    state.loads += 1;
    await state.gate;
    if (state.published === undefined) throw new Error('down');
    return state.published;
  }, clock);
  return { clock, state, keys };
}

const refused = (code: string): unknown => expect.objectContaining({ code });

describe('IssuerKeys', () => {
  it('reads once for many that ask at the same time', async () => {
    const { keys, state } = provider();
    const found = await Promise.all(Array.from({ length: 50 }, () => keys.find('old')));
    expect(new Set(found).size).toBe(1);
    expect(state.loads).toBe(1);
  });

  it('asks nobody for a key that it has', async () => {
    const { clock, keys, state } = provider();
    await keys.find('old');
    await clock.advance(23 * hour);
    await keys.find('old');
    expect(state.loads).toBe(1);
  });

  it('finds a new key by one read anew', async () => {
    const { clock, keys, state } = provider();
    await keys.find('old');
    await clock.advance(minute);
    state.published = setOf('old', 'new');
    await expect(Promise.all([keys.find('new'), keys.find('new')])).resolves.toHaveLength(2);
    expect(state.loads).toBe(2);
  });

  it('lets a token wait for a read under way instead of refusing it', async () => {
    const { keys, state } = provider();
    await keys.refresh();
    state.published = setOf('old', 'new');
    const gate = Promise.withResolvers<undefined>();
    state.gate = gate.promise;
    const refreshing = keys.refresh();
    const found = keys.find('new');
    await setImmediate();
    gate.resolve(undefined);
    await expect(found).resolves.toMatchObject({ kid: 'new' });
    await refreshing;
    expect(state.loads).toBe(2);
  });

  it('lets a flood of random kids cause one read per minute', async () => {
    const { clock, keys, state } = provider();
    await keys.find('old');
    for (let round = 0; round < 3; round += 1) {
      await clock.advance(minute);
      const flood = Array.from({ length: 200 }, (_, index) => keys.find(`random-${round}-${index}`));
      for (const result of await Promise.allSettled(flood)) {
        expect(result).toEqual({ status: 'rejected', reason: refused('kid_unknown') });
      }
      for (let index = 0; index < 20; index += 1) {
        await expect(keys.find(`later-${index}`)).rejects.toEqual(refused('kid_unknown'));
      }
      expect(state.loads).toBe(2 + round);
    }
  });

  it('does not read twice when the first read of all brings no such key', async () => {
    const { keys, state } = provider();
    await expect(keys.find('random')).rejects.toEqual(refused('kid_unknown'));
    expect(state.loads).toBe(1);
  });

  it('keeps the last good keys for 24 hours while the provider is down, then has none', async () => {
    const { clock, keys, state } = provider();
    await keys.refresh();
    state.published = undefined;
    await clock.advance(24 * hour - 1);
    await keys.refresh();
    await expect(keys.find('old')).resolves.toMatchObject({ kid: 'old' });
    await clock.advance(1);
    expect(keys.peek()).toBeUndefined();
    await expect(keys.find('old')).rejects.toEqual(refused('keys_unavailable'));
    await expect(keys.current()).rejects.toEqual(refused('keys_unavailable'));
  });

  it('does not call a kid unknown while the provider is down', async () => {
    const { clock, keys, state } = provider();
    await keys.refresh();
    state.published = undefined;
    await clock.advance(minute);
    await expect(keys.find('perhaps-new')).rejects.toEqual(refused('keys_unavailable'));
    await expect(keys.find('perhaps-new')).rejects.toEqual(refused('keys_unavailable'));
    expect(state.loads).toBe(2);
  });

  it('asks a provider that is down once in 15 seconds, and recovers', async () => {
    const { clock, keys, state } = provider();
    state.published = undefined;
    for (let index = 0; index < 20; index += 1) {
      await expect(keys.find('old')).rejects.toEqual(refused('keys_unavailable'));
    }
    expect(state.loads).toBe(1);
    state.published = setOf('old');
    await clock.advance(15_000);
    await expect(keys.find('old')).resolves.toMatchObject({ kid: 'old' });
    expect(keys.freshness).toEqual({ fetchedAt: clock.now() });
  });

  it('forgets a key that is no longer published', async () => {
    const { keys, state } = provider('new');
    await keys.refresh();
    state.published = setOf('new');
    await keys.refresh();
    await expect(keys.find('old')).rejects.toEqual(refused('kid_unknown'));
  });

  it('tells why the last read failed', async () => {
    const { clock, keys, state } = provider();
    await keys.refresh();
    const fetchedAt = clock.now();
    state.published = undefined;
    await clock.advance(hour);
    await keys.refresh();
    expect(keys.freshness).toEqual({ fetchedAt, failure: new Error('down') });
  });
});
