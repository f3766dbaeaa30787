import { OpenIntents } from '#audit';
import { CodedError, type EpochMillis, type EventId, parseJobRef } from '#kernel';
import { someApplication, someRequest } from '../some-request.ts';
import { HoldReplica, type HoldStores, owners } from './hold-replica.ts';
import { type Fate, JobAtGraph } from './job-at-graph.ts';

/** What came of a request: `died` when the process did. */
export type Answer = 'ok' | 'died' | (string & {});

const minute = 60_000;
/** Later than any hold ends, and later than any settling takes. */
const farAway = 12_000 * minute;
let worlds = 0;

/** One job, those who hold it, and two replicas of Interlock. No wait takes time. */
export class HoldWorld {
  readonly graph: JobAtGraph;
  readonly stores: HoldStores;
  readonly #replicas: readonly HoldReplica[];
  readonly #open: OpenIntents;

  private constructor(stores: HoldStores, from: number) {
    const job = parseJobRef('d0000000-0000-4000-8000-000000000001', `job-${++worlds}`);
    this.stores = stores;
    this.graph = new JobAtGraph(job);
    this.#open = new OpenIntents(stores.log, from);
    this.#replicas = stores.replicas.map((_, at) => new HoldReplica(stores, at, this.graph, job, this.#open));
  }

  static async begin(stores: HoldStores): Promise<HoldWorld> {
    return new HoldWorld(stores, (await stores.log.head())?.size ?? 0);
  }

  pause(replica: number, owner: number, minutes: number | undefined, ...fates: readonly Fate[]): Promise<Answer> {
    const now = this.stores.clock.now();
    const until = minutes === undefined ? undefined : ((now + minutes * minute) as EpochMillis);
    return this.#ask(fates, () => this.#replica(replica).jobs.pause(this.#asked(owner, until)));
  }

  start(replica: number, owner: number, ...fates: readonly Fate[]): Promise<Answer> {
    return this.#ask(fates, () => this.#replica(replica).jobs.start(this.#asked(owner)));
  }

  async release(replica: number, owner: number, ...fates: readonly Fate[]): Promise<Answer> {
    const hold = await this.holdOf(owner);
    if (hold === undefined) return 'none';
    return this.#ask(fates, async () => {
      const { hold: after } = await this.#replica(replica).holds.release(this.#asked(owner), hold);
      return after.state;
    });
  }

  async extend(replica: number, owner: number, minutes: number): Promise<Answer> {
    const hold = await this.holdOf(owner);
    if (hold === undefined) return 'none';
    const until = (this.stores.clock.now() + minutes * minute) as EpochMillis;
    return this.#ask([], () => this.#replica(replica).holds.extend(this.#asked(owner, until), hold, until));
  }

  /** Lets the time of every hold that has one be over, and one replica look. */
  async passTime(replica: number, ...fates: readonly Fate[]): Promise<Answer> {
    await this.stores.clock.advance(farAway);
    return this.#ask(fates, () => this.#replica(replica).keeper.round());
  }

  /** Everybody does what there is to do until there is nothing left: keepers of holds and reconciler. */
  async settle(): Promise<void> {
    for (;;) {
      for (const replica of this.#replicas) await replica.keeper.round();
      await this.#open.catchUp();
      if (this.#open.all.length === 0) return;
      await this.#reconcile();
    }
  }

  /** What waits for the reconciler is reconciled. */
  async #reconcile(): Promise<void> {
    for (const { reconciler } of this.#replicas) {
      await this.stores.clock.advance(3 * minute);
      await reconciler.round();
      await reconciler.close();
    }
  }

  /** Those who hold the job, in order. */
  async holders(): Promise<readonly number[]> {
    const holds = await Promise.all(owners.map((owner) => this.holdOf(owner)));
    return owners.filter((_, at) => holds[at] !== undefined);
  }

  async holdOf(owner: number): Promise<EventId | undefined> {
    const { holds, audit } = this.#replica(0).stores;
    const [{ holds: open }, name] = await Promise.all([
      holds.ofJob(this.graph.job),
      audit.pseudonym(someApplication(owner)),
    ]);
    return open.findLast((hold) => hold.owner === name)?.id;
  }

  #replica(at: number): HoldReplica {
    const replica = this.#replicas[at % this.#replicas.length];
    if (replica === undefined) throw new Error('there is no replica');
    return replica;
  }

  #asked(owner: number, until?: EpochMillis) {
    const justification = { ticket: 'CHG1', ...(until !== undefined && { until }) };
    const request = someRequest({ receivedAt: this.stores.clock.now() });
    return { request, caller: someApplication(owner), justification, job: this.graph.job };
  }

  async #ask(fates: readonly Fate[], work: () => Promise<unknown>): Promise<Answer> {
    // Closer together than that, the reconciler takes two changes for rivals.
    await this.stores.clock.advance(5_000);
    this.graph.next(...fates);
    const died = this.graph.died.promise.then(() => 'died');
    const answered = work().then(
      (value) => (typeof value === 'string' ? value : 'ok'),
      (error: unknown) => {
        if (error instanceof CodedError) return error.code;
        throw error;
      },
    );
    return Promise.race([answered, died]);
  }
}
