/** Keeps the bytes of every policy that was ever in force, so that what an entry cites by hash can be shown. */
export abstract class PolicyArchive {
  /** Keeps the document under its SHA-256, durably when it resolves. Keeping it again changes nothing. */
  abstract keep(document: Uint8Array): Promise<void>;

  /** The document with this SHA-256 in lower-case hex; undefined when none was kept. */
  abstract document(sha256: string): Promise<Uint8Array | undefined>;
}
