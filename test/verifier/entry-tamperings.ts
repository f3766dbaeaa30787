import { corpusSize } from './corpus-size.ts';
import { flipped, type TamperedLog } from './tampered-log.ts';

/** One way to tamper with a log of {@link corpusSize} entries, and the reasons that must be found. */
export type Tampering = readonly [what: string, change: (log: TamperedLog) => Promise<unknown>, found: string[]];

const runOf = (from: number, to: number, code: string) =>
  Array.from({ length: to - from + 1 }, (_, at) => `${code} ${from + at}`);

/** What can be done to entries. */
export const entryTamperings: readonly Tampering[] = [
  ['a changed body', (log) => log.rewrite(17), ['body 17']],
  ['a changed body in the last block', (log) => log.rewrite(690), ['body 690']],
  [
    'a body that is no JSON',
    async (log) => log.setBody(17, flipped(await log.body(17), 0)),
    ['body 17', 'leaf-malformed 17'],
  ],
  [
    'bytes after a body',
    async (log) => log.setBody(17, Buffer.concat([await log.body(17), Buffer.of(0x20)])),
    ['body 17'],
  ],
  [
    'two swapped entries',
    (log) => log.move('case idx when 40 then 400 else 40 end', 'idx in (40, 400)'),
    ['moved 40', 'moved 400'],
  ],
  ['a deleted entry', (log) => log.remove('idx = 300'), ['gap 300']],
  [
    'a deleted entry whose personal fields were left',
    (log) => log.sql('delete from audit_leaf where idx = 300'),
    ['disclosure 300', 'gap 300'],
  ],
  [
    'a deleted entry whose gap was closed',
    async (log) => {
      await log.remove('idx = 690');
      await log.move('idx - 1', 'idx > 690');
    },
    [...runOf(690, 698, 'moved'), 'truncated 699'],
  ],
  ['a truncated tail', (log) => log.remove('idx >= 650'), ['truncated 650-699']],
  [
    'an inserted entry',
    async (log) => {
      await log.move('idx + 1', 'idx >= 698');
      await log.copy(0, 698, 'new');
      const body = (await log.body(698)).toString();
      const { id } = JSON.parse(body) as { readonly id: string };
      await log.setBody(698, Buffer.from(body.replace(id, 'new')));
    },
    ['body 698', 'moved 699', 'unsigned-entry 700'],
  ],
  ['an entry added after the end', (log) => log.copy(5, corpusSize, 'new'), ['unsigned-entry 700']],
  ['an entry before the start', (log) => log.copy(5, -1, 'new'), ['unsigned-entry -1']],
  [
    'an entry at an index that no log reaches',
    async (log) => {
      await log.copy(5, corpusSize, 'new');
      await log.sql(`update audit_leaf set idx = 4611686018427387904 where idx = ${corpusSize}`);
    },
    [`unsigned-entry ${2 ** 62}`],
  ],
  ['a duplicated row', (log) => log.copy(33, 33), ['duplicate-index 33']],
  ['an event that is there twice', (log) => log.copy(33, corpusSize), ['duplicate-event 700', 'unsigned-entry 700']],
];

const changedColumns = [
  'actor',
  'action',
  'application',
  'client_request_id',
  'decision',
  'event_id',
  'job_id',
  'parent',
  'request_id',
  'rule',
  'service_principal_id',
  'ticket',
  'time',
  'type',
];

/** What can be done to the copies and the personal fields beside entries. */
export const besideEntries: readonly Tampering[] = [
  ...changedColumns.map((column): Tampering => [
    `another ${column} column`,
    (log) => log.sql(`update audit_leaf set ${column} = 'x' where idx = 600`),
    [`column:${column} 600`],
  ]),
  [
    'a column that was blanked',
    (log) => log.sql('update audit_leaf set actor = null where idx = 600'),
    ['column:actor 600'],
  ],
  [
    'a column that the entry does not have',
    (log) => log.sql("update audit_leaf set outcome = 'success' where idx = 600"),
    ['column:outcome 600'],
  ],
  [
    'a disclosure of another value',
    (log) => {
      const encoded = Buffer.from(JSON.stringify(['salt', 'reason', 'harmless'])).toString('base64url');
      const update = "update audit_private set content = $1 where idx = 60 and name = 'reason'";
      return log.sql(update, Buffer.from(encoded));
    },
    ['disclosure 60'],
  ],
  [
    'a disclosure under another name',
    (log) => log.sql("update audit_private set name = 'actor.upn' where idx = 60 and name = 'reason'"),
    ['disclosure 60'],
  ],
  [
    'a disclosure moved to another entry',
    (log) => log.sql("update audit_private set idx = 61, position = 9 where idx = 60 and name = 'reason'"),
    ['disclosure 61'],
  ],
];
