import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One call of `az`, as the stand-in recorded it. */
export interface AzCall {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  /** Of the file that `az keyvault secret set` was given. */
  readonly content: string;
}

/** A GUID that is the same for the same name. */
export function guidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * A shell function that stands for `az`. It appends its arguments to the file `az-calls`, with the content of a --file
 * (which the guide removes later), and prints the answer for `<command> <--query> [<--id>]`; it fails where a guide
 * asks something else. A function and not a program, because guides call it dozens of times.
 */
export function azStandIn(answers: Readonly<Record<string, string>>): string {
  const cases = Object.entries(answers).map(([asked, answer]) => `    "${asked}") echo '${answer}' ;;`);
  return String.raw`
az() (
  words=; query=; id=; previous=
  for arg; do
    case $arg in --*) previous=$arg; continue ;; esac
    case $previous in
      '') words="$words $arg" ;;
      --query) query=$arg ;;
      --id) id=$arg ;;
      --file) [ "$words" != ' keyvault secret set' ] || content=$(cat "$arg") ;;
    esac
  done
  printf '%s\037' "${'$'}{content-}" "$@" >> az-calls
  printf '\036' >> az-calls
  [ -n "$query" ] || exit 0
  case "${'$'}{words# } $query${'$'}{id:+ $id}" in
${cases.join('\n')}
    *) echo "az was asked something new: $words $query $id" >&2; exit 1 ;;
  esac
)
`;
}

/** What the stand-in recorded in `folder`. */
export function recordedCalls(folder: string): readonly AzCall[] {
  const records = readFileSync(join(folder, 'az-calls'), 'utf8').split('\u001e').slice(0, -1);
  return records.map((record) => {
    const [content = '', ...args] = record.split('\u001f').slice(0, -1);
    const first = args.findIndex((arg) => arg.startsWith('--'));
    const options: Record<string, string> = {};
    let name = '';
    for (const arg of args.slice(first)) {
      if (arg.startsWith('--')) options[(name = arg.slice(2))] = '';
      else options[name] = [options[name], arg].filter(Boolean).join(' ');
    }
    return { command: args.slice(0, first).join(' '), options, content };
  });
}
