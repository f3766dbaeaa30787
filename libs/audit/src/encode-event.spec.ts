import { createHash, createSecretKey } from 'node:crypto';
import {
  ClientId,
  DirectoryRoleId,
  type EpochMillis,
  type EventId,
  ObjectId,
  parseJobRef,
  TenantId,
  type UserCaller,
} from '#kernel';
import { canonicalJson } from '#tlog';
import type { OperationIntent, OperationOutcome, RequestDenied } from './audit-event.ts';
import { encodeEvent } from './encode-event.ts';
import type { LoggedEvent } from './event-code.ts';
import type { Leaf } from './leaf.ts';
import type { NewEntry } from './log-store.ts';
import { openField, type SealedField } from './privacy/sealed-field.ts';
import { pooledRandomBytes } from './random-bytes.ts';

const writer = { origin: 'broker.example/audit/contoso', instance: 'broker-1', build: '1.2.3+abc' };
const id = '019b8d6e-2a00-7000-8000-000000000001' as EventId;
const parent = '019b8d6e-2a00-7000-8000-000000000000' as EventId;
const at = Date.UTC(2026, 0, 5, 9) as EpochMillis;
const ref = 'p'.repeat(22);
const subject = { ref, key: createSecretKey(Buffer.alloc(32, 7)) };
const guid = (digit: string) => `${digit.repeat(8)}-1111-4111-8111-${digit.repeat(12)}`;
const job = parseJobRef(guid('a'), 'Workday2AAD.1234');

const caller: UserCaller = {
  kind: 'user',
  tenantId: TenantId.parse(guid('b'), 't'),
  objectId: ObjectId.parse(guid('c'), 'o'),
  clientId: ClientId.parse(guid('d'), 'c'),
  roles: ['Jobs.Pause'],
  scopes: ['Jobs.Read', 'Jobs.Pause'],
  directoryRoles: [DirectoryRoleId.parse(guid('e'), 'd')],
  name: 'Ada Lovelace',
  username: 'ada@contoso.example',
  token: {
    issuer: 'https://login.microsoftonline.com/x/v2.0',
    audience: 'api://interlock',
    version: '2.0',
    issuedAt: (at - 60_000) as EpochMillis,
    expiresAt: (at + 60_000) as EpochMillis,
    tokenIdHash: 'ab'.repeat(32),
    authenticationMethods: ['pwd', 'mfa'],
    authenticationContext: 'c1',
  },
};

const intent: OperationIntent = {
  type: 'pause.intent',
  request: {
    requestId: 'req-1',
    clientRequestId: 'client-1',
    traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    claim: { id: 'a digest', token: 'not for the log' },
    receivedAt: at,
    method: 'POST',
    route: '/v1.0/servicePrincipals/:id/synchronization/jobs/:jobId/pause',
    ip: '203.0.113.7',
    forwarded: ['198.51.100.9'],
    userAgent: 'curl/8',
    tls: 'TLSv1.3',
  },
  caller,
  action: 'pause',
  resource: { ...job, alias: 'hr-inbound' },
  justification: { reason: 'cut-over weekend', ticket: 'CHG0001234', until: (at + 3_600_000) as EpochMillis },
  decision: {
    effect: 'allow',
    rule: 'hr-may-pause',
    policySha256: 'cd'.repeat(32),
    trace: [{ rule: 'hr-may-pause', effect: 'allow' }],
  },
};

const denial: RequestDenied = {
  ...intent,
  type: 'request.denied',
  status: 403,
  decision: { ...intent.decision, effect: 'deny', denyCode: 'no_matching_rule' },
};

const outcome: OperationOutcome = {
  type: 'pause.outcome',
  parent,
  resource: job,
  outcome: 'success',
  upstream: {
    method: 'POST',
    host: 'graph.microsoft.com',
    pathTemplate: '/v1.0/servicePrincipals/{id}/synchronization/jobs/{id}/pause',
    attempts: 2,
    status: 204,
    graphRequestId: 'graph-1',
    clientRequestId: 'ours-1',
    graphDate: 'Mon, 05 Jan 2026 09:00:00 GMT',
    latencyMs: 12.6,
  },
  after: { scheduleState: 'Paused', statusCode: 'Paused', readAt: at },
};

function encode(event: LoggedEvent): NewEntry {
  return encodeEvent({ event, id, subject, received: at, recorded: at }, writer, pooledRandomBytes());
}

function leafOf(entry: NewEntry): Leaf {
  return JSON.parse(Buffer.from(entry.body).toString()) as Leaf;
}

/** Every path of a leaf, arrays taken as one member. */
function pathsOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([name, member]) => pathsOf(member, `${path}.${name}`));
}

function encodedOf(field: SealedField): string {
  return openField(field, subject.key, { origin: writer.origin, eventId: id })?.encoded ?? '';
}

function opened(field: SealedField): [salt: string, name: string, value: unknown] {
  return JSON.parse(Buffer.from(encodedOf(field), 'base64url').toString()) as [string, string, unknown];
}

describe('the leaf of an intent', () => {
  const entry = encode({ ...intent, parent, before: 'unknown' });
  const { _sd, ...leaf } = leafOf(entry);

  it('holds the fields of the schema under their names', () => {
    expect(leaf).toEqual({
      v: 1,
      schema: 'urn:interlock:audit-event:1',
      id,
      code: 'PAU01I',
      type: 'pause.intent',
      time: '2026-01-05T09:00:00.000Z',
      recorded: '2026-01-05T09:00:00.000Z',
      ...writer,
      actor: {
        kind: 'user',
        tid: caller.tenantId,
        ref,
        app_id: caller.clientId,
        roles: ['Jobs.Pause'],
        scopes: ['Jobs.Read', 'Jobs.Pause'],
        directory_roles: caller.directoryRoles,
      },
      auth: {
        iss: caller.token.issuer,
        aud: 'api://interlock',
        ver: '2.0',
        iat: '2026-01-05T08:59:00.000Z',
        exp: '2026-01-05T09:01:00.000Z',
        amr: ['pwd', 'mfa'],
        acr: 'c1',
        jti_hash: 'ab'.repeat(32),
      },
      http: { method: 'POST', route: intent.request.route },
      action: 'pause',
      resource: { sp_id: job.servicePrincipalId, job_id: job.jobId, alias: 'hr-inbound' },
      ticket: { id: 'CHG0001234' },
      until: '2026-01-05T10:00:00.000Z',
      decision: 'allow',
      rule_id: 'hr-may-pause',
      policy: { sha256: 'cd'.repeat(32) },
      trace: [{ rule: 'hr-may-pause', effect: 'allow' }],
      trace_omitted: 0,
      net: { tls: 'TLSv1.3' },
      corr: {
        request_id: 'req-1',
        client_request_id: 'client-1',
        traceparent: intent.request.traceparent,
        idem_key_hash: 'a digest',
      },
      parent,
      before: 'unknown',
      _sd_alg: 'sha-256',
    });
  });

  it('is canonical JSON, and its columns are copies of it', () => {
    expect(Buffer.from(entry.body).toString()).toBe(canonicalJson(leafOf(entry)));
    expect(entry.columns).toEqual({
      type: leaf.type,
      time: leaf.time,
      parent,
      actor: ref,
      application: caller.clientId,
      action: 'pause',
      servicePrincipalId: job.servicePrincipalId,
      jobId: job.jobId,
      decision: 'allow',
      rule: 'hr-may-pause',
      ticket: 'CHG0001234',
      requestId: 'req-1',
      clientRequestId: 'client-1',
    });
  });

  it('has the personal fields as salted digests only, in an order that tells nothing', () => {
    expect(entry.disclosures.map((disclosure) => opened(disclosure).slice(1))).toEqual([
      ['actor.oid', caller.objectId],
      ['actor.upn', 'ada@contoso.example'],
      ['actor.name', 'Ada Lovelace'],
      ['net.ip', '203.0.113.7'],
      ['net.forwarded', ['198.51.100.9']],
      ['net.ua', 'curl/8'],
      ['reason', 'cut-over weekend'],
    ]);
    const digests = entry.disclosures.map((field) => createHash('sha256').update(encodedOf(field)).digest('base64url'));
    expect(_sd).toEqual(digests.toSorted());
    expect(entry.disclosures.every((field) => field.subject === ref)).toBe(true);
    const salts = entry.disclosures.map((disclosure) => opened(disclosure)[0]);
    expect(new Set([...salts, ...encode(intent).disclosures.map((disclosure) => opened(disclosure)[0])]).size).toBe(14);
    expect(salts.every((salt) => Buffer.from(salt, 'base64url').length === 16)).toBe(true);
  });
});

describe('the leaf of a denial', () => {
  it('has the fields of an intent, and besides only what denials have', () => {
    const ofIntent = pathsOf(leafOf(encode(intent)));
    const ofDenial = pathsOf(leafOf(encode(denial)));
    expect(ofDenial.filter((path) => !ofIntent.includes(path)).toSorted()).toEqual(['.deny_code', '.http.status']);
    expect(ofIntent.filter((path) => !ofDenial.includes(path))).toEqual([]);
  });

  it('that a job’s state decided names the state and the read that found it', () => {
    const before = { scheduleState: 'Active', statusCode: 'Active', readAt: at };
    expect(leafOf(encode({ ...denial, parent, before }))).toMatchObject({
      parent,
      before: { schedule_state: 'Active', status: 'Active', read_at: '2026-01-05T09:00:00.000Z' },
    });
  });

  it('of an unknown caller has the same request and no principal', () => {
    const { request, decision, type, status } = denial;
    const event: RequestDenied = { type, status, request, decision };
    const entry = encode(event);
    expect(leafOf(entry)).toMatchObject({
      code: 'REQ01W',
      actor: { kind: 'anonymous' },
      corr: { request_id: 'req-1' },
    });
    expect(entry.disclosures.map(({ name }) => name)).toEqual(['net.ip', 'net.forwarded', 'net.ua']);
    expect(Buffer.from(entry.body).toString()).not.toContain(ref);
  });

  it('with personal fields is refused where no key can seal them', () => {
    expect(() => encodeEvent({ event: denial, id, received: at, recorded: at }, writer, pooledRandomBytes())).toThrow(
      TypeError,
    );
  });
});

describe('the other leaves', () => {
  it('of an outcome hold what was observed, in whole milliseconds', () => {
    expect(leafOf(encode(outcome))).toMatchObject({
      code: 'PAU02I',
      parent,
      outcome: 'success',
      upstream: { method: 'POST', attempt: 2, status: 204, latency_ms: 13, graph_request_id: 'graph-1' },
      after: { status: 'Paused', schedule_state: 'Paused', read_at: '2026-01-05T09:00:00.000Z' },
    });
    expect(encode(outcome).disclosures).toEqual([]);
    expect(leafOf(encode({ ...outcome, outcome: 'failure', reason: 'throttled' }))).toMatchObject({
      code: 'PAU02W',
      outcome_reason: 'throttled',
    });
    expect(leafOf(encode({ ...outcome, type: 'start.outcome', outcome: 'unknown' })).code).toBe('STA02E');
  });

  it('of a pause that changed nothing name the pause before it', () => {
    expect(leafOf(encode({ ...outcome, reason: 'already_paused', pausedBy: id }))).toMatchObject({
      code: 'PAU02I',
      outcome: 'success',
      outcome_reason: 'already_paused',
      paused_by: id,
    });
  });

  it('of a self-check name the system, what was looked at and what is wrong; the code rises with a finding', () => {
    const base = { type: 'self-check.outcome', check: 'roles', parent, outcome: 'success' } as const;
    const leaf = (event: LoggedEvent) => leafOf(encode(event));
    const findings = ['role_not_allowed Directory.ReadWrite.All'];

    expect(leaf({ type: 'self-check.intent', check: 'roles' })).toMatchObject({ code: 'SLF01I', check: 'roles' });
    expect(leaf(base)).toMatchObject({ code: 'SLF02I', actor: { kind: 'system' }, parent, outcome: 'success' });
    expect(leaf({ ...base, findings })).toMatchObject({ code: 'SLF02W', findings });
    expect(leaf({ ...base, outcome: 'unknown', reason: 'timeout' })).toMatchObject({ code: 'SLF02E' });
  });

  it('of refused requests hold the counts, however many codes there are', () => {
    const counts = Object.fromEntries(Array.from({ length: 40 }, (_, code) => [`code_${code}`, code]));
    const leaf = leafOf(encode({ type: 'requests.refused', from: (at - 1000) as EpochMillis, to: at, counts }));
    expect(leaf).toMatchObject({ code: 'REQ02W', period: { from: '2026-01-05T08:59:59.000Z' }, truncated: true });
    expect(Object.values(leaf.counts!).reduce((sum, count) => sum + count)).toBe((39 * 40) / 2);
  });

  it('of the service and the log name what runs', () => {
    expect(leafOf(encode({ type: 'service.started', policySha256: 'ef' }))).toMatchObject({
      code: 'SVC01I',
      actor: { kind: 'system' },
      policy: { sha256: 'ef' },
    });
    expect(leafOf(encode({ type: 'log.created', vkey: 'v' }))).toMatchObject({ code: 'LOG01I', vkey: 'v' });
  });
});

describe('the leaf of a reconciliation', () => {
  const reads = [{ scheduleState: 'Paused', statusCode: 'Paused', readAt: at, graphRequestId: 'graph-2' }];
  const reconciliation = {
    type: 'pause.reconciled',
    parent,
    resource: job,
    verdict: 'applied',
    reason: 'state_changed',
    before: 'unknown',
    reads,
  } as const;

  it('holds the verdict as its outcome, the evidence, and the system as its actor', () => {
    expect(leafOf(encode(reconciliation))).toMatchObject({
      parent,
      actor: { kind: 'system' },
      outcome: 'applied',
      outcome_reason: 'state_changed',
      before: 'unknown',
      reads: [{ status: 'Paused', schedule_state: 'Paused', graph_request_id: 'graph-2' }],
    });
    expect(encode(reconciliation).columns).toMatchObject({ type: 'pause.reconciled', parent, outcome: 'applied' });
  });

  it.each([
    ['applied', 'PAU03I'],
    ['not_applied', 'PAU03W'],
    ['inconclusive', 'PAU03E'],
  ] as const)('that says %s has the code %s', (verdict, code) => {
    expect(leafOf(encode({ ...reconciliation, verdict }))).toMatchObject({ code });
  });

  it('is preceded by the leaf of a read that nobody asked for', () => {
    const read = { type: 'read.intent', action: 'read', resource: job, parent } as const;
    expect(leafOf(encode(read))).toMatchObject({ code: 'RED01I', actor: { kind: 'system' }, action: 'read', parent });
  });
});
