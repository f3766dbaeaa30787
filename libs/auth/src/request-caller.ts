import type { Caller } from '#kernel';
import { AuthenticationError } from './authentication-error.ts';

type Authentication =
  | { readonly kind: 'caller'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly error: AuthenticationError };

/** Outside the request object: no plugin, body or header can put a caller there. */
const authentications = new WeakMap<object, Authentication>();

/** Makes `caller` the caller of a request. Throws a TypeError when the request has been judged already. */
export function attachCaller(request: object, caller: Caller): void {
  attach(request, { kind: 'caller', caller });
}

/**
 * Keeps why a request has no caller, so that a public handler can still answer and every other refuses with the true
 * reason. Throws a TypeError when the request has been judged already.
 */
export function attachRefusal(request: object, error: AuthenticationError): void {
  attach(request, { kind: 'refused', error });
}

/** The caller of a request; throws the attached refusal, or `token_missing` when the request was never judged. */
export function callerOf(request: object): Caller {
  const authentication = authentications.get(request);
  if (authentication === undefined) throw new AuthenticationError('token_missing');
  if (authentication.kind === 'refused') throw authentication.error;
  return authentication.caller;
}

function attach(request: object, authentication: Authentication): void {
  if (authentications.has(request)) throw new TypeError('the request has been authenticated already');
  authentications.set(request, authentication);
}
