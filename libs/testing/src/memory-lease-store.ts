import { type Lease, type LeaseHolder, LeaseStore } from '#audit';
import type { Clock } from '#kernel';

interface Kept {
  owner: string;
  until: number;
  fence: number;
  position: number;
}

/** Leases in memory, on the test's clock. */
export class MemoryLeaseStore extends LeaseStore {
  readonly #clock: Clock;
  readonly #leases = new Map<string, Kept>();

  constructor(clock: Clock) {
    super();
    this.#clock = clock;
  }

  /** The current fence, for the conditions of a MemoryLogStore. */
  readonly fenceOf = (name: string): number | undefined => this.#leases.get(name)?.fence;

  override acquire(name: string, owner: string, millis: number): Promise<Lease | undefined> {
    const now = this.#clock.now();
    const kept = this.#leases.get(name) ?? { owner, until: 0, fence: 0, position: 0 };
    if (kept.until > now && kept.owner !== owner) return Promise.resolve(undefined);
    const lease = { ...kept, owner, until: now + millis, fence: kept.fence + 1 };
    this.#leases.set(name, lease);
    return Promise.resolve({ name, fence: lease.fence, position: lease.position });
  }

  override renew(holder: LeaseHolder, millis: number, position: number): Promise<boolean> {
    const kept = this.#of(holder);
    if (kept !== undefined) Object.assign(kept, { until: this.#clock.now() + millis, position });
    return Promise.resolve(kept !== undefined);
  }

  override release(holder: LeaseHolder): Promise<void> {
    const kept = this.#of(holder);
    if (kept !== undefined) kept.until = 0;
    return Promise.resolve();
  }

  override position(name: string): Promise<number> {
    return Promise.resolve(this.#leases.get(name)?.position ?? 0);
  }

  #of({ name, fence }: LeaseHolder): Kept | undefined {
    const kept = this.#leases.get(name);
    return kept?.fence === fence ? kept : undefined;
  }
}
