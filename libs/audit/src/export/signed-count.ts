import { hash } from 'node:crypto';
import { type NoteSigner, signNote } from '#tlog';

/** What stands at the end of an export: without it, or with another number of entries, something was left out. */
export interface SignedCount {
  readonly count: number;
  /** The query's text; object ids have been replaced by pseudonyms. */
  readonly query: string;
  /** The log as the export saw it: entries after this checkpoint are not in it. */
  readonly checkpoint: string;
  /** Signed note over the three, by the log's key. */
  readonly signature: string;
}

/**
 * Signs the end of an export. The first line is no log's origin, so that the note can never pass for a checkpoint.
 * @see https://c2sp.org/signed-note
 */
export function signCount(statement: Omit<SignedCount, 'signature'>, signer: NoteSigner): SignedCount {
  const { count, query, checkpoint } = statement;
  const digest = hash('sha256', checkpoint, 'base64');
  const text = `interlock/export@v1\ncount ${count}\nquery ${JSON.stringify(query)}\ncheckpoint ${digest}\n`;
  return { ...statement, signature: signNote(text, signer) };
}
