/** Starts that spreadsheets take for a formula, also in their full-width forms. */
const formulaStart = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/** What has no look of its own and can hide or reorder what is beside it: controls, bidi and zero-width characters. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\\]/gu;

const shortEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * One field of a CSV record, RFC 4180. It is safe to open in a spreadsheet: what would be a formula begins with an
 * apostrophe. It is safe to look at: invisible characters are escaped as in a JSON string, and so is the backslash,
 * so that the field can be told from one that held the escape.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function csvCell(value: string | number | undefined): string {
  if (value === undefined) return '';
  // A number of ours cannot be a formula, and must stay one.
  if (typeof value === 'number') return String(value);
  const visible = value.replaceAll(invisible, escaped);
  // An escape of TAB or CR leaves nothing for a spreadsheet to start with; the apostrophe says that there was one.
  const dangerous = formulaStart.test(visible) || /^[\t\r]/.test(value);
  const safe = dangerous ? `'${visible}` : visible;
  return /[",]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One record of CSV, with its line end. */
export function csvRecord(values: readonly (string | number | undefined)[]): string {
  return `${values.map(csvCell).join(',')}\r\n`;
}

function escaped(character: string): string {
  const short = shortEscapes[character];
  if (short !== undefined) return short;
  return Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}
