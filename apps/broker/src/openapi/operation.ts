import { z } from 'zod';

/** One documented operation of the API: an OpenAPI 3.1 operation object with the parts that we use. */
export interface ApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  /** Empty: anybody may call it. */
  readonly security: readonly Record<string, readonly string[]>[];
  readonly parameters?: readonly ApiParameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, unknown>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

export interface ApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description: string;
  readonly schema: unknown;
}

/** Operations by path and lower-case method. */
export type ApiPaths = Readonly<
  Record<string, Readonly<Partial<Record<'get' | 'post' | 'patch' | 'delete', ApiOperation>>>>
>;

/** JSON Schema (2020-12, as OpenAPI 3.1 takes it) of what a zod schema accepts. */
export function schemaOf(schema: z.ZodType): unknown {
  const members = Object.entries(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  return Object.fromEntries(members.filter(([name]) => !name.startsWith('$') && name !== '~standard'));
}

export const json = (schema: unknown, description: string): unknown => ({
  description,
  content: { 'application/json': { schema } },
});

export const text = (description: string): unknown => ({
  description,
  content: { 'text/plain': { schema: { type: 'string' } } },
});

/** References to the error replies that several operations share. */
export const errors = (kind: 'GraphError' | 'Problem', ...statuses: readonly number[]): Record<string, unknown> =>
  Object.fromEntries(statuses.map((status) => [String(status), { $ref: `#/components/responses/${kind}` }]));

export const requires = (right: string): ApiOperation['security'] => [{ entra: [right] }];
/** Any caller with a valid token may call it. */
export const anyCaller: ApiOperation['security'] = [{ entra: [] }];
/** Anybody may call it. */
export const open: ApiOperation['security'] = [];
