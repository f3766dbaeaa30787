import { setTimeout } from 'node:timers/promises';
import { ask, type Stage, world } from './stage.ts';
import { colour, expect, say } from './telling.ts';

const job = `/v1.0/servicePrincipals/${world.job.servicePrincipalId}/synchronization/jobs/${world.job.jobId}`;
const incident = { reason: 'Incident 4711 is being looked into', ticket: 'CHG0012346' };
/** The pause ends after three seconds, and who looks must not wait for ever. */
const looks = 60;

interface Hold {
  readonly id: string;
  readonly state: string;
  readonly own: boolean;
  readonly until?: string;
}

/** The tokens of two callers that hold the same job. */
export interface Holders {
  readonly hrPortal: string;
  readonly onCall: string;
}

/** Two callers hold one job: it runs again when the last hold ends, and by itself when that one had an end. */
export async function playHolds(stage: Stage, { hrPortal, onCall }: Holders): Promise<void> {
  say('', 'Each pause is a hold, like a lock on a switch: the job runs again when the last one is off.');
  const paused = await ask(stage, `${job}/pause`, onCall, { ...incident, duration: 'PT3S' });
  expect(paused.status === 204, 'the people on call hold the job too');
  say('', `${colour(204)}  the people on call pause the same job, for three seconds`);

  const started = await ask(stage, `${job}/start`, onCall, incident, 'POST');
  expect(started.status === 409, 'nobody starts a job that somebody else holds');
  const { error } = started.data as { error: { message: string } };
  say('', `${colour(409)}  the people on call start it again`, `     ${error.message}`);

  const [own] = (await holds(stage, hrPortal)).filter((hold) => hold.own);
  const [theirs] = (await holds(stage, onCall)).filter((hold) => hold.own);
  expect(own !== undefined && theirs !== undefined, 'both have a hold');
  const released = await ask(stage, `/api/holds/${own.id}`, hrPortal, undefined, 'DELETE');
  expect(released.status === 200 && (released.data as Hold).state === 'released', 'the HR portal gives up its hold');
  say(
    '',
    `${colour(200)}  the HR portal gives up its hold`,
    '     released; the job stays paused for the people on call',
  );

  say('', `Waiting for ${theirs.until ?? ''}, when the last hold ends ...`);
  const ended = await endOf(stage, theirs, onCall);
  const { data } = await ask(stage, job, hrPortal);
  const { schedule } = data as { schedule: { state: string } };
  expect(ended.state === 'resumed' && schedule.state === 'Active', 'the job runs again');
  say(`  the hold is ${ended.state}, the job at Microsoft Graph is ${schedule.state}`);
}

async function holds(stage: Stage, token: string): Promise<readonly Hold[]> {
  const { data } = await ask(stage, '/api/holds', token);
  return (data as { items: readonly Hold[] }).items;
}

async function endOf(stage: Stage, { id }: Hold, token: string): Promise<Hold> {
  for (let look = 0; look < looks; look += 1) {
    const hold = (await ask(stage, `/api/holds/${id}`, token)).data as Hold;
    if (hold.state !== 'held' && hold.state !== 'resuming') return hold;
    await setTimeout(250);
  }
  throw new Error('The demo went wrong: the hold does not end');
}
