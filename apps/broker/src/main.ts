import { processVariables } from '#config';
import { CodedError } from '#kernel';
import { pino } from 'pino';
import { startBroker } from './start/broker.ts';
import { prepareStart } from './start/prepare-start.ts';

/** Exit codes: 0 ended on a signal, 1 failed unforeseen, 2 could not start with what it was given. */
async function main(): Promise<void> {
  const prepared = prepareStart(processVariables());
  const log = pino({ level: prepared.configuration.config.logLevel, base: null });
  const broker = await startBroker(prepared, log);
  const stop = (signal: string): void => {
    log.info({ signal }, 'stopping');
    broker.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  // A coded error's message is written for the operator; of anything else the stack is what helps.
  console.error(error instanceof CodedError ? error.message : error);
  process.exit(error instanceof CodedError ? 2 : 1);
});
