import { createHash } from 'node:crypto';
import { AuditLog } from '#audit';
import { openStore } from '#store';
import { FakeClock } from '#testing';
import { signNote } from '#tlog';
import { origin, type TestKey, type WrittenLog } from './real-log.ts';

const sha256 = (content: string | Uint8Array, encoding: 'hex' | 'base64' = 'hex') =>
  createHash('sha256').update(content).digest(encoding);

/** Entries of a log as an export has them, with their proofs: what a broker would give out, made by hand. */
export interface Evidence {
  readonly lines: readonly string[];
  readonly proofs: ReadonlyMap<number, string>;
  readonly checkpoint: string;
}

export async function evidenceOf(log: WrittenLog, key: TestKey, from: number, to: number): Promise<Evidence> {
  const clock = new FakeClock();
  const store = await openStore(`sqlite:${log.path}`, clock);
  const { key: logKey, disclosureKey } = key;
  const audit = await AuditLog.open({
    store: store.log(origin),
    clock,
    origin,
    key: logKey,
    disclosureKey,
    instance: 'two',
    build: 'test',
  });
  const lines: string[] = [];
  const proofs = new Map<number, string>();
  for (const entry of await audit.entries(from, to)) {
    const { index, body } = entry;
    const disclosures = (await audit.disclosed(entry)).map(({ encoded }) => encoded);
    const text = Buffer.from(body);
    const event: unknown = JSON.parse(text.toString());
    lines.push(JSON.stringify({ index, leaf: text.toString('base64'), event, disclosures }));
    proofs.set(index, await audit.prove(index));
  }
  const evidence = { lines, proofs, checkpoint: audit.checkpoint() };
  await audit.close();
  await store.close();
  return evidence;
}

/** The signed last line of an export. */
export function footer(count: number, query: string, checkpoint: string, { signer }: TestKey): string {
  const digest = sha256(checkpoint, 'base64');
  const statement = `interlock/export@v1\ncount ${count}\nquery ${JSON.stringify(query)}\ncheckpoint ${digest}\n`;
  return JSON.stringify({ count, query, checkpoint, signature: signNote(statement, signer) });
}

/** Text whose every line ends. */
export const ended = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** The query of every bundle that is made here. */
const query = 'action:pause';

/** The files of an evidence bundle without its manifest. */
export function bundleFiles({ lines, proofs, checkpoint }: Evidence, key: TestKey): Map<string, string> {
  return new Map([
    ['entries.ndjson', ended([...lines, footer(lines.length, query, checkpoint, key)])],
    ['checkpoint', checkpoint],
    ['trust.json', JSON.stringify([{ vkey: key.vkey, fromSize: 0 }])],
    ['README.md', 'How to check this.\n'],
    ...[...proofs].map(([index, proof]) => [`proofs/${index}.tlog-proof`, proof] as const),
  ]);
}

/** The manifest of those files with the signed statement about it. `facts` replace what it says. */
export function manifestOf(
  files: ReadonlyMap<string, string>,
  key: TestKey,
  facts: Readonly<Record<string, unknown>> = {},
): readonly (readonly [path: string, content: string])[] {
  const manifest = JSON.stringify({
    format: 'interlock/evidence@v1',
    origin,
    size: 300,
    query,
    querySha256: sha256(query),
    count: 10,
    ...facts,
    files: [...files].map(([path, content]) => ({ path, sha256: sha256(content) })),
  });
  const statement = `interlock/evidence@v1\nmanifest ${sha256(manifest, 'base64')}\n`;
  return [
    ['manifest.json', manifest],
    ['manifest.note', signNote(statement, key.signer)],
  ];
}
