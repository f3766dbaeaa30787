/** How much of an event's variable parts goes into its leaf. Texts count UTF-16 code units. */
export interface LeafLimits {
  readonly text: number;
  readonly items: number;
  readonly rules: number;
}

/** What any ordinary event stays below. */
export const usualLimits: LeafLimits = { text: 256, items: 32, rules: 20 };

/** So small that a leaf fits even when every code unit is escaped to six bytes. */
export const tightLimits: LeafLimits = { text: 64, items: 4, rules: 0 };

const replacement = '\ufffd';

/**
 * The text as canonical JSON can carry it: lone surrogates and U+0000 become U+FFFD, and it is cut to `limit` code
 * units, never within a surrogate pair.
 */
export function storableText(text: string, limit: number): string {
  const cut = text.length > limit ? text.slice(0, isHighSurrogate(text, limit - 1) ? limit - 1 : limit) : text;
  return cut.isWellFormed() && !cut.includes('\0') ? cut : cut.toWellFormed().replaceAll('\0', replacement);
}

function isHighSurrogate(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800;
}

/** Fits texts and lists into a leaf, and remembers whether it had to cut any. */
export class LeafText {
  cut = false;

  constructor(readonly limits: LeafLimits) {}

  of(text: string, limit = this.limits.text): string {
    if (text.length > limit) this.cut = true;
    return storableText(text, limit);
  }

  maybe(text: string | undefined): string | undefined {
    return text === undefined ? undefined : this.of(text);
  }

  list(texts: readonly string[]): string[] {
    const { items } = this.limits;
    if (texts.length > items) this.cut = true;
    return texts.slice(0, items).map((text) => this.of(text));
  }
}
