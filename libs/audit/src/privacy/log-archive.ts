/** Where entries go before they are pruned: files by their path in a tlog-tiles log. */
export abstract class LogArchive {
  /**
   * Writes a file and resolves when it is durable. A file that is there already must be the same: throws
   * MaintenanceRefused `archive_failed` otherwise.
   */
  abstract write(path: string, bytes: Uint8Array): Promise<void>;

  /** Writes the checkpoint in place of an earlier one. */
  abstract writeCheckpoint(checkpoint: string): Promise<void>;
}
