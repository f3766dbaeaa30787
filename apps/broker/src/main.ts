import { type Config, processVariables } from '#config';
import { CodedError } from '#kernel';
import { SystemClock } from '#kernel';
import { type Logger, pino } from 'pino';
import { type Broker, startBroker } from './start/broker.ts';
import { logOutput } from './start/log-output.ts';
import { prepareStart } from './start/prepare-start.ts';

/** Requests have 25 s to finish and outcomes as long as the log takes; beyond this the next start reconciles. */
const longestStopMillis = 35_000;

/** Exit codes: 0 ended on a signal, 1 failed unforeseen, 2 could not start with what it was given. */
async function main(): Promise<void> {
  const prepared = prepareStart(processVariables());
  const log = pino({ level: prepared.configuration.config.logLevel, base: null }, logOutput());
  const running: { broker?: Broker } = {};
  const stop = (signal: string): void => {
    log.info({ signal }, 'stopping');
    void new SystemClock().wait(prepared.configuration.config.drainMillis + longestStopMillis).then(() => {
      log.error('did not stop in time');
      process.exit(1);
    });
    // A start that is cut short leaves nothing behind: transactions roll back, locks end with the process.
    const stopped = running.broker?.stop() ?? Promise.resolve();
    stopped.then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  // Before the start: as process 1 of a container there is no default handler that would end it.
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.on('SIGUSR2', () => {
    toggleDebug(log, prepared.configuration.config.logLevel);
  });
  process.on('SIGHUP', () => {
    void running.broker?.reloadPolicy();
  });
  running.broker = await startBroker(prepared, log);
}

/** To `debug`, and back to what is configured. */
function toggleDebug(log: Logger, configured: Config['logLevel']): void {
  const level = log.level === 'debug' ? (configured === 'debug' ? 'info' : configured) : 'debug';
  // Said while more is logged, so that it is seen both ways.
  if (level === 'debug') log.level = level;
  log.info({ level }, 'log level changed');
  log.level = level;
}

main().catch((error: unknown) => {
  // A coded error's message is written for the operator; of anything else the stack is what helps.
  console.error(error instanceof CodedError ? error.message : error);
  process.exit(error instanceof CodedError ? 2 : 1);
});
