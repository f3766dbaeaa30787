import { CodedError } from '#kernel';

/** Why alarms cannot be sent as they are configured. */
export class AlarmError extends CodedError {
  constructor(
    override readonly code:
      /** Not a secret of Standard Webhooks. */
      | 'alarm_secret_invalid'
      /** A file with a secret cannot be read. */
      | 'alarm_secret_unreadable'
      /** The name of a destination leads to an address that it may not have. */
      | 'alarm_address_refused',
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}
