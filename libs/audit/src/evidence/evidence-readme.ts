import { toTimestamp } from '#kernel';
import type { BegunEvidence } from './begun-evidence.ts';

/** The `README.md` of a bundle, for people who neither know Interlock nor how a transparency log works. */
export function evidenceReadme({ snapshot, query, disclosed, created }: BegunEvidence): string {
  const { origin, size, trust } = snapshot;
  const shown = disclosed.length === 0 ? 'none' : disclosed.join(', ');
  return `# Evidence from an audit log

This archive holds records of the audit log \`${origin}\`, with all that is needed to check that they are genuine. You need not trust whoever gave it to you.

| | |
|---|---|
| Made | ${toTimestamp(created)} |
| Asked for | ${query === '' ? 'everything' : codeSpan(query)} |
| Personal data shown in clear | ${shown} |
| Records in the log at that time | ${size} |
| Key of the log | \`${trust.at(-1)?.vkey ?? ''}\` |

## What it shows

- **Each record is what the log recorded, byte for byte.** A mathematical proof leads from the record to the log's checkpoint, a short signed statement about the whole log. Change one letter of a record and the proof fails.
- **No record was taken out of this archive.** The log's key signed how many records answered the question above; that number is checked too.
- **The rules of the day.** Each decision names the policy by which it was made, by a fingerprint of its text. The texts are enclosed as far as the log kept them.

## What it does not show

- That a record is true. It shows what was recorded, when it was recorded and that it was not changed afterwards.
- That the service gave every record that answers the question. It signed their number, and can be held to it. Who doubts it asks for everything: in the whole log a missing record shows.
- That the log was not replaced as a whole by whoever holds its key. Compare the enclosed checkpoint with one that somebody else kept: see "checkpoint" below.
- Personal data that is not shown in clear, or was erased. A record then holds only a fingerprint of it, from which it cannot be recovered.

## How to check it

Get the log's key from somewhere else than this archive: from an earlier report, from the service's owner in writing, from a publication. Save it as \`trust.json\` outside of this folder, in the form of the enclosed one. Then, on Linux, in the unpacked folder:

    sh verify.sh /path/to/your/trust.json

It needs only OpenSSL 3 and the system's own tools, and it is short enough to be read before it is run. It ends with \`VERIFIED\`, or it says what does not fit. The same and more is checked by \`interlock-verify\`, a program that shares no code with the service:

    interlock-verify bundle THIS.zip --trust /path/to/your/trust.json

Both find a change of a single byte. Without a key of your own they check only that the archive fits together.

## What is in it

| File | What it is |
|---|---|
| \`entries.ndjson\` | The records, one per line: \`index\` is the place in the log; \`leaf\` the exact bytes in base64; \`event\` the same to read; \`disclosures\` the personal data that is shown in clear. The last line is the signed count. |
| \`proofs/\` | For each record the proof that it is in the log (c2sp.org/tlog-proof). |
| \`checkpoint\` | The signed statement about the log: name, number of records, root hash (c2sp.org/tlog-checkpoint). Lines below that begin with a dash are signatures; others than the log's own are by witnesses. |
| \`policies/\` | The policies that the records name, each called by its SHA-256. |
| \`trust.json\` | The key with which the log signs, as the service knows it. |
| \`manifest.json\` | The question, the number of records, and the SHA-256 of each file. |
| \`manifest.note\` | The log's signature on the manifest. |
| \`verify.sh\` | The check above. |
`;
}

/** A text in a cell of a table: a query may hold what would end one. */
function codeSpan(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}
