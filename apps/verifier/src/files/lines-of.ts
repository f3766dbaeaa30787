/** A line without its newline; `ended` is false when the text ended before one. */
export interface Line {
  readonly text: string;
  readonly ended: boolean;
}

const newline = 0x0a;

/** Lines of a stream of bytes; a line that is not UTF-8 comes as U+FFFD where it is not. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let rest: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      yield { text: textOf([...rest, chunk.subarray(from, end)]), ended: true };
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield { text: textOf(rest), ended: false };
}

/** Most lines stand in one chunk, and their bytes need not be copied. */
function textOf(parts: readonly Uint8Array[]): string {
  const [first = new Uint8Array(), ...others] = parts;
  const bytes =
    others.length === 0 ? Buffer.from(first.buffer, first.byteOffset, first.byteLength) : Buffer.concat(parts);
  return bytes.toString('utf8');
}
