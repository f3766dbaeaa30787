import { createSecretKey } from 'node:crypto';
import { type EpochMillis, type EventId, parseJobRef } from '#kernel';
import { someApplication, someRequest } from '#testing';
import { encodeEvent } from './encode-event.ts';
import type { LoggedEvent } from './event-code.ts';

const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(64)) as [string, string, string];
const job = parseJobRef('d0000000-0000-4000-8000-000000000001', 'job');
const asked = { request: someRequest(), caller: someApplication() };

function leafOf(event: LoggedEvent): unknown {
  const stamped = {
    event,
    id: 'id' as EventId,
    received: 0 as EpochMillis,
    recorded: 0 as EpochMillis,
    subject: { ref: 'someone', key: createSecretKey(Buffer.alloc(32, 7)) },
  };
  const writer = { origin: 'o', instance: 'i', build: 'b' };
  const { body } = encodeEvent(stamped, writer, (size) => new Uint8Array(size));
  return JSON.parse(Buffer.from(body).toString('utf8'));
}

describe('the leaf of an event about the policy', () => {
  it('names both policies of a change, which nobody asked for', () => {
    expect(leafOf({ type: 'policy.changed', previousSha256: one, policySha256: two })).toMatchObject({
      code: 'POL01I',
      actor: { kind: 'system' },
      policy: { sha256: two },
      previous_policy: { sha256: one },
    });
  });

  it('names who read what of which policy', () => {
    const resource = { ...job, alias: 'hr' };
    const read = {
      type: 'policy.read',
      ...asked,
      view: 'explain',
      policySha256: one,
      action: 'pause',
      resource,
    } as const;
    expect(leafOf({ ...read, candidateSha256: two })).toMatchObject({
      code: 'POL02I',
      actor: { kind: 'application', ref: 'someone' },
      http: { method: 'POST', route: '/synthetic' },
      action: 'pause',
      resource: { sp_id: job.servicePrincipalId, job_id: 'job', alias: 'hr' },
      policy: { sha256: one },
      candidate_policy: { sha256: two },
      review: { view: 'explain' },
    });
  });

  it('tells broken glass, and the reason only as a digest', () => {
    const decision = { effect: 'allow', rule: 'glass', policySha256: one, trace: [], breakGlass: true } as const;
    const judged = {
      ...asked,
      action: 'pause',
      resource: job,
      justification: { reason: 'a secret fire' },
      decision,
    } as const;
    const alarm = leafOf({ type: 'policy.break_glass_used', ...judged });
    expect(alarm).toMatchObject({ code: 'POL03E', break_glass: true, rule_id: 'glass', action: 'pause' });
    expect(JSON.stringify(alarm)).not.toContain('fire');
    expect(leafOf({ type: 'pause.intent', ...judged })).toMatchObject({ code: 'PAU01I', break_glass: true });
  });

  it('tells what a shadow policy decides otherwise', () => {
    const shadow = { effect: 'deny', rule: 'r', denyCode: 'denied_by_rule', policySha256: three } as const;
    const decision = { effect: 'allow', policySha256: one, trace: [], shadow } as const;
    expect(leafOf({ type: 'pause.intent', ...asked, action: 'pause', resource: job, decision })).toMatchObject({
      decision: 'allow',
      shadow: { decision: 'deny', rule_id: 'r', deny_code: 'denied_by_rule', policy: { sha256: three } },
    });
  });
});
