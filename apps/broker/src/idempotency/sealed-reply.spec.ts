import { openReply, sealReply } from './sealed-reply.ts';

const request = { holder: { id: 'claim', token: 'token' }, digest: 'digest', key: 'the key' };
const reply = { status: 409, headers: { 'content-type': 'application/json' }, body: '{"owner":"Alex Weber"}' };

describe('a kept reply', () => {
  it('can be read with the key of its request, and with no other', () => {
    const sealed = sealReply(reply, request);
    expect(openReply(sealed, { ...request, holder: { id: 'claim', token: 'another' } })).toEqual(reply);
    expect(Buffer.from(sealed).toString('latin1')).not.toContain('Weber');
    expect(() => openReply(sealed, { ...request, key: 'another' })).toThrow();
    expect(() => openReply(sealed, { ...request, holder: { id: 'another', token: 'token' } })).toThrow();
  });

  it('is sealed differently each time', () => {
    expect(sealReply(reply, request)).not.toEqual(sealReply(reply, request));
  });
});
