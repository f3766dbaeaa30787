import { createSecretKey } from 'node:crypto';
import type { EpochMillis, EventId } from '#kernel';
import { someApplication, someRequest } from '#testing';
import { encodeEvent } from './encode-event.ts';
import type { LoggedEvent } from './event-code.ts';

const parent = '019b8d1e-0000-7000-8000-000000000001' as EventId;
const seen = { request: someRequest({ route: '/api/audit/reviews' }), caller: someApplication() };

function encoded(event: LoggedEvent) {
  const stamped = {
    event,
    id: 'id' as EventId,
    received: 0 as EpochMillis,
    recorded: 0 as EpochMillis,
    subject: { ref: 'someone', key: createSecretKey(Buffer.alloc(32, 7)) },
  };
  const { body, disclosures } = encodeEvent(stamped, { origin: 'o', instance: 'i', build: 'b' }, (size) => {
    return new Uint8Array(size);
  });
  return { text: Buffer.from(body).toString('utf8'), fields: disclosures.map(({ name }) => name) };
}

describe('the leaf of a review', () => {
  it('says who looked at which entry; the note is sealed beside it', () => {
    const { text, fields } = encoded({ type: 'audit.reviewed', ...seen, parent, index: 7, note: 'Fits the incident' });

    expect(JSON.parse(text)).toMatchObject({ code: 'AUD03I', actor: { ref: 'someone' }, parent, review: { index: 7 } });
    expect(text).not.toContain('incident');
    expect(fields).toContain('note');
  });

  it('has no note where there is none', () => {
    expect(encoded({ type: 'audit.reviewed', ...seen, parent, index: 7 }).fields).not.toContain('note');
  });
});
