import type { Dialect, Words } from './dialect.ts';

/**
 * Migration 10: claims on requests that come with an Idempotency-Key, and the counts of rate limits. The columns of
 * `rate_limit`, and their order, are those of rate-limiter-flexible.
 */
export function claims(
  _dialect: Dialect,
  { integer, text, bytes, tableEnd, narrowTableEnd }: Words,
): readonly string[] {
  return [
    `create table idempotency_claim (
      id ${text} not null primary key,
      request ${text} not null,
      token ${text} not null,
      lease_until ${integer} not null,
      ends_at ${integer} not null,
      event ${text},
      reply ${bytes}
    ) ${tableEnd}`,
    'create index idempotency_claim_ends on idempotency_claim (ends_at)',

    `create table rate_limit (
      key ${text} not null primary key,
      points integer not null default 0,
      expire ${integer}
    ) ${narrowTableEnd}`,
    'create index rate_limit_expire on rate_limit (expire)',
  ];
}
