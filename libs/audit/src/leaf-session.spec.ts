import { createSecretKey } from 'node:crypto';
import type { EpochMillis, EventId, UserCaller } from '#kernel';
import { someApplication, someRequest } from '#testing';
import { encodeEvent } from './encode-event.ts';
import type { LoggedEvent } from './event-code.ts';

const ada: UserCaller = {
  ...someApplication(),
  kind: 'user',
  scopes: ['Jobs.Read'],
  directoryRoles: [],
  name: 'Ada Vance',
  username: 'ada.vance@contoso.example',
};

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

describe('the leaf of an event about a session', () => {
  it('says who signed in by a pseudonym; name, address and browser are sealed beside it', () => {
    const request = someRequest({ userAgent: 'A browser', route: '/session/callback' });
    const { text, fields } = encoded({ type: 'session.started', caller: ada, request });

    expect(JSON.parse(text)).toMatchObject({
      code: 'SES01I',
      actor: { kind: 'user', ref: 'someone', scopes: ['Jobs.Read'] },
      http: { route: '/session/callback' },
    });
    expect(text).not.toMatch(/Ada|ada\.vance|192\.0\.2\.1|A browser/);
    expect(fields.toSorted()).toEqual(['actor.name', 'actor.oid', 'actor.upn', 'net.ip', 'net.ua']);
  });

  it('says why it ended and which it was, and nothing of a person', () => {
    const parent = '019b8d1e-0000-7000-8000-000000000001' as EventId;
    const { text, fields } = encoded({ type: 'session.ended', parent, reason: 'idle' });

    expect(JSON.parse(text)).toMatchObject({ code: 'SES02I', parent, ending: { kind: 'idle' } });
    expect(fields).toEqual([]);
  });
});
