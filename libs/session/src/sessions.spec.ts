import { DisclosureKey } from '#audit';
import { type EpochMillis, type EventId, ObjectId, TenantId } from '#kernel';
import { openStore, type Store } from '#store';
import { FakeClock } from '#testing';
import type { EndedSession, IssuedTokens } from './session.ts';
import { digestOf, newSessionId, type SessionId } from './session-id.ts';
import { SessionRecorder } from './session-recorder.ts';
import { Sessions } from './sessions.ts';
import { SignInError } from './sign-in-error.ts';
import { SignInProvider } from './sign-in-provider.ts';

const minute = 60_000;
const limits = { idleMillis: 30 * minute, absoluteMillis: 480 * minute };

/** Gives out tokens that last an hour, until it is told otherwise. */
class ScriptedProvider extends SignInProvider {
  readonly renewals: string[] = [];
  answer: 'tokens' | 'sign_in_refused' | 'sign_in_unavailable' = 'tokens';
  /** Runs before a renewal is answered. */
  meanwhile: () => Promise<unknown> = () => Promise.resolve();

  constructor(readonly clock: FakeClock) {
    super();
  }

  issue(): IssuedTokens {
    const number = this.renewals.length;
    const expiresAt = (this.clock.now() + 60 * minute) as EpochMillis;
    return { accessToken: `access ${number}`, refreshToken: `refresh ${number}`, expiresAt };
  }

  override async renew(refreshToken: string): Promise<IssuedTokens> {
    this.renewals.push(refreshToken);
    await this.meanwhile();
    if (this.answer !== 'tokens') throw new SignInError(this.answer);
    return this.issue();
  }

  override begin = () => Promise.reject(new Error('not asked for'));
  override redeem = () => Promise.reject(new Error('not asked for'));
  override signOutAddress = () => Promise.reject(new Error('not asked for'));
}

class Recorder extends SessionRecorder {
  readonly ends: string[] = [];
  failing = false;

  override ended({ startedBy, ending }: EndedSession): Promise<void> {
    if (this.failing) return Promise.reject(new Error('the log is away'));
    this.ends.push(`${startedBy} ${ending}`);
    return Promise.resolve();
  }
}

let clock: FakeClock;
let store: Store;
let provider: ScriptedProvider;
let recorder: Recorder;
let sessions: Sessions;
let troubles: unknown[];
let states = 0;

const sealer = DisclosureKey.parse(DisclosureKey.generate()).sealerFor('session');

function replica(withSealer = sealer): Sessions {
  const onTrouble = (error: unknown) => troubles.push(error);
  return new Sessions({ store: store.sessions, provider, recorder, sealer: withSealer, clock, limits, onTrouble });
}

beforeEach(async () => {
  clock = new FakeClock();
  store = await openStore('sqlite::memory:', clock);
  provider = new ScriptedProvider(clock);
  recorder = new Recorder();
  troubles = [];
  sessions = replica();
});
afterEach(() => store.close());

function begin(over: { state?: string; subject?: string; issuerSession?: string; tokens?: IssuedTokens } = {}) {
  return sessions.begin({
    tokens: provider.issue(),
    subject: 'ada',
    state: `state ${++states}`,
    startedBy: 'start' as EventId,
    tenantId: TenantId.parse('10000000-0000-4000-8000-000000000001', 'tenant'),
    objectId: ObjectId.parse('20000000-0000-4000-8000-000000000001', 'object'),
    ...over,
  });
}

const accessOf = async (id: SessionId) => (await sessions.use(id))?.tokens.accessToken;

describe('a session', () => {
  it('is found by its id only, and gets an id of its own each time', async () => {
    const [one, other] = [await begin(), await begin()];

    expect(one).not.toBe(other);
    expect(await accessOf(one)).toBe('access 0');
    expect(await accessOf(newSessionId())).toBeUndefined();
    expect(await accessOf(digestOf(one) as string as SessionId)).toBeUndefined();
  });

  it('is made once of a sign-in: its state cannot be replayed', async () => {
    await begin({ state: 'once' });
    await expect(begin({ state: 'once' })).rejects.toMatchObject({ code: 'sign_in_stale' });
    expect(recorder.ends).toEqual(['start not_kept']);
  });

  it('lasts as long as it is used, and ends half an hour after the last use', async () => {
    const id = await begin();
    for (let use = 0; use < 3; use += 1) {
      await clock.advance(29 * minute);
      expect(await accessOf(id)).toBeDefined();
    }
    await clock.advance(30 * minute);

    expect(await accessOf(id)).toBeUndefined();
    expect(recorder.ends).toEqual(['start idle']);
  });

  it('is not kept open by looking at it', async () => {
    const id = await begin();
    await clock.advance(29 * minute);
    expect(await sessions.look(id)).toMatchObject({ idleAt: clock.now() + minute });
    await clock.advance(minute);
    expect(await sessions.look(id)).toBeUndefined();
  });

  it('ends after eight hours, however much it is used', async () => {
    const id = await begin();
    for (let uses = 0; uses < 16; uses += 1) {
      expect(await accessOf(id)).toBeDefined();
      await clock.advance(29.9 * minute);
    }
    await clock.advance(2 * minute);

    expect(await accessOf(id)).toBeUndefined();
    expect(recorder.ends).toEqual(['start too_old']);
  });

  it('ends when its person signs out, once', async () => {
    const id = await begin();
    await sessions.end(digestOf(id), 'signed_out');
    await sessions.end(digestOf(id), 'signed_out');

    expect(await accessOf(id)).toBeUndefined();
    expect(recorder.ends).toEqual(['start signed_out']);
  });

  it('ends when its tokens cannot be read: another key, or a row that was changed', async () => {
    const id = await begin();
    const otherKey = replica(DisclosureKey.parse(DisclosureKey.generate()).sealerFor('session'));

    expect(await otherKey.use(id)).toBeUndefined();
    expect(recorder.ends).toEqual(['start unreadable']);
  });

  it('keeps no token of it in the row', async () => {
    const id = await begin();
    const row = JSON.stringify(await store.sessions.find(digestOf(id)), (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
    );
    expect(row).not.toMatch(/access 0|refresh 0|ada/);
    expect(row).not.toContain(id);
  });
});

describe('the tokens of a session', () => {
  it('are renewed ahead of their expiry, once for all who wait', async () => {
    const id = await begin();
    await clock.advance(25 * minute);
    await accessOf(id);
    await clock.advance(29 * minute);
    expect(await accessOf(id)).toBe('access 0');
    await clock.advance(2 * minute);

    expect(await Promise.all([accessOf(id), accessOf(id), accessOf(id)])).toEqual(Array(3).fill('access 1'));
    expect(provider.renewals).toEqual(['refresh 0']);
    expect(await accessOf(id)).toBe('access 1');
  });

  it('end the session when the issuer refuses to renew them', async () => {
    const id = await begin({ tokens: { ...provider.issue(), expiresAt: (clock.now() + minute) as EpochMillis } });
    provider.answer = 'sign_in_refused';

    expect(await accessOf(id)).toBeUndefined();
    expect(recorder.ends).toEqual(['start renewal_refused']);
  });

  it('serve until they expire when the issuer cannot be asked, and then nothing does', async () => {
    const id = await begin({ tokens: { ...provider.issue(), expiresAt: (clock.now() + minute) as EpochMillis } });
    provider.answer = 'sign_in_unavailable';

    expect(await accessOf(id)).toBe('access 0');
    await clock.advance(minute);
    await expect(accessOf(id)).rejects.toMatchObject({ code: 'sign_in_unavailable' });
    provider.answer = 'tokens';
    expect(await accessOf(id)).toBe('access 3');
  });

  it('are taken from the replica that renewed them first', async () => {
    const id = await begin({ tokens: { ...provider.issue(), expiresAt: (clock.now() + minute) as EpochMillis } });
    let rival: string | undefined;
    provider.meanwhile = async () => {
      provider.meanwhile = () => Promise.resolve();
      rival = (await replica().use(id))?.tokens.accessToken;
      provider.answer = 'sign_in_refused';
    };

    expect(await accessOf(id)).toBe(rival);
    expect(recorder.ends).toEqual([]);
  });

  it('do not bring a session back that ended while they were renewed', async () => {
    const id = await begin({ tokens: { ...provider.issue(), expiresAt: (clock.now() + minute) as EpochMillis } });
    provider.meanwhile = () => replica().end(digestOf(id), 'signed_out');

    expect(await accessOf(id)).toBeUndefined();
    expect(recorder.ends).toEqual(['start signed_out']);
  });
});

describe('the issuer', () => {
  const logout = (tokenId: string) => ({ tokenId, expiresAt: (clock.now() + minute) as EpochMillis });

  it('ends the session that it names, and only that', async () => {
    const [one, other] = [await begin({ issuerSession: 'one' }), await begin({ issuerSession: 'other' })];
    await sessions.endByIssuer({ ...logout('a'), issuerSession: 'one' });

    expect(await accessOf(one)).toBeUndefined();
    expect(await accessOf(other)).toBeDefined();
    expect(recorder.ends).toEqual(['start signed_out_at_issuer']);
  });

  it('ends all sessions of a person, and cannot be replayed to end the next one', async () => {
    await begin();
    await sessions.endByIssuer({ ...logout('a'), subject: 'ada' });
    const next = await begin();

    await expect(sessions.endByIssuer({ ...logout('a'), subject: 'ada' })).rejects.toMatchObject({
      code: 'logout_token_invalid',
    });
    expect(await accessOf(next)).toBeDefined();
  });
});

describe('a round', () => {
  it('ends and records what is overdue, more than one batch of it', async () => {
    for (let number = 0; number < 120; number += 1) await begin();
    await clock.advance(31 * minute);
    const alive = await begin();
    await sessions.round();

    expect(recorder.ends).toEqual(Array(120).fill('start idle'));
    expect(await accessOf(alive)).toBeDefined();
  });

  it('records an end that the log did not take at first; the session was over all the same', async () => {
    const id = await begin();
    recorder.failing = true;
    await sessions.end(digestOf(id), 'signed_out');
    expect(await accessOf(id)).toBeUndefined();
    expect(troubles).toHaveLength(1);

    recorder.failing = false;
    await clock.advance(2 * minute);
    await sessions.round();
    await sessions.round();
    expect(recorder.ends).toEqual(['start signed_out']);
  });
});
