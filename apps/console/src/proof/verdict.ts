import type { Bytes } from './bytes.ts';
import type { LeafEvent } from './leaf.ts';
import { leafHash, provesInclusion } from './merkle.ts';
import type { TileTree } from './tile-tree.ts';

/** What checking an entry in the browser came to. */
export type Verdict =
  | { readonly kind: 'anchored' | 'verified'; readonly size: number }
  /** Verified, and personal fields of it were erased: their digests stand, their values are gone. */
  | { readonly kind: 'erased'; readonly size: number; readonly count: number }
  | { readonly kind: 'pending' }
  | { readonly kind: 'pruned' }
  | { readonly kind: 'mismatch'; readonly why: string };

/** What the list of operations shows of an event: copies that queries use, which nothing signs. */
export interface ShownColumns {
  readonly eventId: string;
  readonly type?: string | undefined;
  readonly time?: string | undefined;
  readonly parent?: string | undefined;
  readonly actor?: string | undefined;
  readonly application?: string | undefined;
  readonly action?: string | undefined;
  readonly servicePrincipalId?: string | undefined;
  readonly jobId?: string | undefined;
  readonly decision?: string | undefined;
  readonly outcome?: string | undefined;
  readonly rule?: string | undefined;
  readonly ticket?: string | undefined;
}

/** An entry, and what is shown of it. */
export interface CheckedEntry {
  readonly index: number;
  readonly leaf: Bytes;
  readonly event: LeafEvent | undefined;
  readonly shown?: ShownColumns;
}

/** Checks that these bytes stand at their index under the checkpoint, and that what is shown is what they say. */
export async function judgeEntry(
  { index, leaf, event, shown }: CheckedEntry,
  tree: TileTree,
  anchoredSize: number,
): Promise<Verdict> {
  const { head } = tree;
  if (index >= head.size) return { kind: 'pending' };
  if (!(await provesInclusion(index, await leafHash(leaf), head, await tree.path(index)))) {
    return { kind: 'mismatch', why: `The bytes of entry ${index} are not those that the log signed.` };
  }
  if (event === undefined) return { kind: 'mismatch', why: `Entry ${index} is not an event.` };
  const wrong = shown && contradiction(shown, event);
  if (wrong !== undefined) return { kind: 'mismatch', why: `Entry ${index} says something else: ${wrong}.` };
  return { kind: index < anchoredSize ? 'anchored' : 'verified', size: head.size };
}

/** The first column that is not what the event says. */
function contradiction(shown: ShownColumns, event: LeafEvent): string | undefined {
  const said: Readonly<Record<keyof ShownColumns, string | undefined>> = {
    eventId: event.id,
    type: event.type,
    time: event.time,
    parent: event.parent,
    actor: event.actor?.ref,
    application: event.actor?.app_id,
    action: event.action,
    servicePrincipalId: event.resource?.sp_id,
    jobId: event.resource?.job_id,
    decision: event.decision,
    outcome: event.outcome,
    rule: event.rule_id,
    ticket: event.ticket?.id,
  };
  const names = Object.keys(said) as (keyof ShownColumns)[];
  const wrong = names.find((name) => name in shown && shown[name] !== said[name]);
  return wrong && `${wrong} is ${said[wrong] ?? 'absent'}`;
}

const ranks: Readonly<Record<Verdict['kind'], number>> = {
  mismatch: 0,
  pruned: 1,
  pending: 2,
  erased: 3,
  verified: 4,
  anchored: 5,
};

/** The one verdict over several entries: the worst. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  return verdicts.toSorted((one, other) => ranks[one.kind] - ranks[other.kind])[0] ?? { kind: 'pending' };
}
