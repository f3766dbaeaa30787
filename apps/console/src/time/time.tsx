import { createContext, type ReactElement, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { readKept, keep } from '../shell/kept.ts';
import { now } from './clock.ts';
import { durationText, timeText, type Zone } from './time-text.ts';

interface Zoned {
  readonly zone: Zone;
  readonly setZone: (zone: Zone) => void;
}

const ZoneContext = createContext<Zoned>({ zone: 'utc', setZone: () => undefined });

/** Lets people choose how times are told; remembered in this browser. */
export function ZoneProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [zone, setZone] = useState<Zone>(() => (readKept('zone') === 'local' ? 'local' : 'utc'));
  const zoned = useMemo(
    () => ({
      zone,
      setZone: (chosen: Zone) => {
        keep('zone', chosen);
        setZone(chosen);
      },
    }),
    [zone],
  );
  return <ZoneContext value={zoned}>{children}</ZoneContext>;
}

export function useZone(): Zoned {
  return use(ZoneContext);
}

/** A point of time in the chosen zone, and in the other one on hover. */
export function Time({ at }: { readonly at: string }): ReactElement {
  const { zone } = useZone();
  return (
    <time dateTime={at} title={timeText(at, zone === 'utc' ? 'local' : 'utc')}>
      {timeText(at, zone)}
    </time>
  );
}

/** The present, each second. */
export function useNow(): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => {
      setAt(now());
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return at;
}

/** What is left until a time. Not announced each second: screen readers are told the time itself. */
export function Countdown({ until }: { readonly until: string }): ReactElement {
  const left = Date.parse(until) - useNow();
  return (
    <span className="countdown" role="timer" aria-live="off">
      {left > 0 ? `${durationText(left)} left` : 'ending now'}
    </span>
  );
}
