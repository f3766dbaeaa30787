import type { LeafEvent } from '../proof/leaf.ts';

const refusals: Readonly<Record<string, string>> = {
  denied_by_rule: 'a rule forbids it',
  requirement_missing: 'the justification was incomplete',
  outside_window: 'it was not the time for it',
  no_matching_rule: 'no rule allows it',
  insufficient_scope: 'the right was missing',
  held_by_others: 'others held the job',
  hold_not_yours: 'the hold was not theirs',
  job_running: 'the job was not stopped',
  job_quarantined: 'the job was in quarantine',
  rate_limited: 'there were too many requests',
};

const outcomes: Readonly<Record<string, string>> = {
  success: 'Graph did it',
  failure: 'Graph refused',
  unknown: 'nobody saw the answer',
  applied: 'reading the job showed that it was done',
  not_applied: 'reading the job showed that it was not done',
  inconclusive: 'reading the job did not settle it',
};

const verbs: Readonly<Record<string, string>> = {
  pause: 'pause',
  start: 'start',
  read: 'read',
  list: 'list the jobs of',
};

/** Who did it, as the log knows them: a person by a pseudonym that leads to all their acts and to nothing else. */
export function actorWords(actor: LeafEvent['actor']): string {
  const { kind = 'system' } = actor ?? {};
  switch (kind) {
    case 'user':
      return `Person ${(actor?.ref ?? '?').slice(0, 6)}…`;
    case 'application':
      return `Application ${(actor?.app_id ?? '?').slice(0, 8)}…`;
    case 'anonymous':
      return 'Somebody without a valid token';
    case 'operator':
      return 'An operator at the command line';
    default:
      return 'Interlock';
  }
}

/** Which job it is about. */
export function jobWords({ resource }: LeafEvent): string {
  return resource?.alias ?? resource?.job_id ?? resource?.sp_id ?? '';
}

/** What an event says, in a sentence. */
export function sentenceOf(event: LeafEvent): string {
  const { type = 'unknown', actor, outcome } = event;
  const who = actorWords(actor);
  if (type === 'request.denied') return `${who} was refused${toDo(event)}: ${refusalWords(event)}`;
  if (type.endsWith('.intent')) return `${who} set out${toDo(event)}${endWords(event)}${ticketWords(event)}`;
  if (type.endsWith('.outcome') || type.endsWith('.reconciled')) {
    const why = event.outcome_reason === undefined ? '' : ` (${event.outcome_reason.replaceAll('_', ' ')})`;
    return `${capital(outcomes[outcome ?? ''] ?? 'What came of it is not told')}${why}`;
  }
  if (type === 'audit.reviewed') return `${who} looked at it`;
  if (type === 'hold.ended') return `A hold on ${jobWords(event)} ended`;
  if (type === 'hold.extended') return `${who} moved the end of a hold on ${jobWords(event)}${endWords(event)}`;
  return `${who}: ${type}`;
}

/** Empty where the request named no action, such as one without a valid token. */
function toDo(event: LeafEvent): string {
  const { action } = event;
  return action === undefined ? '' : ` to ${verbs[action] ?? action} ${jobWords(event)}`.trimEnd();
}

function refusalWords({ deny_code = '', rule_id }: LeafEvent): string {
  const why = refusals[deny_code] ?? deny_code.replaceAll('_', ' ');
  return rule_id === undefined ? why : `${why} (rule ${rule_id})`;
}

function endWords({ until }: LeafEvent): string {
  return until === undefined ? '' : ` until ${until.slice(0, 16).replace('T', ' ')} UTC`;
}

function ticketWords({ ticket }: LeafEvent): string {
  return ticket?.id === undefined ? '' : `, for ${ticket.id}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
