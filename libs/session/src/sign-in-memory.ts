import type { Clock } from '#kernel';
import { z } from 'zod';
import type { Sealer } from './sealer.ts';
import type { SessionDigest } from './session-id.ts';
import type { SignInSecrets } from './sign-in-provider.ts';

/** How long a sign-in may take, in milliseconds. */
export const signInMillis = 600_000;

const nonceBytes = 12;
const bound = 'interlock/sign-in@v1';

const pending = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  replaces: z.string().optional(),
  until: z.number(),
});

/** A sign-in that was begun in one browser. */
export interface PendingSignIn extends SignInSecrets {
  /** Path of ours to go on to. */
  readonly returnTo: string;
  /** The browser's session of before, which ends with the sign-in. */
  readonly replaces?: SessionDigest;
}

/**
 * Keeps sign-ins under way in the browsers themselves, as sealed text: strangers who begin sign-ins leave nothing on
 * the server. The text is good in the browser that has it, for ten minutes.
 */
export class SignInMemory {
  readonly #sealer: Sealer;
  readonly #clock: Clock;

  constructor(sealer: Sealer, clock: Clock) {
    this.#sealer = sealer;
    this.#clock = clock;
  }

  /** Text for a cookie: letters, digits, `-` and `_`. */
  write(signIn: PendingSignIn): string {
    const until = this.#clock.now() + signInMillis;
    const { nonce, content } = this.#sealer.seal(JSON.stringify({ ...signIn, until }), bound);
    return Buffer.concat([nonce, content]).toString('base64url');
  }

  /** What was written; undefined for anything else and for what is too old. */
  read(text: string | undefined): PendingSignIn | undefined {
    if (text === undefined) return undefined;
    const bytes = Buffer.from(text, 'base64url');
    const sealed = { nonce: bytes.subarray(0, nonceBytes), content: bytes.subarray(nonceBytes) };
    const plain = this.#sealer.open(sealed, bound);
    if (plain === undefined) return undefined;
    const { until, replaces, ...signIn } = pending.parse(JSON.parse(plain));
    if (until <= this.#clock.now()) return undefined;
    return { ...signIn, ...(replaces !== undefined && { replaces: replaces as SessionDigest }) };
  }
}
