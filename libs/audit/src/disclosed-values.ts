import { z } from 'zod';
import type { Disclosure } from './privacy/sealed-field.ts';

/** Personal values by name, such as `actor.name` or `reason`; those that were erased are absent. */
export type DisclosedValues = Readonly<Record<string, unknown>>;

/** An SD-JWT disclosure of an object property: salt, name, value. */
const disclosure = z.tuple([z.string(), z.string(), z.unknown()]);

/** Reads disclosures back. Throws when one is none: they are our own writing, so that is a damaged store. */
export function disclosedValues(disclosures: readonly Disclosure[]): DisclosedValues {
  const values = disclosures.map(({ encoded }) => {
    const [, name, value] = disclosure.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')));
    return [name, value] as const;
  });
  return Object.fromEntries(values);
}
