/** Who holds a lease: enough to check it in another transaction. */
export interface LeaseHolder {
  readonly name: string;
  /** Grows by one with each new holder, so that a holder that was away too long is told from its successor. */
  readonly fence: number;
}

/** A lease that was ours when it was given. */
export interface Lease extends LeaseHolder {
  /** How far the work under this lease has come, as the last holder saved it; 0 at first. */
  readonly position: number;
}

/**
 * Leases: of all replicas one does a piece of work. A lease ends by time, so that a holder that died is succeeded;
 * what a late holder still writes is refused by its fence ({@link AppendCondition}).
 *
 * Duties of an adapter: each method is one transaction, and times are taken from one clock for all replicas.
 */
export abstract class LeaseStore {
  /** Takes the lease for so many milliseconds when it is free or has ended; undefined when somebody else holds it. */
  abstract acquire(name: string, owner: string, millis: number): Promise<Lease | undefined>;

  /** Holds it for so many milliseconds from now and saves the position. False when somebody else has it. */
  abstract renew(holder: LeaseHolder, millis: number, position: number): Promise<boolean>;

  /** Ends it now, so that another replica need not wait. Does nothing when somebody else has it. */
  abstract release(holder: LeaseHolder): Promise<void>;

  /** The saved position, for those who do not hold the lease; 0 when there is none. */
  abstract position(name: string): Promise<number>;
}
