import { type DestinationStream, pino } from 'pino';

/** When so much waits within a turn, it is written at once. */
const mostCharacters = 64 * 1024;

/**
 * Where log lines go: a file or descriptor, by default standard output, once per turn of the event loop. Under load one
 * turn answers many requests, and a write for each of their lines would cost more than the lines.
 */
export function logOutput(dest: string | number = 1): DestinationStream {
  const output = pino.destination({ dest, sync: true });
  // Gathered here: the destination would count the bytes of all that waits anew with each line.
  let lines = '';
  let due = false;
  const flush = () => {
    due = false;
    const text = lines;
    lines = '';
    if (text !== '') output.write(text);
  };
  // A process that ends within the turn, by its own exit or an error that nobody caught, still tells its last lines.
  process.once('exit', flush);
  return {
    write: (line) => {
      lines += line;
      if (lines.length >= mostCharacters) flush();
      if (due) return;
      due = true;
      setImmediate(flush);
    },
  };
}
