import { readCommandLine } from './command-line.ts';
import { startSimulator } from './simulator.ts';

const options = readCommandLine(process.argv);
const simulator = await startSimulator(options);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close());

const { url, controlUrl, managedIdentity } = simulator;
process.stdout.write(`${JSON.stringify({ url, controlUrl, managedIdentity, caFile: options.caFile ?? null })}\n`);
