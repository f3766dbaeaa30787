import { RE2JS, RE2JSException } from 're2js';
import type { PolicyRequest } from '../decision.ts';
import type { Explanation, RuleCondition } from './rule-condition.ts';

/** Longest ticket that a pattern is tried on, in UTF-16 units. */
export const maxTicketLength = 128;

/** Keeps the longest ticket against the worst pattern within a few milliseconds. */
const maxProgramSize = 1_000;

/** A pattern that the whole ticket must match. RE2, so that no ticket can make it run for long. */
export class TicketPattern {
  readonly source: string;
  readonly #compiled: RE2JS;
  // Many rules share a pattern, and all are judged on the same ticket.
  #lastTicket: string | undefined;
  #lastVerdict = false;

  private constructor(source: string, compiled: RE2JS) {
    this.source = source;
    this.#compiled = compiled;
  }

  /** The pattern, or in plain words what is wrong with it. */
  static read(source: string): TicketPattern | { readonly mistake: string } {
    try {
      const compiled = RE2JS.compile(source);
      if (compiled.programSize() > maxProgramSize) return { mistake: 'is too large a pattern: repeat less' };
      return new TicketPattern(source, compiled);
    } catch (error) {
      if (!(error instanceof RE2JSException)) throw error;
      return { mistake: `is not an RE2 pattern: ${error.message.replace('error parsing regexp: ', '')}` };
    }
  }

  matches(ticket: string): boolean {
    if (ticket !== this.#lastTicket) {
      this.#lastVerdict = this.#compiled.matches(ticket);
      this.#lastTicket = ticket;
    }
    return this.#lastVerdict;
  }
}

/** Asked of changes: the request names a ticket. A ticket that does not match is unchecked text, so the trace does not repeat it. */
export class TicketCondition implements RuleCondition {
  readonly name = 'ticket';
  readonly mendable = true;
  readonly #pattern: TicketPattern;

  constructor(pattern: TicketPattern) {
    this.#pattern = pattern;
  }

  holds({ action, justification: { ticket } }: PolicyRequest): boolean {
    if (action === 'read') return true;
    return ticket !== undefined && ticket.length <= maxTicketLength && this.#pattern.matches(ticket);
  }

  explain({ justification: { ticket } }: PolicyRequest): Explanation {
    const expected = `must match ${this.#pattern.source}`;
    if (ticket === undefined) return { expected, got: 'none' };
    if (ticket.length <= maxTicketLength) return { expected, got: 'no match' };
    return { expected: `${expected}, at most ${maxTicketLength} characters`, got: `${ticket.length} characters` };
  }
}
