/** Statements for an AppendCondition, within the transaction of an append. */
export interface ConditionSql {
  /** A row when the lease is still the holder's: name, fence. */
  readonly held: string;
  /** A row when the intent has a terminal record: log, event id of the intent. */
  readonly settled: string;
  /** A row when the job was changed: log, service principal, job, first index that counts. */
  readonly changed: string;
  /** Ties a claim that is still the holder's: event id, claim, token. */
  readonly tied: string;
}

/** The statements with the dialect's sign of a numbered parameter. */
export function conditionSql(sign: '$' | '?'): ConditionSql {
  return {
    held: `select 1 from lease where name = ${sign}1 and fence = ${sign}2`,
    settled: `select 1 from audit_leaf where log_id = ${sign}1 and parent = ${sign}2
      and (type like '%.reconciled' or (type like '%.outcome' and outcome <> 'unknown')) limit 1`,
    changed: `select 1 from audit_leaf where log_id = ${sign}1 and service_principal_id = ${sign}2
      and job_id = ${sign}3 and idx >= ${sign}4
      and (type like 'pause.%' or type like 'start.%' or type like 'hold.%') limit 1`,
    tied: `update idempotency_claim set event = ${sign}1 where id = ${sign}2 and token = ${sign}3`,
  };
}
