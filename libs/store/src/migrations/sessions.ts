import type { Dialect, Words } from './dialect.ts';

/** Migration 14: sessions of the console, and what may be used but once. */
export function sessions(_dialect: Dialect, { integer, bytes, text, length, tableEnd }: Words): readonly string[] {
  return [
    `create table console_session (
      digest ${text} not null primary key check (${length('digest')} = 64),
      generation ${integer} not null check (generation > 0),
      started_by ${text} not null,
      subject ${text} not null,
      issuer_session ${text},
      signed_in_at ${integer} not null,
      seen_at ${integer} not null,
      ends_at ${integer} not null,
      nonce ${bytes} not null,
      content ${bytes} not null,
      ending ${text},
      ended_at ${integer},
      check ((ending is null) = (ended_at is null))
    ) ${tableEnd}`,
    'create index console_session_subject on console_session (subject)',
    'create index console_session_issuer_session on console_session (issuer_session)',
    `create table one_time_use (
      digest ${text} not null primary key check (${length('digest')} = 64),
      until ${integer} not null
    ) ${tableEnd}`,
    'create index one_time_use_until on one_time_use (until)',
  ];
}
