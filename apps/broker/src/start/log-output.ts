import { type DestinationStream, pino } from 'pino';

/** What buffers until it is told to write. */
export interface BufferedOutput {
  write(line: string): unknown;
  flushSync(): void;
}

/** More than one turn of the event loop ever writes; beyond it lines are written as they come. */
const bufferBytes = 64 * 1024;

/**
 * Where log lines go: standard output, once per turn of the event loop. Under load one turn answers many requests, and a
 * write for each of their lines would cost more than the lines.
 */
export function logOutput(
  output: BufferedOutput = pino.destination({ dest: 1, sync: true, minLength: bufferBytes }),
): DestinationStream {
  let due = false;
  const flush = () => {
    due = false;
    output.flushSync();
  };
  // A process that ends within the turn, by its own exit or an error that nobody caught, still tells its last lines.
  process.once('exit', flush);
  return {
    write: (line) => {
      output.write(line);
      if (due) return;
      due = true;
      setImmediate(flush);
    },
  };
}
