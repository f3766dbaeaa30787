import { TlogError } from './tlog-error.ts';

/** How many objects and arrays may stand inside each other, the outermost included. */
const maxDepth = 8;

/**
 * The one text of a JSON value: RFC 8785 (JCS), narrowed so that no two readers can disagree about it. Refused with
 * `not_canonical` and the path: lone surrogates and U+0000 in strings or names, numbers that are not safe integers,
 * undefined (array holes too), objects that are not plain, more than 8 levels. `toJSON` is never called.
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: unknown): string {
  return encode(value, [], 0);
}

/** The steps that led to a value, as many as it is deep; what stands behind those belongs to values before it. */
type Path = (string | number)[];

function encode(value: unknown, path: Path, depth: number): string {
  if (typeof value === 'string') return encodeString(value, path, depth);
  // Safe integers print alike in every language, so no float formatting rule is ever needed.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  if (typeof value !== 'object') return refuse(`is a ${typeof value} that JSON cannot carry exactly`, path, depth);
  if (depth >= maxDepth) return refuse(`is nested deeper than ${maxDepth}`, path, depth);
  return Array.isArray(value) ? encodeArray(value, path, depth) : encodeObject(value, path, depth);
}

/** Printable ASCII without the two characters that JSON escapes: what nearly every string is. */
const plainText = /^[ !#-[\]-~]*$/;

function encodeString(text: string, path: Path, depth: number): string {
  if (plainText.test(text)) return `"${text}"`;
  if (!text.isWellFormed() || text.includes('\0')) refuse('holds a lone surrogate or U+0000', path, depth);
  return JSON.stringify(text);
}

function encodeArray(items: readonly unknown[], path: Path, depth: number): string {
  let text = '[';
  for (let index = 0; index < items.length; index += 1) {
    path[depth] = index;
    text += (index === 0 ? '' : ',') + encode(items[index], path, depth + 1);
  }
  return `${text}]`;
}

function encodeObject(object: object, path: Path, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) refuse('is not a plain object', path, depth);
  const members = object as Readonly<Record<string, unknown>>;
  let text = '{';
  for (const name of inOrder(Object.keys(members))) {
    path[depth] = name;
    text += (text === '{' ? '' : ',') + encodeName(name, path, depth + 1) + encode(members[name], path, depth + 1);
  }
  return `${text}}`;
}

/** By UTF-16 code units, which is what RFC 8785 §3.2.3 asks for and sort() does. Most objects are made in order. */
function inOrder(names: string[]): readonly string[] {
  for (let at = 1; at < names.length; at += 1) {
    if ((names[at - 1] ?? '') > (names[at] ?? '')) return names.sort();
  }
  return names;
}

/** Names repeat from object to object. Bounded, because some are made of what happened. */
const knownNames = new Map<string, string>();
const maxKnownNames = 500;

function encodeName(name: string, path: Path, depth: number): string {
  const known = knownNames.get(name);
  if (known !== undefined) return known;
  const encoded = `${encodeString(name, path, depth)}:`;
  if (knownNames.size < maxKnownNames) knownNames.set(name, encoded);
  return encoded;
}

function refuse(why: string, path: Path, depth: number): never {
  const steps = path.slice(0, depth);
  const place = steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step.toWellFormed()}`)).join('');
  throw new TlogError('not_canonical', `$${place} ${why}`);
}
