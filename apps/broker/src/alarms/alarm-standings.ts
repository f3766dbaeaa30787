import type { CourierStanding } from '#operations';

/** How the delivery of alarms to each destination stands. */
export class AlarmStandings {
  constructor(readonly all: readonly CourierStanding[]) {}
}
