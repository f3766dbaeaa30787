import { CodedError } from '#kernel';

/** Most entries of a bundle: with a proof for each it stays below the 65,535 files that every unpacker can read. */
export const maxBundleEntries = 25_000;

/** A query finds more entries than a bundle may have. */
export class EvidenceTooLarge extends CodedError {
  override readonly code = 'evidence_too_large';

  constructor() {
    super(
      `The query finds more than ${maxBundleEntries} entries, the most that a bundle may have. Narrow it, for example by created or index.`,
    );
  }
}
