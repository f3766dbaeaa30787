import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { fillWithDenials } from './fill-with-denials.ts';
import { Interlock } from './interlock.ts';
import { memoryOf } from './process-memory.ts';

/** What an export of a whole log came to. */
export interface ExportedLog {
  /** Entries, by the signed line at the end and as they were counted here. */
  readonly said: number;
  readonly counted: number;
  readonly bytes: number;
  /** By how much the broker's memory grew over it, in bytes: its peak beside what it held before. */
  readonly grown: number;
}

/** Fills a log with so many denials and exports it over HTTP from a broker that has served a short export before. */
export async function exportLog(entries: number): Promise<ExportedLog> {
  const interlock = await Interlock.start();
  try {
    await fillWithDenials(interlock.environment(), entries);
    const broker = await interlock.broker();
    const token = await interlock.reviewer();
    const exported = (query: string) => lines(`${broker.url}/api/audit/export?purpose=memory&${query}`, token);
    // The code is compiled and the caches are there before anything is measured.
    await exported('index=0..999');
    const before = memoryOf(broker.pid).now;
    const whole = await exported('format=ndjson');
    return { ...whole, grown: memoryOf(broker.pid).peak - before };
  } finally {
    await interlock.stop();
  }
}

async function lines(url: string, token: string): Promise<Omit<ExportedLog, 'grown'>> {
  const [reply] = (await once(get(url, { headers: { authorization: `Bearer ${token}` } }), 'response')) as [
    IncomingMessage,
  ];
  let ended = 0;
  let bytes = 0;
  let last = '';
  for await (const chunk of reply) {
    const text = String(chunk);
    bytes += text.length;
    ended += text.split('\n').length - 1;
    last = (last + text).slice(-4096);
  }
  if (reply.statusCode !== 200) throw new Error(`the export came to ${reply.statusCode}: ${last}`);
  const { count } = JSON.parse(last.trimEnd().split('\n').at(-1) ?? '') as { readonly count: number };
  return { said: count, counted: ended - 1, bytes };
}
