import { type ApiPaths, errors, json, open, requires, text } from '../openapi/operation.ts';

const bytes = (description: string): unknown => ({
  description,
  content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
});
const trust = {
  type: 'array',
  items: {
    type: 'object',
    required: ['vkey', 'fromSize'],
    properties: {
      vkey: { type: 'string' },
      fromSize: { type: 'integer' },
      toSize: { type: 'integer', description: 'Absent for the key in use.' },
    },
  },
};
const number = {
  name: 'tile',
  in: 'path',
  required: true,
  description:
    'Number in groups of three digits, all but the last behind an x, such as x001/234; `.p/<W>` for a partial tile.',
  schema: { type: 'string' },
} as const;

export const logPaths: ApiPaths = {
  '/log/checkpoint': {
    get: {
      operationId: 'checkpoint',
      summary: 'The signed checkpoint of the transparency log',
      description: 'A C2SP tlog-checkpoint: origin, size, root hash and Ed25519 signature.',
      tags: ['log'],
      security: open,
      responses: { 200: text('The checkpoint, a signed note.'), ...errors('GraphError', 503) },
    },
  },
  '/log/checkpoint/witnessed': {
    get: {
      operationId: 'witnessedCheckpoint',
      summary: 'The largest checkpoint that witnesses cosigned',
      description:
        "A C2SP tlog-checkpoint with the log's signature and a line of each witness (cosignature/v1). The log has grown since; an inclusion proof for this size carries the same lines.",
      tags: ['log'],
      security: open,
      responses: { 200: text('The checkpoint, a signed note.'), ...errors('GraphError', 404, 503) },
    },
  },
  '/log/trust.json': {
    get: {
      operationId: 'trustFile',
      summary: 'All keys of the transparency log',
      description:
        'Each key with the smallest and the largest size that it signs, both included: a trust file for interlock-verify. Compare it with a copy from another source.',
      tags: ['log'],
      security: open,
      responses: { 200: json(trust, 'The keys, oldest first.') },
    },
  },
  '/log/vkey': {
    get: {
      operationId: 'vkey',
      summary: 'The public key of the transparency log',
      description: 'One line, as verifiers of C2SP signed notes take it. Compare it with a copy from another source.',
      tags: ['log'],
      security: open,
      responses: { 200: text('The vkey.') },
    },
  },
  '/log/tile/{level}/{tile}': {
    get: {
      operationId: 'hashTile',
      summary: 'Hashes of one level of the tree',
      description: 'A C2SP tlog-tiles tile: up to 256 hashes of 32 bytes. Full tiles never change.',
      tags: ['log'],
      security: open,
      parameters: [
        { name: 'level', in: 'path', required: true, description: 'Level, 0 to 63.', schema: { type: 'integer' } },
        number,
      ],
      responses: { 200: bytes('The hashes.'), ...errors('GraphError', 404, 503) },
    },
  },
  '/log/tile/entries/{tile}': {
    get: {
      operationId: 'entryBundle',
      summary: 'Entries of the log, byte for byte',
      description:
        'A C2SP tlog-tiles entry bundle: each entry behind its length as big-endian uint16. Recorded. 410 for what a retention policy pruned.',
      tags: ['log'],
      security: requires('Audit.Read'),
      parameters: [number],
      responses: { 200: bytes('The entries.'), ...errors('GraphError', 401, 403, 404, 410, 503) },
    },
  },
};
