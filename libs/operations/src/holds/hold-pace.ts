/** How the timers of holds are worked on; times in milliseconds. */
export interface HoldPace {
  /** Between two looks for due timers, on average: each wait is up to a quarter shorter or longer. */
  readonly everyMillis: number;
  /** How long a replica that fell silent keeps a timer. Two calls to Graph and their records fit into it. */
  readonly leaseMillis: number;
  /** How many timers are worked on at once. */
  readonly abreast: number;
  /** Wait after a full batch, so that a backlog after an outage does not hit Graph all at once. */
  readonly betweenMillis: number;
  /** Wait after trouble, doubled with each further trouble up to `longestBackoffMillis`. */
  readonly backoffMillis: number;
  readonly longestBackoffMillis: number;
}

export const usualHoldPace: HoldPace = {
  everyMillis: 1_000,
  leaseMillis: 60_000,
  abreast: 8,
  betweenMillis: 200,
  backoffMillis: 2_000,
  longestBackoffMillis: 300_000,
};
