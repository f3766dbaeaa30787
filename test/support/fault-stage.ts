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
type Answers = Readonly<Record<Operation, Promise<Answered>>>;

/** Where faults are met: a simulated cloud, and brokers whose policy allows everything, so that what fails, fails there. */
export class FaultStage {
  readonly #interlock: Interlock;
  readonly #token: string;
  readonly #broker: BrokerProcess;
  readonly #prepared: Readonly<Record<Prepared, Answers>>;
  readonly #spares: SpareBrokers;

  private constructor(
    interlock: Interlock,
    token: string,
    broker: BrokerProcess,
    prepared: Readonly<Record<Prepared, Answers>>,
  ) {
    this.#interlock = interlock;
    this.#token = token;
    this.#broker = broker;
    this.#prepared = prepared;
    const renewals = faultMatrix.filter(({ renewal }) => renewal === true).length * operations.length;
    this.#spares = new SpareBrokers(() => startBroker(interlock, randomUUID()), renewals);
  }

  static async open(interlock: Interlock): Promise<FaultStage> {
    const { cloud, folder } = interlock;
    writeFileSync(join(folder, 'fault-policy.yaml'), faultPolicy);
    cloud.grantOwnership({ principal: jobs.notOwned.servicePrincipalId, owner: ids.interlock.principalId });
    const roles = ['Jobs.Read', 'Jobs.Pause', 'Jobs.Start'];
    const token = await cloud.mintToken({ application: ids.hrPortal.appId, roles });

    const outage = cloud.takeDown({ service: 'token' });
    const withoutToken = answers(await startBroker(interlock, 'without-token'), token, usual);
    await Promise.all(Object.values(withoutToken));
    cloud.clearFaults({ id: outage });

    const broker = await startBroker(interlock, 'usual');
    for (const operation of operations) {
      cloud.injectFault({ match: matchOf(operation, slow), delay: 'until-cleared' });
    }
    // All at once and while the other cases run, because this takes as long as the deadline.
    const unanswered = answers(broker, token, slow);
    return new FaultStage(interlock, token, broker, {
      'token endpoint down': withoutToken,
      'no answer in time': unanswered,
    });
  }

  /** Asks for the operation while Graph has the row's trouble. */
  async meet({ trouble, renewal }: FaultRow, operation: Operation): Promise<Answered> {
    if (trouble === 'token endpoint down' || trouble === 'no answer in time') return this.#prepared[trouble][operation];
    const { cloud } = this.#interlock;
    cloud.setJobState({ ...usual.pause, state: { kind: 'active' } });
    cloud.setJobState({ ...usual.start, state: { kind: 'paused' } });
    const broker = renewal === true ? await this.#spares.next() : this.#broker;
    await this.#closeCircuit(broker);
    const mend = this.#break(trouble, operation);
    const reply = await ask(broker, operation, this.#token, usual);
    mend();
    return { broker, reply };
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

  /** To be called before the interlock is stopped, which ends the brokers that it knows by then. */
  close(): Promise<void> {
    return this.#spares.close();
  }

  /** A success between the cases keeps the failures of many from opening the circuit. */
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

function answers(broker: BrokerProcess, token: string, about: Jobs): Answers {
  const answer = (operation: Operation) => {
    const answered = ask(broker, operation, token, about).then((reply) => ({ broker, reply }));
    // A suite that ends before its turn breaks it off; whoever awaits it hears of a failure all the same.
    answered.catch(() => undefined);
    return answered;
  };
  return { pause: answer('pause'), start: answer('start'), get: answer('get'), list: answer('list') };
}
