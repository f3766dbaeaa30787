import { v5 as uuidv5 } from 'uuid';
import type { BrokerProcess } from '../support/broker-process.ts';
import { type Answered, FaultStage } from '../support/fault-stage.ts';
import { Interlock } from '../support/interlock.ts';
import { eventsOver, type Recorded } from '../support/recorded-events.ts';
import { type Ending, faultMatrix, type FaultRow, type Operation, operations } from './fault-matrix.ts';

let interlock: Interlock;
let stage: FaultStage;
let reviewer: string;

beforeAll(async () => {
  interlock = await Interlock.start();
  stage = await FaultStage.open(interlock);
  reviewer = await interlock.reviewer();
});
afterAll(async () => {
  await stage.close();
  await interlock.stop();
});

const recordedAs = { pause: 'pause', start: 'start', get: 'read', list: 'list' } as const;
const cases = faultMatrix.flatMap((row) => operations.map((operation) => [row.fault, operation, row] as const));

describe('Microsoft in trouble', () => {
  it.each(cases)('%s: %s', async (_fault, operation, row) => {
    const answered = await stage.meet(row, operation);
    const { status, code, headers } = answered.reply;
    const retryAfter = headers['retry-after'];
    const events = await eventsOf(row, answered);
    const ending = row.endings[operation];
    const requests = requestsFor(events.find(({ type }) => type === `${recordOf(operation, ending)}.intent`));

    expect({
      status,
      code,
      retryAfter: retryAfter === undefined ? undefined : Number(retryAfter),
      calls: requests.length,
      changed: requests.some(({ applied }) => applied),
      events: events.map(inWords),
    }).toEqual({
      status: ending.status,
      code: ending.code,
      retryAfter: ending.retryAfter,
      calls: ending.calls,
      changed: isChanged(operation, row),
      events: expectedEvents(operation, ending),
    });
  });
});

describe('the table', () => {
  it('names each fault once', () => {
    const faults = faultMatrix.map(({ fault }) => fault);
    expect(new Set(faults).size).toBe(faults.length);
  });
});

/** Logs as they were read after all operations had met the row. */
const logs = new Map<FaultRow, Map<BrokerProcess, Promise<readonly Recorded[]>>>();

function logAfter(row: FaultRow, broker: BrokerProcess): Promise<readonly Recorded[]> {
  const read = logs.get(row) ?? new Map<BrokerProcess, Promise<readonly Recorded[]>>();
  const log = read.get(broker) ?? eventsOver(broker.url, reviewer);
  logs.set(row, read.set(broker, log));
  return log;
}

/** What the log holds of a request: its own events and their outcomes, without what the reconciler adds in its time. */
async function eventsOf(row: FaultRow, { broker, reply }: Answered): Promise<readonly Recorded[]> {
  const events = await logAfter(row, broker);
  const own = new Set(
    events.filter(({ corr }) => corr?.request_id === reply.headers['request-id']).map(({ id }) => id),
  );
  return events.filter(({ id, parent = '', type }) => own.has(id) || (own.has(parent) && type.endsWith('.outcome')));
}

/** What reached the simulated Graph for this intent: the id of each attempt can be derived from the intent alone. */
function requestsFor(intent: Recorded | undefined) {
  if (intent === undefined) return [];
  const attempts = new Set(Array.from({ length: 10 }, (_, index) => uuidv5(String(index + 1), intent.id)));
  return interlock.cloud
    .journal({ service: 'graph' })
    .filter(({ headers }) => attempts.has(headers['client-request-id'] ?? ''));
}

/** Whether Graph carried a change out, whatever it said. */
function isChanged(operation: Operation, { trouble, endings }: FaultRow): boolean {
  if (operation === 'get' || operation === 'list') return false;
  return endings[operation].outcome === 'success' || (typeof trouble === 'object' && trouble.when === 'after');
}

function inWords({ type, outcome, outcome_reason: reason }: Pick<Recorded, 'type' | 'outcome' | 'outcome_reason'>) {
  return [type, outcome, reason].filter(Boolean).join(' ');
}

/** As what the log has the operation that ended so. */
function recordOf(operation: Operation, { atRead }: Ending) {
  return atRead === true ? 'read' : recordedAs[operation];
}

function expectedEvents(operation: Operation, ending: Ending): readonly string[] {
  const record = recordOf(operation, ending);
  const { outcome, reason } = ending;
  const ended = inWords({ type: `${record}.outcome`, outcome, ...(reason && { outcome_reason: reason }) });
  const readFirst = record === 'start' ? ['read.intent', 'read.outcome success'] : [];
  return [...readFirst, `${record}.intent`, ended];
}
