import { z } from 'zod';
import { policyFileSchema } from './policy-shape.ts';

/**
 * JSON Schema of the policy file, for editors. It says less than reading the file asks: not that names exist, nor that
 * patterns, zones and the order of times are right.
 * @see https://json-schema.org/draft/2020-12
 */
export function policyJsonSchema(): object {
  const schema = z.toJSONSchema(policyFileSchema, { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' });
  const { $schema, ...rest } = schema;
  return { $schema, title: 'Interlock policy', description: 'See docs/policy.md.', ...rest };
}
