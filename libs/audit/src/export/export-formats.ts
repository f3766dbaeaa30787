import { csvFormat } from './csv-format.ts';
import type { ExportFormat } from './export-format.ts';
import { ndjsonFormat } from './ndjson-format.ts';

/** The formats by the name under which they are asked for. */
export const exportFormats = { ndjson: ndjsonFormat, csv: csvFormat } as const satisfies Record<string, ExportFormat>;

export type ExportFormatName = keyof typeof exportFormats;
