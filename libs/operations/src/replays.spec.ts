import { type RecordedChange } from '#audit';
import { type EventId, parseJobRef } from '#kernel';
import { type Policy, readPolicy } from '#policy';
import { MemoryHistory, MemoryRecorder, someApplication, someRequest } from '#testing';
import { Replays } from './replays.ts';

const caller = someApplication();
const job = parseJobRef('d0000000-0000-4000-8000-000000000001', 'job');
/** A UUIDv7 of nine o'clock. */
const millis = Date.parse('2026-01-05T09:00:00Z').toString(16).padStart(12, '0');
const event = `${millis.slice(0, 8)}-${millis.slice(8)}-7000-8000-000000000000` as EventId;
const begun = event.replace(/0$/, '1') as EventId;
const asked = { request: someRequest(), caller };

function policyOf(...rules: readonly string[]): Policy {
  const text = `
version: 1
jobs: { hr: { servicePrincipalId: ${job.servicePrincipalId}, jobId: job } }
callers: { portal: { tenant: ${caller.tenantId}, application: ${caller.clientId} } }
rules: [${rules.join(', ')}]`;
  const reading = readPolicy(Buffer.from(text), 'policy.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.policy;
}

const may = (more = '') => `{ id: may, effect: allow, callers: [portal], actions: [pause], jobs: [hr]${more} }`;
const none = '{ id: none, effect: deny }';

function setUp(policy: Policy, change: Partial<RecordedChange> = {}) {
  const audit = new MemoryRecorder();
  const history = new MemoryHistory();
  history.changes.set(event, { resource: job, action: 'pause', end: { kind: 'done' }, ...change });
  const bulk = {
    find: (id: EventId) => Promise.resolve(id === begun ? ({ id, action: 'pause', owner: 'one' } as const) : undefined),
  };
  return { audit, replays: new Replays({ policy: () => policy, audit, history, bulk }) };
}

describe('a repeated request', () => {
  it('is on record, with what the first one changed, before it is answered', async () => {
    const { audit, replays } = setUp(policyOf(may()));
    await replays.permit(asked, event, 204);
    expect(audit.events).toMatchObject([
      { type: 'request.replayed', caller, resource: job, action: 'pause', parent: event, status: 204 },
    ]);
    audit.away = () => true;
    await expect(replays.permit(asked, event, 204)).rejects.toMatchObject({ code: 'audit_unavailable' });
  });

  it('gets no reply when the policy has taken the right away, and that is on record', async () => {
    for (const policy of [policyOf(none), policyOf(may(), none), policyOf(may().replace('[pause]', '[start]'))]) {
      const { audit, replays } = setUp(policy);
      await expect(replays.permit(asked, event, 204)).rejects.toMatchObject({
        name: 'DeniedByPolicy',
        eventId: 'event-0',
      });
      expect(audit.events).toMatchObject([{ type: 'request.denied', status: 403, parent: event, resource: job }]);
    }
  });

  it('gets its reply when the window has closed since, or without the justification of the first', async () => {
    const window = ', windows: [{ zone: Etc/UTC, from: "08:59", to: "09:01" }], require: { reason: { minLength: 5 } }';
    const { audit, replays } = setUp(policyOf(may(window)));
    await replays.permit(asked, event, 204);
    expect(audit.types).toEqual(['request.replayed']);
  });

  it('of giving up a hold is not for the policy to allow', async () => {
    const { audit, replays } = setUp(policyOf(none), { action: 'start' });
    await replays.permit({ caller, request: someRequest({ method: 'DELETE' }) }, event, 200);
    expect(audit.types).toEqual(['request.replayed']);
  });

  it('of a bulk operation is on record; its jobs were judged one by one', async () => {
    const { audit, replays } = setUp(policyOf(none));
    await replays.permit(asked, begun, 202);
    expect(audit.events).toMatchObject([{ type: 'request.replayed', parent: begun, status: 202 }]);
  });

  it('is answered also when nothing of the first is on record', async () => {
    const { audit, replays } = setUp(policyOf(none));
    await replays.permit(asked, undefined, 202);
    expect(audit.types).toEqual(['request.replayed']);
  });
});

describe('a change whose reply was lost', () => {
  const endOf = (end: RecordedChange['end'] | undefined) =>
    setUp(policyOf(none), end && { end }).replays.endOf(end === undefined ? ('unknown' as EventId) : event);

  it('is told as the log has it', async () => {
    expect(await endOf({ kind: 'done' })).toEqual({ kind: 'done' });
    expect(await endOf({ kind: 'failed', reason: 'conflict' })).toMatchObject({
      kind: 'failed',
      error: { code: 'graph_conflict', eventId: event },
    });
  });

  it('is known to be carried on when it was a bulk operation', async () => {
    expect(await setUp(policyOf(none)).replays.endOf(begun)).toEqual({ kind: 'begun' });
  });

  it('may be tried again when Graph certainly did nothing and may do it next time', async () => {
    for (const reason of ['throttled', 'unavailable', 'connect_failed', 'too_busy', 'deadline_exceeded']) {
      expect(await endOf({ kind: 'failed', reason })).toEqual({ kind: 'free' });
    }
  });

  it('is unknown while the log does not say, and never tried again', async () => {
    for (const end of [{ kind: 'unknown' } as const, undefined]) {
      expect(await endOf(end)).toMatchObject({ kind: 'failed', error: { code: 'outcome_unknown' } });
    }
  });
});
