import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import { faultMatrix, type FaultRow, type Operation, operations, type Prepared } from '../e2e/fault-matrix.ts';
import type { BrokerProcess } from './broker-process.ts';
import { faultPolicy } from './fault-policy.ts';
import { call, type Reply } from './http-client.ts';
import { Interlock, jobPath, jobsPath } from './interlock.ts';
import { SpareBrokers } from './spare-brokers.ts';

/**
 * Which job each operation is about. The reconciler reads the jobs of unknown pauses and starts at its own pace, so the
 * reads have a job to which that does not happen, and what waits for its deadline has jobs that no other case touches.
 */
type Jobs = Readonly<Record<Operation, (typeof jobs)[keyof typeof jobs]>>;
const usual: Jobs = { pause: jobs.hrInbound, start: jobs.scim, get: jobs.crossTenant, list: jobs.crossTenant };
const slow: Jobs = { pause: jobs.notOwned, start: jobs.quarantined, get: jobs.scimDraft, list: jobs.scimDraft };

/** A reply and the broker that gave it. */
export interface Answered {
  readonly broker: BrokerProcess;
  readonly reply: Reply;
}
type Answers = Readonly<Record<Operation, Answered>>;
/** Who is asked for an operation. */
type Choice = (operation: Operation) => BrokerProcess;

/** Where faults are met: a simulated cloud, and brokers whose policy allows everything, so that what fails, fails there. */
export class FaultStage {
  readonly #interlock: Interlock;
  readonly #token: string;
  /** One for reads and one for changes: what fails of one row at one of them does not open its circuit. */
  readonly #usual: Choice;
  readonly #prepared: Readonly<Record<Prepared, Promise<Answers>>>;
  readonly #spares: SpareBrokers;
  readonly #met = new Map<FaultRow, Promise<Answers>>();

  private constructor(
    interlock: Interlock,
    token: string,
    usual: Choice,
    prepared: Readonly<Record<Prepared, Promise<Answers>>>,
  ) {
    this.#interlock = interlock;
    this.#token = token;
    this.#usual = usual;
    this.#prepared = prepared;
    const renewals = faultMatrix.filter(({ renewal }) => renewal === true).length;
    this.#spares = new SpareBrokers(() => startBroker(interlock, randomUUID()), renewals);
  }

  static async open(interlock: Interlock): Promise<FaultStage> {
    const { cloud, folder } = interlock;
    writeFileSync(join(folder, 'fault-policy.yaml'), faultPolicy);
    cloud.grantOwnership({ principal: jobs.notOwned.servicePrincipalId, owner: ids.interlock.principalId });
    const roles = ['Jobs.Read', 'Jobs.Pause', 'Jobs.Start'];
    const token = await cloud.mintToken({ application: ids.hrPortal.appId, roles });

    const outage = cloud.takeDown({ service: 'token' });
    const tokenless = await startBroker(interlock, 'tokenless');
    const withoutToken = Promise.resolve(await askAll(() => tokenless, token, usual));
    cloud.clearFaults({ id: outage });

    const [reads, changes] = await Promise.all([startBroker(interlock, 'reads'), startBroker(interlock, 'changes')]);
    const choice: Choice = (operation) => (operation === 'get' || operation === 'list' ? reads : changes);
    for (const operation of operations) {
      cloud.injectFault({ match: matchOf(operation, slow), delay: 'until-cleared' });
    }
    // While the other cases run, because this takes as long as the deadline.
    const unanswered = askAll(choice, token, slow);
    // A suite that ends before its turn breaks it off; whoever awaits it hears of a failure all the same.
    unanswered.catch(() => undefined);
    const prepared = { 'token endpoint down': withoutToken, 'no answer in time': unanswered };
    return new FaultStage(interlock, token, choice, prepared);
  }

  /** The reply to the operation while Graph has the row's trouble, which all operations meet at the same time. */
  async meet(row: FaultRow, operation: Operation): Promise<Answered> {
    const { trouble } = row;
    const isPrepared = trouble === 'token endpoint down' || trouble === 'no answer in time';
    const answers = isPrepared ? this.#prepared[trouble] : (this.#met.get(row) ?? this.#meetAll(row, trouble));
    this.#met.set(row, answers);
    return (await answers)[operation];
  }

  /** To be called before the interlock is stopped, which ends the brokers that it knows by then. */
  close(): Promise<void> {
    return this.#spares.close();
  }

  async #meetAll(row: FaultRow, trouble: Exclude<FaultRow['trouble'], Prepared>): Promise<Answers> {
    const { cloud } = this.#interlock;
    cloud.setJobState({ ...usual.pause, state: { kind: 'active' } });
    cloud.setJobState({ ...usual.start, state: { kind: 'paused' } });
    const spare = row.renewal === true ? await this.#spares.next() : undefined;
    const choice = spare === undefined ? this.#usual : () => spare;
    await Promise.all([this.#closeCircuit(choice('get')), this.#closeCircuit(choice('pause'))]);
    const release = row.renewal === true ? this.#holdFirst(row) : undefined;
    const isOver = release !== undefined && typeof trouble === 'object' && trouble.times === 1;
    const mends = isOver ? [] : operations.map((operation) => this.#break(trouble, operation));
    const asked = askAll(choice, this.#token, usual);
    await release?.();
    const answers = await asked;
    for (const mend of mends) mend();
    return answers;
  }

  /**
   * The first request of each operation waits for those of the others, so that all of them carry the token that is then
   * renewed: for a while there is no second renewal.
   */
  #holdFirst({ trouble, endings }: FaultRow): () => Promise<void> {
    const { cloud } = this.#interlock;
    const after = cloud.journal().at(-1)?.sequence ?? 0;
    const held = operations.map((operation) => {
      const isRead = endings[operation].atRead === true;
      const match = isRead ? matchOf('get', { ...usual, get: usual[operation] }) : matchOf(operation, usual);
      const plan = { match, ...(typeof trouble === 'object' && trouble), times: 1, delay: 'until-cleared' } as const;
      return { match, id: cloud.injectFault(plan) };
    });
    return async () => {
      await Promise.all(held.map(({ match }) => cloud.whenArrived({ ...match, after })));
      for (const { id } of held) cloud.clearFaults({ id });
    };
  }

  /** Makes the trouble and gives what ends it. */
  #break(trouble: Exclude<FaultRow['trouble'], Prepared>, operation: Operation): () => void {
    const { cloud } = this.#interlock;
    if (trouble === 'not owned') {
      const ownership = { principal: usual[operation].servicePrincipalId, owner: ids.interlock.principalId };
      cloud.revokeOwnership(ownership);
      return () => {
        cloud.grantOwnership(ownership);
      };
    }
    const id = cloud.injectFault({ match: matchOf(operation, usual), ...trouble });
    return () => {
      cloud.clearFaults({ id });
    };
  }

  /** A success between the rows keeps the failures of many from opening the circuit. */
  async #closeCircuit(broker: BrokerProcess): Promise<void> {
    const { status } = await ask(broker, 'list', this.#token, usual);
    if (status !== 200) throw new Error(`a list without any fault came to ${String(status)}`);
  }
}

function startBroker(interlock: Interlock, name: string): Promise<BrokerProcess> {
  const { folder } = interlock;
  return interlock.broker({
    INTERLOCK_POLICY: join(folder, 'fault-policy.yaml'),
    INTERLOCK_READ_BEFORE_PAUSE: 'false',
    DATABASE_URL: `sqlite:${join(folder, `${name}.db`)}`,
  });
}

function pathOf(operation: Operation, about: Jobs): string {
  const job = about[operation];
  if (operation === 'list') return jobsPath(job.servicePrincipalId);
  return operation === 'get' ? jobPath(job) : `${jobPath(job)}/${operation}`;
}

const matchOf = (operation: Operation, about: Jobs) => ({
  service: 'graph' as const,
  path: `^${pathOf(operation, about).replaceAll('.', String.raw`\.`)}/?$`,
});

function ask(broker: BrokerProcess, operation: Operation, token: string, about: Jobs): Promise<Reply> {
  const method = operation === 'pause' || operation === 'start' ? 'POST' : 'GET';
  return call(broker.url + pathOf(operation, about), { method, token });
}

async function askAll(choice: Choice, token: string, about: Jobs): Promise<Answers> {
  const answer = async (operation: Operation): Promise<Answered> => {
    const broker = choice(operation);
    return { broker, reply: await ask(broker, operation, token, about) };
  };
  const [pause, start, get, list] = await Promise.all([
    answer('pause'),
    answer('start'),
    answer('get'),
    answer('list'),
  ]);
  return { pause, start, get, list };
}
