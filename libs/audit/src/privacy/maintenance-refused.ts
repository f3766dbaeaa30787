import { CodedError } from '#kernel';

/** Something that operators asked of the log was refused; nothing was changed. */
export class MaintenanceRefused extends CodedError {
  constructor(
    override readonly code:
      /** Nobody is known by that name or pseudonym. */
      | 'subject_unknown'
      /** No standing legal hold has that id. */
      | 'hold_unknown'
      /** A legal hold keeps what was to be taken. */
      | 'legal_hold'
      /** Not a multiple of 256 between the entries that are kept already and the end of the log. */
      | 'index_invalid'
      /** An intent below the index has no end yet. */
      | 'intents_open'
      /** An entry below the index is younger than the policy allows. */
      | 'retention_running'
      /** The retention policy cannot be understood. */
      | 'retention_policy_invalid'
      /** What is stored is not what the log has signed. */
      | 'entries_damaged'
      /** The archive cannot be written, or has other files of these names. */
      | 'archive_failed'
      /** Another maintenance command is at work. */
      | 'maintenance_busy',
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}
