import { termNames } from '#audit';
import type { z } from 'zod';
import {
  type ApiOperation,
  type ApiParameter,
  type ApiPaths,
  errors,
  json,
  requires,
  schemaOf,
  text,
} from '../openapi/operation.ts';
import { entryPageSchema, eventSchema } from './entry-view.ts';
import { operationPageSchema, wholeOperationSchema } from './operation-view.ts';
import { consistencyParameters, entryIndex, eventIdText, proofParameters } from './proof-parameters.ts';
import { eventParameters, exportParameters, operationParameters, readParameters } from './review-parameters.ts';

const failures = errors('Problem', 400, 401, 403, 404, 503);
const base = { tags: ['audit'], security: requires('Audit.Read') } as const;

const language = `A query is terms that must all hold, \`name:value\`, or \`-name:value\` for "not", separated by spaces; values with spaces stand in double quotes. Names: ${termNames.join(', ')}. \`created\` and \`index\` take ranges \`a..b\`, both ends included, with \`*\` for an open end. \`actor\` takes a pseudonym or an object id. Each name may also be a parameter of its own. What is read is recorded, with the query and the purpose.`;

function queryParameters(schema: z.ZodObject): ApiParameter[] {
  return Object.entries(schema.shape).map(([name, part]) => ({
    name,
    in: 'query',
    required: false,
    description: (part as z.ZodType).description ?? `The value of the term ${name}.`,
    schema: schemaOf(part as z.ZodType),
  }));
}

const inPath = (name: string, description: string, schema: z.ZodType): ApiParameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: schemaOf(schema),
});
const index = inPath('index', 'Index of the entry.', entryIndex);

function linked(schema: z.ZodType, description: string): unknown {
  const Link = {
    description:
      'RFC 8288 links: first, and next unless this is the last page. Each page looks through a bounded part of the log, so that a page before the last may hold fewer items than the limit, or none: go on until there is no next link.',
    schema: { type: 'string' },
  };
  return { ...(json(schemaOf(schema), description) as object), headers: { Link } };
}

const exporting: ApiOperation = {
  ...base,
  operationId: 'exportAudit',
  summary: 'Export a part of the log',
  description: `${language} A purpose is required. The last line holds the count, the query and the checkpoint, signed by the log's key: without it something is missing.`,
  parameters: queryParameters(exportParameters),
  responses: {
    200: {
      description: 'The entries in the order of the log, then the signed count.',
      content: { 'application/x-ndjson': { schema: { type: 'string' } }, 'text/csv': { schema: { type: 'string' } } },
    },
    ...failures,
  },
};

export const auditPaths: ApiPaths = {
  '/api/audit/operations': {
    get: {
      ...base,
      operationId: 'listAuditOperations',
      summary: 'What was asked and what became of it',
      description: `One item per request: denied, or the intent with its outcome and reconciliation in one state. A read that only prepares a pause belongs to the pause. ${language}`,
      parameters: queryParameters(operationParameters),
      responses: { 200: linked(operationPageSchema, 'The operations.'), ...failures },
    },
  },
  '/api/audit/operations/{eventId}': {
    get: {
      ...base,
      operationId: 'readAuditOperation',
      summary: 'One operation with its events',
      parameters: [inPath('eventId', 'The event that began it.', eventIdText), ...queryParameters(readParameters)],
      responses: { 200: json(schemaOf(wholeOperationSchema), 'The operation.'), ...failures },
    },
  },
  '/api/audit/events': {
    get: {
      ...base,
      operationId: 'listAuditEvents',
      summary: 'The events as they are recorded',
      description: language,
      parameters: queryParameters(eventParameters),
      responses: { 200: linked(entryPageSchema, 'The entries, with the exact bytes that are hashed.'), ...failures },
    },
  },
  '/api/audit/events/{index}': {
    get: {
      ...base,
      operationId: 'readAuditEvent',
      summary: 'One event',
      parameters: [index, ...queryParameters(readParameters)],
      responses: { 200: json(schemaOf(eventSchema), 'The entry.'), ...failures, ...errors('Problem', 410) },
    },
  },
  '/api/audit/events/{index}/proof': {
    get: {
      ...base,
      operationId: 'proveAuditEvent',
      summary: 'Prove that an entry stands in the log',
      description: 'A c2sp.org/tlog-proof@v1 file: inclusion proof and signed checkpoint.',
      parameters: [index, ...queryParameters(proofParameters)],
      responses: { 200: text('The proof file.'), ...failures },
    },
  },
  '/api/audit/consistency': {
    get: {
      ...base,
      operationId: 'proveAuditConsistency',
      summary: 'Prove that the log only grew between two sizes',
      description: 'The body that a c2sp.org/tlog-witness takes: old size, consistency proof, signed checkpoint.',
      parameters: queryParameters(consistencyParameters).map((one) => ({ ...one, required: one.name === 'from' })),
      responses: { 200: text('The proof.'), ...failures },
    },
  },
  '/api/audit/export': { get: exporting },
};
