import { hash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrokerProcess } from '../support/broker-process.ts';
import {
  askEvidence,
  BundleChecks,
  type BundleContents,
  receiveEvidence,
  textOf,
  unpacked,
} from '../support/evidence-bundle.ts';
import { call } from '../support/http-client.ts';
import { Interlock, pausePath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';
import { eventsOver } from '../support/recorded-events.ts';
import { ids } from '../../apps/simulator/src/world/default-world.ts';

let interlock: Interlock;
let broker: BrokerProcess;
let reviewer: string;
let checks: BundleChecks;
/** Everything that happened, without personal fields. */
let zip: Buffer;
let whole: BundleContents;

const everything = { query: '-type:audit.read -type:audit.exported', purpose: 'Case 4711' };

beforeAll(async () => {
  interlock = await Interlock.start();
  broker = await interlock.broker();
  await pause(goodJustification);
  await broker.stop();
  appendFileSync(join(interlock.folder, 'policy.yaml'), '# Nothing but a comment, and yet another policy.\n');
  broker = await interlock.broker();
  await pause(goodJustification);
  await pause({});
  reviewer = await interlock.reviewer();
  checks = new BundleChecks(String((await call(`${broker.url}/log/vkey`)).data).trimEnd());
  zip = await bundle(everything);
  whole = await unpacked(zip);
});
afterAll(async () => {
  checks.remove();
  await interlock.stop();
});

async function pause(body: unknown): Promise<void> {
  await call(broker.url + pausePath, { method: 'POST', token: await interlock.hrPortal(), body });
}

const ask = (body: unknown, token = reviewer) => askEvidence(broker.url, token, body);
const bundle = (body: unknown, token = reviewer) => receiveEvidence(broker.url, token, body);

const codeOf = async (reply: Response) => ((await reply.json()) as { code: string }).code;
const linesOf = (files: BundleContents) =>
  textOf(files, 'entries.ndjson')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { index: number; event: { type: string }; disclosures: unknown[] });

describe('an evidence bundle', () => {
  it('is verified by interlock-verify, and by its own script with openssl and coreutils', async () => {
    const entries = linesOf(whole).length - 1;

    expect(entries).toBeGreaterThan(10);
    expect(checks.byCommand(whole)).toEqual({ exitCode: 0, reasons: [] });
    await checks.expectOfScript(whole, 0, [], `${entries} of ${entries} entries are in the log`);
  });

  it('holds each policy that was in force, in the bytes of then, though the broker was restarted with another', () => {
    const policies = [...whole].filter(([path]) => path.startsWith('policies/'));

    expect(policies.map(([path]) => path)).toEqual(
      policies.map(([, content]) => `policies/${hash('sha256', content)}.yaml`),
    );
    const [before = '', after = ''] = policies.map(([, content]) => content.toString());
    expect(after).toBe(`${before}# Nothing but a comment, and yet another policy.\n`);
  });

  it('is announced in the log before it begins, and its hash is recorded when it has ended', async () => {
    const events = await eventsOver(broker.url, reviewer, 'type:audit.read');
    const announced = events.find(({ review }) => (review as { view: string }).view === 'evidence');
    const [ended] = (await eventsOver(broker.url, reviewer, 'type:audit.exported')).filter(
      ({ parent }) => parent === announced?.id,
    );

    expect(announced).toMatchObject({
      actor: { kind: 'application' },
      review: { view: 'evidence', query: everything.query },
      _sd: expect.any(Array),
    });
    expect(JSON.stringify(announced)).not.toContain('4711');
    expect(ended).toMatchObject({
      review: { count: linesOf(whole).length - 1, complete: true, sha256: hash('sha256', zip) },
    });
  });

  it('of no entries at all is verified too', async () => {
    const files = await unpacked(await bundle({ query: 'created:2000-01-01..2000-01-02', purpose: 'x' }));

    expect(linesOf(files)).toHaveLength(1);
    expect((await checks.byVerifier(files)).exitCode).toBe(0);
    await checks.expectOfScript(files, 0);
  });

  it('carries a query that needs quoting whole', async () => {
    const query = String.raw`-rule:"a \"b\" \\ | c"`;
    const files = await unpacked(await bundle({ query, purpose: 'x' }));

    expect(JSON.parse(textOf(files, 'manifest.json'))).toMatchObject({ query, querySha256: hash('sha256', query) });
    expect((await checks.byVerifier(files)).exitCode).toBe(0);
    await checks.expectOfScript(files, 0);
  });
});

describe('personal fields', () => {
  const disclose = ['actor.oid', 'reason'] as const;
  const intents = { query: 'type:pause.intent', purpose: 'Case 4711' };

  it('stay out of a bundle that was not asked for them', () => {
    const all = [...whole].map(([, content]) => content.toString()).join('\n');
    for (const text of [goodJustification.reason, ids.hrPortal.principalId, '4711', '127.0.0.1']) {
      expect([text, all.includes(text)]).toEqual([text, false]);
    }
    expect(
      linesOf(whole)
        .slice(0, -1)
        .every(({ disclosures }) => disclosures.length === 0),
    ).toBe(true);
  });

  it('take a right of their own', async () => {
    const reply = await ask({ ...intents, disclose });

    expect([reply.status, await codeOf(reply)]).toEqual([403, 'insufficient_scope']);
    expect(reply.headers.get('www-authenticate')).toContain('scope="Audit.Disclose"');
  });

  it('are shown with that right, the named ones alone, and checked against the entries', async () => {
    const token = await interlock.cloud.mintToken({
      application: ids.console.appId,
      roles: ['Audit.Read', 'Audit.Disclose'],
    });
    const files = await unpacked(await bundle({ ...intents, disclose }, token));
    const [first] = linesOf(files);

    expect(first?.disclosures).toEqual([
      { name: 'actor.oid', value: ids.hrPortal.principalId, encoded: expect.any(String) },
      { name: 'reason', value: goodJustification.reason, encoded: expect.any(String) },
    ]);
    expect((await checks.byVerifier(files)).exitCode).toBe(0);
    await checks.expectOfScript(files, 0);
    const forged = new Map(files).set(
      'entries.ndjson',
      Buffer.from(textOf(files, 'entries.ndjson').replace(/"encoded":"..../, '"encoded":"AAAA')),
    );
    expect((await checks.byVerifier(forged)).reasons).toEqual(['disclosure', 'file-hash']);
    await checks.expectOfScript(forged, 1, ['disclosure', 'file-hash']);
    const recorded = await eventsOver(broker.url, reviewer, 'type:audit.read');
    expect(recorded.at(-1)).toMatchObject({ review: { view: 'evidence', disclosed: disclose } });
  });
});

describe('evidence is refused', () => {
  it('to whom has no right to read the log, and to strangers', async () => {
    const reply = await ask(everything, await interlock.hrPortal());

    expect([reply.status, await codeOf(reply)]).toEqual([403, 'insufficient_scope']);
    expect((await fetch(`${broker.url}/api/audit/evidence`, { method: 'POST' })).status).toBe(401);
  });

  it.each([
    ['without a purpose', { query: '' }, 'field_invalid'],
    ['for a query that is wrong', { query: 'colour:red', purpose: 'x' }, 'query_malformed'],
    ['for a personal field that there is not', { purpose: 'x', disclose: ['iban'] }, 'field_invalid'],
    ['with a field that nobody knows', { purpose: 'x', format: 'tar' }, 'field_invalid'],
  ])('%s', async (_what, body, code) => {
    const reply = await ask(body);

    expect([reply.status, await codeOf(reply)]).toEqual([400, code]);
  });
});
