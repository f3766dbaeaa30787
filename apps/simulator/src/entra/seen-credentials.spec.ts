import { decodeJwt } from 'jose';
import { clientOf, graphTokenOf } from '../simulator-client.ts';
import { type Simulator, startSimulator } from '../simulator.ts';
import { interlockSecret } from '../world/default-world.ts';
import { SeenCredentials } from './seen-credentials.ts';

describe('the credentials that passed through', () => {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterAll(() => simulator.close());

  it('are told: the secret that was presented and the token that was issued for it', async () => {
    const token = await graphTokenOf(clientOf(simulator));

    expect(simulator.credentials()).toEqual({ issued: [token], presented: [interlockSecret] });
    expect(decodeJwt(token)).toMatchObject({ aud: 'https://graph.microsoft.com' });
  });

  it('are forgotten, oldest first, beyond a thousand', () => {
    const seen = new SeenCredentials();
    for (let n = 0; n <= 1000; n += 1) seen.issued(`token-${n}`);

    expect([seen.all().issued.length, seen.all().issued[0]]).toEqual([1000, 'token-1']);
  });
});
