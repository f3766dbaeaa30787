import type { AuditSearch, StoredEntry } from '#audit';
import type { EventId, JobRef } from '#kernel';
import { z } from 'zod';

/** What the log says about an item: the intent or denial that its request came to, and how it ended. */
export interface ItemRecord {
  readonly event: EventId;
  readonly decision: 'allow' | 'deny';
  readonly rule?: string;
  /** Of a denial: its stable reason. */
  readonly code?: string;
  /** Of an intent, once anything is known: what was observed, or found out later. */
  readonly outcome?: 'success' | 'failure' | 'unknown' | 'applied' | 'not_applied' | 'inconclusive';
}

const denied = z.object({ deny_code: z.string() }).transform((leaf) => ({ code: leaf.deny_code }));

/** What the log says about a bulk operation. */
export class BulkRecord {
  readonly #items = new Map<string, ItemRecord>();
  /** Whether its end is on record. */
  readonly ended: boolean;

  /** @param following the events that name the operation as their parent, or one of those, in the order of the log. */
  constructor(id: EventId, following: readonly StoredEntry[]) {
    this.ended = following.some(({ columns: { type, parent } }) => type === 'bulk.ended' && parent === id);
    const jobs = new Map<EventId, string>();
    for (const entry of following) this.#follow(id, entry, jobs);
  }

  static async of(id: EventId, search: Pick<AuditSearch, 'following'>): Promise<BulkRecord> {
    const items = await search.following([id]);
    return new BulkRecord(id, [...items, ...(await search.following(items.map(({ eventId }) => eventId)))]);
  }

  item(job: JobRef): ItemRecord | undefined {
    return this.#items.get(keyOf(job));
  }

  #follow(id: EventId, { eventId, body, columns }: StoredEntry, jobs: Map<EventId, string>): void {
    const { type, parent, servicePrincipalId, jobId, decision, rule, outcome } = columns;
    if (servicePrincipalId === undefined || jobId === undefined) return;
    const key = `${servicePrincipalId}/${jobId}`;
    // A denial by the job's state names the read that found it. A start by a hold's end names the pause, and is no item.
    if (type === 'request.denied' || (parent === id && /^(?:pause|start)\.intent$/.test(type))) {
      jobs.set(eventId, key);
      const judged: Pick<ItemRecord, 'decision' | 'code'> =
        decision === 'allow' ? { decision } : { decision: 'deny', ...denied.parse(leafOf(body)) };
      this.#items.set(key, { event: eventId, ...judged, ...(rule !== undefined && { rule }) });
    } else if (parent !== undefined && jobs.get(parent) === key && outcome !== undefined) {
      const item = this.#items.get(key);
      // A request that is denied after a restart must not get the outcome of another.
      if (item?.event === parent)
        this.#items.set(key, { ...item, outcome: outcome as NonNullable<typeof item.outcome> });
    }
  }
}

function keyOf({ servicePrincipalId, jobId }: JobRef): string {
  return `${servicePrincipalId}/${jobId}`;
}

function leafOf(body: Uint8Array): unknown {
  return JSON.parse(Buffer.from(body).toString('utf8'));
}
