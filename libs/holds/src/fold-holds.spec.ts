import fc from 'fast-check';
import { type EpochMillis, type EventId, parseJobRef } from '#kernel';
import { judgeEnd, judgeStartByOwner } from './end-verdict.ts';
import { foldHolds } from './fold-holds.ts';
import { type Hold, isOpen, type Origin } from './hold.ts';
import type { CallResult, HoldChange } from './hold-event.ts';

const job = parseJobRef('d0000000-0000-4000-8000-000000000001', 'job');
const done: CallResult = { kind: 'done' };
const failed: CallResult = { kind: 'failed', reason: 'not_owned' };
const unknown: CallResult = { kind: 'unknown', reason: 'timeout' };
const id = (text: string) => text as EventId;

/** The holds of one job, by the changes that are told. */
class Holds {
  readonly #holds = new Map<string, Hold>();
  #index = 0;

  tell(change: HoldChange): this {
    const event = { index: this.#index++, job, change };
    for (const hold of foldHolds([...this.#holds.values()].filter(isOpen), event)) this.#holds.set(hold.id, hold);
    return this;
  }

  pausing(hold: string, owner = hold, before: Origin = 'running'): this {
    return this.tell({ kind: 'pause_intended', hold: id(hold), owner, at: 0 as EpochMillis, before });
  }

  paused(hold: string, result: CallResult = done): this {
    return this.tell({ kind: 'pause_ended', hold: id(hold), result });
  }

  held(hold: string, owner = hold, before: Origin = 'running'): this {
    return this.pausing(hold, owner, before).paused(hold);
  }

  starting(...holds: string[]): this {
    return this.tell({ kind: 'start_intended', start: id('start'), holds: holds.map(id) });
  }

  started(result: CallResult = done): this {
    return this.tell({ kind: 'start_ended', start: id('start'), result });
  }

  ended(hold: string): this {
    return this.tell({ kind: 'ended', hold: id(hold), ending: { kind: 'released', reason: 'released' } });
  }

  get all(): readonly Hold[] {
    return [...this.#holds.values()];
  }

  of(hold: string): Hold {
    const found = this.#holds.get(hold);
    if (found === undefined) throw new Error(`no hold ${hold}`);
    return found;
  }

  end(hold: string) {
    const ending = this.of(hold);
    if (!isOpen(ending)) return ending.state;
    const { kind, ...rest } = judgeEnd(ending, this.all.filter(isOpen));
    return 'reason' in rest ? `${kind} ${rest.reason}` : kind;
  }

  start(owner: string) {
    return judgeStartByOwner(owner, this.all.filter(isOpen)).kind;
  }
}

describe('a pause', () => {
  it.each([
    ['that Graph accepted', done, 'held'],
    ['that Graph refused', failed, 'not_paused'],
    ['of which nobody saw the end', unknown, 'pause_unknown'],
  ])('%s', (_name, result, state) => {
    expect(new Holds().pausing('a').paused('a', result).of('a').state).toBe(state);
  });

  it.each([
    [{ kind: 'applied' }, 'held'],
    [{ kind: 'not_applied' }, 'not_paused'],
    [{ kind: 'inconclusive', reason: 'already_so_before', stopped: true }, 'held'],
    [{ kind: 'inconclusive', reason: 'changed_since', stopped: false }, 'not_paused'],
    [{ kind: 'inconclusive', reason: 'not_found' }, 'not_paused'],
    [{ kind: 'inconclusive', reason: 'changed_since' }, 'held'],
  ] as const)('that nobody saw the end of, reconciled as %j, is %s', (verdict, state) => {
    const holds = new Holds().pausing('a').paused('a', unknown);
    expect(holds.tell({ kind: 'pause_reconciled', hold: id('a'), verdict }).of('a').state).toBe(state);
  });

  it('by the same owner makes a hold that replaces the earlier one, once it is in force', () => {
    const holds = new Holds().held('a', 'ann').pausing('b', 'ann', 'stopped');
    expect(holds.of('a').state).toBe('held');
    holds.paused('b');
    expect(holds.of('a')).toMatchObject({ state: 'replaced', by: 'b' });
    expect(holds.end('b')).toBe('resume');
  });

  it('that fails leaves the owner’s earlier hold in force', () => {
    expect(new Holds().held('a', 'ann').pausing('b', 'ann', 'stopped').paused('b', failed).of('a').state).toBe('held');
  });

  it('that is overtaken by a later one of its owner is replaced by it', () => {
    const holds = new Holds().pausing('a', 'ann').pausing('b', 'ann').paused('b').paused('a');
    expect([holds.of('a').state, holds.of('b').state]).toEqual(['replaced', 'held']);
  });
});

describe('the end of a hold', () => {
  it('starts a job that was running before, when no other hold is left', () => {
    expect(new Holds().held('a').end('a')).toBe('resume');
  });

  it('does nothing while another hold is in force, and the last one starts the job that the first one stopped', () => {
    const holds = new Holds().held('a').held('b', 'b', 'stopped');
    expect(holds.end('a')).toBe('release');
    expect(holds.ended('a').end('b')).toBe('resume');
  });

  it('tells a pause under way that the job was stopped by us', () => {
    const holds = new Holds().held('a').held('b').pausing('c', 'c', 'stopped').ended('b').ended('a').paused('c');
    expect(holds.end('c')).toBe('resume');
  });

  it('leaves a job that was paused before us, or of which nobody knows', () => {
    expect(new Holds().held('a', 'a', 'stopped').end('a')).toBe('leave paused_before');
    expect(new Holds().held('a', 'a', 'unknown').end('a')).toBe('leave before_unknown');
  });

  it('waits for pauses and starts that are under way, because nobody knows what they will have done', () => {
    expect(new Holds().held('a').pausing('b').end('a')).toBe('changing');
    expect(new Holds().held('a').pausing('b').paused('b', unknown).end('a')).toBe('changing');
    expect(new Holds().held('a').starting('a').end('a')).toBe('changing');
  });
});

describe('a start', () => {
  it('by the only owner ends its hold; one that did nothing leaves it in force', () => {
    expect(new Holds().held('a').starting('a').started().of('a').state).toBe('resumed');
    expect(new Holds().held('a').starting('a').started(failed).of('a').state).toBe('held');
    expect(new Holds().held('a').starting('a').started(unknown).of('a').state).toBe('resume_unknown');
  });

  it('is for an owner without others, and for anybody where nobody holds the job', () => {
    const holds = new Holds().held('a').held('b');
    expect([holds.start('a'), holds.start('c')]).toEqual(['held_by_others', 'held_by_others']);
    expect([holds.ended('b').start('a'), holds.start('c')]).toEqual(['start', 'held_by_others']);
    expect(holds.ended('a').start('c')).toBe('start');
  });

  it('waits for a pause of its own that is under way', () => {
    expect(new Holds().held('a', 'ann').pausing('b', 'ann').start('ann')).toBe('changing');
  });

  it('that crossed a pause makes its hold contested until the job was looked at again', () => {
    const holds = new Holds().held('a').starting('a').pausing('b', 'b', 'stopped').started().paused('b');
    expect(holds.of('b')).toMatchObject({ state: 'held', contested: true });
    expect(holds.end('b')).toBe('resume');
    expect(holds.tell({ kind: 'confirmed', hold: id('b') }).of('b').contested).toBe(false);
  });
});

describe('a start that did nothing', () => {
  it('brings no hold back into force that its owner has replaced meanwhile', () => {
    const holds = new Holds().held('a', 'ann').starting('a').held('b', 'ann', 'stopped').started(failed);
    expect(holds.of('a')).toMatchObject({ state: 'replaced', by: 'b' });
    expect(holds.end('b')).toBe('resume');
  });
});

describe('any sequence of entries', () => {
  const step = fc.record({
    kind: fc.constantFrom('pausing', 'paused', 'starting', 'started', 'ended'),
    /** Which of the holds so far, from the newest on. */
    which: fc.nat(2),
    owner: fc.constantFrom('ann', 'bob'),
    before: fc.constantFrom<Origin>('running', 'stopped'),
    result: fc.constantFrom(done, failed, unknown),
  });

  it('keeps one hold in force per owner, and what has ended as it was', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40, size: 'max' }), (steps) => {
        const holds = new Holds();
        const ended = new Map<string, Hold>();
        for (const { kind, which, owner, before, result } of steps) {
          const hold = `hold ${holds.all.length - 1 - which}`;
          if (kind === 'pausing') holds.pausing(`hold ${holds.all.length}`, owner, before);
          else if (kind === 'paused') holds.paused(hold, result);
          else if (kind === 'starting') holds.starting(hold);
          else if (kind === 'started') holds.started(result);
          else holds.ended(hold);

          const inForce = holds.all.filter(({ state }) => state === 'held').map(({ owner: by }) => by);
          expect(new Set(inForce).size).toBe(inForce.length);
          for (const [name, hold] of ended) expect(holds.of(name)).toEqual(hold);
          for (const hold of holds.all) if (!isOpen(hold)) ended.set(hold.id, hold);
        }
      }),
      { numRuns: 500 },
    );
  });
});
