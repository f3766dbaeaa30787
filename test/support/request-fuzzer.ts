import { jobs } from '../../apps/simulator/src/world/default-world.ts';
import * as hostile from './hostile-parts.ts';
import { goodJustification } from './policy-file.ts';
import type { Route } from './route-table.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Whose token a request carries: none, one that is none, or that of a caller. */
export const bearers = ['nobody', 'garbage', 'stranger', 'reviewer', 'hr-portal'] as const;
export type Bearer = (typeof bearers)[number];
export type Tokens = Readonly<Record<Exclude<Bearer, 'nobody' | 'garbage'>, string>>;

/** A request as it goes on the wire. */
export interface FuzzedRequest {
  /** Latin1: one character for each byte. */
  readonly text: string;
  readonly bearer: Bearer;
  /** A reply to HEAD has no body, whatever its headers say. */
  readonly isHead: boolean;
  /** Its length is in doubt, so nothing may follow it on the same connection. */
  readonly spoils: boolean;
  /** It is shorter than it says; the server learns that when the client stops sending. */
  readonly isCutShort: boolean;
}

interface Draft {
  method: string;
  path: string;
  query: string;
  headers: string[];
  body: string;
  chunked: boolean;
  spoils: boolean;
  isCutShort: boolean;
}

const aliases = ['hr-inbound', 'mail', 'not-owned', 'cross-tenant', 'ticketing', 'nobody'];
const json = 'Content-Type: application/json';

/**
 * Makes requests that begin as sound ones of a real route and are then spoiled in up to three ways; the same for the
 * same seed. About one in five stays sound, so that the way to Graph is used as well.
 */
export class RequestFuzzer {
  readonly #random: SeededRandom;
  readonly #routes: readonly Route[];
  readonly #tokens: Tokens;
  readonly #spoilers: readonly ((draft: Draft) => void)[];

  constructor(random: SeededRandom, routes: readonly Route[], tokens: Tokens) {
    this.#random = random;
    this.#routes = routes;
    this.#tokens = tokens;
    const pick = this.#pick.bind(this);
    this.#spoilers = [
      (draft) => (draft.method = pick(hostile.hostileMethods)),
      (draft) => (draft.path = this.#withHostileSegment(draft.path)),
      (draft) => (draft.path = this.#recoded(draft.path)),
      (draft) => (draft.path += `/${pick(hostile.hostileSegments)}`),
      (draft) => (draft.path = pick(hostile.forbiddenTargets)),
      (draft) => (draft.path = pick(hostile.hostileOrigins) + draft.path),
      (draft) => (draft.query = pick(hostile.hostileQueries)),
      (draft) => draft.headers.push(pick(hostile.hostileHeaders)),
      (draft) => (draft.body = pick(hostile.hostileBodies)),
      (draft) => (draft.chunked = true),
      (draft) => {
        this.#spoilLength(draft);
      },
    ];
  }

  next(): FuzzedRequest {
    const bearer = this.#chance(2) ? 'hr-portal' : this.#pick(bearers);
    const draft = this.#soundRequest(bearer);
    const spoilings = this.#random.next(5) === 0 ? 0 : 1 + this.#random.next(3);
    for (let n = 0; n < spoilings; n += 1) this.#pick(this.#spoilers)(draft);
    const { method, spoils, isCutShort } = draft;
    return { text: textOf(draft), bearer, isHead: method === 'HEAD', spoils, isCutShort };
  }

  #soundRequest(bearer: Bearer): Draft {
    const { method, path } = this.#pick(this.#routes);
    const authorization = this.#authorization(bearer);
    const changes = method === 'POST';
    return {
      method,
      path: this.#filled(path),
      // Without a filter it would copy the whole log, again and again.
      query: path.endsWith('/export') ? 'q=outcome:unknown' : '',
      headers: ['Host: broker.example', ...(authorization === '' ? [] : [authorization]), ...(changes ? [json] : [])],
      body: changes ? JSON.stringify(goodJustification) : '',
      chunked: false,
      spoils: false,
      isCutShort: false,
    };
  }

  #authorization(bearer: Bearer): string {
    if (bearer === 'nobody') return '';
    if (bearer !== 'garbage') return `Authorization: Bearer ${this.#tokens[bearer]}`;
    const token = this.#tokens['hr-portal'];
    const at = this.#random.next(token.length);
    const spoiled = this.#pick([
      token.slice(0, at),
      `${token.slice(0, at)}A${token.slice(at + 2)}`,
      'a.b.c',
      '\xff',
      '..',
    ]);
    return `Authorization: Bearer ${spoiled}`;
  }

  /** The path with sound values for its parameters. */
  #filled(path: string): string {
    const job = this.#pick(Object.values(jobs));
    const values: Readonly<Record<string, string>> = {
      ':servicePrincipalId': job.servicePrincipalId,
      ':jobId': job.jobId,
      ':alias': this.#pick(aliases),
      ':index': String(this.#random.next(50)),
      '*': this.#pick(['0/000', '0/000.p/1', '000.p/3', '1/000']),
    };
    return path.replace(/:\w+|\*/g, (name) => values[name] ?? 'x');
  }

  #withHostileSegment(path: string): string {
    const segments = path.split('/');
    const at = 1 + this.#random.next(segments.length);
    segments.splice(at, this.#random.next(2), this.#pick(hostile.hostileSegments));
    return segments.join('/');
  }

  /** The path with one character written otherwise. */
  #recoded(path: string): string {
    const at = this.#random.next(path.length);
    const character = path[at] ?? '/';
    const hex = character.charCodeAt(0).toString(16).padStart(2, '0');
    const other = this.#pick([`%${hex}`, `%25${hex}`, `%u00${hex}`, character.toUpperCase(), `${character}\t`, '']);
    return path.slice(0, at) + other + path.slice(at + 1);
  }

  #spoilLength(draft: Draft): void {
    if (this.#chance(20)) {
      draft.body = hostile.hugeBody;
      draft.spoils = true;
    } else if (this.#chance(4)) {
      draft.isCutShort = true;
    } else {
      draft.headers.push(this.#pick(hostile.spoilingHeaders));
      draft.spoils = true;
    }
  }

  #chance(oneIn: number): boolean {
    return this.#random.next(oneIn) === 0;
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#random.next(from.length)] as T;
  }
}

function textOf({ method, path, query, headers, body, chunked, spoils, isCutShort }: Draft): string {
  const target = query === '' ? path : `${path}?${query}`;
  const missing = isCutShort ? 1 : 0;
  const framing = chunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length + missing}`;
  // A second length beside another one is refused at once; alone it would keep the server waiting for a body.
  const framed = body !== '' || chunked || isCutShort || spoils;
  const lines = [`${method} ${target} HTTP/1.1`, ...headers, ...(framed ? [framing] : []), '', ''];
  return lines.join('\r\n') + (chunked ? chunksOf(body, isCutShort) : body);
}

function chunksOf(body: string, isCutShort: boolean): string {
  const chunks = body === '' ? '' : `${body.length.toString(16)}\r\n${body}\r\n`;
  return isCutShort ? chunks : `${chunks}0\r\n\r\n`;
}
