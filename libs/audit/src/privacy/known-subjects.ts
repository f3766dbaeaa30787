import { LRUCache } from 'lru-cache';
import type { LogStore } from '../log-store.ts';
import type { DisclosureKey } from './disclosure-key.ts';
import type { Subject } from './sealed-field.ts';
import type { SubjectName } from './subject-name.ts';

const maxKnown = 10_000;

/** Remembers pseudonyms and data keys of recent subjects, so that a request does not ask the store for them. */
export class KnownSubjects {
  readonly #store: Pick<LogStore, 'subject'>;
  readonly #key: DisclosureKey;
  readonly #known = new LRUCache<string, Subject>({ max: maxKnown });
  readonly #asked = new Map<string, Promise<Subject>>();

  constructor(store: Pick<LogStore, 'subject'>, key: DisclosureKey) {
    this.#store = store;
    this.#key = key;
  }

  /** The subject when it is remembered. */
  known(name: SubjectName): Subject | undefined {
    return this.#known.get(keyOf(name));
  }

  /**
   * The subject; the store makes it, key and pseudonym together, at first sight. All that ask at the same time share one
   * question: at midnight every stranger is a new subject at once.
   */
  of(name: SubjectName): Promise<Subject> {
    const key = keyOf(name);
    const asked = this.#asked.get(key) ?? this.#ask(name).finally(() => this.#asked.delete(key));
    this.#asked.set(key, asked);
    return asked;
  }

  /** Forgets all of them, because a key was destroyed. */
  forget(): void {
    this.#known.clear();
    this.#asked.clear();
  }

  async #ask(name: SubjectName): Promise<Subject> {
    const { ref, wrapped } = await this.#store.subject(name, (made) => this.#key.newDataKey(made));
    const subject = { ref, key: this.#key.unwrap(ref, wrapped) };
    this.#known.set(keyOf(name), subject);
    return subject;
  }
}

function keyOf({ realm, name }: SubjectName): string {
  return `${realm}/${name}`;
}
