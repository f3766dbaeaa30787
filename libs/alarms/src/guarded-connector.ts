import { lookup as systemLookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { isIP } from 'node:net';
import { buildConnector } from 'undici';
import { AlarmError } from './alarm-error.ts';
import { isAllowedAddress } from './allowed-address.ts';
import type { Reach } from './destination.ts';

/** Resolves a host name, as `dns.lookup` does when it is asked for all addresses. */
export type Lookup = (
  host: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Connects only to addresses that a destination may have. The very addresses that the socket is going to use are judged,
 * so that a name which is resolved to something else a moment later gains nothing. One bad address is enough to refuse
 * all: an honest name has none.
 */
export function guardedConnector(
  reach: Reach,
  timeoutMillis: number,
  lookup: Lookup = systemLookup,
): buildConnector.connector {
  const connect = buildConnector({
    timeout: timeoutMillis,
    allowH2: false,
    // The port comes with each request; the type wants one all the same.
    port: 0,
    lookup: (host, options, callback) => {
      lookup(host, { ...options, all: true }, (error, addresses) => {
        if (error !== null) {
          callback(error, []);
          return;
        }
        const refused = addresses.find(({ address }) => !isAllowedAddress(address, reach));
        callback(refused === undefined ? null : refusal(), refused === undefined ? addresses : []);
      });
    },
  });
  return (options, callback) => {
    // Nothing is looked up for a literal address.
    const literal = options.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) !== 0 && !isAllowedAddress(literal, reach)) callback(refusal(), null);
    else connect(options, callback);
  };
}

function refusal(): AlarmError {
  return new AlarmError('alarm_address_refused', 'The destination has an address that alarms may not be sent to');
}
