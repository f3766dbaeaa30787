import fc from 'fast-check';
import { v5 as uuidv5 } from 'uuid';
import type { EventId } from '#kernel';
import { clientRequestIdOf } from './client-request-id.ts';

describe('clientRequestIdOf', () => {
  it('is the UUIDv5 of the attempt in the namespace of the intent', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(), (intent, attempt) => {
        expect(clientRequestIdOf(intent as EventId, attempt)).toBe(uuidv5(String(attempt), intent));
      }),
    );
  });
});
