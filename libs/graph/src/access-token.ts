import { inspect } from 'node:util';
import type { EpochMillis } from '#kernel';
import { rolesOfToken } from './token-roles.ts';

const redacted = '[AccessToken]';

/** How long before its end a token counts as expired: covers a slow call and clocks that disagree. */
export const expiryMarginMillis = 60_000;

/** How long before its end a token is due for renewal, when the token service does not say. */
const renewalLeadMillis = 600_000;

/** A bearer token of ours. Its text can only be had as a header; printing, serialising or inspecting shows nothing. */
export class AccessToken {
  readonly #text: string;
  readonly #authorization: string;

  private constructor(
    text: string,
    readonly expiresAt: EpochMillis,
    /** From when on a newer token should be fetched, while this one goes on serving. */
    readonly renewAt: EpochMillis,
  ) {
    this.#text = text;
    this.#authorization = `Bearer ${text}`;
  }

  /** A token received at `receivedAt`; `refreshAfter` is the token service's own wish (`refresh_in`). */
  static received(
    text: string,
    receivedAt: EpochMillis,
    expiresAt: EpochMillis,
    refreshAfter: number = Number.POSITIVE_INFINITY,
  ): AccessToken {
    // A token that lives for minutes only would otherwise be due for renewal from birth.
    const lead = Math.min(renewalLeadMillis, (expiresAt - receivedAt) / 2);
    return new AccessToken(text, expiresAt, Math.min(expiresAt - lead, refreshAfter) as EpochMillis);
  }

  /** Value of the `authorization` header (RFC 6750). */
  authorization(): string {
    return this.#authorization;
  }

  usableAt(now: EpochMillis): boolean {
    return now < this.expiresAt - expiryMarginMillis;
  }

  /** App roles that the token names; undefined when it is not legible. Best effort: no gate may rest on it. */
  claimedRoles(): readonly string[] | undefined {
    return rolesOfToken(this.#text);
  }

  sameAs(other: AccessToken): boolean {
    return this.#text === other.#text;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}
