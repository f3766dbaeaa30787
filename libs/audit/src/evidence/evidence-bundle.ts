import { createHash } from 'node:crypto';
import type { AuditLog } from '../audit-log.ts';
import type { BegunEvidence } from './begun-evidence.ts';
import { evidenceFiles } from './evidence-files.ts';
import { EvidenceLines } from './evidence-lines.ts';
import { zipChunks } from './zip-chunks.ts';

/**
 * The bytes of an evidence bundle, made as they are taken. However it ends, what was given out is recorded in the log:
 * the number of entries and, when the receiver took all of it, the bundle's SHA-256.
 */
export async function* evidenceBundle(
  log: Pick<AuditLog, 'record'>,
  begun: BegunEvidence,
): AsyncGenerator<Uint8Array, void, undefined> {
  const lines = new EvidenceLines(begun);
  const digest = createHash('sha256');
  let complete = false;
  try {
    for await (const chunk of zipChunks(evidenceFiles(begun, lines), new Date(begun.created))) {
      digest.update(chunk);
      yield chunk;
    }
    complete = true;
  } finally {
    await log.record({
      type: 'audit.exported',
      parent: begun.eventId,
      count: lines.indexes.length,
      complete,
      ...(complete && { sha256: digest.digest('hex') }),
    });
  }
}
