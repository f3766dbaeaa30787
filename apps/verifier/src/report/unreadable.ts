/** The input cannot be read at all, or the command makes no sense: exit code 2, nothing is said about the log. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}
