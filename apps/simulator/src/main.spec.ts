import axios from 'axios';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const main = new URL('./main.ts', import.meta.url).pathname;

describe('the simulator as a program', () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'simulator-'));
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('says where it is in one line of JSON and ends well on SIGTERM', async () => {
    const caFile = join(directory, 'ca.pem');
    const env = { PATH: process.env['PATH'], SIMULATOR_PORT: '0', SIMULATOR_CLOUD: 'china' };
    const child = spawn(process.execPath, [main, '--control-port', '0', '--ca-file', caFile], { env });
    const exit = once(child, 'exit');
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { url, controlUrl } = JSON.parse(line) as { url: string; controlUrl: string };
    const httpsAgent = new Agent({ ca: await readFile(caFile) });
    const metadata = `${url}/common/.well-known/openid-configuration`;
    const { data } = await axios.get<{ issuer: string }>(metadata, { httpsAgent });
    expect(data.issuer).toBe('https://sts.chinacloudapi.cn/{tenantid}/');
    expect((await axios.get(controlUrl)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });

  it('refuses a flag that it does not know', async () => {
    const child = spawn(process.execPath, [main, '--control-host', '0.0.0.0'], { stdio: 'ignore' });
    expect(await once(child, 'exit')).toEqual([1, null]);
  });
});
