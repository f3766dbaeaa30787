import { readPolicy } from '#policy';
import {
  FakeClock,
  MemoryHistory,
  MemoryHolds,
  MemoryRecorder,
  ScriptedGraph,
  someApplication,
  someEvidence,
  someJob,
  someOwners,
  someRequest,
} from '#testing';
import { type EventId, type JobRef, parseJobRef } from '#kernel';
import { JobOperations } from './job-operations.ts';
import { OutcomeRecorder } from './outcome-recorder.ts';

const caller = someApplication();
const job: JobRef = parseJobRef('d0000000-0000-4000-8000-000000000001', 'job');
const policyText = `
version: 1
jobs:
  hr: { servicePrincipalId: ${job.servicePrincipalId}, jobId: job }
  all-of-it: { servicePrincipalId: d0000000-0000-4000-8000-000000000002 }
callers: { portal: { tenant: ${caller.tenantId}, application: ${caller.clientId} } }
rules:
  - { id: may-read, effect: allow, callers: [portal], actions: [read], jobs: [hr] }
  - { id: may-pause, effect: allow, callers: [portal], actions: [pause], jobs: [hr], require: { reason: { minLength: 5 } } }
`;

function setUp({ readBeforePause = false } = {}) {
  const reading = readPolicy(Buffer.from(policyText), 'policy.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const clock = new FakeClock();
  const audit = new MemoryRecorder();
  const graph = new ScriptedGraph();
  const history = new MemoryHistory();
  const outcomes = new OutcomeRecorder(audit, clock);
  const operations = new JobOperations({
    policy: () => reading.policy,
    audit,
    outcomes,
    history,
    graph,
    holds: new MemoryHolds(),
    owners: someOwners(),
    clock,
    readBeforePause,
  });
  return { clock, audit, graph, history, outcomes, operations };
}

const asked = (justification = { reason: 'because' }) => ({ request: someRequest(), caller, justification, job });

describe('a pause', () => {
  it('records the intent, calls Graph, records the outcome, in this order', async () => {
    const { operations, audit, graph } = setUp();
    const seen: string[] = [];
    audit.away = ({ type }) => {
      seen.push(`${type} with ${graph.calls.length} calls`);
      return false;
    };
    await operations.pause(asked());

    expect(seen).toEqual(['pause.intent with 0 calls', 'pause.outcome with 1 calls']);
    expect(audit.events[1]).toMatchObject({ parent: 'event-0', outcome: 'success', upstream: someEvidence });
  });

  it('does not reach Graph when the intent cannot be recorded', async () => {
    const { operations, audit, graph } = setUp({ readBeforePause: true });
    audit.away = () => true;

    await expect(operations.pause(asked())).rejects.toMatchObject({ code: 'audit_unavailable' });
    expect(graph.calls).toEqual([]);
  });

  it('that is denied is recorded with its reason and does not reach Graph', async () => {
    const { operations, audit, graph } = setUp();

    await expect(operations.pause(asked({ reason: 'no' }))).rejects.toMatchObject({
      code: 'requirement_missing',
      eventId: 'event-0',
      message: 'Rule "may-pause" would allow this with: reason: at least 5 characters.',
    });
    expect(audit.events).toMatchObject([
      { type: 'request.denied', status: 403, decision: { effect: 'deny', denyCode: 'requirement_missing' } },
    ]);
    expect(graph.calls).toEqual([]);
  });

  it.each([
    [{ kind: 'refused', refusal: 'not_owned' }, 'graph_not_owned', { outcome: 'failure', reason: 'not_owned' }],
    [
      { kind: 'not_sent', reason: 'connect_failed' },
      'connect_failed',
      { outcome: 'failure', reason: 'connect_failed' },
    ],
    [{ kind: 'unknown', reason: 'timeout' }, 'outcome_unknown', { outcome: 'unknown', reason: 'timeout' }],
  ] as const)('that ends as %j is never told or recorded as success', async (result, code, recorded) => {
    const { operations, audit, graph } = setUp();
    graph.pausing = { ...result, evidence: someEvidence };

    await expect(operations.pause(asked())).rejects.toMatchObject({ code, eventId: 'event-0' });
    expect(audit.events[1]).toMatchObject({ type: 'pause.outcome', parent: 'event-0', ...recorded });
  });

  it('whose outcome cannot be recorded is not told as success, and the record is retried until it is in', async () => {
    const { operations, audit, outcomes, clock } = setUp();
    audit.away = ({ type }) => type === 'pause.outcome';

    await expect(operations.pause(asked())).rejects.toMatchObject({ code: 'outcome_unrecorded', eventId: 'event-0' });
    expect(outcomes.unrecorded).toBe(1);

    audit.away = () => false;
    await clock.advance(250);
    await outcomes.close();
    expect(audit.types).toEqual(['pause.intent', 'pause.outcome']);
    expect(outcomes.unrecorded).toBe(0);
  });
});

describe('the read before a pause', () => {
  it('has an intent and an outcome of its own, and the pause’s intent holds what it saw', async () => {
    const { operations, audit, graph } = setUp({ readBeforePause: true });
    graph.job = {
      kind: 'done',
      value: someJob('job', 'Quarantine'),
      evidence: { ...someEvidence, graphRequestId: 'g-1' },
    };
    await operations.pause(asked());

    expect(graph.calls).toEqual(['get', 'pause']);
    expect(audit.types).toEqual(['read.intent', 'read.outcome', 'pause.intent', 'pause.outcome']);
    expect(audit.events[2]).toMatchObject({
      before: { scheduleState: 'Active', statusCode: 'Quarantine', graphRequestId: 'g-1' },
    });
  });

  it('does not hold up the pause when it fails: the state before is unknown', async () => {
    const { operations, audit, graph } = setUp({ readBeforePause: true });
    graph.job = { kind: 'unknown', reason: 'timeout', evidence: someEvidence };
    await operations.pause(asked());

    expect(audit.events[2]).toMatchObject({ type: 'pause.intent', before: 'unknown' });
    expect(graph.calls).toEqual(['get', 'pause']);
  });
});

describe('a pause of a job that is paused already', () => {
  const paused = { kind: 'done', value: someJob('job', 'Paused'), evidence: someEvidence } as const;
  const earlier = { eventId: 'event-earlier' as EventId, time: '2026-01-05T08:00:00.000Z', application: 'another' };

  it('still goes to Graph, and its outcome says so and names the pause before it', async () => {
    const { operations, audit, graph, history } = setUp({ readBeforePause: true });
    graph.job = paused;
    history.pause = earlier;
    const change = await operations.pause(asked());

    expect(graph.calls).toEqual(['get', 'pause']);
    expect(audit.events[3]).toMatchObject({ outcome: 'success', reason: 'already_paused', pausedBy: 'event-earlier' });
    expect(change).toMatchObject({ intent: 'event-2', before: { stopped: true } });
  });

  it.each([
    ['was not by us', undefined],
    ['cannot be looked up now', new Error('the store is away')],
  ])('does not claim to know who it was when the pause before it %s', async (_name, pause) => {
    const { operations, audit, graph, history } = setUp({ readBeforePause: true });
    graph.job = paused;
    history.pause = pause;
    await operations.pause(asked());

    expect(audit.events[3]).toMatchObject({ outcome: 'success', reason: 'already_paused' });
    expect(audit.events[3]).not.toHaveProperty('pausedBy');
  });

  it('fails like any other when Graph refuses it', async () => {
    const { operations, audit, graph } = setUp({ readBeforePause: true });
    graph.job = paused;
    graph.pausing = { kind: 'refused', refusal: 'forbidden', evidence: someEvidence };

    await expect(operations.pause(asked())).rejects.toMatchObject({ code: 'graph_forbidden' });
    expect(audit.events[3]).toMatchObject({ outcome: 'failure', reason: 'forbidden' });
  });

  it('is not asked for when the job runs', async () => {
    const { operations, audit, history } = setUp({ readBeforePause: true });
    history.pause = earlier;
    await operations.pause(asked());

    expect(history.asked).toBe(0);
    expect(audit.events[3]).not.toHaveProperty('reason');
  });
});

describe('the state after a change', () => {
  const change = { intent: 'event-0' as EventId };

  it('is read with an intent of its own, which belongs to that of the change', async () => {
    const { operations, audit, graph } = setUp();
    expect(await operations.stateAfter(asked(), change)).toMatchObject({ id: 'job' });

    expect(graph.calls).toEqual(['get']);
    expect(audit.events).toMatchObject([
      { type: 'read.intent', action: 'read', parent: 'event-0' },
      { type: 'read.outcome', outcome: 'success' },
    ]);
  });

  it.each([
    ['whose token may not read', { ...caller, roles: ['Jobs.Pause'] }],
    ['whom the policy does not let read', someApplication(2)],
  ])('is not for a caller %s: nothing is read or recorded', async (_name, other) => {
    const { operations, audit, graph } = setUp();

    expect(await operations.stateAfter({ ...asked(), caller: other }, change)).toBeUndefined();
    expect([graph.calls, audit.events]).toEqual([[], []]);
  });

  it('is left out when Graph does not show it: the change has succeeded all the same', async () => {
    const { operations, graph } = setUp();
    graph.job = { kind: 'refused', refusal: 'unavailable', evidence: someEvidence };

    expect(await operations.stateAfter(asked(), change)).toBeUndefined();
  });
});

describe('a job’s name', () => {
  it('leads to the job of the catalog', () => {
    expect(setUp().operations.jobNamed('hr')).toMatchObject(job);
  });

  it.each(['other', 'toString', 'all-of-it'])('that is not one job’s leads nowhere: %s', (name) => {
    expect(() => setUp().operations.jobNamed(name)).toThrow(expect.objectContaining({ code: 'job_unknown' }));
  });

  it('is listed only to callers that may read the job', () => {
    const { operations, graph } = setUp();
    const aliases = (who: typeof caller) =>
      operations.catalogued({ ...asked(), caller: who }).map(({ alias }) => alias);

    expect([aliases(caller), aliases(someApplication(2))]).toEqual([['hr'], []]);
    expect(graph.calls).toEqual([]);
  });
});

describe('a list', () => {
  it('shows only the jobs that the caller may read', async () => {
    const { operations, graph, audit } = setUp();
    graph.listing = { kind: 'done', value: { jobs: [someJob('job'), someJob('other')] }, evidence: someEvidence };
    const { servicePrincipalId } = job;
    const { jobs } = await operations.list({ request: someRequest(), caller, justification: {}, servicePrincipalId });

    expect(jobs.map(({ id }) => id)).toEqual(['job']);
    expect(audit.types).toEqual(['list.intent', 'list.outcome']);
  });
});
