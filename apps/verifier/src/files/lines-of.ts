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
      yield { text: Buffer.concat([...rest, chunk.subarray(from, end)]).toString('utf8'), ended: true };
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield { text: Buffer.concat(rest).toString('utf8'), ended: false };
}
