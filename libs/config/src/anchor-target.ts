/** Where checkpoints are handed to. */
export type AnchorTarget =
  /** A directory, best on write-once storage. */
  | { readonly kind: 'directory'; readonly path: string }
  /** An endpoint that takes them by POST, with a bearer token from a file if one is named. */
  | { readonly kind: 'https'; readonly url: string; readonly tokenFile?: string }
  /** A C2SP witness: its submission prefix without trailing slash, and its key. */
  | { readonly kind: 'witness'; readonly url: string; readonly vkey: string };

/** Reads `dir:/path`, `https://host/path[#bearer=/file]` or `witness+https://host/path#vkey`; undefined for anything else. */
export function readAnchorTarget(text: string): AnchorTarget | undefined {
  const path = /^dir:(\/[^\0]*)$/.exec(text)?.[1];
  if (path !== undefined) return { kind: 'directory', path };
  const [, witness, address = '', fragment] = /^(witness\+)?(https:[^#]*)(?:#(.+))?$/.exec(text) ?? [];
  const url = plainUrl(address);
  if (url === undefined) return undefined;
  if (witness !== undefined) {
    return fragment === undefined ? undefined : { kind: 'witness', url: url.replace(/\/$/, ''), vkey: fragment };
  }
  if (fragment === undefined) return { kind: 'https', url };
  const tokenFile = /^bearer=(\/.+)$/.exec(fragment)?.[1];
  return tokenFile === undefined ? undefined : { kind: 'https', url, tokenFile };
}

/** Without user, password and query, because what is here is shown: in metrics, in the log and at the API. */
function plainUrl(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const plain = url?.protocol === 'https:' && url.username === '' && url.password === '' && !address.includes('?');
  return plain ? url.href : undefined;
}
