import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Exchange } from './exchange.ts';
import { type ServiceName, serviceNames } from './route.ts';

/** One request that reached the simulator. Holds no token and no body. */
export interface JournalEntry {
  /** From 1, without gaps, in order of arrival. */
  readonly sequence: number;
  /** RFC 3339, simulated time of arrival. */
  readonly time: string;
  readonly host: string;
  readonly method: string;
  /** As sent: not decoded, not normalised. */
  readonly path: string;
  readonly query: string;
  /** Credentials are replaced by `sha256:` and their hash. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyLength: number;
  readonly service: ServiceName;
  /** Name of the route; `unknown` when there is none. */
  readonly operation: string;
  /** Whether this was anything but what Interlock may ever send. */
  readonly dangerous: boolean;
  readonly caller?: { readonly tenantId: string; readonly appId: string; readonly objectId?: string };
  /** HTTP status; `pending` until answered; `cut` when the connection was broken instead. */
  readonly status: number | 'pending' | 'cut';
  /** Whether a write was carried out, whatever the client was told. */
  readonly applied: boolean;
  /** Id of the fault that this request met. */
  readonly fault?: string;
}

/** Which entries are meant: those that agree with every given field; `path` is a regular expression. */
export const JournalFilter = z.strictObject({
  after: z.int().nonnegative().optional(),
  service: z.enum(serviceNames).optional(),
  operation: z.string().optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  dangerous: z.boolean().optional(),
  applied: z.boolean().optional(),
});
export type JournalFilter = z.infer<typeof JournalFilter>;

const credentialHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'x-identity-header']);

function redacted(headers: Exchange['headers']): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const text = Array.isArray(value) ? value.join(', ') : (value ?? '');
    shown[name] = credentialHeaders.has(name) ? `sha256:${createHash('sha256').update(text).digest('hex')}` : text;
  }
  return shown;
}

type Draft = { -readonly [Field in keyof JournalEntry]: JournalEntry[Field] };

function agrees(entry: JournalEntry, { after, path, ...fields }: JournalFilter): boolean {
  if (after !== undefined && entry.sequence <= after) return false;
  if (path !== undefined && !new RegExp(path).test(entry.path)) return false;
  return Object.entries(fields).every(([name, value]) => entry[name as keyof typeof fields] === value);
}

interface Waiter {
  readonly filter: JournalFilter;
  readonly count: number;
  resolve(entries: readonly JournalEntry[]): void;
}

/** What reached the simulator, newest last. Keeps the latest `capacity` entries or a little more. */
export class Journal {
  readonly #capacity: number;
  #entries: Draft[] = [];
  #last = 0;
  #waiters: Waiter[] = [];

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Writes down a request at its arrival; the draft is completed when it is answered. */
  arrived(exchange: Exchange, at: string, route: Pick<JournalEntry, 'service' | 'operation' | 'dangerous'>): Draft {
    const draft: Draft = {
      sequence: ++this.#last,
      time: at,
      host: exchange.host,
      method: exchange.method,
      path: exchange.path,
      query: exchange.query.toString(),
      headers: redacted(exchange.headers),
      bodyLength: exchange.body.length,
      ...route,
      status: 'pending',
      applied: false,
    };
    this.#entries.push(draft);
    if (this.#entries.length >= 2 * this.#capacity) this.#entries = this.#entries.slice(-this.#capacity);
    this.#notify();
    return draft;
  }

  query(filter: JournalFilter = {}): readonly JournalEntry[] {
    return this.#entries.filter((entry) => agrees(entry, filter)).map((entry) => ({ ...entry }));
  }

  /** Resolves as soon as `count` requests of that kind have arrived, answered or not. */
  whenArrived(filter: JournalFilter, count: number): Promise<readonly JournalEntry[]> {
    return new Promise((resolve) => {
      this.#waiters.push({ filter, count, resolve });
      this.#notify();
    });
  }

  clear(): void {
    this.#entries = [];
  }

  #notify(): void {
    this.#waiters = this.#waiters.filter((waiter) => {
      const found = this.query(waiter.filter);
      if (found.length < waiter.count) return true;
      waiter.resolve(found);
      return false;
    });
  }
}
