import { hash } from 'node:crypto';
import { InvalidInput } from '#kernel';

const cursorPattern = /^([A-Za-z0-9_-]{11})-(0|[1-9][0-9]{0,15})$/;

/** The place after which a list goes on, bound to the list that it was cut from. Opaque to clients. */
export function cursorOf(list: string, position: number): string {
  return Buffer.from(`${markOf(list)}-${position}`).toString('base64url');
}

/** The position of a cursor; refuses with {@link InvalidInput} `cursor_invalid` one of another list. */
export function positionOf(cursor: string, list: string): number {
  const [, mark, position] = cursorPattern.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? [];
  if (mark !== markOf(list) || !Number.isSafeInteger(Number(position))) {
    throw new InvalidInput('cursor_invalid', 'The cursor belongs to another query or order.', 'cursor');
  }
  return Number(position);
}

/** Not a secret: it only keeps a cursor from silently skipping in a list that it was not made for. */
function markOf(list: string): string {
  return hash('sha256', list, 'base64url').slice(0, 11);
}
