import type { Exchange, Reply } from '../http/exchange.ts';
import type { Directory } from '../world/directory.ts';
import type { Application, Tenant, User } from '../world/world.ts';
import { EntraFailure } from './entra-failure.ts';
import type { SignIns } from './sign-ins.ts';

/** What stands for the choice on the page: with the name of a person, the page is skipped. */
const hint = 'login_hint';

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function page(title: string, body: string): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body: `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1>${body}</html>`,
  };
}

function redirect(target: URL): Reply {
  return { status: 302, headers: { location: target.href, 'cache-control': 'no-store' }, body: '' };
}

/** Nobody has a session with the simulator, so that nobody is signed in without the page. */
function withoutSession(target: URL): URL {
  target.searchParams.set('error', 'login_required');
  target.searchParams.set('error_description', 'AADSTS50058: A silent sign-in was asked for and nobody is signed in.');
  return target;
}

/**
 * The interactive half of Entra: a page that lists the people of the tenant, each a link, and the sign-out. Nobody has
 * a password here.
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code
 */
export class SignInPage {
  readonly #directory: Directory;
  readonly #signIns: SignIns;

  constructor(directory: Directory, signIns: SignIns) {
    this.#directory = directory;
    this.#signIns = signIns;
  }

  /** `GET …/authorize`: the list, or back to the client with a code for the person that `login_hint` names. */
  authorize({ query, path }: Exchange, tenant: Tenant): Reply {
    const parameter = (name: string): string => {
      const value = query.get(name);
      if (value === null || value === '') {
        throw new EntraFailure(900144, `The request must contain the following parameter: '${name}'.`);
      }
      return value;
    };
    const application = this.#application(parameter('client_id'));
    const redirectUri = parameter('redirect_uri');
    if (!application.redirectUris.includes(redirectUri)) {
      throw new EntraFailure(50011, `The redirect URI '${redirectUri}' does not match those of the application.`);
    }
    if (parameter('response_type') !== 'code' || parameter('code_challenge_method') !== 'S256') {
      throw new EntraFailure(900144, 'Only codes with a challenge by S256 are given here.');
    }
    const challenge = parameter('code_challenge');
    const target = new URL(redirectUri);
    target.searchParams.set('state', query.get('state') ?? '');
    if (query.get('prompt') === 'none') return redirect(withoutSession(target));
    const user = tenant.users.find(({ userPrincipalName }) => userPrincipalName === query.get(hint));
    if (user === undefined) return page('Who are you?', this.#list(path, query, tenant.users));
    const signIn = {
      tenantId: tenant.id,
      clientAppId: application.appId,
      userId: user.id,
      scope: parameter('scope'),
      nonce: query.get('nonce'),
    };
    target.searchParams.set('code', this.#signIns.begin(signIn, redirectUri, challenge));
    target.searchParams.set('session_state', tenant.id);
    return redirect(target);
  }

  /** `GET …/logout`: back to the client, where its address is registered. */
  signOut({ query }: Exchange): Reply {
    const target = query.get('post_logout_redirect_uri');
    const clientId = query.get('client_id');
    const known = clientId === null ? undefined : this.#directory.findApplication(clientId);
    if (target !== null && known?.redirectUris.includes(target) === true) return redirect(new URL(target));
    return page('You are signed out', '');
  }

  #application(clientId: string): Application {
    const application = this.#directory.findApplication(clientId);
    if (application !== undefined) return application;
    throw new EntraFailure(700016, `Application with identifier '${clientId}' was not found in the directory.`);
  }

  #list(path: string, query: URLSearchParams, users: readonly User[]): string {
    const items = users.map(({ displayName, userPrincipalName, grants }) => {
      const chosen = new URLSearchParams(query);
      chosen.set(hint, userPrincipalName);
      const roles = grants.map(({ role }) => role).join(', ') || 'no role';
      return `<li><a href="${escaped(`${path}?${chosen.toString()}`)}">${escaped(displayName)}</a> (${escaped(roles)})</li>`;
    });
    return `<ul>${items.join('')}</ul>`;
  }
}
