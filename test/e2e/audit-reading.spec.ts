import { createHash, createPublicKey, verify } from 'node:crypto';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import {
  leafHash,
  NoteVerifier,
  openNote,
  parseGrowthProof,
  parseTlogProof,
  openCheckpoint,
  verifyConsistency,
  verifyInclusion,
} from '#tlog';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call } from '../support/http-client.ts';
import { Interlock, pausePath } from '../support/interlock.ts';
import { goodJustification } from '../support/policy-file.ts';
import { eventsOver, nextLink } from '../support/recorded-events.ts';

let interlock: Interlock;
let broker: BrokerProcess;
let reviewer: string;
let paused: string;
let refused: string;

beforeAll(async () => {
  interlock = await Interlock.start();
  broker = await interlock.broker();
  reviewer = await interlock.reviewer();
  const token = await interlock.hrPortal();
  const pause = async (body: unknown) => {
    const reply = await call(broker.url + pausePath, { method: 'POST', token, body });
    return String(reply.headers['request-id']);
  };
  paused = await pause(goodJustification);
  refused = await pause({});
});
afterAll(() => interlock.stop());

const read = (path: string, headers: Record<string, string> = {}) =>
  call(broker.url + path, { token: reviewer, headers });
const bytes = async (path: string, token?: string) => {
  const reply = await fetch(
    broker.url + path,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );
  return { status: reply.status, headers: reply.headers, body: new Uint8Array(await reply.arrayBuffer()) };
};
interface Item {
  readonly index: number;
  readonly eventId: string;
  readonly state?: string;
  readonly type?: string;
  readonly leaf: string;
  readonly event: Record<string, unknown>;
  readonly following: readonly { readonly type: string }[];
}
const itemsOf = (data: unknown) => (data as { items: Item[] }).items;

describe('operations', () => {
  it('are one per request, with everything that became of it in one state', async () => {
    const operations = itemsOf((await read('/api/audit/operations')).data);

    expect(operations.map(({ type, state }) => [type, state])).toEqual([
      ['request.denied', 'denied'],
      ['pause.intent', 'succeeded'],
    ]);
    expect(operations[1]?.following.map(({ type }) => type)).toEqual(['pause.outcome']);
  });

  it('are found by terms that combine, as one text or apart', async () => {
    const found = async (query: string) =>
      itemsOf((await read(`/api/audit/operations?${query}`)).data).map(({ type }) => type);

    expect(await found('q=outcome:success%20decision:allow')).toEqual(['pause.intent']);
    expect(await found('q=-outcome:success')).toEqual(['request.denied']);
    expect(await found(`decision=deny&request=${refused}`)).toEqual(['request.denied']);
    expect(await found(`q=-decision:deny&job=${jobs.hrInbound.jobId}&ticket=${goodJustification.ticket}`)).toEqual([
      'pause.intent',
    ]);
    expect(await found('created=2000-01-01..2000-01-02')).toEqual([]);
  });

  it('are shown one by one with the events in full', async () => {
    const [operation] = itemsOf((await read(`/api/audit/operations?request=${paused}`)).data);
    const whole = await read(`/api/audit/operations/${operation!.eventId}`);

    expect(whole.data).toMatchObject({
      state: 'succeeded',
      events: [{ event: { type: 'pause.intent' } }, { event: { type: 'pause.outcome' } }],
    });
    expect((await read('/api/audit/operations/01890000-0000-7000-8000-000000000000')).code).toBe('entry_unknown');
  });

  it('are found by the object id of who asked, without the log ever holding it', async () => {
    const [denial] = itemsOf((await read(`/api/audit/operations?request=${refused}`)).data);
    const unknown = await read(`/api/audit/operations?actor=99999999-0000-4000-8000-000000000000`);

    expect(unknown.code).toBe('actor_unknown');
    const asked = await read(`/api/audit/operations?actor=${ids.hrPortal.principalId}`);
    expect(itemsOf(asked.data).map(({ type }) => type)).toEqual(['request.denied', 'pause.intent']);
    const events = JSON.stringify(await eventsOver(broker.url, reviewer, ''));
    expect(events).not.toContain(ids.hrPortal.principalId);
    const { data } = await read(`/api/audit/events?index=${denial!.index}`);
    expect(itemsOf(data)[0]?.event).toMatchObject({ actor: { ref: expect.stringMatching(/^[\w-]{22}$/) } });
  });
});

describe('events', () => {
  it('come in pages that the Link header joins, without gaps or repeats while the log grows', async () => {
    const indexes: number[] = [];
    const { size } = (await read('/api/audit/events?limit=1')).data as { size: number };
    let next: string | undefined = `/api/audit/events?limit=2&index=0..${size - 1}`;
    while (next !== undefined) {
      const reply = await read(next);
      indexes.push(...itemsOf(reply.data).map(({ index }) => index));
      next = nextLink(reply.headers['link']);
    }

    expect(indexes).toEqual(Array.from({ length: size }, (_, index) => index));
  });

  it('refuse a cursor of another list, and a query that is wrong with the place of the mistake', async () => {
    const first = await read('/api/audit/events?limit=1');
    const cursor = new URL(nextLink(first.headers['link'])!, broker.url).searchParams.get('cursor');
    const wrong = await read('/api/audit/events?q=action:read%20colour:red');

    expect((await read(`/api/audit/events?q=action:read&cursor=${cursor}`)).code).toBe('cursor_invalid');
    expect(wrong.status).toBe(400);
    expect(wrong.data).toMatchObject({ code: 'query_malformed', parameter: 'q', offset: 12 });
    expect((await read('/api/audit/events?colour=red')).code).toBe('field_invalid');
  });

  it('record who read them, what was asked and, as a digest, why', async () => {
    const reply = await read('/api/audit/events?q=action:pause', {
      // Header bytes beyond ASCII are UTF-8, which the client takes byte by byte.
      'interlock-purpose': Buffer.from('Quarterly review for Zoë').toString('latin1'),
    });
    const recorded = (await eventsOver(broker.url, reviewer, '')).find(
      (event) => event.corr?.request_id === reply.headers['request-id'],
    );

    expect(recorded).toMatchObject({
      type: 'audit.read',
      code: 'AUD01I',
      actor: { kind: 'application' },
      review: { view: 'events', query: 'action:pause', count: itemsOf(reply.data).length },
      _sd: expect.any(Array),
    });
    expect(JSON.stringify(recorded)).not.toContain('Quarterly');
  });

  it('are for reviewers alone', async () => {
    const token = await interlock.hrPortal();
    for (const path of [
      'operations',
      'events',
      'events/0',
      'events/0/proof',
      'consistency?from=1',
      'export?purpose=x',
    ]) {
      expect((await call(`${broker.url}/api/audit/${path}`, { token })).code).toBe('insufficient_scope');
    }
    expect((await call(`${broker.url}/log/tile/entries/000.p/1`)).status).toBe(401);
  });
});

describe('an export', () => {
  it('ends with a signed count over query and checkpoint, and holds the exact bytes', async () => {
    const reply = await read(`/api/audit/export?q=-type:audit.read%20-type:audit.exported`, {
      'interlock-purpose': 'Review',
    });
    const lines = String(reply.data)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const end = lines.pop() as { count: number; query: string; checkpoint: string; signature: string };
    const vkey = String((await call(`${broker.url}/log/vkey`)).data).trimEnd();
    const key = NoteVerifier.parse(vkey);

    expect(reply.headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(end.count).toBe(lines.length);
    const digest = createHash('sha256').update(end.checkpoint).digest('base64');
    expect(openNote(end.signature, [key]).text).toBe(
      `interlock/export@v1\ncount ${lines.length}\nquery "-type:audit.read -type:audit.exported"\ncheckpoint ${digest}\n`,
    );
    expect(() => openCheckpoint(end.signature, [key])).toThrow();
    for (const { index, leaf, event } of lines) {
      const proof = parseTlogProof(String((await read(`/api/audit/events/${String(index)}/proof`)).data));
      const { size, root } = openCheckpoint(proof.checkpoint, [key]);
      const body = Buffer.from(String(leaf), 'base64');
      expect(JSON.parse(body.toString())).toEqual(event);
      expect(verifyInclusion({ index: proof.index, size, root, leafHash: leafHash(body) }, proof.hashes)).toBe(true);
    }
  });

  it('is announced in the log before it begins and counted when it has ended', async () => {
    const reply = await read('/api/audit/export?format=csv&type=pause.intent&purpose=Review');
    const events = await eventsOver(broker.url, reviewer, '');
    const announced = events.find((event) => event.corr?.request_id === reply.headers['request-id']);
    const ended = events.find(({ parent }) => parent === announced?.id);

    expect(announced).toMatchObject({
      type: 'audit.read',
      review: { view: 'export', format: 'csv', query: 'type:pause.intent' },
    });
    expect(ended).toMatchObject({ type: 'audit.exported', review: { count: 1, complete: true } });
    const records = String(reply.data).split('\r\n');
    expect(records[0]).toMatch(/^index,time,type,/);
    expect(records[1]).toContain(',pause.intent,PAU01I,application,');
    expect(records[2]).toMatch(/^signed-count,1,type:pause.intent,broker.example\/audit\/test\\n/);
  });

  it('needs a purpose', async () => {
    expect((await read('/api/audit/export')).code).toBe('field_invalid');
    expect((await read('/api/audit/export?purpose=a', { 'interlock-purpose': 'b' })).code).toBe(
      'justification_conflict',
    );
  });
});

describe('the log over HTTP', () => {
  it('gives the hashes of its entries to anybody and the entries to reviewers, from which the same hashes follow', async () => {
    const hashes = await bytes('/log/tile/0/000.p/3');
    const bundle = await bytes('/log/tile/entries/000.p/3', reviewer);
    const entries: Buffer[] = [];
    for (let at = 0; at < bundle.body.length; at += 2 + entries.at(-1)!.length) {
      const length = Buffer.from(bundle.body).readUInt16BE(at);
      entries.push(Buffer.from(bundle.body.subarray(at + 2, at + 2 + length)));
    }

    expect(entries).toHaveLength(3);
    expect(Buffer.concat(entries.map((entry) => leafHash(entry)))).toEqual(Buffer.from(hashes.body));
    expect(hashes.headers.get('cache-control')).toBe('public, max-age=300');
    expect(bundle.headers.get('cache-control')).toBe('private, max-age=300');
    expect(bundle.headers.get('content-type')).toBe('application/octet-stream');
  });

  it.each([
    'tile/0/001',
    'tile/0/000',
    'tile/9/000.p/1',
    'tile/0/0',
    'tile/0/x000/000.p/1',
    'tile/0/000.p/0',
    'tile/entries',
    'tile/00/000.p/1',
  ])('has no /log/%s', async (path) => {
    const reply = await call(`${broker.url}/log/${path}`, { token: reviewer });
    expect([reply.status, reply.code]).toEqual([404, 'tile_unknown']);
  });

  it('proves that it only grew between two sizes', async () => {
    const key = NoteVerifier.parse(String((await call(`${broker.url}/log/vkey`)).data).trimEnd());
    const older = parseTlogProof(String((await read('/api/audit/events/0/proof?size=2')).data));
    const before = openCheckpoint(older.checkpoint, [key]);
    const growth = parseGrowthProof(String((await read('/api/audit/consistency?from=2&to=5')).data));
    const { size, root } = openCheckpoint(growth.checkpoint, [key]);

    expect([before.size, growth.oldSize, size]).toEqual([2, 2, 5]);
    expect(verifyConsistency({ oldSize: 2, oldRoot: before.root, size, root }, growth.hashes)).toBe(true);
    expect((await read('/api/audit/consistency?from=5&to=2')).code).toBe('entry_unknown');
    expect((await read('/api/audit/consistency?from=1&to=100000')).code).toBe('entry_unknown');
  });

  it('is signed by a key that openssl’s library knows without our code', async () => {
    const note = String((await call(`${broker.url}/log/checkpoint`)).data);
    const vkey = String((await call(`${broker.url}/log/vkey`)).data).trimEnd();
    const raw = Buffer.from(vkey.split('+').slice(2).join('+'), 'base64').subarray(1);
    const publicKey = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
      format: 'jwk',
    });
    const [text = '', line = ''] = note.split(/(?<=\n)\n/);
    const signature = Buffer.from(line.trim().split(' ')[2] ?? '', 'base64').subarray(4);

    expect(verify(null, Buffer.from(text), publicKey, signature)).toBe(true);
  });
});
