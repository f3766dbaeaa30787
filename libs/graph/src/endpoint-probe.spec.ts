import { type EventId, issueIntentReceipt } from '#kernel';
import { endpointsOf } from './cloud.ts';
import { probeGraph } from './endpoint-probe.ts';

// Port 1 of the own machine: nobody listens there.
const nowhere = endpointsOf('global', { graphBaseUrl: 'https://127.0.0.1:1' });
const receipt = issueIntentReceipt('01890a5d-ac96-774b-bcce-b302099a8057' as EventId, 0);

describe('a probe of Graph', () => {
  it('does not even shake hands without the receipt of a committed intent', async () => {
    await expect(probeGraph(nowhere, { ...receipt })).rejects.toThrow(TypeError);
  });

  it('tells why nobody answers', async () => {
    expect(await probeGraph(nowhere, receipt)).toEqual({ reached: false, code: 'ECONNREFUSED' });
  });
});
