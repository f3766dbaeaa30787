import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DirectoryAnchor, LogKey } from '#audit';
import { signCheckpoint } from '#tlog';
import { z } from 'zod';
import { prepareStart } from '../../apps/broker/src/start/prepare-start.ts';
import { databases, type TestDatabase } from '../store/databases.ts';
import { breath } from '../support/breath.ts';
import type { BrokerEnded, BrokerProcess } from '../support/broker-process.ts';
import { interlockHere, verifyHere } from '../support/commands-here.ts';
import { call } from '../support/http-client.ts';
import { Interlock } from '../support/interlock.ts';
import { eventsOver } from '../support/recorded-events.ts';
import { reasons } from '../support/verifier-process.ts';
import { TestWitness } from '../support/witness.ts';

const origin = 'broker.example/audit/test';
const keyIn = (file: string) => LogKey.parse(origin, readFileSync(file, 'utf8'));
const Trust = z.array(z.object({ vkey: z.string(), fromSize: z.number(), toSize: z.number().optional() }));

describe.each(databases)('a broker on %s with anchors', (name, start) => {
  let database: TestDatabase;
  let interlock: Interlock;
  let witness: TestWitness;
  let worm: string;
  let keys: { readonly old: string; readonly next: string };
  let broker: BrokerProcess;

  beforeAll(async () => {
    [database, interlock, witness] = await Promise.all([start(), Interlock.start(), TestWitness.start()]);
    worm = join(interlock.folder, 'worm');
    mkdirSync(worm);
    keys = { old: join(interlock.folder, 'log-key.pem'), next: join(interlock.folder, 'next-key.pem') };
    writeFileSync(keys.next, LogKey.generatePem());
    writeFileSync(join(interlock.folder, 'cas.pem'), interlock.cloud.caPem + witness.caPem);
    witness.trust(keyIn(keys.old).vkey, keyIn(keys.next).vkey);
  });
  afterAll(async () => {
    await interlock.stop();
    await witness.close();
    await database.stop();
  });

  const settings = (changes: Record<string, string> = {}) => ({
    DATABASE_URL: database.url,
    INTERLOCK_ANCHORS: `dir:${worm}, ${witness.setting}, ${witness.url}/archive`,
    INTERLOCK_ANCHOR_EVERY: 'PT1S',
    NODE_EXTRA_CA_CERTS: join(interlock.folder, 'cas.pem'),
    ...changes,
  });
  const handover = () => settings({ INTERLOCK_LOG_KEY_FILE: keys.next, INTERLOCK_LOG_PREVIOUS_KEY_FILE: keys.old });
  const path = (file: string) => join(interlock.folder, file);
  const read = async (resource: string) => call(broker.url + resource, { token: await interlock.reviewer() });
  const text = async (resource: string) => String((await call(broker.url + resource)).data);

  /** Asks until all three anchors hold a checkpoint of at least that size. */
  async function anchoredAt(size: number) {
    for (;;) {
      const { data } = await read('/api/audit/log');
      const standing = Standing.parse(data);
      if (standing.anchors.length === 3 && standing.anchors.every((anchor) => anchor.size >= size)) return standing;
      await breath();
    }
  }

  function liveLog(trust: string, ...more: readonly string[]) {
    return verifyHere('log', `${broker.url}/log`, '--trust', trust, '--token-file', path('token'), ...more);
  }

  it('hands its checkpoints to all of them, and is tamper-evident from then on', async () => {
    broker = await interlock.broker(settings());
    const standing = await anchoredAt(1);

    expect(standing).toMatchObject({ protection: { kind: 'tamper-evident' }, vkey: keyIn(keys.old).vkey });
    expect(standing.anchors.map(({ kind, state }) => [kind, state])).toEqual([
      ['directory', 'anchored'],
      ['https', 'anchored'],
      ['witness', 'anchored'],
    ]);
    const metrics = await text('/metrics');
    expect(metrics).toMatch(/^interlock_checkpoint_age_seconds [\d.]+$/m);
    expect(metrics).toMatch(/^interlock_anchor_age_seconds\{anchor="witness.example\/w1",kind="witness"\} [\d.]+$/m);
    expect(metrics).toMatch(/^interlock_anchor_failing\{anchor="dir:[^"]+",kind="directory"\} 0$/m);
  });

  it('shows the checkpoint with the witness’s line, which proofs for that size carry too', async () => {
    const checkpoint = await text('/log/checkpoint/witnessed');
    const size = checkpoint.split('\n')[1];
    const [signed = '', lines = ''] = checkpoint.split('\n\n');

    expect(lines.split('\n').filter((line) => line.startsWith(`— ${witness.name} `))).toEqual([
      witness.cosign(`${signed}\n`).trimEnd(),
    ]);
    expect(String((await read(`/api/audit/events/0/proof?size=${size}`)).data)).toContain(checkpoint);
  });

  it('goes over to another key once, and its log verifies with the trust file that it serves', async () => {
    await broker.stop();
    const replicas = name === 'SQLite' ? 1 : 2;
    [broker] = (await Promise.all(Array.from({ length: replicas }, () => interlock.broker(handover())))) as [
      BrokerProcess,
    ];
    const rotations = await eventsOver(broker.url, await interlock.reviewer(), 'type:log.key.rotated');
    expect(rotations).toHaveLength(1);
    const trust = Trust.parse((await call(`${broker.url}/log/trust.json`)).data);
    const rotatedAt = trust[1]?.fromSize ?? 0;
    await anchoredAt(rotatedAt);
    writeFileSync(path('trust.json'), JSON.stringify(trust));
    writeFileSync(path('token'), await interlock.reviewer());
    const kept = readdirSync(worm).map((file) => join(worm, file));

    expect(trust).toEqual([
      { vkey: keyIn(keys.old).vkey, fromSize: 0, toSize: rotatedAt },
      { vkey: keyIn(keys.next).vkey, fromSize: rotatedAt },
    ]);
    expect(await liveLog(path('trust.json'), ...kept.flatMap((file) => ['--seen', file]))).toMatchObject({
      exitCode: 0,
      problems: [],
    });
    const bridge = String((await read(`/api/audit/events/0/proof?size=${rotatedAt}`)).data);
    expect(bridge.match(/^— broker\.example\/audit\/test /gm)).toHaveLength(2);
  });

  it('has the same trust file written by the command line', async () => {
    const environment = interlock.environment(handover());
    const ended = await interlockHere(['log', 'trust', '--output', path('written.json')], environment);
    expect(ended).toMatchObject({ code: 0, error: '' });
    expect(JSON.parse(readFileSync(path('written.json'), 'utf8'))).toEqual(
      JSON.parse(readFileSync(path('trust.json'), 'utf8')),
    );
  });

  it('is not believed when the old key signs beyond its time', async () => {
    const newest = await text('/log/checkpoint');
    const [, size = '', root = ''] = newest.split('\n');
    const head = { size: Number(size), root: Buffer.from(root, 'base64') };
    writeFileSync(path('newest'), newest);
    writeFileSync(path('stolen'), signCheckpoint(head, keyIn(keys.old).signer));

    const checked = await verifyHere('checkpoints', path('newest'), path('stolen'), '--trust', path('trust.json'));
    expect(checked.exitCode).toBe(1);
    expect(reasons(checked)).toEqual(['key-window']);
  });

  it('starts with the new key alone, and with no other', async () => {
    await broker.stop();
    // It opens the log as a broker does.
    const refused = await interlockHere(['audit', 'hold', 'list'], interlock.environment(settings()));
    expect(refused.code).toBe(2);
    expect(refused.error).toMatch(/name it as the previous one.*docs\/operations\.md/);
    broker = await interlock.broker(settings({ INTERLOCK_LOG_KEY_FILE: keys.next }));
    expect(await eventsOver(broker.url, await interlock.reviewer(), 'type:log.key.rotated')).toHaveLength(1);
    await broker.stop();
  });
});

const Standing = z.object({
  vkey: z.string(),
  size: z.number(),
  protection: z.object({ kind: z.string(), size: z.number().optional() }),
  anchors: z.array(z.object({ name: z.string(), kind: z.string(), state: z.string(), size: z.number() })),
});

describe('a broker that does not start', () => {
  let interlock: Interlock;
  let witness: TestWitness;
  beforeAll(async () => {
    [interlock, witness] = await Promise.all([Interlock.start(), TestWitness.start()]);
  });
  afterAll(async () => {
    await interlock.stop();
    await witness.close();
  });

  it('has an empty database, while a directory or a witness remembers the log', async () => {
    const path = (file: string) => join(interlock.folder, file);
    const key = keyIn(path('log-key.pem'));
    const head = { size: 3, root: Buffer.alloc(32, 7) };
    mkdirSync(path('worm'));
    const directory = new DirectoryAnchor(path('worm'));
    await directory.push({
      origin,
      size: head.size,
      checkpoint: signCheckpoint(head, key.signer),
      growthFrom: () => Promise.reject(new Error('a directory asks for no proof')),
    });
    witness.trust(key.vkey);
    witness.seen.set(origin, head);
    writeFileSync(path('cas.pem'), interlock.cloud.caPem + witness.caPem);
    const starting = (name: string, anchors: string) =>
      interlock
        .broker({
          DATABASE_URL: `sqlite:${path(name)}`,
          INTERLOCK_ANCHORS: anchors,
          NODE_EXTRA_CA_CERTS: path('cas.pem'),
        })
        .catch((error: unknown) => error);
    const refused = (words: string) =>
      expect.objectContaining({ exitCode: 2, output: expect.stringContaining(words) as string }) as BrokerEnded;

    expect(await Promise.all([starting('one.db', directory.name), starting('other.db', witness.setting)])).toEqual([
      refused('The stored log has 0 entries; dir:'),
      refused(`${witness.name} has seen`),
    ]);
  });

  it('tells of all anchors that cannot be used at once, and without values', () => {
    const { vkey } = LogKey.parse('w.example', LogKey.generatePem());
    const anchors = `dir:/not/there, https://a.example/x#bearer=/no/token, witness+https://w.example#${vkey}`;
    const start = () => prepareStart(interlock.environment({ INTERLOCK_ANCHORS: anchors }));

    for (const told of [
      'INTERLOCK_ANCHORS  unreadable: the directory /not/there cannot be read and written',
      'INTERLOCK_ANCHORS  unreadable: the token file /no/token cannot be read',
      'INTERLOCK_ANCHORS  invalid: the key of the witness at https://w.example is no cosign',
    ]) {
      expect(start).toThrow(told);
    }
  });
});
