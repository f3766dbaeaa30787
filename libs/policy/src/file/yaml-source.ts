import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Path } from './policy-problem.ts';
import { type YamlMistake, YamlReader } from './yaml-reader.ts';

/** A line and a column, from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A YAML 1.2 text as plain values that remember where they came from. */
export class YamlSource {
  /** Mappings have no prototype. */
  readonly value: unknown;
  /** The text is no YAML, so that `value` says nothing. */
  readonly broken: boolean;
  readonly mistakes: readonly YamlMistake[];
  readonly #document: Document.Parsed | undefined;
  readonly #reader = new YamlReader();
  readonly #lines = new LineCounter();

  /** Does not throw: everything that is wrong with the text is in `mistakes`. */
  constructor(text: string) {
    const parsed = parse(text, this.#lines);
    this.broken = 'broken' in parsed;
    if ('broken' in parsed) {
      this.mistakes = parsed.broken;
      return;
    }
    this.#document = parsed.document;
    this.value = this.#reader.read(parsed.document.contents);
    this.mistakes = this.#reader.mistakes;
  }

  position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  /** Offset of the value at a path, or of its key; of the nearest thing around it when there is no such value. */
  offsetOf(path: Path, at: 'key' | 'value'): number {
    let node: unknown = this.#document?.contents;
    let offset = startOf(node) ?? 0;
    for (const [depth, step] of path.entries()) {
      if (isAlias(node)) node = this.#reader.targetOf(node);
      const wantsKey = at === 'key' && depth === path.length - 1;
      const next = child(node, step);
      if (next === undefined) break;
      node = wantsKey ? next.key : next.value;
      offset = startOf(node) ?? startOf(next.key) ?? offset;
    }
    return offset;
  }
}

const tooDeep = 'cannot be read as YAML: nested too deeply';

type Parsed = { readonly document: Document.Parsed } | { readonly broken: readonly YamlMistake[] };

/** The parser's own check of unique keys takes quadratic time, so the reader does it. */
function parse(text: string, lineCounter: LineCounter): Parsed {
  const options = { lineCounter, prettyErrors: false, stringKeys: true, uniqueKeys: false, logLevel: 'error' } as const;
  const broken = (offset: number, message: string): YamlMistake => ({ offset, path: [], code: 'yaml_syntax', message });
  let document: Document.Parsed;
  try {
    document = parseDocument(text, options);
  } catch {
    return { broken: [broken(0, tooDeep)] };
  }
  const { version, explicit } = document.directives.yaml;
  if (explicit === true && version !== '1.2') return { broken: [broken(0, 'must be YAML 1.2')] };
  // The parser's stack ran out, and each level that it left behind has an error of its own.
  const exhausted = document.errors.findLast((error) => error.code === 'RESOURCE_EXHAUSTION');
  if (exhausted !== undefined) return { broken: [broken(exhausted.pos[0], tooDeep)] };
  if (document.errors.length > 0) {
    return { broken: document.errors.map((error) => broken(error.pos[0], oneLine(error.message))) };
  }
  return { document };
}

function oneLine(message: string): string {
  return message.split('\n', 1)[0]?.slice(0, 200) ?? '';
}

function child(node: unknown, step: string | number): { readonly key: unknown; readonly value: unknown } | undefined {
  if (isMap(node)) return node.items.find(({ key }) => isScalar(key) && key.value === step);
  if (isSeq(node) && typeof step === 'number' && step < node.items.length) {
    return { key: node.items[step], value: node.items[step] };
  }
  return undefined;
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
}
