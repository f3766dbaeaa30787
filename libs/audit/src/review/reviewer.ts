import type { Caller } from '#kernel';
import type { RequestFacts } from '../recorded-facts.ts';

/** Who reads the log, and why. All of it enters the log. */
export interface Reviewer {
  readonly request: RequestFacts;
  readonly caller: Caller;
  /** In the reviewer's words. */
  readonly purpose?: string;
}

/** A part of a list: which, from where, how much. */
export interface ReviewPage {
  readonly order: 'oldest' | 'newest';
  /** Position after which to go on, from the page before. */
  readonly after?: number;
  readonly limit: number;
}

/** What a page holds. */
export interface Reviewed<Item> {
  /** Entries of the log when it was asked. */
  readonly size: number;
  readonly items: readonly Item[];
  /** Where the next page goes on; absent on the last one. A page with few items or none need not be the last. */
  readonly next?: number;
}
