import { type EpochMillis, toTimestamp } from '#kernel';

const day = 24 * 60 * 60 * 1000;

/**
 * The body of security.txt for `contact` (a mailto: or https: URI), served under `origin`. It expires 364 days after
 * the begin of the current day (UTC): the RFC asks for less than a year, and for a text that stays the same.
 * @see https://www.rfc-editor.org/rfc/rfc9116#section-2.5
 */
export function securityTxt(contact: string, origin: string, now: EpochMillis): string {
  const expires = toTimestamp((now - (now % day) + 364 * day) as EpochMillis);
  const fields = [`Contact: ${contact}`, `Expires: ${expires}`];
  // A canonical address that is not https is against the RFC; such a broker is somebody's development.
  if (origin.startsWith('https://')) fields.push(`Canonical: ${origin}/.well-known/security.txt`);
  return fields.map((field) => `${field}\n`).join('');
}
