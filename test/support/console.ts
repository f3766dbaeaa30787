import axios from 'axios';
import { clientOf } from '../../apps/simulator/src/simulator-client.ts';
import type { Simulator } from '../../apps/simulator/src/simulator.ts';
import { consoleSecret, consoleUrl, ids } from '../../apps/simulator/src/world/default-world.ts';
import { type Reply, replyOf } from './http-client.ts';

/** Settings with which people can sign in to a broker. A proxy that ends TLS stands before it, so to speak. */
export const consoleSettings = {
  INTERLOCK_CONSOLE_CLIENT_ID: ids.console.appId,
  INTERLOCK_CONSOLE_CLIENT_SECRET: consoleSecret,
  INTERLOCK_CONSOLE_URL: consoleUrl,
} as const;

export const sessionCookie = '__Host-interlock-session';
export const signInCookie = '__Host-interlock-sign-in';

interface Cookie {
  readonly value: string;
  /** Lower-case, as the server set them. */
  readonly attributes: ReadonlySet<string>;
}

/** What causes a request: a script of the console, a navigation inside it or from another site. */
export type Cause = 'script' | 'navigation' | 'navigation from elsewhere';

/** A browser: it keeps cookies of the console and sends them as their attributes say. */
export class Browser {
  readonly cookies = new Map<string, Cookie>();

  constructor(
    /** Where requests to the console really go. */
    readonly broker: string,
    readonly cloud: Simulator,
  ) {}

  /** A request to the console. `headers` come last. */
  async ask(
    path: string,
    {
      method = 'GET',
      cause = 'script',
      body,
      headers = {},
    }: {
      readonly method?: string;
      readonly cause?: Cause;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ): Promise<Reply> {
    const fetchSite = cause === 'navigation from elsewhere' ? 'cross-site' : 'same-origin';
    const cookie = this.#cookiesFor(cause);
    const reply = await axios.request<unknown>({
      url: this.broker + path,
      method,
      data: body,
      headers: {
        'sec-fetch-site': fetchSite,
        ...(cause === 'script' && { 'interlock-console': '1' }),
        ...(method !== 'GET' && { origin: consoleUrl }),
        ...(cookie !== '' && { cookie }),
        ...headers,
      },
      validateStatus: () => true,
      maxRedirects: 0,
    });
    this.#keep(reply.headers['set-cookie'] ?? []);
    return replyOf(reply);
  }

  /** Goes to the identity provider; gives the path of the console to which it sends the browser back. */
  async chooseAt(address: string, person: string): Promise<string> {
    const url = new URL(address);
    url.searchParams.set('login_hint', person);
    const { status, headers } = await clientOf(this.cloud).get<string>(url.href);
    const back = String(headers['location']);
    if (status !== 302 || !back.startsWith(`${consoleUrl}/`)) throw new Error(`Not sent back: ${status} ${back}`);
    return back.slice(consoleUrl.length);
  }

  /** Begins a sign-in; gives the address of the identity provider. */
  async beginSignIn(returnTo = '/'): Promise<string> {
    const query = new URLSearchParams({ returnTo });
    const { headers } = await this.ask(`/session/login?${query.toString()}`, { cause: 'navigation' });
    return headers['location'] ?? '';
  }

  /** Comes back from the identity provider. */
  comeBack(path: string): Promise<Reply> {
    return this.ask(path, { cause: 'navigation from elsewhere' });
  }

  /** All of a sign-in. */
  async signIn(person: { readonly userPrincipalName: string }, returnTo = '/'): Promise<Reply> {
    return this.comeBack(await this.chooseAt(await this.beginSignIn(returnTo), person.userPrincipalName));
  }

  /** The id of the session that this browser has. */
  get session(): string | undefined {
    return this.cookies.get(sessionCookie)?.value;
  }

  #cookiesFor(cause: Cause): string {
    const sent = [...this.cookies].filter(
      ([, { attributes }]) => cause !== 'navigation from elsewhere' || attributes.has('samesite=lax'),
    );
    return sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
  }

  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
      const attributes = new Set(rest.map((part) => part.toLowerCase()));
      const name = pair.slice(0, pair.indexOf('='));
      // As browsers do: such a name with other attributes is no cookie.
      const isSound = ['secure', 'path=/'].every((needed) => attributes.has(needed)) && !/domain=/i.test(line);
      if (name.startsWith('__Host-') && !isSound) continue;
      if (attributes.has('max-age=0')) this.cookies.delete(name);
      else this.cookies.set(name, { value: pair.slice(name.length + 1), attributes });
    }
  }
}
