import { CodedError } from '#kernel';

/** A file that a command needs cannot be read. */
export class FileUnreadable extends CodedError {
  override readonly code = 'file_unreadable';

  constructor(file: string, options: { readonly cause: unknown }) {
    super(`${file} cannot be read`, options);
  }
}
