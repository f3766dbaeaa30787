import { readPolicy } from '#policy';
import {
  FakeClock,
  MemoryRecorder,
  ScriptedGraph,
  someApplication,
  someEvidence,
  someJob,
  someRequest,
} from '#testing';
import { type JobRef, parseJobRef } from '#kernel';
import { JobOperations } from './job-operations.ts';
import { OutcomeRecorder } from './outcome-recorder.ts';

const caller = someApplication();
const job: JobRef = parseJobRef('d0000000-0000-4000-8000-000000000001', 'job');
const policyText = `
version: 1
jobs: { hr: { servicePrincipalId: ${job.servicePrincipalId}, jobId: job } }
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
  const outcomes = new OutcomeRecorder(audit, clock);
  const operations = new JobOperations({
    policy: () => reading.policy,
    audit,
    outcomes,
    graph,
    clock,
    readBeforePause,
  });
  return { clock, audit, graph, outcomes, operations };
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
