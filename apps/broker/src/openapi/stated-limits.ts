import { bodyLimit } from '../edge/body-parser.ts';
import { longestParameter, maxHeaderSize } from '../edge/request-limits.ts';

/** The longest text of a given part, in characters, and thereby the longest list. */
const lengths = {
  path: longestParameter,
  query: maxHeaderSize,
  header: maxHeaderSize,
  requestBody: bodyLimit,
  /** Some replies are as long as the log, which has no end but that of exact numbers. */
  reply: Number.MAX_SAFE_INTEGER,
} as const;

const rateLimit = {
  description:
    'The limits that the request was counted against, and what is left: sent where limits are set, to callers with a token.',
  schema: { type: 'string', maxLength: maxHeaderSize },
} as const;

type Members = Readonly<Record<string, unknown>>;

/**
 * The description with the limits that hold everywhere written into each schema that says none of its own: the sizes at
 * which requests are refused, and exact numbers. Each reply also says that it may tell the caller's limits.
 */
export function withStatedLimits<Document extends Members>(document: Document): Document {
  return stated(document, lengths.reply) as Document;
}

function stated(node: unknown, longest: number): unknown {
  if (Array.isArray(node)) return node.map((item) => stated(item, longest));
  if (node === null || typeof node !== 'object') return node;
  const members = { ...limitsOf(node as Members, longest), ...node } as Members;
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      if (name === 'responses') return [name, repliesOf(value as Members)];
      if (name === 'requestBody') return [name, stated(value, lengths.requestBody)];
      return [name, stated(value, 'in' in members && name === 'schema' ? lengthIn(members['in']) : longest)];
    }),
  );
}

/** Also of the replies that operations share. */
function repliesOf(replies: Members): Members {
  return Object.fromEntries(
    Object.entries(replies).map(([status, reply]) => {
      const told = stated(reply, lengths.reply) as Members;
      if ('$ref' in told) return [status, told];
      return [status, { ...told, headers: { RateLimit: rateLimit, ...(told['headers'] as Members | undefined) } }];
    }),
  );
}

function lengthIn(place: unknown): number {
  return place === 'path' || place === 'query' || place === 'header' ? lengths[place] : lengths.reply;
}

function limitsOf(schema: Members, longest: number): Members {
  switch (schema['type']) {
    case 'string':
      return 'enum' in schema || 'const' in schema ? {} : { maxLength: longest };
    case 'array':
      return { maxItems: longest };
    case 'integer':
      return { format: 'int64', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
    default:
      return {};
  }
}
