import type { DisclosureKey, WrappedKey } from './disclosure-key.ts';
import type { FieldPlaces } from './maintenance-event.ts';
import type { SubjectName } from './subject-name.ts';

/**
 * What may be taken from a log, and nothing else may: personal fields with their key, and entries below the minimum
 * index. Leaf hashes and tiles stay in any case, and with them every proof.
 *
 * Duties of an adapter: each method is done wholly or not at all, and may be repeated.
 */
export abstract class LogMaintenance {
  /** The pseudonym of a subject that has one. */
  abstract refOf(name: SubjectName): Promise<string | undefined>;

  /** Whether a pseudonym has a data key. */
  abstract hasKey(ref: string): Promise<boolean>;

  /** Where the log has personal fields of a subject; at most `runs` runs are listed. */
  abstract placesOf(ref: string, runs: number): Promise<FieldPlaces>;

  /**
   * Destroys the data key of a subject and forgets whose pseudonym it was. No append that comes after it can keep a
   * field of that subject.
   */
  abstract destroyKey(ref: string): Promise<void>;

  /** Deletes the personal fields of a subject whose key has been destroyed, from the disk too as far as we reach it. */
  abstract removeFields(ref: string): Promise<void>;

  /** Drops all entries below an index, a multiple of 256, with their personal fields. */
  abstract prune(minIndex: number): Promise<void>;

  /**
   * Replaces each wrapped data key and the disclosure key that the store remembers, all at once. Returns how many.
   * Throws what `rewrap` throws and keeps everything as it was.
   */
  abstract rewrap(next: DisclosureKey, rewrap: (ref: string, wrapped: WrappedKey) => WrappedKey): Promise<number>;
}
