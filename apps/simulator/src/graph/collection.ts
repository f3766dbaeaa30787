import { type Exchange, jsonReply, type Reply } from '../http/exchange.ts';
import { graphRootOf } from '../clouds.ts';

const contentType = {
  'content-type': 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
  'odata-version': '4.0',
};

type Entity = Readonly<Record<string, unknown>>;

/** `@odata.context` of something below the version's root; it names the cloud's real Graph. */
export function contextOf(exchange: Exchange, what: string): string {
  return `${graphRootOf(exchange.site.cloud)}/v1.0/$metadata#${what}`;
}

/** A single entity, reduced to `$select` when the request has one. */
export function entityReply(exchange: Exchange, context: string, entity: Entity, status = 200): Reply {
  const select = exchange.query.get('$select');
  const fullContext = select === null ? context : context.replace(/(\/\$entity)$/, `(${select})$1`);
  return jsonReply(
    status,
    { '@odata.context': contextOf(exchange, fullContext), ...selected(entity, select) },
    contentType,
  );
}

function selected(entity: Entity, select: string | null): Entity {
  if (select === null) return entity;
  const names = select.split(',').map((name) => name.trim());
  return Object.fromEntries(Object.entries(entity).filter(([name]) => name.startsWith('@') || names.includes(name)));
}

/** A page of a collection, with `@odata.nextLink` when there is more. */
export function collectionReply(
  exchange: Exchange,
  context: string,
  items: readonly Entity[],
  pageSize: number,
): Reply {
  const from = Number(exchange.query.get('$skiptoken') ?? 0);
  const size = Math.min(Number(exchange.query.get('$top') ?? pageSize), pageSize);
  const select = exchange.query.get('$select');
  const next = new URLSearchParams(exchange.query);
  next.set('$skiptoken', String(from + size));
  const more = from + size < items.length;
  return jsonReply(
    200,
    {
      '@odata.context': contextOf(exchange, context),
      ...(more ? { '@odata.nextLink': `${exchange.origin}${exchange.path}?${next.toString()}` } : {}),
      value: items.slice(from, from + size).map((item) => selected(item, select)),
    },
    contentType,
  );
}
