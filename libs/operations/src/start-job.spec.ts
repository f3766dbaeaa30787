import { parseJobRef } from '#kernel';
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
import { JobOperations } from './job-operations.ts';
import { OutcomeRecorder } from './outcome-recorder.ts';

const caller = someApplication();
const job = parseJobRef('d0000000-0000-4000-8000-000000000001', 'job');
const policyText = (startQuarantined: boolean) => `
version: 1
jobs: { hr: { servicePrincipalId: ${job.servicePrincipalId}, jobId: job } }
callers: { portal: { tenant: ${caller.tenantId}, application: ${caller.clientId} } }
rules:
  - id: may-start
    effect: allow
    callers: [portal]
    actions: [start]
    jobs: [hr]
    require: { ticket: { pattern: "CHG[0-9]+" } }
    startQuarantined: ${startQuarantined}
`;

type State = Parameters<typeof someJob>[1];
const shown = (state: State) => ({ kind: 'done', value: someJob('job', state), evidence: someEvidence }) as const;

function setUp({
  state = 'Paused',
  startQuarantined = false,
}: { readonly state?: State; readonly startQuarantined?: boolean } = {}) {
  const reading = readPolicy(Buffer.from(policyText(startQuarantined)), 'policy.yaml');
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  const clock = new FakeClock();
  const audit = new MemoryRecorder();
  const graph = new ScriptedGraph();
  graph.job = shown(state);
  const operations = new JobOperations({
    policy: () => reading.policy,
    audit,
    outcomes: new OutcomeRecorder(audit, clock),
    history: new MemoryHistory(),
    graph,
    holds: new MemoryHolds(),
    owners: someOwners(),
    clock,
    readBeforePause: false,
  });
  const start = (ticket = 'CHG1') =>
    operations.start({ request: someRequest(), caller, justification: { ticket }, job });
  return { audit, graph, start };
}

describe('a start', () => {
  it('reads the job first, then starts it, each with its own intent and outcome', async () => {
    const { audit, graph, start } = setUp();
    const change = await start();

    expect(graph.calls).toEqual(['get', 'start']);
    expect(audit.types).toEqual(['read.intent', 'read.outcome', 'start.intent', 'start.outcome']);
    expect(audit.events[2]).toMatchObject({
      action: 'start',
      before: { scheduleState: 'Paused', statusCode: 'Paused' },
    });
    expect(audit.events[3]).toMatchObject({ parent: 'event-2', outcome: 'success' });
    expect(change).toEqual({
      intent: 'event-2',
      before: { scheduleState: 'Paused', statusCode: 'Paused', stopped: true },
    });
  });

  it('that the policy denies reads nothing', async () => {
    const { audit, graph, start } = setUp();

    await expect(start('none')).rejects.toMatchObject({ code: 'requirement_missing' });
    expect([graph.calls, audit.types]).toEqual([[], ['request.denied']]);
  });

  it.each(['read.intent', 'start.intent'] as const)('goes no further than %s without the log', async (missing) => {
    const { audit, graph, start } = setUp();
    audit.away = ({ type }) => type === missing;

    await expect(start()).rejects.toMatchObject({ code: 'audit_unavailable' });
    expect(graph.calls).toEqual(missing === 'read.intent' ? [] : ['get']);
  });

  it('of a running job is refused, and the refusal names the state and the read that found it', async () => {
    const { audit, graph, start } = setUp({ state: 'Active', startQuarantined: true });

    await expect(start()).rejects.toMatchObject({
      code: 'job_running',
      eventId: 'event-2',
      message: expect.stringContaining('not stopped (schedule Active, status Active)'),
    });
    expect(graph.calls).toEqual(['get']);
    expect(audit.types).toEqual(['read.intent', 'read.outcome', 'request.denied']);
    expect(audit.events[2]).toMatchObject({
      status: 409,
      action: 'start',
      parent: 'event-0',
      before: { statusCode: 'Active' },
      decision: { effect: 'deny', denyCode: 'job_running', rule: 'may-start' },
    });
  });

  it('of a quarantined job is refused with the reason of the quarantine', async () => {
    const { audit, graph, start } = setUp();
    const quarantined = someJob('job', 'Quarantine');
    const status = { ...quarantined.status, quarantine: { reason: 'TooManyDeletes' } };
    graph.job = { ...shown('Quarantine'), value: { ...quarantined, status } };

    await expect(start()).rejects.toMatchObject({
      code: 'job_quarantined',
      message: expect.stringContaining('in quarantine (TooManyDeletes)'),
    });
    expect(graph.calls).toEqual(['get']);
    expect(audit.events[2]).toMatchObject({ type: 'request.denied', decision: { denyCode: 'job_quarantined' } });
  });

  it('of a quarantined job goes ahead where the deciding rule says so', async () => {
    const { graph, start } = setUp({ state: 'Quarantine', startQuarantined: true });
    await start();

    expect(graph.calls).toEqual(['get', 'start']);
  });

  it.each([
    [{ kind: 'refused', refusal: 'not_found' }, 'graph_not_found', 'failure'],
    [{ kind: 'refused', refusal: 'throttled' }, 'graph_throttled', 'failure'],
    [{ kind: 'not_sent', reason: 'circuit_open' }, 'circuit_open', 'failure'],
    [{ kind: 'unknown', reason: 'timeout' }, 'state_unread', 'unknown'],
  ] as const)('is not sent when the read ends as %j', async (result, code, outcome) => {
    const { audit, graph, start } = setUp();
    graph.job = { ...result, evidence: someEvidence };

    await expect(start()).rejects.toMatchObject({ code, eventId: 'event-0' });
    expect(graph.calls).toEqual(['get']);
    expect(audit.events).toMatchObject([
      { type: 'read.intent', action: 'start' },
      { type: 'read.outcome', outcome },
    ]);
  });

  it.each([
    [{ kind: 'refused', refusal: 'conflict' }, 'graph_conflict', { outcome: 'failure', reason: 'conflict' }],
    [{ kind: 'unknown', reason: 'timeout' }, 'outcome_unknown', { outcome: 'unknown', reason: 'timeout' }],
  ] as const)('that ends as %j is never told or recorded as success', async (result, code, recorded) => {
    const { audit, graph, start } = setUp();
    graph.starting = { ...result, evidence: someEvidence };

    await expect(start()).rejects.toMatchObject({ code, eventId: 'event-2' });
    expect(audit.events[3]).toMatchObject({ type: 'start.outcome', parent: 'event-2', ...recorded });
  });
});
