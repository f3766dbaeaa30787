/**
 * The event of a leaf, or null when the bytes are not JSON: only somebody who changed the database can have put them
 * there, and what they did must come out as a broken entry and not as another line or a failed export.
 */
export function leafJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
}
