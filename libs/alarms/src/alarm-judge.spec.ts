import { AlarmJudge, mayBeAlarm } from './alarm-judge.ts';
import { type AlarmName, alarmNames } from './alarm-table.ts';
import { readEntry, type ReportedEntry } from './reported-entry.ts';

const job = { sp_id: 'd0000000-0000-4000-8000-000000000001', job_id: 'job' };
const never = (): never => {
  throw new Error('an entry that cannot be read');
};
const entry = (type: string, more: Record<string, unknown> = {}, time = '2026-01-05T09:00:00.000Z'): ReportedEntry => {
  const leaf = { id: 'event', code: 'XXX01I', type, time, ...more };
  return readEntry(Buffer.from(JSON.stringify(leaf))) ?? never();
};
const roles = (findings: readonly string[], time?: string) =>
  entry('self-check.outcome', { check: 'roles', outcome: 'success', ...(findings.length > 0 && { findings }) }, time);
const ended = (ending: object) => entry('hold.ended', { resource: job, parent: 'hold', ending });
const ownStart = (parent: string) => entry('start.intent', { resource: job, parent, actor: { kind: 'system' } });
const ofAlarms = (type: string, name?: string) => entry(type, { alarm: { destination: 'siem', name } });

/** An entry for each alarm. */
const examples: Readonly<Record<AlarmName, readonly ReportedEntry[]>> = {
  'hold-expired': [ended({ kind: 'released', reason: 'expired' }), ownStart('hold')],
  'not-resumed': [ended({ kind: 'not_resumed', reason: 'quarantined' })],
  superseded: [ended({ kind: 'superseded' })],
  'break-glass': [entry('policy.break_glass_used')],
  'unknown-outcome': [entry('pause.outcome', { outcome: 'unknown' }), entry('start.outcome', { outcome: 'unknown' })],
  inconclusive: [entry('pause.reconciled', { outcome: 'inconclusive' })],
  reconciled: [
    entry('start.reconciled', { outcome: 'applied' }),
    entry('pause.reconciled', { outcome: 'not_applied' }),
  ],
  'credential-over-privileged': [roles(['role_not_allowed Directory.ReadWrite.All'])],
  'credential-insufficient': [
    roles(['role_missing Application.ReadWrite.OwnedBy']),
    entry('self-check.outcome', { check: 'ownership', outcome: 'success', findings: ['not_owned x'] }),
  ],
  'log-trouble': [entry('log.anchor_failed', { anchor: { name: 'dir:/worm', kind: 'directory' } })],
  'log-key-rotated': [entry('log.key.rotated')],
  'log-maintained': [
    entry('privacy.erasing'),
    entry('privacy.hold.released'),
    entry('privacy.rewrapped'),
    entry('log.pruning'),
  ],
  'policy-changed': [entry('policy.changed')],
  'requests-refused': [entry('requests.refused')],
  'alarm-parked': [ofAlarms('alarm.parked', 'break-glass')],
  'destination-failed': [ofAlarms('alarm.destination_failed')],
  'destination-recovered': [ofAlarms('alarm.destination_recovered')],
};

describe('which entries are alarms', () => {
  it.each(alarmNames.flatMap((name) => examples[name].map((example) => [name, example] as const)))(
    '%s is found, without reading other entries',
    (name, example) => {
      expect(new AlarmJudge().judge(example)).toBe(name);
      expect(mayBeAlarm(example)).toBe(true);
    },
  );

  it.each([
    entry('pause.intent', { actor: { kind: 'application' } }),
    entry('pause.outcome', { outcome: 'success' }),
    entry('read.outcome', { outcome: 'unknown' }),
    entry('read.reconciled', { outcome: 'inconclusive' }),
    entry('service.started'),
    entry('log.anchored'),
    entry('alarm.disclosed'),
    entry('audit.read'),
  ])('$type is none and need not be read', (example) => {
    expect(mayBeAlarm(example)).toBe(false);
    expect(new AlarmJudge().judge(example)).toBeUndefined();
  });

  it.each([
    ['a start that somebody asked for', entry('start.intent', { parent: 'hold', actor: { kind: 'user' } })],
    ['a hold that its owner gave up', ended({ kind: 'released', reason: 'released' })],
    ['a self-check that finds nothing', roles([])],
    ['a self-check that could not ask', entry('self-check.outcome', { check: 'roles', outcome: 'unknown' })],
    ['an alarm about alarms that was parked', ofAlarms('alarm.parked', 'alarm-parked')],
  ])('%s is none', (_, example) => {
    expect(new AlarmJudge().judge(example)).toBeUndefined();
  });
});

describe('a condition that lasts', () => {
  const held = (time: string, ...findings: string[]) => roles(findings, time);
  const judgeAll = (...entries: readonly ReportedEntry[]) => {
    const judge = new AlarmJudge();
    return entries.map((one) => judge.judge(one) !== undefined);
  };

  it('is told when it begins, when it changes, and again after a day', () => {
    expect(
      judgeAll(
        held('2026-01-05T09:00:00.000Z', 'role_not_allowed A'),
        held('2026-01-05T09:05:00.000Z', 'role_not_allowed A'),
        held('2026-01-05T09:10:00.000Z', 'role_not_allowed A', 'role_not_allowed B'),
        held('2026-01-05T09:15:00.000Z', 'role_not_allowed A', 'role_not_allowed B'),
        held('2026-01-06T09:09:59.999Z', 'role_not_allowed A', 'role_not_allowed B'),
        held('2026-01-06T09:10:00.000Z', 'role_not_allowed A', 'role_not_allowed B'),
      ),
    ).toEqual([true, false, true, false, false, true]);
  });

  it('is told anew when it was over meanwhile, but not when nobody could look', () => {
    const unknown = entry('self-check.outcome', { check: 'roles', outcome: 'unknown' });
    const found = held('2026-01-05T09:00:00.000Z', 'role_not_allowed A');
    expect(judgeAll(found, unknown, found, roles([]), found)).toEqual([true, false, false, false, true]);
  });

  it('is one per hold, however often its start is tried', () => {
    expect(judgeAll(ownStart('one'), ownStart('one'), ownStart('two'))).toEqual([true, false, true]);
  });
});
