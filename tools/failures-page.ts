import { type Ending, type FaultRow, type Operation, operations } from '../test/e2e/fault-matrix.ts';

/** The operations that come to the same ending under a fault. */
interface Alike {
  readonly names: readonly Operation[];
  readonly ending: Ending;
}

/** docs/failures.md, from the table that the end-to-end suite makes happen. Markdown, to be formatted. */
export function failuresPage(matrix: readonly FaultRow[]): string {
  const lines = matrix.flatMap(({ fault, endings }) =>
    grouped(endings).map(({ names, ending }) =>
      [fault, names.join(', '), replyOf(ending), String(ending.calls), recordOf(ending)]
        .map((cell) => ` ${cell} `)
        .join('|'),
    ),
  );
  const table = ['| fault | operation | the caller gets | requests to Graph | the log says |', '|-|-|-|-|-|'];
  return `${introduction}\n${[...table, ...lines.map((line) => `|${line}|`)].join('\n')}\n`;
}

function grouped(endings: FaultRow['endings']): readonly Alike[] {
  const groups = Map.groupBy(operations, (operation) => {
    const { status, ...rest } = endings[operation];
    // 200 or 204 is a matter of the operation and not of the fault.
    return JSON.stringify([rest.outcome === 'success' ? 'success' : status, rest]);
  });
  return [...groups.values()].flatMap((names) => {
    const [first] = names;
    return first === undefined ? [] : [{ names, ending: endings[first] }];
  });
}

function replyOf({ status, code, retryAfter, outcome }: Ending): string {
  if (outcome === 'success') return 'success';
  const told = `${String(status)} \`${code ?? ''}\``;
  return retryAfter === undefined ? told : `${told}, \`Retry-After: ${String(retryAfter)}\``;
}

function recordOf({ outcome, reason, atRead }: Ending): string {
  const said = reason === undefined ? `\`${outcome}\`` : `\`${outcome}\`, \`${reason}\``;
  return atRead === true ? `${said}, of the read before the start` : said;
}

const introduction = `<!-- Generated from test/e2e/fault-matrix.ts by "npm run generate". -->

# When Microsoft is in trouble

What a caller gets, how often Microsoft Graph is asked, and what the audit log says, for each kind of trouble at Microsoft. Every line is made to happen by \`test/e2e/fault-matrix.spec.ts\`, against the built service, over TLS.

How to read it:

- **The caller gets** the status and Interlock's stable code, which stands in \`error.innerError.code\`. A success is 204 for a pause and a start, 200 for a get and a list.
- **Requests to Graph** counts every attempt, and a look at the owners of the service principal after a 401. The read before a start is apart: it is one more. A fault without "once" lasts as long as the request.
- **The log says** the outcome and its reason. An intent stands before each outcome. \`failure\` is certain: nothing was changed. \`unknown\` is not: the reconciler reads the job and records \`applied\`, \`not_applied\` or \`inconclusive\`.
- **502 \`outcome_unknown\`** to a pause or a start: read the job before you ask again. It has no \`Retry-After\`, and 502 is not a status that Graph's SDKs repeat on their own. To a get or a list it only means that no whole answer came: ask again.
- **503** is certain: nothing was changed, and asking again after \`Retry-After\` is safe.

Waits are Graph's own where it gives one, else 50 ms to 5 s with jitter; an operation gets 20 s altogether, and a wait that would not end in time is not begun but handed to the caller, at most an hour of it. A request is sent three times at most, and once more with a new token after a 401, which is renewed every 10 s at most. Ten failures in a row open the circuit: for 5 s at first, at most for 60 s, callers get 503 \`circuit_open\` and Graph is left alone.

A pause is shown without the read before it (\`INTERLOCK_READ_BEFORE_PAUSE\`): that read has 2 s, and a pause goes ahead when it fails. A start whose read fails ends as a get does, but for \`outcome_unknown\`, which is then 503 \`state_unread\`: nothing was started.
`;
