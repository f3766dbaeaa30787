import type { Requirement } from '#auth';
import { ids } from '../../apps/simulator/src/world/default-world.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { consoleSettings } from '../support/console.ts';
import { call } from '../support/http-client.ts';
import { Interlock } from '../support/interlock.ts';
import { committedRoutes, lineOf, type Route } from '../support/route-table.ts';

let interlock: Interlock;
let broker: BrokerProcess;

beforeAll(async () => {
  interlock = await Interlock.start();
  const preload = new URL('../support/tell-routes.ts', import.meta.url).href;
  broker = await interlock.broker({ ...consoleSettings, NODE_OPTIONS: `--import=${preload}` });
});
afterAll(() => interlock.stop());

/** Seen from outside: what the broker says to nobody, and to a caller whose token carries no right of ours. */
async function requirementOf(method: string, path: string, token: string): Promise<Requirement> {
  const url = broker.url + path.replace(/:\w+|\*/g, 'x');
  if ((await call(url, { method })).status !== 401) return 'public';
  const { status, headers } = await call(url, { method, token });
  if (status !== 403) return 'authenticated';
  return (/ scope="([^"]+)"/.exec(headers['www-authenticate'] ?? '')?.[1] ?? 'authenticated') as Requirement;
}

async function servedRoutes(): Promise<readonly Route[]> {
  const token = await interlock.cloud.mintToken({ application: ids.stranger.appId, roles: ['Nothing.OfOurs'] });
  const told = [...broker.output().matchAll(/^route (\S+) (\S+)$/gm)];
  return Promise.all(
    told.map(async ([, method = '', path = '']) => ({
      method,
      path,
      requirement: await requirementOf(method, path, token),
    })),
  );
}

describe('the routes of a running broker', () => {
  it('are those of test/e2e/routes.txt, each open to whom the file says', async () => {
    // A difference that is meant goes into the file by hand: it is the list of what the world may ask of us.
    expect((await servedRoutes()).map(lineOf).toSorted()).toEqual(committedRoutes().toSorted());
  });
});
