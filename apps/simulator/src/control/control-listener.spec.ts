import axios from 'axios';
import { decodeJwt } from 'jose';
import { type Simulator, startSimulator } from '../simulator.ts';
import { ids, jobs } from '../world/default-world.ts';

describe('the control port', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterAll(() => simulator.close());

  const ask = (command: string, argument: unknown = {}) =>
    axios.post<{ result: unknown; error: string }>(`${simulator.controlUrl}/${command}`, argument, {
      validateStatus: () => true,
    });

  it('listens on loopback', () => {
    expect(simulator.controlUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('lists its commands', async () => {
    const { data } = await axios.get<{ commands: string[] }>(simulator.controlUrl);
    expect(data.commands).toContain('mintToken');
  });

  it('does what the methods of the simulator do, to the same world', async () => {
    const token = await ask('mintToken', { roles: ['Jobs.Start'] });
    expect(decodeJwt(String(token.data.result))).toMatchObject({ roles: ['Jobs.Start'] });
    expect((await ask('setJobState', { ...jobs.scim, state: { kind: 'disabled' } })).data).toEqual({ result: null });
    expect(simulator.jobState(jobs.scim)).toEqual({ kind: 'disabled' });
    const fault = await ask('injectFault', { effect: { kind: 'reset' } });
    expect(simulator.faults().map(({ id }) => id)).toEqual([fault.data.result]);
    expect((await ask('reset')).status).toBe(200);
    expect(simulator.faults()).toEqual([]);
    expect((await ask('jobState', jobs.scim)).data).toEqual({ result: { kind: 'active' } });
  });

  it('refuses what a form of a web page could send', async () => {
    expect((await ask('reset', new URLSearchParams({ a: 'b' }))).status).toBe(415);
  });

  it.each([
    ['mintToken', { kind: 'robot' }, 400],
    ['mintToken', { unheard: 1 }, 400],
    ['mintToken', { key: 'retired' }, 404],
    ['jobState', { ...jobs.scim, jobId: 'none' }, 404],
    ['grantRole', { role: 'No.Such.Role' }, 404],
    ['rotateKeys', { tenant: ids.user }, 404],
    ['close', {}, 404],
  ])('refuses %s with %j', async (command, argument, status) => {
    expect((await ask(command, argument)).status).toBe(status);
  });
});
