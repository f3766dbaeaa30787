import { type AuditLog, recordedCaller } from '#audit';
import type { Hold } from '#holds';
import type { Caller } from '#kernel';

/** Who owns a hold, and why it was made, as far as that was not erased. */
export interface HoldOwner {
  readonly caller: Caller;
  readonly reason?: string;
}

/**
 * Finds the person or application behind a hold. The hold itself only has a pseudonym; everything personal is read from
 * the disclosures of the pause's intent, so that an erasure there leaves nothing behind here.
 */
export class HoldOwners {
  readonly #log: Pick<AuditLog, 'entry' | 'disclosedValues' | 'pseudonym'>;

  constructor(log: Pick<AuditLog, 'entry' | 'disclosedValues' | 'pseudonym'>) {
    this.#log = log;
  }

  /** The `owner` of this caller's holds. */
  nameOf(caller: Caller): Promise<string> {
    return this.#log.pseudonym(caller);
  }

  async of({ index }: Hold): Promise<HoldOwner> {
    const entry = await this.#log.entry(index);
    const disclosed = await this.#log.disclosedValues(entry);
    const { reason } = disclosed;
    return { caller: recordedCaller(entry, disclosed), ...(typeof reason === 'string' && { reason }) };
  }
}
