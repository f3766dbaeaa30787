import { type ApiOperation, errors } from '../openapi/operation.ts';

/** The operation with what an Idempotency-Key adds to it; for handlers that are `@OncePerKey`. */
export function oncePerKey(operation: ApiOperation, kind: 'GraphError' | 'Problem'): ApiOperation {
  return {
    ...operation,
    parameters: [
      ...(operation.parameters ?? []),
      {
        name: 'idempotency-key',
        in: 'header',
        required: false,
        description:
          'Makes repeats harmless: requests with one key are done once, and their repeats get the first reply with `Idempotency-Replayed: true`. Another body under the same key is refused (422 `idempotency_key_reused`); while the first is under way a repeat waits two seconds and is then told so (409 `idempotency_in_flight`). When the first reply was lost, a change that is known to have been done is answered with 204. Bare or as a structured-field string.',
        schema: { type: 'string', minLength: 1, maxLength: 257, examples: ['8e03978e-40d5-43dd-bc93-6894a57f9324'] },
      },
    ],
    responses: { ...operation.responses, ...errors(kind, 409, 422, 429) },
  };
}
