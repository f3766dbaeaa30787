import fc from 'fast-check';
import { parseNote } from './note.ts';

const line = '\u2014 log.example AAAAAAAA';
const note = `log.example\n3\nroot\n\n${line}\n`;

describe('a signed note', () => {
  it('is taken apart at its last empty line', () => {
    const parsed = parseNote(`a\n\nb\n\n${line}\n${line}\n`);
    expect(parsed?.text).toBe('a\n\nb\n');
    expect(parsed?.lines).toEqual([
      { name: 'log.example', id: Buffer.alloc(4), signature: Buffer.alloc(2) },
      { name: 'log.example', id: Buffer.alloc(4), signature: Buffer.alloc(2) },
    ]);
  });

  it.each([
    ['nothing at all', ''],
    ['no signature', 'text\n\n'],
    ['no empty line', `text\n${line}\n`],
    ['no newline at its end', note.slice(0, -1)],
    ['bytes after its end', `${note}x`],
    ['a hyphen where a dash must be', note.replace('\u2014', '-')],
    ['a second space', note.replace('\u2014 ', '\u2014  ')],
    ['a name with a plus', note.replace('log.example A', 'log+example A')],
    ['a name with a space that is none of ASCII', note.replace('log.example A', 'log\u00a0example A')],
    ['a signature that is not canonical base64', note.replace('AAAAAAAA', 'AAAAAAA')],
    ['a signature that is only a key id', note.replace('AAAAAAAA', 'AAAAAA==')],
    ['a carriage return', note.replace('\n3', '\r\n3')],
    ['a NUL', note.replace('3', '\0')],
    ['half of a surrogate pair', note.replace('3', '\ud800')],
    ['more signatures than a hundred', `text\n\n${`${line}\n`.repeat(101)}`],
  ])('is none with %s', (_what, text) => {
    expect(parseNote(text)).toBeUndefined();
  });

  it('may have as many as a hundred signatures', () => {
    expect(parseNote(`text\n\n${`${line}\n`.repeat(100)}`)?.lines).toHaveLength(100);
  });

  it('is put together from its parts again, or is none', () => {
    const piece = fc.constantFrom('\n', '\n\n', '\u2014 ', 'log', ' ', 'AAAAAAAA', '=', '+', line, 'x', '\r');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const parsed = parseNote(text);
        if (parsed === undefined) return;
        const lines = parsed.lines.map(({ name, id, signature }) => {
          return `\u2014 ${name} ${Buffer.concat([id, signature]).toString('base64')}\n`;
        });
        expect(`${parsed.text}\n${lines.join('')}`).toBe(text);
      }),
      { numRuns: 600 },
    );
  });
});
