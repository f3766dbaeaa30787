import { z } from 'zod';
import { leafJson } from '../export/leaf-json.ts';
import { entryLine } from '../export/ndjson-format.ts';
import { shownDisclosure } from '../export/shown-disclosure.ts';
import type { StoredEntry } from '../log-store.ts';
import { allFound } from '../search/all-found.ts';
import type { BegunEvidence } from './begun-evidence.ts';

const citing = z.looseObject({ policy: z.looseObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }) });

/** The text of `entries.ndjson`. Once it has been read, it tells which entries it had and which policies they cite. */
export class EvidenceLines {
  readonly indexes: number[] = [];
  readonly policies = new Set<string>();
  readonly #begun: BegunEvidence;

  constructor(begun: BegunEvidence) {
    this.#begun = begun;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string, void, undefined> {
    const { find, snapshot, query } = this.#begun;
    for await (const found of allFound(find, snapshot.size)) {
      const lines: string[] = [];
      for (const { entry } of found) lines.push(await this.#line(entry));
      yield lines.join('');
    }
    yield `${JSON.stringify(snapshot.signCount(this.indexes.length, query))}\n`;
  }

  async #line(entry: StoredEntry): Promise<string> {
    const { disclosed, disclosuresOf } = this.#begun;
    this.indexes.push(entry.index);
    const cited = citing.safeParse(leafJson(entry.body)).data?.policy.sha256;
    if (cited !== undefined) this.policies.add(cited);
    if (disclosed.length === 0) return entryLine(entry);
    const kept = await disclosuresOf(entry);
    return entryLine(entry, kept.filter(({ name }) => disclosed.some((one) => one === name)).map(shownDisclosure));
  }
}
