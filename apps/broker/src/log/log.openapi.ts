import { type ApiPaths, open, text } from '../openapi/operation.ts';

export const logPaths: ApiPaths = {
  '/log/checkpoint': {
    get: {
      operationId: 'checkpoint',
      summary: 'The signed checkpoint of the transparency log',
      description: 'A C2SP tlog-checkpoint: origin, size, root hash and Ed25519 signature.',
      tags: ['log'],
      security: open,
      responses: { 200: text('The checkpoint, a signed note.') },
    },
  },
};
