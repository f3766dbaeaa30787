import { rmSync, mkdirSync } from 'node:fs';
import { Agent } from 'node:https';
import { resolve } from 'node:path';
import axios from 'axios';
import { type DemoConsole, prepareConsole } from './console.ts';
import { startProgram } from './processes.ts';

/** Ids and secrets of the simulator's world. They open nothing else. */
export const world = {
  tenant: 'c0000000-0000-4000-8000-000000000001',
  interlock: { clientId: 'a0000000-0000-4000-8000-000000000001', secret: 'interlock-simulation-only' },
  hrPortal: { clientId: 'a0000000-0000-4000-8000-000000000002', secret: 'hr-portal-simulation-only' },
  stranger: { clientId: 'a0000000-0000-4000-8000-000000000003' },
  /** Operators and reviewers come through it. */
  console: { clientId: 'a0000000-0000-4000-8000-000000000004', secret: 'console-simulation-only' },
  job: {
    servicePrincipalId: 'd0000000-0000-4000-8000-000000000001',
    jobId: 'Workday2AAD.c0000000000040008000000000000001.e0000000-0000-4000-8000-000000000001',
  },
};

/** The running demo: a simulated Microsoft cloud and Interlock on SQLite, as two programs. */
export interface Stage {
  readonly cloudUrl: string;
  readonly controlUrl: string;
  readonly interlockUrl: string;
  /** Public key of the log, as an auditor is given it. */
  readonly vkey: string;
  readonly caFile: string;
  readonly folder: string;
  /** Where people can sign in, if they can. */
  readonly console?: DemoConsole;
}

/** Starts both programs on free ports with an empty database, with the console for those who stay. */
export async function setStage({ withConsole }: { readonly withConsole: boolean }): Promise<Stage> {
  const folder = resolve('.cache/demo');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const caFile = `${folder}/ca.pem`;
  const simulator = ['dist/apps/simulator/src/main.js', '--port', '0', '--control-port', '0', '--ca-file', caFile];
  const cloud = await startProgram('the simulated cloud', simulator, {}, (line) => {
    return line.startsWith('{"url"') ? (JSON.parse(line) as { url: string; controlUrl: string }) : undefined;
  });
  const console = withConsole ? await prepareConsole(folder, world.console) : undefined;
  for (const path of console === undefined ? [] : ['/session/callback', '/']) {
    await control(cloud, 'allowRedirect', { uri: `${console?.url ?? ''}${path}` });
  }
  const interlock = await startProgram(
    'Interlock',
    ['dist/bin/broker.js'],
    { ...environment(cloud.url, folder, caFile), ...console?.settings },
    (line) => {
      return line.includes('"interlock is ready"') ? (JSON.parse(line) as { url: string; vkey: string }) : undefined;
    },
  );
  return {
    cloudUrl: cloud.url,
    controlUrl: cloud.controlUrl,
    interlockUrl: console?.url ?? interlock.url,
    vkey: interlock.vkey,
    caFile,
    folder,
    ...(console !== undefined && { console }),
  };
}

function environment(cloudUrl: string, folder: string, caFile: string): Record<string, string> {
  return {
    PORT: '0',
    NODE_EXTRA_CA_CERTS: caFile,
    AZURE_TENANT_ID: world.tenant,
    AZURE_CLIENT_ID: world.interlock.clientId,
    INTERLOCK_CREDENTIAL: 'secret',
    AZURE_CLIENT_SECRET: world.interlock.secret,
    INTERLOCK_CUSTOM_ENDPOINTS: 'allow',
    AZURE_AUTHORITY_HOST: cloudUrl,
    GRAPH_BASE_URL: cloudUrl,
    INTERLOCK_AUDIENCES: `api://interlock,${world.interlock.clientId}`,
    INTERLOCK_POLICY: 'tools/demo/policy.yaml',
    INTERLOCK_LOG_ORIGIN: 'demo.example/audit/interlock',
    INTERLOCK_LOG_KEY_FILE: `${folder}/log-key.pem`,
    INTERLOCK_DISCLOSURE_KEY_FILE: `${folder}/disclosure-key`,
    DATABASE_URL: `sqlite:${folder}/interlock.db`,
  };
}

/** The HR portal's token, from the simulated Entra's token endpoint as from the real one. */
export async function hrPortalToken(stage: Stage, ca: string): Promise<string> {
  const reply = await axios.post<{ access_token: string }>(
    `${stage.cloudUrl}/${world.tenant}/oauth2/v2.0/token`,
    new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: world.hrPortal.clientId,
      client_secret: world.hrPortal.secret,
      scope: 'api://interlock/.default',
    }),
    { httpsAgent: new Agent({ ca }) },
  );
  return reply.data.access_token;
}

/** Asks the simulator's control port: the only thing here that no real cloud has. */
export async function control<Result>(
  stage: Pick<Stage, 'controlUrl'>,
  command: string,
  argument: unknown,
): Promise<Result> {
  const reply = await axios.post<{ result: Result }>(`${stage.controlUrl}/${command}`, argument);
  return reply.data.result;
}

/** What Interlock answered. */
export interface Answer {
  readonly status: number;
  readonly data: unknown;
}

/** One request to Interlock; every status is an answer. */
export async function ask(
  stage: Stage,
  path: string,
  token?: string,
  body?: unknown,
  method = path.includes('/pause') ? 'POST' : 'GET',
): Promise<Answer> {
  return axios.request<unknown>({
    url: `${stage.interlockUrl}${path}`,
    method,
    ...(body !== undefined && { data: body }),
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    validateStatus: () => true,
    ...(stage.console !== undefined && { httpsAgent: new Agent({ ca: stage.console.ca }) }),
  });
}
