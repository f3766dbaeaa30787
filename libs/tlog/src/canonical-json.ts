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
  return encode(value, []);
}

type Path = (string | number)[];

function encode(value: unknown, path: Path): string {
  if (typeof value === 'string') return encodeString(value, path);
  // Safe integers print alike in every language, so no float formatting rule is ever needed.
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  if (typeof value !== 'object') return refuse(`is a ${typeof value} that JSON cannot carry exactly`, path);
  // A path is as long as its value is deep.
  if (path.length >= maxDepth) return refuse(`is nested deeper than ${maxDepth}`, path);
  return Array.isArray(value) ? encodeArray(value, path) : encodeObject(value, path);
}

/** Printable ASCII without the two characters that JSON escapes: what nearly every string is. */
const plainText = /^[ !#-[\]-~]*$/;

function encodeString(text: string, path: Path): string {
  if (plainText.test(text)) return `"${text}"`;
  if (!text.isWellFormed() || text.includes('\0')) refuse('holds a lone surrogate or U+0000', path);
  return JSON.stringify(text);
}

function encodeArray(items: readonly unknown[], path: Path): string {
  let text = '[';
  for (let index = 0; index < items.length; index += 1) {
    path.push(index);
    text += (index === 0 ? '' : ',') + encode(items[index], path);
    path.pop();
  }
  return `${text}]`;
}

function encodeObject(object: object, path: Path): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) refuse('is not a plain object', path);
  const members = object as Readonly<Record<string, unknown>>;
  let text = '{';
  // The default order of sort() is by UTF-16 code units, which is what RFC 8785 §3.2.3 asks for.
  for (const name of Object.keys(members).sort()) {
    path.push(name);
    text += `${text === '{' ? '' : ','}${encodeString(name, path)}:${encode(members[name], path)}`;
    path.pop();
  }
  return `${text}}`;
}

function refuse(why: string, path: Path): never {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step.toWellFormed()}`)).join('');
  throw new TlogError('not_canonical', `$${place} ${why}`);
}
