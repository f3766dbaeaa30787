import TestSequencer from '@jest/test-sequencer';

/** The longest suites, so that none of them is alone at the end of a run. */
const longest = [
  /browser\/|containers\/image/,
  /containers\//,
  /e2e\/(?:fault-matrix|credentials|anchors|export-memory|evidence-memory|drain|operations|tampered-evidence)\./,
  /e2e\/(?:doctor|kill|alarms|timers|session|database-outage|load|crash|canary|bad-input|audit-maintenance)\./,
  /verifier\/(?:negative-corpus|tall-log)|store\/(?:replicas|audit-search|erasure)|policy-oracle/,
  /test\/(?:e2e|store|verifier|interop)\//,
];

/** The order of suites where no earlier run has left its durations, as in a fresh clone. */
export default class LongSuitesFirst extends TestSequencer {
  sort(tests) {
    const known = super.sort(tests);
    if (known.some(({ duration }) => duration !== undefined)) return known;
    return known.toSorted((one, other) => rankOf(one.path) - rankOf(other.path));
  }
}

function rankOf(path) {
  const rank = longest.findIndex((pattern) => pattern.test(path));
  return rank === -1 ? longest.length : rank;
}
