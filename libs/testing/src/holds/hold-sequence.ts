import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { HoldStores } from './hold-replica.ts';
import { type Answer, HoldWorld } from './hold-world.ts';
import type { Fate } from './job-at-graph.ts';

/** What somebody does to the job. `minutes`: until the hold ends by itself; absent: never. */
export type HoldStep =
  | { readonly kind: 'pause'; readonly by: number; readonly minutes?: number | undefined; readonly fate: Fate }
  | { readonly kind: 'start' | 'release'; readonly by: number; readonly fate: Fate }
  | { readonly kind: 'extend'; readonly by: number; readonly minutes: number }
  | { readonly kind: 'time'; readonly fate: Fate }
  | { readonly kind: 'others_start' | 'others_pause' | 'quarantine' };

/**
 * The rule, as simple as it can be said: who holds the job, whether it was us who stopped it, and whether it runs. It
 * knows nothing of logs, timers, replicas or crashes.
 */
class HoldModel {
  running = true;
  quarantined = false;
  /** Whether the job was running before the holds that there are. */
  #ours = false;
  /** Whether each holder's hold ends by itself. */
  readonly holders = new Map<number, boolean>();

  /** `did`: whether Graph did what it was asked for. */
  take(step: HoldStep): void {
    const did = !('fate' in step) || !['refused', 'lost', 'dies_before'].includes(step.fate);
    switch (step.kind) {
      case 'pause':
        this.#pause(step.by, step.minutes !== undefined, did, step.fate);
        break;
      case 'start':
        this.#start(step.by, did);
        break;
      case 'release':
        if (this.holders.has(step.by)) this.#end(step.by, did);
        break;
      case 'extend':
        if (this.holders.has(step.by)) this.holders.set(step.by, true);
        break;
      case 'time':
        // A start that failed is tried again until it is done.
        for (const [holder, ends] of this.holders) if (ends) this.#end(holder, true);
        break;
      case 'others_start':
        this.running = true;
        this.quarantined = false;
        break;
      case 'others_pause':
        this.running = false;
        break;
      case 'quarantine':
        this.quarantined = true;
    }
  }

  #pause(by: number, ends: boolean, did: boolean, fate: Fate): void {
    const wasRunning = this.running;
    if (did) this.running = false;
    // A pause of which nobody knows counts when the job is found stopped, as it was asked for.
    const isHeld = did || (fate !== 'refused' && !this.running);
    if (!isHeld) return;
    if (wasRunning) this.#ours = true;
    this.holders.set(by, ends);
  }

  #start(by: number, did: boolean): void {
    if (this.quarantined || [...this.holders.keys()].some((holder) => holder !== by)) return;
    if (!this.running && !did) return;
    this.running = true;
    this.#forget(by);
  }

  #end(holder: number, did: boolean): void {
    const isLast = this.holders.size === 1;
    if (isLast && this.#ours && !this.running && !this.quarantined) {
      if (!did) return;
      this.running = true;
    }
    this.#forget(holder);
  }

  #forget(holder: number): void {
    this.holders.delete(holder);
    if (this.holders.size === 0) this.#ours = false;
  }
}

const by = fc.integer({ min: 1, max: 3 });
const minutes = fc.integer({ min: 10_000, max: 11_000 });
const fate = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Fate>('done') },
  { weight: 5, arbitrary: fc.constantFrom<Fate>('refused', 'lost', 'unseen', 'dies_before', 'dies_after') },
);

/** Any step. */
const holdStep: fc.Arbitrary<HoldStep> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('pause'), by, minutes: fc.option(minutes, { nil: undefined }), fate }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('start', 'release'), by, fate }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('extend'), by, minutes }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('time'), fate }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('others_start', 'others_pause', 'quarantine') }) },
);

/** One step, on one of the replicas. */
async function takeStep(world: HoldWorld, replica: number, step: HoldStep): Promise<Answer> {
  const { graph } = world;
  switch (step.kind) {
    case 'pause':
      return world.pause(replica, step.by, step.minutes, step.fate);
    case 'start':
      return world.start(replica, step.by, step.fate);
    case 'release':
      return world.release(replica, step.by, step.fate);
    case 'extend':
      return world.extend(replica, step.by, step.minutes);
    case 'time':
      return world.passTime(replica, step.fate);
    case 'others_start':
      Object.assign(graph, { running: true, quarantined: false });
      return 'ok';
    case 'others_pause':
      graph.running = false;
      return 'ok';
    case 'quarantine':
      graph.quarantined = true;
      return 'ok';
  }
}

/** Steps one after the other, each on any replica: after each one the job runs, and is held, exactly as the model says. */
export async function assertFollowsModel(
  stores: HoldStores,
  steps: readonly { readonly replica: number; readonly step: HoldStep }[],
): Promise<void> {
  const world = await HoldWorld.begin(stores);
  const model = new HoldModel();
  for (const { replica, step } of steps) {
    const answer = await takeStep(world, replica, step);
    await world.settle();
    model.take(step);
    if (stores.dueAtOnce === true) model.take({ kind: 'time', fate: 'done' });
    const seen = { answer, running: world.graph.running, holders: await world.holders() };
    assert.deepEqual(seen, { answer, running: model.running, holders: [...model.holders.keys()].sort() });
    assert.equal(world.graph.harmfulStarts, 0, 'a running job was started');
  }
}

/** A list of steps for {@link assertFollowsModel}. */
export const holdSteps = fc.array(fc.record({ replica: fc.nat(1), step: holdStep }), { maxLength: 8, size: 'max' });

/** Steps that are taken at the same time, and how long their calls to Graph are on their way. */
export interface HoldRush {
  readonly steps: readonly { readonly replica: number; readonly step: HoldStep }[];
  readonly delays: readonly number[];
}

const done = fc.constant<Fate>('done');
const ourStep: fc.Arbitrary<HoldStep> = fc.oneof(
  fc.record({ kind: fc.constant('pause'), by, minutes: fc.option(minutes, { nil: undefined }), fate: done }),
  fc.record({ kind: fc.constantFrom('start', 'release'), by, fate: done }),
  fc.record({ kind: fc.constant('extend'), by, minutes }),
);

/** Rushes for {@link assertSurvivesRushes}. */
export const holdRushes: fc.Arbitrary<readonly HoldRush[]> = fc.array(
  fc.record({
    steps: fc.array(fc.record({ replica: fc.nat(1), step: ourStep }), { minLength: 1, maxLength: 4 }),
    delays: fc.array(fc.nat(12), { maxLength: 4 }),
  }),
  { maxLength: 5, size: 'max' },
);

/** Steps at the same time, with nobody else about: once all is quiet, the job runs exactly when nobody holds it. */
export async function assertSurvivesRushes(stores: HoldStores, rushes: readonly HoldRush[]): Promise<void> {
  const world = await HoldWorld.begin(stores);
  for (const { steps, delays } of rushes) {
    world.graph.delays = [...delays];
    const answers = await Promise.all(steps.map(({ replica, step }) => takeStep(world, replica, step)));
    await world.settle();
    const holders = await world.holders();
    const seen = { answers, holders, running: world.graph.running };
    assert.deepEqual(seen, { answers, holders, running: holders.length === 0 });
    assert.equal(world.graph.harmfulStarts, 0, 'a running job was started');
  }
}
