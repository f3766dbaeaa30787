import fc from 'fast-check';
import type {
  AppendCondition,
  HoldEvent,
  Integration,
  LogHead,
  NewEntry,
  OperationIntent,
  OperationOutcome,
  OwnChange,
  Reconciliation,
} from '#audit';
import { type HoldChange, holdEventOf } from '#holds';
import { type EpochMillis, type EventId, parseJobRef } from '#kernel';
import { MemoryLogStore } from './memory-log-store.ts';
import { useMemoryLog } from './memory-log.ts';
import { recordedHoldEvent } from './recorded-hold-event.ts';
import { someApplication, someRequest } from './some-request.ts';

const job = parseJobRef('d0000000-0000-4000-8000-000000000001', 'Some.Job_1');
const servicePrincipal = { servicePrincipalId: job.servicePrincipalId };

const text = fc.string({ minLength: 1, maxLength: 300, unit: 'binary' });
const time = fc.nat(4e12).map((at) => at as EpochMillis);
const parent = fc.uuid({ version: 7 }).map((id) => id as EventId);
const state = fc.record({
  scheduleState: fc.constantFrom('Active', 'Paused', 'Disabled'),
  statusCode: fc.constantFrom('Active', 'Paused', 'Quarantine'),
  readAt: time,
});
const change = fc.constantFrom('pause' as const, 'start' as const);
const resource = fc.constantFrom(job, { ...job, alias: 'hr' });
const judged = fc.record({
  request: time.map((receivedAt) => someRequest({ receivedAt })),
  caller: fc.constant(someApplication()),
  justification: fc.record({ ticket: text, until: time }, { requiredKeys: [] }),
  decision: fc.constant({ effect: 'allow' as const, trace: [] }),
});
const optional = <Required, Optional>(required: fc.Arbitrary<Required>, given: fc.Arbitrary<Optional>) =>
  fc.tuple(required, given).map(([all, some]) => ({ ...all, ...some }));

const intent: fc.Arbitrary<OperationIntent> = fc
  .tuple(
    judged,
    fc.record({ action: change, resource: fc.oneof(resource, fc.constant(servicePrincipal)) }),
    fc.record(
      { before: fc.oneof(state, fc.constant('unknown' as const)), ends: fc.array(parent) },
      { requiredKeys: [] },
    ),
  )
  .map(([facts, about, given]) => ({ type: `${about.action}.intent`, ...facts, ...about, ...given }));
const ownChange: fc.Arbitrary<OwnChange> = fc
  .record({ action: change, resource, parent, before: state, ends: fc.array(parent) })
  .map((event) => ({ type: `${event.action}.intent`, ...event }));
const outcome: fc.Arbitrary<OperationOutcome> = optional(
  fc.record({
    type: fc.constantFrom('pause.outcome', 'start.outcome', 'read.outcome'),
    parent,
    resource,
    outcome: fc.constantFrom('success', 'failure', 'unknown'),
  }),
  fc.record({ reason: text, after: state }, { requiredKeys: [] }),
);
const reconciliation: fc.Arbitrary<Reconciliation> = fc.record({
  type: fc.constantFrom('pause.reconciled', 'start.reconciled', 'read.reconciled'),
  parent,
  resource,
  verdict: fc.constantFrom('applied', 'not_applied', 'inconclusive'),
  reason: text,
  reads: fc.array(state, { maxLength: 2 }),
});
const ending = fc.oneof(
  fc.record({
    kind: fc.constant('released' as const),
    reason: fc.constantFrom('released' as const, 'overridden' as const, 'expired' as const),
  }),
  fc.record({ kind: fc.constant('not_resumed' as const), reason: text }),
  fc.constant({ kind: 'superseded' as const }),
);
const holdEvent: fc.Arbitrary<HoldEvent> = fc.oneof(
  fc.record({ type: fc.constant('hold.ended' as const), parent, resource, ending }),
  fc.record({ type: fc.constant('hold.confirmed' as const), parent, resource }),
  optional(judged, fc.record({ type: fc.constant('hold.extended' as const), parent, resource })),
);

const holdChanges: readonly HoldChange['kind'][] = [
  'pause_intended',
  'pause_ended',
  'pause_reconciled',
  'start_intended',
  'start_ended',
  'start_reconciled',
  'ended',
  'extended',
  'confirmed',
];

class WatchedStore extends MemoryLogStore {
  readonly appended: NewEntry[] = [];

  override append(integrate: (head: LogHead | undefined) => Integration, condition?: AppendCondition) {
    return super.append((head) => {
      const integration = integrate(head);
      this.appended.push(...integration.entries);
      return integration;
    }, condition);
  }
}

const on = useMemoryLog();

it('says of the stored bytes what the stores project from the leaf in hand', async () => {
  const store = new WatchedStore();
  const log = await on.open({ store });
  const sampled = <Event>(events: fc.Arbitrary<Event>) => fc.sample(events, { numRuns: 60, seed: 7 });
  await Promise.all([
    ...sampled(fc.oneof(intent, ownChange, outcome)).map((event) => log.record(event)),
    ...sampled(reconciliation).map((event) => log.settle(event)),
    ...sampled(holdEvent).map((event) => log.recordUnlessChanged(event, job, Number.MAX_SAFE_INTEGER)),
  ]);
  const stored = await log.entries(0, log.size);
  const read = stored.map(recordedHoldEvent);

  expect(store.appended.map(({ leaf }, index) => holdEventOf(leaf, index))).toEqual(read);
  const kinds = new Set(read.map((event) => event?.change.kind));
  expect(kinds).toEqual(new Set([...holdChanges, undefined]));
});
