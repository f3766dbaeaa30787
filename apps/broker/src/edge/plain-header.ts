import { InvalidInput } from '#kernel';
import type { FastifyRequest } from 'fastify';

/**
 * A header as UTF-8 text, or undefined. Node hands header bytes over as Latin-1. Throws {@link InvalidInput}: another
 * encoding is `field_invalid`, two different values are `justification_conflict`.
 */
export function plainHeader(request: FastifyRequest, name: string): string | undefined {
  const values = new Set(request.raw.headersDistinct[name]);
  if (values.size > 1) {
    throw new InvalidInput('justification_conflict', `Two different values were given for ${name}.`, name);
  }
  const [value] = values;
  try {
    return value && new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    throw new InvalidInput('field_invalid', `${name} is not valid UTF-8.`, name);
  }
}
