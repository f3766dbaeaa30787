import { z } from 'zod';
import { serviceNames } from './route.ts';

/** Retry-After as seconds, as an HTTP date that many seconds from now, or as any text at all. */
const RetryAfter = z.union([
  z.strictObject({ seconds: z.int().nonnegative() }),
  z.strictObject({ dateInSeconds: z.int() }),
  z.strictObject({ raw: z.string() }),
]);
export type RetryAfter = z.infer<typeof RetryAfter>;

/** A fragment of a regular expression that compiles. */
const Pattern = z.string().refine((text) => {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}, 'not a regular expression');

export const FaultMatch = z.strictObject({
  service: z.enum(serviceNames).optional(),
  /** Name of a route, such as `job.pause`, `token` or `jwks`. */
  operation: z.string().optional(),
  method: z.string().optional(),
  path: Pattern.optional(),
  host: z.string().optional(),
});
export type FaultMatch = z.infer<typeof FaultMatch>;

/** What the client gets instead of the answer. */
export const FaultEffect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('throttle'), retryAfter: RetryAfter.optional() }),
  z.strictObject({
    kind: z.literal('error'),
    status: z.int().min(400).max(599),
    code: z.string().optional(),
    message: z.string().optional(),
    /** In the words of the service, nothing at all, or a gateway's HTML page. */
    body: z.enum(['service', 'empty', 'html']).default('service'),
    retryAfter: RetryAfter.optional(),
  }),
  /** Any status, type and text: success with garbage, HTML from a proxy, a redirect. */
  z.strictObject({
    kind: z.literal('raw'),
    status: z.int().min(200).max(599).default(200),
    headers: z.record(z.string(), z.string()).default({ 'content-type': 'text/html' }),
    body: z.string().default('<html><body>Please sign in to the network</body></html>'),
  }),
  /** Breaks the connection without a reply. */
  z.strictObject({ kind: z.literal('reset') }),
  /** Half of the body under the full Content-Length, then a broken connection. */
  z.strictObject({ kind: z.literal('truncate') }),
  /** A Content-Length that is wrong by `delta`; the connection is closed after the body. */
  z.strictObject({ kind: z.literal('content-length'), delta: z.int().refine((delta) => delta !== 0) }),
]);
export type FaultEffect = z.infer<typeof FaultEffect>;

/**
 * A fault to inject. `before` leaves the world untouched; `after` carries the request out first, and damages only what
 * the client hears about it.
 */
export const FaultPlan = z
  .strictObject({
    match: FaultMatch.default({}),
    /** How often; absent: until cleared. */
    times: z.int().positive().optional(),
    /** How many matching requests pass unharmed first. */
    skip: z.int().nonnegative().default(0),
    when: z.enum(['before', 'after']).default('before'),
    /** Milliseconds of real time, or until the fault is cleared. */
    delay: z.union([z.int().positive(), z.literal('until-cleared')]).optional(),
    /** Absent: the real answer, only late. */
    effect: FaultEffect.optional(),
  })
  .refine((plan) => plan.delay !== undefined || plan.effect !== undefined, 'a fault needs an effect or a delay');
export type FaultPlan = z.infer<typeof FaultPlan>;
