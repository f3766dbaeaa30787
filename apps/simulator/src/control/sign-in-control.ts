import axios from 'axios';
import { z } from 'zod';
import { LogoutTokenRequest, type LogoutTokens } from '../entra/logout-tokens.ts';
import type { SignIn, SignIns } from '../entra/sign-ins.ts';
import type { UserTokens } from '../entra/user-tokens.ts';
import { ids } from '../world/default-world.ts';
import type { Directory } from '../world/directory.ts';
import { TokenLifetime } from './commands.ts';

/** The parts that have to do with people who sign in. */
export interface SignInParts {
  readonly directory: Directory;
  readonly signIns: SignIns;
  readonly userTokens: UserTokens;
  readonly logoutTokens: LogoutTokens;
}

const RedirectUri = z.strictObject({ application: z.string().default(ids.console.appId), uri: z.url() });
const Person = z.strictObject({ user: z.string() });
const Logout = LogoutTokenRequest.extend({ url: z.url() });

/** What may be done to sign-ins of people. */
export class SignInControl {
  readonly #parts: SignInParts;

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  /** Registers an address to which people may come back, by default of the console. */
  allowRedirect(redirect: z.input<typeof RedirectUri>): void {
    const { application, uri } = RedirectUri.parse(redirect);
    this.#parts.directory.application(application).redirectUris.push(uri);
  }

  /** Who is signed in, newest last; `sid` is what logout tokens name. */
  signIns(): readonly SignIn[] {
    return this.#parts.signIns.all();
  }

  /** Revokes a person's refresh tokens, as an administrator does. */
  revokeSignIns(person: z.input<typeof Person>): void {
    this.#parts.signIns.revoke(Person.parse(person).user);
  }

  /** How long access tokens of people live from now on. */
  setUserTokenLifetime(lifetime: z.input<typeof TokenLifetime>): void {
    this.#parts.userTokens.lifetime = TokenLifetime.parse(lifetime).seconds;
  }

  mintLogoutToken(request: z.input<typeof LogoutTokenRequest> = {}): string {
    return this.#parts.logoutTokens.mint(LogoutTokenRequest.parse(request));
  }

  /** Sends a logout token to a client's back-channel address and returns the status of its reply. */
  async sendLogout(logout: z.input<typeof Logout>): Promise<number> {
    const { url, ...request } = Logout.parse(logout);
    const form = new URLSearchParams({ logout_token: this.mintLogoutToken(request) });
    const { status } = await axios.post(url, form, { proxy: false, maxRedirects: 0, validateStatus: () => true });
    return status;
  }
}
