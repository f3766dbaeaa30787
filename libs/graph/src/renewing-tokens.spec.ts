import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { EpochMillis } from '#kernel';
import { FakeClock } from '#testing';
import { AccessToken } from './access-token.ts';
import { CredentialUnavailable } from './credential-unavailable.ts';
import { TokenSource } from './graph-tokens.ts';
import { RenewingTokens, type TokenEvent } from './renewing-tokens.ts';

const minute = 60_000;

/** Issues `token-1`, `token-2`, ... that live for an hour; can be down, and can be held back. */
class ScriptedSource extends TokenSource {
  fetches = 0;
  down = false;
  lifetime = 60 * minute;
  repeatText: string | undefined;
  #gate: Promise<void> = Promise.resolve();

  constructor(readonly clock: FakeClock) {
    super();
  }

  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#gate = promise;
    return () => {
      resolve(undefined);
    };
  }

  override async fetch(): Promise<AccessToken> {
    this.fetches += 1;
    const text = this.repeatText ?? `token-${this.fetches}`;
    await this.#gate;
    if (this.down) throw new Error('AADSTS7000215: Invalid client secret provided.');
    const now = this.clock.now();
    return AccessToken.received(text, now, (now + this.lifetime) as EpochMillis);
  }
}

function setUp() {
  const clock = new FakeClock();
  const source = new ScriptedSource(clock);
  const events: TokenEvent[] = [];
  const tokens = new RenewingTokens(source, clock, (event) => events.push(event));
  const text = async () => (await tokens.token()).authorization();
  return { clock, source, events, tokens, text };
}

describe('RenewingTokens', () => {
  it('lets 200 waiters share one fetch', async () => {
    const { source, tokens } = setUp();
    const release = source.hold();
    const waiters = Array.from({ length: 200 }, () => tokens.token());
    release();
    const received = await Promise.all(waiters);
    expect(new Set(received).size).toBe(1);
    expect(source.fetches).toBe(1);
  });

  it('renews in the background from ten minutes before expiry, while the old token serves', async () => {
    const { clock, source, text } = setUp();
    await text();
    await clock.advance(50 * minute - 1);
    expect(await text()).toBe('Bearer token-1');
    expect(source.fetches).toBe(1);

    await clock.advance(1);
    const release = source.hold();
    const served = await Promise.all(Array.from({ length: 200 }, text));
    expect(new Set(served)).toEqual(new Set(['Bearer token-1']));
    expect(source.fetches).toBe(2);

    release();
    await setImmediate();
    expect(await text()).toBe('Bearer token-2');
  });

  it('goes on with the old token while Entra is down, tries every half minute, and stops a minute before expiry', async () => {
    const { clock, source, events, text } = setUp();
    await text();
    source.down = true;
    await clock.advance(50 * minute);
    for (let elapsed = 0; elapsed < 9 * minute; elapsed += 10_000) {
      expect(await text()).toBe('Bearer token-1');
      await clock.advance(10_000);
    }
    expect(source.fetches).toBe(1 + 18);
    await expect(text()).rejects.toThrow(CredentialUnavailable);
    expect(events.at(1)).toMatchObject({ kind: 'failed', usableUntil: clock.now() + minute });
    expect(events.at(-1)).not.toHaveProperty('usableUntil');
  });

  it('gives Entra half a second of rest after a failure, then recovers', async () => {
    const { clock, source, text } = setUp();
    source.down = true;
    await expect(text()).rejects.toThrow(CredentialUnavailable);
    await Promise.allSettled(Array.from({ length: 50 }, text));
    expect(source.fetches).toBe(1);
    source.down = false;
    await expect(text()).rejects.toThrow(CredentialUnavailable);
    await clock.advance(499);
    await expect(text()).rejects.toThrow(CredentialUnavailable);
    await clock.advance(1);
    expect(await text()).toBe('Bearer token-2');
  });

  it('says which AADSTS code Entra gave, in a field', async () => {
    const { source, tokens, events } = setUp();
    source.down = true;
    const error: unknown = await tokens.token().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'credential_unavailable', entraCode: 'AADSTS7000215' });
    expect(events).toEqual([{ kind: 'failed', error }]);
  });

  it('never hands out a token that arrives all but expired', async () => {
    const { source, text } = setUp();
    source.lifetime = minute;
    await expect(text()).rejects.toThrow(CredentialUnavailable);
  });

  describe('after a 401', () => {
    it('fetches a new token, once for all who were rejected', async () => {
      const { source, tokens, text } = setUp();
      const rejected = await tokens.token();
      const renewed = await Promise.all(Array.from({ length: 50 }, () => tokens.renew(rejected)));
      expect(new Set(renewed).size).toBe(1);
      expect(renewed[0]).not.toBe(rejected);
      expect(await text()).toBe('Bearer token-2');
      expect(source.fetches).toBe(2);
    });

    it('gives the newer token at once when somebody else has renewed already', async () => {
      const { clock, source, tokens } = setUp();
      const rejected = await tokens.token();
      const newer = await tokens.renew(rejected);
      await clock.advance(minute);
      expect(await tokens.renew(rejected)).toBe(newer);
      expect(source.fetches).toBe(2);
    });

    it('does not let a job that we do not own make us ask Entra at every call', async () => {
      const { clock, source, tokens } = setUp();
      const second = await tokens.renew(await tokens.token());
      for (let call = 0; call < 20; call += 1) expect(await tokens.renew(second)).toBe(second);
      expect(source.fetches).toBe(2);
      await clock.advance(10_000);
      expect(await tokens.renew(second)).not.toBe(second);
    });

    it('returns the rejected token itself when Entra has no other', async () => {
      const { source, tokens } = setUp();
      source.repeatText = 'always the same';
      const rejected = await tokens.token();
      expect(await tokens.renew(rejected)).toBe(rejected);
      expect(source.fetches).toBe(2);
    });

    it('rejects when Entra is down, and keeps the old token for others', async () => {
      const { source, tokens } = setUp();
      const rejected = await tokens.token();
      source.down = true;
      await expect(tokens.renew(rejected)).rejects.toThrow(CredentialUnavailable);
      expect(await tokens.token()).toBe(rejected);
    });
  });

  it('keeps a token fresh while nobody asks, until told to stop', async () => {
    const { clock, source, tokens } = setUp();
    const stop = new AbortController();
    const keeping = tokens.keepFresh(stop.signal);
    await setImmediate();
    await clock.advance(24 * 60 * minute);
    expect(source.fetches).toBeGreaterThan(24);
    expect(source.fetches).toBeLessThan(40);
    stop.abort(new Error('stop'));
    await keeping;
    expect(clock.waiting).toBe(0);
  });

  it('shows no token when inspected', async () => {
    const { tokens } = setUp();
    await tokens.token();
    expect(inspect(tokens, { depth: Infinity, showHidden: true, getters: true })).not.toContain('token-1');
  });
});
