import { Readable } from 'node:stream';
import fc from 'fast-check';
import { type Line, linesOf } from './lines-of.ts';

async function linesIn(bytes: Uint8Array, cuts: readonly number[]): Promise<readonly Line[]> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((one, other) => one - other), bytes.length];
  const chunks = places.slice(1).map((to, at) => bytes.subarray(places[at], to));
  const lines: Line[] = [];
  for await (const line of linesOf(Readable.from(chunks))) lines.push(line);
  return lines;
}

describe('lines of a stream', () => {
  it('do not depend on how it comes in pieces', async () => {
    const text = fc.array(fc.constantFrom('\n', 'a', 'ä', '\u{1f511}', '\r')).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(40), { maxLength: 5 }), async (content, cuts) => {
        const lines = await linesIn(Buffer.from(content), cuts);
        expect(lines.map((line) => line.text + (line.ended ? '\n' : '')).join('')).toBe(content);
        expect(lines.every((line) => !line.text.includes('\n'))).toBe(true);
        expect(lines.slice(0, -1).every(({ ended }) => ended)).toBe(true);
      }),
    );
  });
});
