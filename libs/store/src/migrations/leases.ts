import type { Dialect, Words } from './dialect.ts';

/** Migration: leases, by which replicas agree who does a piece of work. */
export function leases(_dialect: Dialect, { integer, text, tableEnd }: Words): readonly string[] {
  return [
    `create table lease (
      name ${text} not null primary key,
      owner ${text} not null,
      until ${integer} not null,
      fence ${integer} not null check (fence > 0),
      position ${integer} not null default 0 check (position >= 0)
    ) ${tableEnd}`,
  ];
}
