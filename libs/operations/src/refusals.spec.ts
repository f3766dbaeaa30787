import { FakeClock, MemoryRecorder, someApplication, someRequest } from '#testing';
import { Refusals } from './refusals.ts';

const limits = { burst: 2, perSecond: 1, summaryMillis: 10_000 };
const stranger = { request: someRequest(), code: 'token_missing', status: 401 };

function setUp() {
  const clock = new FakeClock();
  const audit = new MemoryRecorder();
  return { clock, audit, refusals: new Refusals(audit, clock, limits) };
}

describe('refusals of strangers', () => {
  it('are recorded one by one up to the rate and counted beyond it, so that a flood neither fills the log nor hides', async () => {
    const { clock, audit, refusals } = setUp();
    for (let sent = 0; sent < 7; sent += 1) await refusals.record(stranger);
    await refusals.record({ ...stranger, code: 'expired' });
    expect(audit.types).toEqual(['request.denied', 'request.denied']);

    await clock.advance(limits.summaryMillis);
    await refusals.close();
    expect(audit.events[2]).toMatchObject({ type: 'requests.refused', counts: { token_missing: 5, expired: 1 } });
    expect(audit.events).toHaveLength(3);
  });

  it('are recorded one by one again when the flood is over', async () => {
    const { clock, audit, refusals } = setUp();
    for (let sent = 0; sent < 3; sent += 1) await refusals.record(stranger);
    await clock.advance(2_000);
    await refusals.record(stranger);

    expect(audit.types).toEqual(['request.denied', 'request.denied', 'request.denied']);
    await refusals.close();
  });

  it('that are counted are not lost while the log is away, and are recorded at a stop', async () => {
    const { clock, audit, refusals } = setUp();
    for (let sent = 0; sent < 5; sent += 1) await refusals.record(stranger);
    audit.away = ({ type }) => type === 'requests.refused';
    await clock.advance(limits.summaryMillis);
    audit.away = () => false;
    await refusals.close();

    expect(audit.events.at(-1)).toMatchObject({ type: 'requests.refused', counts: { token_missing: 3 } });
  });
});

describe('refusals of known callers', () => {
  it('are each recorded, however many', async () => {
    const { audit, refusals } = setUp();
    const caller = someApplication();
    for (let sent = 0; sent < 5; sent += 1)
      await refusals.record({ ...stranger, caller, code: 'id_malformed', status: 400 });

    expect(audit.events).toHaveLength(5);
    expect(audit.events[4]).toMatchObject({ caller, decision: { effect: 'deny', denyCode: 'id_malformed' } });
  });

  it('reject when the log is away, for the edge to notice', async () => {
    const { audit, refusals } = setUp();
    audit.away = () => true;

    await expect(refusals.record({ ...stranger, caller: someApplication() })).rejects.toMatchObject({
      code: 'audit_unavailable',
    });
  });
});

describe('refusals of those who found Interlock full', () => {
  it('are counted beyond the rate too, whoever was refused, and take nothing from the rates of other kinds', async () => {
    const { clock, audit, refusals } = setUp();
    const full = { request: someRequest(), code: 'overloaded', status: 503 };
    for (let sent = 0; sent < 3; sent += 1) {
      await refusals.record({ ...full, caller: someApplication() });
      await refusals.record(full);
    }
    expect(audit.types).toEqual(['request.denied', 'request.denied']);

    await refusals.record(stranger);
    expect(audit.types).toHaveLength(3);
    await clock.advance(limits.summaryMillis);
    await refusals.close();
    expect(audit.events.at(-1)).toMatchObject({ type: 'requests.refused', counts: { overloaded: 4 } });
  });

  it('are counted too when the log does not take them', async () => {
    const { clock, audit, refusals } = setUp();
    audit.away = () => true;
    await refusals.record({ request: someRequest(), caller: someApplication(), code: 'overloaded', status: 503 });
    audit.away = () => false;
    await clock.advance(limits.summaryMillis);
    await refusals.close();

    expect(audit.events).toEqual([expect.objectContaining({ type: 'requests.refused', counts: { overloaded: 1 } })]);
  });
});
