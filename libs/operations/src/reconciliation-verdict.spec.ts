import fc from 'fast-check';
import { type Evidence, judgeEvidence, type Running, type Unreadable } from './reconciliation-verdict.ts';

const verdict = (verdict: string, reason: string) => ({ kind: 'verdict', verdict, reason });
const again = { kind: 'read_again' };

describe('what became of a pause', () => {
  it.each<[Evidence['before'], Evidence['reads'], unknown]>([
    ['running', [], again],
    ['running', ['stopped'], verdict('applied', 'state_changed')],
    ['running', ['running', 'stopped'], verdict('applied', 'state_changed')],
    ['running', ['running'], again],
    ['running', ['running', 'running'], verdict('not_applied', 'state_unchanged')],
    ['running', ['not_found'], verdict('inconclusive', 'not_found')],
    ['running', ['running', 'forbidden'], verdict('inconclusive', 'forbidden')],
    ['running', ['not_owned'], verdict('inconclusive', 'not_owned')],
    ['stopped', ['stopped'], verdict('inconclusive', 'already_so_before')],
    ['stopped', ['running'], verdict('inconclusive', 'changed_since')],
    ['unknown', ['stopped'], verdict('inconclusive', 'before_unknown')],
    ['unknown', ['running'], again],
    ['unknown', ['running', 'running'], verdict('not_applied', 'state_unchanged')],
  ])('of a job that was %s and then read as %j', (before, reads, finding) => {
    expect(judgeEvidence({ operation: 'pause', before, reads })).toEqual(finding);
  });
});

const opposite = { running: 'stopped', stopped: 'running' } as const;
const running = fc.constantFrom<Running>('running', 'stopped');
const seen = fc.oneof(running, fc.constantFrom<Unreadable>('not_found', 'not_owned', 'forbidden'));
const evidence = fc.record<Evidence>({
  operation: fc.constantFrom('pause', 'start'),
  before: fc.oneof(running, fc.constant('unknown' as const)),
  reads: fc.array(seen, { maxLength: 4 }),
});

describe('a verdict, whatever the evidence', () => {
  it('on a start is the one on a pause with running and stopped exchanged', () => {
    const mirror = (state: Running | Unreadable | 'unknown') =>
      state === 'running' || state === 'stopped' ? opposite[state] : state;
    fc.assert(
      fc.property(evidence, ({ operation, before, reads }) => {
        const mirrored = {
          operation: operation === 'pause' ? 'start' : 'pause',
          before: mirror(before),
          reads: reads.map(mirror),
        } as Evidence;
        expect(judgeEvidence(mirrored)).toEqual(judgeEvidence({ operation, before, reads }));
      }),
    );
  });

  it('says "applied" only when the job was seen to change to what was asked for', () => {
    fc.assert(
      fc.property(evidence, (known) => {
        const finding = judgeEvidence(known);
        const wanted = known.operation === 'pause' ? 'stopped' : 'running';
        const changed = known.before === opposite[wanted] && known.reads.at(-1) === wanted;
        expect(finding.kind === 'verdict' && finding.verdict === 'applied').toBe(changed);
      }),
    );
  });

  it('says "not applied" only after two reads, and comes to an end with the second', () => {
    fc.assert(
      fc.property(evidence, (known) => {
        const finding = judgeEvidence(known);
        if (known.reads.length >= 2) expect(finding.kind).toBe('verdict');
        else expect(finding).not.toMatchObject({ verdict: 'not_applied' });
      }),
    );
  });
});
