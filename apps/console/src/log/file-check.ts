import { readEntry } from '../audit/audit-data.ts';
import { fromBase64 } from '../proof/bytes.ts';
import { openCheckpoint } from '../proof/checkpoint.ts';
import { leafHash, provesInclusion } from '../proof/merkle.ts';
import { isProofFile, readInclusionProof } from '../proof/proof-file.ts';
import { extendsIt } from './log-memory.ts';
import type { TrustedLog } from './trusted-log.ts';

/** What checking a file came to, sentence by sentence. */
export interface FileVerdict {
  readonly good: boolean;
  readonly sentences: readonly string[];
}

/** Checks a checkpoint or a proof file that somebody kept against the log as it is. Throws a ProofError or ApiProblem. */
export function checkText(text: string, log: TrustedLog): Promise<FileVerdict> {
  return isProofFile(text) ? checkProof(text, log) : compare(text, log.checkpoint.note, log);
}

/** Whether the log of the newer checkpoint begins with all of the older one. The order in which they come is no matter. */
export async function compare(one: string, other: string, { keys }: TrustedLog): Promise<FileVerdict> {
  const opened = await Promise.all([openCheckpoint(one, keys), openCheckpoint(other, keys)]);
  const [older, newer] = opened[0].size <= opened[1].size ? opened : [opened[1], opened[0]];
  const good = await extendsIt(older, newer);
  const signed = `Both checkpoints are of ${newer.origin} and rightly signed (keys ${older.keyId}, ${newer.keyId}).`;
  const grown = good
    ? `The first ${older.size} of ${newer.size} entries are the same: between the two the log only grew.`
    : `The log of ${newer.size} entries does not begin with that of ${older.size}: entries were changed, removed or reordered.`;
  return { good, sentences: [signed, grown] };
}

async function checkProof(text: string, log: TrustedLog): Promise<FileVerdict> {
  const { index, path, checkpoint } = readInclusionProof(text);
  const opened = await openCheckpoint(checkpoint, log.keys);
  const { leaf } = await readEntry(index);
  const bytes = fromBase64(leaf);
  const included = bytes !== undefined && (await provesInclusion(index, await leafHash(bytes), opened, path));
  const grown = await compare(checkpoint, log.checkpoint.note, log);
  const proven = included
    ? `Entry ${index}, as the log has it today, is the one that the proof is about.`
    : `Entry ${index}, as the log has it today, is not the one that the proof is about.`;
  return { good: included && grown.good, sentences: [proven, ...grown.sentences] };
}
