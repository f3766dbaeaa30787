import type { CourierStanding } from '#operations';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { AlarmStandings } from '../alarms/alarm-standings.ts';

/** Adds what monitoring sees of the delivery of alarms. Destinations are labels: there are few. */
export function addAlarmMetrics(registry: Registry, { all }: AlarmStandings): void {
  const registers = [registry];
  const gauge = (name: string, help: string, read: (standing: CourierStanding) => number): void => {
    new Gauge({
      name,
      help,
      labelNames: ['destination'],
      registers,
      collect() {
        for (const standing of all) this.set({ destination: standing.destination }, read(standing));
      },
    });
  };
  gauge(
    'interlock_alarm_lag_events',
    'Entries of the log since the first alarm that was not delivered.',
    (one) => one.lagEvents,
  );
  gauge('interlock_alarm_lag_age_seconds', 'Age of that alarm; 0 when there is none.', (one) => one.lagSeconds);
  gauge('interlock_alarm_parked', 'Alarms that were given up and wait for an operator.', (one) => one.parked);
  gauge('interlock_alarm_destination_failing', 'Whether a destination takes no alarms.', (one) => Number(one.failing));
  new Counter({
    name: 'interlock_alarm_attempts_total',
    help: 'Attempts to deliver an alarm, by what came of them.',
    labelNames: ['destination', 'result'],
    registers,
    collect() {
      this.reset();
      for (const { destination, attempts } of all) {
        for (const [result, count] of Object.entries(attempts)) this.inc({ destination, result }, count);
      }
    },
  });
}
