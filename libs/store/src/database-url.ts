import { StoreError } from './store-error.ts';

/** Where the data is: a file of ours, or a PostgreSQL server. */
export type DatabaseUrl =
  | { readonly kind: 'sqlite'; readonly path: string }
  | {
      readonly kind: 'postgres';
      /** Holds the password: never put it into a message. */
      readonly connectionString: string;
      /** Host and port, fit for messages. */
      readonly server: string;
    };

/**
 * Reads a DATABASE_URL: `sqlite:<path>` (relative to the working directory, or `sqlite::memory:`) or a libpq URL.
 * Refuses with {@link StoreError} `database_url_invalid`.
 */
export function parseDatabaseUrl(text: string): DatabaseUrl {
  if (text.startsWith('sqlite:')) return sqliteFile(text.slice('sqlite:'.length));
  if (/^postgres(?:ql)?:/.test(text)) return postgresServer(text);
  throw new StoreError('database_url_invalid');
}

function sqliteFile(rest: string): DatabaseUrl {
  // sqlite:///abs/path has an empty authority; sqlite://host/path would be somebody else's disk.
  const path = rest.startsWith('///') ? rest.slice(2) : rest;
  if (path === '' || path.startsWith('//') || path.endsWith('/') || /[?#\0]/.test(path)) {
    throw new StoreError('database_url_invalid');
  }
  return { kind: 'sqlite', path };
}

function postgresServer(text: string): DatabaseUrl {
  // URL's own error carries the text, and so the password: it is not kept as the cause.
  if (!URL.canParse(text)) throw new StoreError('database_url_invalid');
  const url = new URL(text);
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname);
  if (host === '' || url.pathname.length < 2) throw new StoreError('database_url_invalid');
  pinSslMode(url);
  return { kind: 'postgres', connectionString: url.href, server: `${host}:${url.port === '' ? '5432' : url.port}` };
}

/** pg 8 verifies the certificate in each of these modes, pg 9 will not: say what we mean, so that an update weakens nothing. */
function pinSslMode(url: URL): void {
  const mode = url.searchParams.get('sslmode');
  if (url.searchParams.has('uselibpqcompat')) return;
  if (mode === 'prefer' || mode === 'require' || mode === 'verify-ca') url.searchParams.set('sslmode', 'verify-full');
}
