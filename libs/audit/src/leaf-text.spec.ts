import { createSecretKey } from 'node:crypto';
import * as fc from 'fast-check';
import { type DirectoryRoleId, type EpochMillis, type EventId, parseJobRef, type UserCaller } from '#kernel';
import { someApplication, someRequest } from '#testing';
import { canonicalJson } from '#tlog';
import type { OperationIntent, RequestDenied } from './audit-event.ts';
import type { RecordedRule } from './recorded-facts.ts';
import { encodeEvent, maxLeafBytes } from './encode-event.ts';
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
const longJob = parseJobRef('44444444-4444-4444-8444-444444444444', 'j'.repeat(200));
const caller: UserCaller = { ...someApplication(), kind: 'user', scopes: ['Jobs.Pause'], directoryRoles: [] };

const intent: OperationIntent = {
  type: 'pause.intent',
  request: someRequest(),
  caller,
  action: 'pause',
  resource: longJob,
  justification: { reason: 'cut-over weekend', ticket: 'CHG0001234' },
  decision: { effect: 'allow', rule: 'hr-may-pause', policySha256: 'cd'.repeat(32), trace: [] },
};

const denial: RequestDenied = {
  ...intent,
  type: 'request.denied',
  status: 403,
  decision: { ...intent.decision, effect: 'deny', denyCode: 'no_matching_rule' },
};

function encode(event: LoggedEvent): NewEntry {
  return encodeEvent({ event, id, subject, received: at, recorded: at }, writer, pooledRandomBytes());
}

function leafOf(entry: NewEntry): Leaf {
  return JSON.parse(Buffer.from(entry.body).toString()) as Leaf;
}

function encodedOf(field: SealedField, origin: string): string {
  return openField(field, subject.key, { origin, eventId: id })?.encoded ?? '';
}

function opened(field: SealedField, origin = writer.origin): [salt: string, name: string, value: unknown] {
  return JSON.parse(Buffer.from(encodedOf(field, origin), 'base64url').toString()) as [string, string, unknown];
}

describe('the trace', () => {
  const about = (condition: string, rule = condition): RecordedRule => ({
    rule,
    effect: 'allow',
    failed: { condition, expected: 'x', got: 'y' },
  });
  const withTrace = (trace: readonly RecordedRule[]) =>
    leafOf(encode({ ...intent, decision: { ...intent.decision, trace } }));

  it('keeps the rules about this caller, action and job and counts the others', () => {
    const decision = { ...intent.decision, trace: [about('window')], elsewhere: 3 };
    const { trace, trace_omitted } = leafOf(encode({ ...intent, decision }));
    expect(trace).toEqual([
      { rule: 'window', effect: 'allow', failed: { condition: 'window', expected: 'x', got: 'y' } },
    ]);
    expect(trace_omitted).toBe(3);
  });

  it('never quotes the reason', () => {
    expect(withTrace([about('reason')]).trace?.[0]?.failed).toEqual({ condition: 'reason', expected: 'x' });
  });

  it('of a policy of a thousand rules fits', () => {
    const rules = Array.from({ length: 1_000 }, (_, index) =>
      about(index % 2 === 0 ? 'ticket' : 'job', `rule-${index}`),
    );
    const { trace, trace_omitted, truncated } = withTrace(rules);
    expect(trace).toHaveLength(20);
    expect(trace_omitted).toBe(980);
    expect(truncated).toBeUndefined();
  });
});

/** Text of the worst kinds: six bytes per code unit when escaped, lone surrogates, U+0000, astral characters. */
const nastyText = (maxLength: number) =>
  fc.oneof(
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength }),
    fc.constant('\u0001'.repeat(maxLength)),
    fc.constant('\u20ac'.repeat(maxLength)),
    fc.constant('😀'.repeat(maxLength / 2)),
    fc.constant('\ud800'.repeat(maxLength)),
  );

const nastyIntent = fc
  .record({
    reason: nastyText(2_000),
    ticket: nastyText(128),
    name: nastyText(256),
    username: nastyText(256),
    userAgent: nastyText(5_000),
    clientRequestId: nastyText(512),
    traceparent: nastyText(512),
    route: nastyText(1_000),
    alias: nastyText(256),
    rule: nastyText(1_000),
    issuer: nastyText(500),
    roles: fc.array(nastyText(120), { maxLength: 200 }),
    forwarded: fc.array(nastyText(64), { maxLength: 50 }),
    trace: fc.array(
      fc
        .record({ rule: nastyText(300), effect: fc.constant('allow' as const), failed: fc.constant(undefined) })
        .map(({ rule, effect }): RecordedRule => ({
          rule,
          effect,
          failed: { condition: 'ticket', expected: rule, got: rule },
        })),
      { maxLength: 60 },
    ),
    status: nastyText(200),
  })
  .map((text): OperationIntent => ({
    ...intent,
    parent,
    request: {
      ...intent.request,
      clientRequestId: text.clientRequestId,
      traceparent: text.traceparent,
      route: text.route,
      requestId: text.route,
      method: text.route,
      tls: text.route,
      userAgent: text.userAgent,
      forwarded: text.forwarded,
    },
    caller: {
      ...caller,
      name: text.name,
      username: text.username,
      roles: text.roles,
      scopes: text.roles,
      directoryRoles: text.roles as DirectoryRoleId[],
      token: {
        ...caller.token,
        issuer: text.issuer,
        audience: text.issuer,
        tokenIdHash: text.issuer,
        authenticationContext: text.issuer,
        authenticationMethods: text.roles,
      },
    },
    resource: { ...longJob, alias: text.alias },
    justification: { reason: text.reason, ticket: text.ticket, until: at },
    decision: { effect: 'allow', rule: text.rule, denyCode: text.rule, policySha256: text.rule, trace: text.trace },
    before: { scheduleState: text.status, statusCode: text.status, readAt: at, graphRequestId: text.status },
  }));

describe('any event that the edge accepts', () => {
  it('fits into a leaf, whatever its texts hold', () => {
    const longWriter = { origin: 'o'.repeat(200), instance: '\u0001'.repeat(300), build: '\u0001'.repeat(300) };
    fc.assert(
      fc.property(nastyIntent, (event) => {
        const stamped = { event, id, subject, received: at, recorded: at };
        const entry = encodeEvent(stamped, longWriter, pooledRandomBytes());
        expect(entry.body.length).toBeLessThanOrEqual(maxLeafBytes);
        expect(Buffer.from(entry.body).toString()).toBe(canonicalJson(leafOf(entry)));
        expect(leafOf(entry).ticket).toEqual({ id: storable(event.justification!.ticket!) });
        expect(opened(entry.disclosures.at(-1)!, longWriter.origin)[2]).toBe(storable(event.justification!.reason!));
      }),
      { numRuns: 300 },
    );
  });

  it('with everything at its worst at once fits', () => {
    const worst = '\u0001'.repeat(1_000);
    const list = Array.from({ length: 100 }, () => worst);
    const event: OperationIntent = {
      ...intent,
      parent,
      request: {
        ...intent.request,
        requestId: worst,
        clientRequestId: worst,
        traceparent: worst,
        tls: worst,
        method: worst,
        route: worst,
      },
      caller: {
        ...caller,
        roles: list,
        scopes: list,
        directoryRoles: list as DirectoryRoleId[],
        token: {
          ...caller.token,
          issuer: worst,
          audience: worst,
          tokenIdHash: worst,
          authenticationContext: worst,
          authenticationMethods: list,
        },
      },
      resource: { ...longJob, alias: worst },
      justification: { reason: worst, ticket: worst, until: at },
      decision: {
        effect: 'deny',
        rule: worst,
        denyCode: worst,
        policySha256: worst,
        trace: list.map((rule) => ({ rule, effect: 'allow' })),
      },
      before: { scheduleState: worst, statusCode: worst, readAt: at, graphRequestId: worst },
    };
    const worstWriter = { origin: '"'.repeat(200), instance: worst, build: worst };
    const entry = encodeEvent({ event, id, subject, received: at, recorded: at }, worstWriter, pooledRandomBytes());
    expect(entry.body.length).toBeLessThanOrEqual(maxLeafBytes);
    expect(leafOf(entry)).toMatchObject({ truncated: true, trace: [], trace_omitted: 100 });
  });

  it('shows no personal text in its leaf', () => {
    const word = fc.string({ unit: fc.constantFrom('Ä', 'Ö', 'ẞ', '🔒', '𝄞'), minLength: 4, maxLength: 40 });
    const personal = fc.record({ name: word, username: word, ip: word, hop: word, userAgent: word, reason: word });
    fc.assert(
      fc.property(personal, fc.boolean(), ({ name, username, ip, hop, userAgent, reason }, allowed) => {
        const request = { ...intent.request, ip, forwarded: [hop], userAgent };
        const trace = [{ rule: 'r', effect: 'allow', failed: { condition: 'reason', got: reason } }] as const;
        const shared = { request, caller: { ...caller, name, username }, justification: { reason } };
        const decision = { effect: allowed ? 'allow' : 'deny', trace } as const;
        const entry = encode(allowed ? { ...intent, ...shared, decision } : { ...denial, ...shared, decision });
        const body = Buffer.from(entry.body).toString();
        for (const text of [name, username, ip, hop, userAgent, reason, caller.objectId]) {
          expect(body).not.toContain(text);
          expect(JSON.stringify(entry.columns)).not.toContain(text);
          expect(JSON.stringify(entry.disclosures.map((field) => opened(field)))).toContain(text);
        }
      }),
    );
  });

  it('has its user agent cut at 512 code units, never within a character', () => {
    const userAgentOf = (userAgent: string) =>
      encode({ ...intent, request: { ...intent.request, userAgent } })
        .disclosures.map((field) => opened(field))
        .find(([, name]) => name === 'net.ua')?.[2];
    expect(userAgentOf('x'.repeat(600))).toBe('x'.repeat(512));
    expect(userAgentOf(`${'x'.repeat(511)}😀`)).toBe('x'.repeat(511));
    expect(userAgentOf(`${'x'.repeat(510)}😀y`)).toBe(`${'x'.repeat(510)}😀`);
    expect(userAgentOf('a\0b\udc00')).toBe('a\ufffdb\ufffd');
  });
});

function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}
