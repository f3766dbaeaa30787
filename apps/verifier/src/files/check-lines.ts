import { isDeepStrictEqual } from 'node:util';
import { checkDisclosures } from '../leaf/check-disclosures.ts';
import { Leaf } from '../leaf/leaf.ts';
import type { Report } from '../report/report.ts';
import { hashOfLeaf } from '../tree/hash.ts';
import { type EntryLine, entryLine, type FooterLine, footerLine } from './entry-line.ts';
import { linesOf } from './lines-of.ts';

/** An entry of an export whose line could be read. */
export interface ExportedEntry {
  readonly index: number;
  readonly hash: Uint8Array;
  readonly leaf: Leaf | undefined;
}

/**
 * Checks the lines of an export one by one: form, order, that the event is the leaf's, that each disclosure is one the
 * leaf commits to. Hands each entry to `each` and returns the last line, when it is a footer.
 */
export async function checkLines(
  chunks: AsyncIterable<Uint8Array>,
  each: (entry: ExportedEntry) => Promise<void> | void,
  report: Report,
): Promise<FooterLine | undefined> {
  let number = 0;
  let previous = -1;
  let footer: FooterLine | undefined;
  for await (const { text, ended } of linesOf(chunks)) {
    number += 1;
    if (footer !== undefined) {
      report.problem('trailing-bytes', `Line ${number} stands after the last line of the export`);
      continue;
    }
    if (!ended) report.problem('trailing-bytes', `Line ${number} does not end`);
    const value = parseJson(text);
    footer = mayBeFooter(value) ? footerLine.safeParse(value).data : undefined;
    if (footer !== undefined) continue;
    const line = entryLine.safeParse(value).data;
    if (line === undefined) {
      report.problem('line-malformed', `Line ${number} is neither an entry nor the end of an export`);
      continue;
    }
    if (line.index === previous) report.problem('duplicate-index', 'There is a second entry of this index', line.index);
    if (line.index < previous) report.problem('order', 'The entry stands after a later one', line.index);
    previous = line.index;
    await each(checkEntry(line, report));
  }
  return footer;
}

/** Told beforehand, because a schema takes long to say of each entry why it is no footer. */
function mayBeFooter(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'signature' in value;
}

function checkEntry({ index, leaf: encoded, event, disclosures }: EntryLine, report: Report): ExportedEntry {
  const body = Buffer.from(encoded, 'base64');
  const leaf = Leaf.parse(body);
  report.checked += 1;
  if (leaf === undefined) {
    report.problem('leaf-malformed', 'The entry is not a JSON object', index);
  } else {
    if (!isDeepStrictEqual(leaf.value, event)) report.problem('event', 'The event is not what the leaf says', index);
    const fields = disclosures.map((field) =>
      typeof field === 'string'
        ? { disclosure: field }
        : { disclosure: field.encoded, ...(field.name !== undefined && { name: field.name }) },
    );
    const { disclosed, problems } = checkDisclosures(index, leaf, fields);
    report.fields.disclosed += disclosed;
    report.add(problems);
    for (const field of disclosures) {
      if (typeof field === 'string' || field.value === undefined) continue;
      if (isDeepStrictEqual(disclosedValue(field.encoded), field.value)) continue;
      report.problem('disclosure', 'A value is not the one of its disclosure', index);
    }
  }
  return { index, hash: hashOfLeaf(body), leaf };
}

/** The third part of an RFC 9901 disclosure. */
function disclosedValue(encoded: string): unknown {
  const parts = parseJson(Buffer.from(encoded, 'base64url').toString('utf8'));
  return Array.isArray(parts) ? parts[2] : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
