/** What a parameter of a query can be. */
export type QueryValue = ArrayElement | undefined | readonly ArrayElement[];

type ArrayElement = string | number | Uint8Array | null;

const special = /["\\]/;

/** The value as the driver is to send it. */
export function asParameter(value: QueryValue): ArrayElement | undefined {
  return typeof value !== 'object' || value === null || value instanceof Uint8Array ? value : arrayLiteral(value);
}

/**
 * A one-dimensional array as PostgreSQL reads it from text. The driver's own way goes through every element four times,
 * and the columns of an append are hundreds of them.
 * @see https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
 */
function arrayLiteral(values: readonly ArrayElement[]): string {
  let text = '{';
  for (const value of values) {
    if (text.length > 1) text += ',';
    text += elementOf(value);
  }
  return `${text}}`;
}

function elementOf(value: ArrayElement): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string')
    return `"\\\\x${Buffer.from(value.buffer, value.byteOffset, value.length).toString('hex')}"`;
  return `"${special.test(value) ? value.replace(/["\\]/g, String.raw`\$&`) : value}"`;
}
