import type { GraphEndpoints, Reach } from '#graph';
import type { EpochMillis } from '#kernel';
import { type Check, fail, type Finding, ok, type Remedy, warn } from './finding.ts';

const day = 86_400_000;
/** Entra tolerates five minutes; half a minute is more than a network explains. */
const notableSkewMillis = 30_000;
const fatalSkewMillis = 300_000;

/** What reaching a host says, in words. */
export function reachFinding(check: Check, host: string, reach: Reach, now: EpochMillis): Finding {
  if (!reach.reached)
    return fail(check, 'unreachable', `${host} cannot be reached: ${reach.code}`, wayTo(host, reach.code));
  const daysLeft = Math.floor((reach.certificateEnds - now) / day);
  return ok(check, `${host} answers over ${reach.protocol}, its certificate ends in ${daysLeft} days`);
}

/** The authority's reply about our tenant. */
export function authorityFinding(endpoints: GraphEndpoints, reach: Reach, now: EpochMillis): Finding {
  const host = endpoints.authorityHost;
  if (reach.reached && reach.status !== 200) {
    return fail('authority', 'tenant_unknown', `${host} knows no such tenant (status ${reach.status ?? 0})`, {
      az: 'az account show --query tenantId --output tsv',
      note: 'set AZURE_TENANT_ID and INTERLOCK_CLOUD to where the tenant lives',
    });
  }
  return reachFinding('authority', host, reach, now);
}

/** How far our clock is from that of Microsoft, whose tokens carry its times. */
export function clockFinding(theirs: EpochMillis | undefined, now: EpochMillis): Finding {
  if (theirs === undefined) return warn('clock', 'clock_unchecked', 'nobody told the time to compare with');
  const seconds = Math.round((now - theirs) / 1000);
  const skew = Math.abs(now - theirs);
  if (skew <= notableSkewMillis) return ok('clock', `within ${notableSkewMillis / 1000} s of Microsoft's`);
  const message = `our clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} Microsoft's`;
  const remedy = { note: 'timedatectl set-ntp true   (Windows: w32tm /resync)' };
  return skew > fatalSkewMillis
    ? fail('clock', 'clock_wrong', `${message}: tokens are refused`, remedy)
    : warn('clock', 'clock_skewed', message, remedy);
}

function wayTo(host: string, code: string): Remedy {
  const { hostname, port } = new URL(host);
  if (/CERT|SIGNATURE|ISSUER|ALTNAME/.test(code)) {
    return {
      note: `something on the way ends TLS; add its CA by NODE_EXTRA_CA_CERTS, or let ${hostname} through untouched`,
    };
  }
  return {
    note: `allow outgoing https to ${hostname}:${port === '' ? '443' : port}; check DNS with: nslookup ${hostname}`,
  };
}
