import { readFileSync } from 'node:fs';
import type { Variables } from '#config';
import { azureCliToken } from '#graph';
import { CodedError } from '#kernel';
import { FileUnreadable } from '../audit/file-unreadable.ts';

/** Where a token comes from; a file goes before a scope, and both before the variable. */
export interface TokenSource {
  readonly tokenFile?: string;
  /** Of Interlock's API, such as `api://interlock/.default`. */
  readonly scope?: string;
}

/** Nobody said where the token is. */
class TokenMissing extends CodedError {
  override readonly code = 'token_missing';

  constructor() {
    super('Give a token: --token-file, --scope (by the Azure CLI), or the variable INTERLOCK_TOKEN.');
  }
}

/** The access token for the broker. Never an argument: those can be seen by everybody on the machine. */
export async function accessToken({ tokenFile, scope }: TokenSource, variables: Variables): Promise<string> {
  if (tokenFile !== undefined) return textOf(tokenFile);
  if (scope !== undefined) return azureCliToken(scope);
  const given = variables['INTERLOCK_TOKEN']?.trim();
  if (given === undefined || given === '') throw new TokenMissing();
  return given;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new FileUnreadable(file, { cause });
  }
}
