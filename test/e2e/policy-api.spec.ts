import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import { breath } from '../support/breath.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call, type Call } from '../support/http-client.ts';
import { Interlock, pausePath } from '../support/interlock.ts';
import { goodJustification, testPolicy } from '../support/policy-file.ts';
import { eventsOver } from '../support/recorded-events.ts';

let interlock: Interlock;
let broker: BrokerProcess;
let officer: string;
let reviewer: string;

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const shadowText = testPolicy.replace('CHG[0-9]{7}', 'INC[0-9]{7}');

beforeAll(async () => {
  interlock = await Interlock.start();
  const shadow = join(interlock.folder, 'shadow.yaml');
  writeFileSync(shadow, shadowText);
  broker = await interlock.broker({ INTERLOCK_SHADOW_POLICY: shadow });
  officer = await interlock.cloud.mintToken({ application: ids.console.appId, roles: ['Policy.Read'] });
  reviewer = await interlock.reviewer();
});
afterAll(() => interlock.stop());

const ask = (path: string, options: Call = {}) =>
  call(`${broker.url}/api/policy${path}`, { token: officer, ...options });
const yaml = { 'content-type': 'application/yaml' };
const events = (type: string) => eventsOver(broker.url, reviewer, `type:${type}`);

describe('the policy over the API', () => {
  it('is shown as it is written, and as its text', async () => {
    const shown = await ask('');
    expect(shown).toMatchObject({
      status: 200,
      data: { sha256: sha(testPolicy), shadowSha256: sha(shadowText), policy: parse(testPolicy) },
    });
    const text = await ask('', { headers: { accept: 'application/yaml' } });
    expect(text).toMatchObject({ data: testPolicy, headers: { 'content-type': 'application/yaml' } });
  });

  it('explains every rule, at the time that is asked for', async () => {
    const question = { caller: 'hr-portal', action: 'pause', job: 'hr-inbound', at: '2026-01-05T10:00:00Z' };
    const denied = await ask('/explain', { method: 'POST', body: question });
    expect(denied).toMatchObject({
      status: 200,
      data: { effect: 'deny', code: 'requirement_missing', at: '2026-01-05T10:00:00.000Z', callers: ['hr-portal'] },
    });
    const allowed = await ask('/explain', { method: 'POST', body: { ...question, justification: goodJustification } });
    expect(allowed.data).toMatchObject({ effect: 'allow', rule: 'hr-portal-may-hold-hr', trace: { length: 3 } });
  });

  it('tells who can', async () => {
    const { data } = await ask('/who-can?action=pause&job=hr-inbound');
    expect(data).toMatchObject({
      callers: [{ caller: 'hr-portal' }, { caller: 'sync-admins', kind: 'directoryRole' }],
    });
    expect((await ask('/who-can?action=start&job=hr-inbound')).data).toMatchObject({ callers: [] });
  });

  it('tells what a candidate would change, even one far larger than other bodies may be', async () => {
    const candidate = `${shadowText}\n#${' '.repeat(200_000)}\n`;
    const { status, data } = await ask('/diff', { method: 'POST', body: candidate, headers: yaml });
    expect(status).toBe(200);
    expect(data).toMatchObject({
      before: sha(testPolicy),
      after: sha(candidate),
      changes: [
        { kind: 'changed', action: 'pause', callers: ['hr-portal', 'sync-admins'], jobs: ['hr-inbound', 'not-owned'] },
      ],
    });
  });

  it.each([
    ['a broken candidate', '/diff', { method: 'POST', body: 'version: 2\n', headers: yaml }, 400, 'policy_invalid'],
    [
      'a candidate beyond 1 MiB',
      '/diff',
      { method: 'POST', body: ' '.repeat(1_048_577), headers: yaml },
      413,
      'body_too_large',
    ],
    ['no candidate', '/diff', { method: 'POST' }, 400, 'field_invalid'],
    ['a job that the policy lacks', '/who-can?action=pause&job=none', {}, 400, 'field_invalid'],
    ['an unknown parameter', '/who-can?action=pause&job=hr-inbound&at=now', {}, 400, 'field_invalid'],
    ['an unknown field', '/explain', { method: 'POST', body: { who: 'me' } }, 400, 'field_invalid'],
    ['a stranger', '', { token: '' }, 401, undefined],
    [
      'a stranger with a candidate',
      '/diff',
      { token: '', method: 'POST', body: testPolicy, headers: yaml },
      401,
      undefined,
    ],
  ] as const)('refuses %s', async (_, path, options, status, code) => {
    const reply = await ask(path, options);
    expect(reply.status).toBe(status);
    if (code !== undefined) expect(reply.code).toBe(code);
  });

  it('says where a broken candidate is broken', async () => {
    const { data } = await ask('/diff', { method: 'POST', body: 'version: 2\n', headers: yaml });
    expect(data).toMatchObject({ detail: expect.stringContaining('candidate:1:10 version: must be 1') });
  });

  it('takes no YAML anywhere else', async () => {
    const token = await interlock.hrPortal();
    const reply = await call(broker.url + pausePath, { method: 'POST', token, body: 'reason: x', headers: yaml });
    expect(reply.status).toBe(415);
  });

  it.each(['', '/who-can?action=pause&job=hr-inbound'])('needs the right Policy.Read: GET %s', async (path) => {
    expect(await ask(path, { token: reviewer })).toMatchObject({ status: 403, code: 'insufficient_scope' });
  });

  it('has every answer on record, with what was asked', async () => {
    const read = await events('policy.read');
    const views = read.map((event) => (event['review'] as { view: string }).view);
    expect(views.slice(0, 7)).toEqual(['rules', 'text', 'explain', 'explain', 'who-can', 'who-can', 'diff']);
    expect(read[2]).toMatchObject({
      code: 'POL02I',
      action: 'pause',
      resource: { sp_id: jobs.hrInbound.servicePrincipalId, job_id: jobs.hrInbound.jobId, alias: 'hr-inbound' },
      policy: { sha256: sha(testPolicy) },
      actor: { app_id: ids.console.appId },
    });
    expect(read[6]).toMatchObject({ candidate_policy: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  });
});

describe('the shadow policy', () => {
  it('decides nothing; where it would deny, the intent says so and monitoring counts it', async () => {
    const token = await interlock.hrPortal();
    const reply = await call(broker.url + pausePath, { method: 'POST', token, body: goodJustification });
    expect(reply.status).toBe(204);
    const [intent] = await events('pause.intent');
    expect(intent).toMatchObject({
      decision: 'allow',
      policy: { sha256: sha(testPolicy) },
      shadow: { decision: 'deny', deny_code: 'requirement_missing', policy: { sha256: sha(shadowText) } },
    });
    const { data } = await call(`${broker.url}/metrics`);
    expect(data).toContain('interlock_shadow_decisions_total{result="would_deny"} 1');
  });
});

describe('a change of the policy file', () => {
  const file = () => join(interlock.folder, 'policy.yaml');
  const readiness = async () =>
    (await call(`${broker.url}/health/ready`)).data as { checks: { policy: { detail: string } } };

  /** Asks until readiness says it: the reload is under way in another process. */
  async function until(said: (detail: string) => boolean): Promise<void> {
    while (!said((await readiness()).checks.policy.detail)) {
      expect(broker.hasEnded()).toBe(false);
      await breath();
    }
  }

  it('judges nothing before it is on record', async () => {
    const next = testPolicy.replace('minLength: 15', 'minLength: 500');
    writeFileSync(file(), next);
    process.kill(broker.pid, 'SIGHUP');
    await until((detail) => detail === sha(next));

    const token = await interlock.hrPortal();
    const reply = await call(broker.url + pausePath, { method: 'POST', token, body: goodJustification });
    expect(reply).toMatchObject({ status: 403, code: 'requirement_missing' });
    const all = await eventsOver(broker.url, reviewer);
    const changed = all.findIndex(({ type }) => type === 'policy.changed');
    expect(all[changed]).toMatchObject({
      previous_policy: { sha256: sha(testPolicy) },
      policy: { sha256: sha(next) },
      actor: { kind: 'system' },
    });
    const first = all.findIndex(
      (event) => 'decision' in event && (event['policy'] as { sha256?: string } | undefined)?.sha256 === sha(next),
    );
    expect(first).toBeGreaterThan(changed);
  });

  it('that breaks it leaves things as they are, and says so, without a signal too', async () => {
    writeFileSync(file(), `${testPolicy}\nnonsense: 1\n`);
    await until((detail) => detail.startsWith('policy_rejected: '));
    const { data } = await call(`${broker.url}/metrics`);
    expect(data).toContain('interlock_policy_trouble{policy="live"} 1');
    expect(broker.output()).toMatch(/policy_rejected.*policy\.yaml:\d+:1 nonsense: is not a key here/);
    expect((await ask('')).data).toMatchObject({ trouble: 'policy_rejected' });
    expect((await call(`${broker.url}/health/ready`)).status).toBe(200);
  });
});
