import { SignInError } from './sign-in-error.ts';

/** Stands for our own origin: a path that leads elsewhere is resolved to another one. */
const here = 'https://interlock.invalid';
const maxLength = 2_000;

/**
 * A path of ours, with query and fragment, to which a browser may be sent after the sign-in. Refuses `return_to_refused`:
 * whatever a browser could take for the address of another host, and what is no visible ASCII.
 * @see https://url.spec.whatwg.org/#url-parsing (backslashes count as slashes, tabs and line breaks are removed)
 */
export function returnPath(text: string | undefined): string {
  const path = text ?? '/';
  const isPath = path.length <= maxLength && /^\/(?![/\\])[!-~]*$/.test(path) && !path.includes('\\');
  if (!isPath || new URL(path, here).origin !== here) {
    throw new SignInError('return_to_refused');
  }
  return path;
}
