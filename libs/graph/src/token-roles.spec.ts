import { rolesOfToken } from './token-roles.ts';

const tokenOf = (payload: string) => `e30.${Buffer.from(payload).toString('base64url')}.signature`;

describe('the roles of a token', () => {
  it('are those of its payload; none when it names none', () => {
    expect(rolesOfToken(tokenOf('{"roles":["Application.ReadWrite.OwnedBy"]}'))).toEqual([
      'Application.ReadWrite.OwnedBy',
    ]);
    expect(rolesOfToken(tokenOf('{"aud":"https://graph.microsoft.com"}'))).toEqual([]);
  });

  it.each(['', 'opaque', 'a.b.c', tokenOf('[]'), tokenOf('{"roles":"all"}'), tokenOf('{"roles":["a\\u001b[31m"]}')])(
    'are unknown, and not none, when the token is %j',
    (token) => {
      expect(rolesOfToken(token)).toBeUndefined();
    },
  );
});
