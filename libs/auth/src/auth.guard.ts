import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import { type Caller, holdsRight, type Right } from '#kernel';
import { AuthorizationError } from './authorization-error.ts';
import { callerOf } from './request-caller.ts';

/** Who may call a handler: callers with a right, any caller, or anybody at all. */
export type Requirement = Right | 'authenticated' | 'public';

/** By handler. Asked for every request, so without the search through prototypes that metadata takes. */
const requirements = new WeakMap<Handler, Requirement>();

type Handler = (...args: never[]) => unknown;

/** Only for methods: on a class it would open handlers that are written later. */
type HandlerDecorator = (target: object, name: string | symbol, descriptor: PropertyDescriptor) => void;

function declare(requirement: Requirement): HandlerDecorator {
  return (_, name, descriptor) => {
    const handler = descriptor.value as Handler;
    if (requirementOf(handler) !== undefined) throw new TypeError(`${String(name)} declares two requirements.`);
    requirements.set(handler, requirement);
  };
}

/** Opens a handler to callers that hold `requirement`, or to every authenticated caller. */
export function Requires(requirement: Right | 'authenticated'): HandlerDecorator {
  return declare(requirement);
}

/** Opens a handler to anybody, without a token. */
export function Public(): HandlerDecorator {
  return declare('public');
}

/** What a handler declares, or undefined: then nobody may call it. */
export function requirementOf(handler: Handler): Requirement | undefined {
  return requirements.get(handler);
}

/**
 * Global guard. Denies handlers that declare nothing; it reads the caller that was attached before the body was parsed
 * and authenticates nobody itself. What the caller may do to which job is for the policy.
 */
@Injectable()
export class AuthorizationGuard implements CanActivate {
  /** True, or throws the AuthenticationError of {@link callerOf} or {@link AuthorizationError}. */
  canActivate(context: ExecutionContext): true {
    const requirement = requirementOf(context.getHandler() as Handler);
    if (requirement === undefined) throw AuthorizationError.requirementUndeclared();
    if (requirement === 'public') return true;
    const caller = callerOf(requestOf(context));
    if (requirement !== 'authenticated' && !holdsRight(caller, requirement)) {
      throw AuthorizationError.insufficientScope(requirement);
    }
    return true;
  }
}

/** Handler parameter: the verified {@link Caller}. In a public handler it refuses as {@link callerOf} does. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  return callerOf(requestOf(context));
});

function requestOf(context: ExecutionContext): object {
  return context.switchToHttp().getRequest<object>();
}
