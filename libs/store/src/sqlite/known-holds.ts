import { LRUCache } from 'lru-cache';
import type { LogHead } from '#audit';
import { type Hold, isOpen } from '#holds';
import type { JobRef } from '#kernel';
import { keyOf } from '../holds/project-holds.ts';

/**
 * The open holds of the jobs that a log was last about. They change with the log's entries and in no other way, so what
 * was known at a head stays true until the log has another one.
 */
export class KnownHolds {
  readonly #jobs = new LRUCache<string, readonly Hold[]>({ max: 2_000 });
  #checkpoint: string | undefined;
  #changed: readonly Hold[] = [];

  /** Begins a transaction that found the log at that head: forgets what was known at any other. */
  begin(head: LogHead | undefined): void {
    this.#changed = [];
    if (head?.checkpoint === this.#checkpoint) return;
    this.#jobs.clear();
    this.#checkpoint = head?.checkpoint;
  }

  /** The job's open holds before the transaction; `read` gets them when they are not known. */
  of(job: JobRef, read: (job: JobRef) => readonly Hold[]): readonly Hold[] {
    const key = keyOf(job);
    const known = this.#jobs.get(key);
    if (known !== undefined) return known;
    const found = read(job);
    this.#jobs.set(key, found);
    return found;
  }

  /** What the transaction makes of the holds of these jobs. */
  change(changed: readonly Hold[]): void {
    this.#changed = changed;
  }

  /** The transaction was committed, and the log has that head. */
  committed(head: LogHead): void {
    for (const hold of this.#changed) {
      const key = keyOf(hold.job);
      const others = this.#jobs.peek(key)?.filter(({ id }) => id !== hold.id);
      if (others !== undefined) this.#jobs.set(key, isOpen(hold) ? [...others, hold] : others);
    }
    this.#checkpoint = head.checkpoint;
  }
}
