import { type EventId, toTimestamp } from '#kernel';
import type {
  OperationOutcome,
  OwnChange,
  OwnRead,
  Reconciliation,
  RequestsRefused,
  SelfCheckIntent,
  SelfCheckOutcome,
} from './audit-event.ts';
import type { JudgedRequest, RecordedJobState } from './recorded-facts.ts';
import type { LogAnchored, LogAnchorFailed } from './anchor/anchor-event.ts';
import type { LogCreated, LoggedEvent, LogKeyRotated } from './event-code.ts';
import type { LeafAnchor, LeafDetails, LeafHttp, LeafJobState } from './leaf.ts';
import { leafOfBulk } from './bulk/leaf-bulk.ts';
import type { HoldEvent } from './hold-event.ts';
import { leafOfAlarmEvent } from './leaf-alarm.ts';
import { leafActor, leafAuth, leafCorrelation, leafJobState, leafResource, leafUpstream } from './leaf-parts.ts';
import type { LeafText } from './leaf-text.ts';
import { leafOfPolicyEvent, leafShadow } from './leaf-policy.ts';
import { isAboutSession, leafOfSession } from './leaf-session.ts';
import { isAboutReview, leafOfReview } from './leaf-review.ts';
import { leafTrace } from './leaf-trace.ts';
import { present } from './present.ts';
import { leafMaintenance } from './privacy/leaf-maintenance.ts';

/** Interlock itself: what no caller asked for. */
const actor = { kind: 'system' } as const;

/** The edge refuses longer tickets. */
const maxTicketLength = 128;

/** What the event adds to a leaf. Nothing personal: those fields are digests, see personal-fields.ts. */
export function leafDetails(event: LoggedEvent, ref: string | undefined, text: LeafText): LeafDetails {
  if (isAboutReview(event)) return leafOfReview(event, ref, text);
  if ('destination' in event) return leafOfAlarmEvent(event, text);
  if ('sanction' in event) return leafMaintenance(event);
  if ('anchor' in event) return anchored(event, text);
  if (event.type === 'policy.changed' || event.type === 'policy.read') return leafOfPolicyEvent(event, ref, text);
  if (isAboutSession(event)) return leafOfSession(event, ref, text);
  if (event.type === 'bulk.started' || event.type === 'bulk.ended') return leafOfBulk(event, ref, text);
  if (isAboutHold(event)) return aboutHold(event, ref, text);
  if ('decision' in event) return judged(event, ref, text);
  if ('check' in event) return selfChecked(event, text);
  if ('outcome' in event) return observed(event, text);
  if ('counts' in event) return counted(event, text);
  if ('verdict' in event) return reconciled(event, text);
  if ('parent' in event) return ownCall(event, text);
  if ('vkey' in event) return keyed(event, text);
  return { actor, policy: { sha256: text.of(event.policySha256) } };
}

/** What a judged request may also say. */
interface Judged extends JudgedRequest {
  readonly status?: number;
  readonly parent?: EventId;
  readonly before?: RecordedJobState | 'unknown';
  readonly ends?: readonly EventId[];
}

/** One function for intents and denials, so that they cannot come to carry different fields. */
function judged(event: Judged, ref: string | undefined, text: LeafText): LeafDetails {
  const { caller, request, resource, justification, decision } = event;
  const { trace, trace_omitted } = leafTrace(decision, text);
  return present<LeafDetails>({
    action: event.action,
    actor: caller === undefined ? { kind: 'anonymous' } : leafActor(caller, ref, text),
    auth: caller && leafAuth(caller.token, text),
    before: event.before && stateBefore(event.before, text),
    break_glass: decision.breakGlass,
    corr: leafCorrelation(request, text),
    decision: decision.effect,
    deny_code: text.maybe(decision.denyCode),
    holds: event.ends,
    http: leafHttp(event, text),
    net: present<{ readonly tls?: string }>({ tls: text.maybe(request.tls) }),
    parent: event.parent,
    policy: decision.policySha256 === undefined ? undefined : { sha256: text.of(decision.policySha256) },
    resource: resource && leafResource(resource, text),
    rule_id: text.maybe(decision.rule),
    shadow: decision.shadow && leafShadow(decision.shadow, text),
    ticket: justification?.ticket === undefined ? undefined : { id: text.of(justification.ticket, maxTicketLength) },
    trace,
    trace_omitted,
    until: justification?.until === undefined ? undefined : toTimestamp(justification.until),
  });
}

function isAboutHold(event: LoggedEvent): event is HoldEvent {
  return event.type === 'hold.ended' || event.type === 'hold.extended' || event.type === 'hold.confirmed';
}

function aboutHold(event: HoldEvent, ref: string | undefined, text: LeafText): LeafDetails {
  const base = 'decision' in event ? judged(event, ref, text) : { actor, resource: leafResource(event.resource, text) };
  if (event.type !== 'hold.ended') return { ...base, parent: event.parent };
  return present<LeafDetails>({
    ...base,
    parent: event.parent,
    before: event.before && stateBefore(event.before, text),
    ending: event.ending,
  });
}

function stateBefore(before: RecordedJobState | 'unknown', text: LeafText): LeafJobState | 'unknown' {
  return before === 'unknown' ? before : leafJobState(before, text);
}

function leafHttp(event: JudgedRequest & { readonly status?: number }, text: LeafText): LeafHttp {
  const { method, route } = event.request;
  return present<LeafHttp>({ method: text.of(method), route: text.of(route), status: event.status });
}

function observed(event: OperationOutcome, text: LeafText): LeafDetails {
  return present<LeafDetails>({
    after: event.after && leafJobState(event.after, text),
    outcome: event.outcome,
    outcome_reason: text.maybe(event.reason),
    parent: event.parent,
    paused_by: event.pausedBy,
    resource: leafResource(event.resource, text),
    upstream: event.upstream && leafUpstream(event.upstream, text),
  });
}

function selfChecked(event: SelfCheckIntent | SelfCheckOutcome, text: LeafText): LeafDetails {
  const base: LeafDetails = { actor: { kind: 'system' }, check: event.check };
  if (event.type === 'self-check.intent') return base;
  return present<LeafDetails>({
    ...base,
    parent: event.parent,
    upstream: event.upstream && leafUpstream(event.upstream, text),
    outcome: event.outcome,
    outcome_reason: text.maybe(event.reason),
    findings: event.findings && text.list(event.findings),
  });
}

function ownCall(event: OwnRead | OwnChange, text: LeafText): LeafDetails {
  const { action, parent } = event;
  const base: LeafDetails = { actor, action, resource: leafResource(event.resource, text), parent };
  if (event.type === 'read.intent') return base;
  const { policy } = event;
  return present<LeafDetails>({
    ...base,
    decision: policy && 'allow',
    rule_id: text.maybe(policy?.rule),
    policy: policy && { sha256: text.of(policy.sha256) },
    before: stateBefore(event.before, text),
    holds: event.ends,
  });
}

function reconciled({ parent, resource, before, reads, verdict, reason }: Reconciliation, text: LeafText): LeafDetails {
  return present<LeafDetails>({
    actor,
    resource: leafResource(resource, text),
    parent,
    before: before && stateBefore(before, text),
    reads: reads.map((read) => leafJobState(read, text)),
    outcome: verdict,
    outcome_reason: text.of(reason),
  });
}

/** A checkpoint is longer than other texts, and of no use when it is cut. */
const maxCheckpointLength = 2_048;

function keyed(event: LogCreated | LogKeyRotated, text: LeafText): LeafDetails {
  const previous = 'previous' in event ? event.previous : undefined;
  const cited = previous === undefined ? undefined : text.of(previous, maxCheckpointLength);
  return present<LeafDetails>({ actor, vkey: event.vkey, previous: cited });
}

function anchored(event: LogAnchored | LogAnchorFailed, text: LeafText): LeafDetails {
  const { name, kind } = event.anchor;
  return present<LeafDetails>({
    actor,
    anchor: present<LeafAnchor>({ name: text.of(name), kind, size: 'size' in event ? event.size : undefined }),
    outcome_reason: 'reason' in event ? text.of(event.reason) : undefined,
  });
}

function counted(event: RequestsRefused, text: LeafText): LeafDetails {
  const counts: Record<string, number> = {};
  for (const [code, count] of Object.entries(event.counts)) {
    // Two codes that are equal once cut must not hide each other's count.
    const name = Object.keys(counts).length < text.limits.items ? text.of(code) : 'other';
    if (name === 'other') text.cut = true;
    counts[name] = (counts[name] ?? 0) + count;
  }
  return { actor, period: { from: toTimestamp(event.from), to: toTimestamp(event.to) }, counts };
}
