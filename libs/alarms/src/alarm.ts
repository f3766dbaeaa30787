import type { AlarmName } from './alarm-table.ts';
import type { ReportedEntry } from './reported-entry.ts';

/** An entry of the log that somebody has to hear of. */
export interface Alarm {
  readonly name: AlarmName;
  /** Of the entry. */
  readonly index: number;
  /** Of the entry, base64. */
  readonly leafHash: string;
  readonly entry: ReportedEntry;
}

/** What it is about: with the type of the alarm, this says whether two alarms are about the same thing. */
export function subjectOf({ resource, anchor, check, alarm, actor }: ReportedEntry): string | undefined {
  if (resource !== undefined) {
    const jobs = `servicePrincipals/${resource.sp_id}/synchronization/jobs`;
    return resource.job_id === undefined ? jobs : `${jobs}/${resource.job_id}`;
  }
  if (anchor !== undefined) return `anchors/${anchor.name}`;
  if (check !== undefined) return `checks/${check}`;
  if (alarm !== undefined) return `destinations/${alarm.destination}`;
  return actor?.ref === undefined ? undefined : `actors/${actor.ref}`;
}
