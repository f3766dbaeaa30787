import { readFileSync } from 'node:fs';
import { styleText } from 'node:util';
import { leafHash, NoteVerifier, openCheckpoint, parseTlogProof, verifyInclusion } from '#tlog';
import { playHolds } from './holds.ts';
import { ask, control, hrPortalToken, type Stage, world } from './stage.ts';
import { colour, expect, say } from './telling.ts';

const jobs = `/v1.0/servicePrincipals/${world.job.servicePrincipalId}/synchronization/jobs`;
const pause = `${jobs}/${world.job.jobId}/pause`;
const reason = 'HR import would disable half of sales';
const ticket = 'CHG0012345';

interface Entry {
  readonly index: number;
  readonly leaf: string;
  readonly event: {
    readonly type: string;
    readonly time: string;
    readonly decision?: string;
    readonly rule_id?: string;
    readonly deny_code?: string;
    readonly outcome?: string;
  };
}

/** Plays the story and prints it. Throws when Interlock does not do what the story says. */
export async function play(stage: Stage): Promise<void> {
  const token = await hrPortalToken(stage, readFileSync(stage.caFile, 'utf8'));
  const stranger = await control<string>(stage, 'mintToken', {
    application: world.stranger.clientId,
    roles: ['Jobs.Pause'],
  });
  const reviewer = await control<string>(stage, 'mintToken', {
    application: world.console.clientId,
    roles: ['Audit.Read'],
  });

  say('A pause of the HR import, five times. Each request is POST', `  ${pause}`);
  await attempt(stage, 'nobody: no token at all', 401);
  await attempt(stage, 'a stranger: a valid token, but no rule of the policy is about it', 403, stranger, {
    reason,
    ticket,
  });
  await attempt(stage, 'the HR portal, without a ticket', 403, token, { reason });
  await attempt(
    stage,
    'the HR portal, only asking what would happen (dryRun=true)',
    200,
    token,
    { reason, ticket },
    '?dryRun=true',
  );
  await attempt(stage, 'the HR portal, with reason and ticket', 204, token, { reason, ticket });

  const { data: job } = await ask(stage, `${jobs}/${world.job.jobId}`, token);
  say('', 'The job at Microsoft Graph now, read through Interlock:');
  const { schedule, status } = job as { schedule: { state: string }; status: { code: string } };
  expect(schedule.state === 'Paused', 'the job is paused at Graph');
  say(`  schedule.state ${schedule.state}, status.code ${status.code}`);

  const onCall = await control<string>(stage, 'mintToken', {
    application: world.console.clientId,
    roles: ['Jobs.Read', 'Jobs.Pause', 'Jobs.Start'],
  });
  await playHolds(stage, { hrPortal: token, onCall });
  await prove(stage, reviewer);
}

async function attempt(
  stage: Stage,
  who: string,
  wanted: number,
  token?: string,
  body?: unknown,
  query = '',
): Promise<void> {
  const reply = await ask(stage, `${pause}${query}`, token, body);
  expect(reply.status === wanted, `${who}: ${wanted} was expected, ${reply.status} came`);
  const told = reply.data as { error?: { message: string }; effect?: string; rule?: string } | '';
  const text =
    told === ''
      ? 'accepted by Graph, intent and outcome recorded'
      : (told.error?.message ?? `${told.effect}, by rule "${told.rule}"`);
  say('', `${colour(reply.status)}  ${who}`, `     ${text}`);
}

async function prove(stage: Stage, reviewer: string): Promise<void> {
  const { data } = await ask(stage, '/api/audit/events', reviewer);
  const { items } = data as { items: Entry[] };
  say('', 'What the audit log holds (index, time, event):');
  for (const { index, event } of items) {
    const { decision, rule_id, deny_code, outcome } = event;
    const detail = [decision, rule_id, deny_code, outcome].filter(Boolean).join(' · ');
    say(`  ${String(index).padStart(2)}  ${event.time}  ${event.type.padEnd(16)} ${detail}`);
  }

  const intent = items.find(({ event }) => event.type === 'pause.intent');
  if (intent === undefined) throw new Error('the log has no intent of the pause');
  const { data: proofText } = await ask(stage, `/api/audit/events/${intent.index}/proof`, reviewer);
  const proof = parseTlogProof(String(proofText));
  const checkpoint = openCheckpoint(proof.checkpoint, [NoteVerifier.parse(stage.vkey)]);
  const included = verifyInclusion(
    {
      index: proof.index,
      size: checkpoint.size,
      leafHash: leafHash(Buffer.from(intent.leaf, 'base64')),
      root: checkpoint.root,
    },
    proof.hashes,
  );
  expect(included, 'the proof leads from the entry to the signed root');
  say('', `Proof that entry ${intent.index}, the intent of the pause, stands in the log:`);
  say(`  ${proof.hashes.length} hashes lead from its bytes to the root of ${checkpoint.size} entries`);
  say(`  the root is signed by ${stage.vkey}`, '');
  say(
    ...proof.checkpoint
      .trimEnd()
      .split('\n')
      .map((line) => `    ${line}`),
  );
  say(
    '',
    styleText('green', 'Verified. Nobody can change, remove or reorder that entry without this signature failing.'),
  );
}
