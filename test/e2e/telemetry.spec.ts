import { readFileSync } from 'node:fs';
import { kill } from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import type { BrokerProcess } from '../support/broker-process.ts';
import { call } from '../support/http-client.ts';
import { Interlock, pausePath } from '../support/interlock.ts';
import { OtlpReceiver } from '../support/otlp-receiver.ts';
import { metricsIn, seriesOf } from '../support/promql.ts';
import { goodJustification } from '../support/policy-file.ts';

const [traceId, callersSpan] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
const unsampled = '1af7651916cd43dd8448eb211c80319c';
const headers = {
  'client-request-id': 'telemetry-1',
  'user-agent': 'telemetry-agent',
  traceparent: `00-${traceId}-${callersSpan}-01`,
};

let interlock: Interlock;
let collector: OtlpReceiver;
let broker: BrokerProcess;
let token: string;

beforeAll(async () => {
  [interlock, collector] = await Promise.all([Interlock.start(), OtlpReceiver.start()]);
  broker = await interlock.broker({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-collector=let%20me%20in',
  });
  token = await interlock.hrPortal();
  const pause = { method: 'POST', token, body: goodJustification };
  expect((await call(broker.url + pausePath, { ...pause, headers })).status).toBe(204);
  const traceparent = `00-${unsampled}-${callersSpan}-00`;
  expect((await call(broker.url + pausePath, { ...pause, headers: { traceparent } })).status).toBe(204);
});
afterAll(async () => {
  await interlock.stop();
  collector.stop();
});

const Line = z.looseObject({ msg: z.string(), clientRequestId: z.string().optional(), route: z.string().optional() });
const lines = () =>
  broker
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => Line.parse(JSON.parse(line)));

describe('the line of a request', () => {
  it('tells who asked what, what the policy said, and how long each step took', () => {
    const [line] = lines().filter(({ clientRequestId }) => clientRequestId === 'telemetry-1');

    expect(line).toEqual({
      level: 30,
      time: expect.any(Number),
      msg: 'request',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      clientRequestId: 'telemetry-1',
      traceId,
      method: 'POST',
      route: '/v1.0/servicePrincipals/:servicePrincipalId/synchronization/jobs/:jobId/pause',
      status: 204,
      ms: expect.any(Number),
      caller: {
        type: 'application',
        tenant: ids.tenant,
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        application: ids.hrPortal.appId,
      },
      action: 'pause',
      job: `${jobs.hrInbound.servicePrincipalId}/${jobs.hrInbound.jobId}`,
      decision: 'allow',
      rule: expect.any(String),
      steps: {
        authenticate: expect.any(Number),
        authorize: expect.any(Number),
        record_intent: expect.any(Number),
        graph: expect.any(Number),
        record_outcome: expect.any(Number),
      },
    });
  });

  it('comes of health checks too once SIGUSR2 has turned debug on, and no more after the next one', async () => {
    const live = () => call(`${broker.url}/health/live`);
    const told = () => lines().filter(({ route }) => route === '/health/live').length;
    const toggled = async (times: number) => {
      kill(broker.pid, 'SIGUSR2');
      while (lines().filter(({ msg }) => msg === 'log level changed').length < times) await live();
    };
    await live();
    expect(told()).toBe(0);
    await toggled(1);
    await live();
    await toggled(2);
    const count = told();
    expect(count).toBeGreaterThan(0);
    await live();
    // A line that comes later than any of that request would have.
    await call(`${broker.url}/api/me`, { token });
    while (!lines().some(({ route }) => route === '/api/me')) await setImmediate();
    expect(told()).toBe(count);
  });
});

describe('/metrics', () => {
  it('counts requests, decisions, steps, replies of Graph, commits and holds', async () => {
    const text = String((await call(`${broker.url}/metrics`)).data);

    for (const line of [
      'interlock_requests_total{action="pause",status="204"} 2',
      'interlock_decisions_total{action="pause",effect="allow"} 2',
      'interlock_request_duration_seconds_count{action="pause"} 2',
      'interlock_step_duration_seconds_count{step="authorize"} 2',
      'interlock_step_duration_seconds_count{step="graph"} 4',
      'interlock_graph_replies_total{status="204"} 2',
      'interlock_graph_retries_total 0',
      'interlock_graph_circuit{state="closed"} 1',
      'interlock_outcomes_unrecorded 0',
      'interlock_holds 1',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
    const figure = (name: string) => Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
    expect(figure('interlock_graph_token_age_seconds')).toBeGreaterThanOrEqual(0);
    expect(figure('interlock_graph_token_remaining_seconds')).toBeGreaterThan(0);
    expect(figure('interlock_audit_commit_duration_seconds_count')).toBeGreaterThan(0);
    expect(figure('interlock_audit_batch_entries_sum')).toBeGreaterThanOrEqual(8);
    expect(figure('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
  });
});

describe('what watches the metrics', () => {
  const Dashboard = z.object({ panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })) })) });
  const Rule = z.object({ alert: z.string(), expr: z.string(), annotations: z.object({ runbook: z.string() }) });
  const Rules = z.object({ groups: z.array(z.object({ rules: z.array(Rule) })) });
  const dashboard = Dashboard.parse(JSON.parse(readFileSync('docs/grafana/interlock.json', 'utf8')));
  const rules = Rules.parse(parse(readFileSync('docs/prometheus/alerts.yaml', 'utf8'))).groups.flatMap(
    (group) => group.rules,
  );
  const asked = [...dashboard.panels.flatMap(({ targets }) => targets), ...rules].map(({ expr }) => expr);

  it('names only metrics that there are, and no metric of ours is left out of the dashboard', async () => {
    const series = seriesOf(String((await call(`${broker.url}/metrics`)).data));
    const named = new Set(asked.flatMap(metricsIn));

    expect(metricsIn('sum by (job) (rate(some_total{job="x"}[5m])) > 450e6 and other')).toEqual([
      'some_total',
      'other',
    ]);
    // `up` is told by Prometheus itself.
    expect([...named].filter((name) => !series.has(name) && name !== 'up')).toEqual([]);
    const bases = [...series].filter((name) => name.startsWith('interlock_') && !/_(?:sum|count)$/.test(name));
    expect(bases.filter((name) => !named.has(name))).toEqual([]);
  });

  it('has a chapter for each alert that says what to do', () => {
    const chapters = [...readFileSync('docs/operations.md', 'utf8').matchAll(/^### (Interlock\w+)$/gm)];
    const anchors = chapters.map(([, title = '']) => `docs/operations.md#${title.toLowerCase()}`);

    expect(rules.map(({ annotations }) => annotations.runbook)).toEqual(anchors);
    expect(rules.map(({ alert }) => `docs/operations.md#${alert.toLowerCase()}`)).toEqual(anchors);
  });
});

describe('traces, once the broker has ended', () => {
  beforeAll(async () => {
    expect(await broker.stop()).toBe(0);
  });

  it('hold the steps of the request under the span of its caller', () => {
    const ours = collector.spans.filter((span) => span.traceId === traceId);
    const root = ours.find(({ parentSpanId }) => parentSpanId === callersSpan);

    expect(root?.name).toBe('POST /v1.0/servicePrincipals/:servicePrincipalId/synchronization/jobs/:jobId/pause');
    const steps = ours.filter(({ parentSpanId }) => parentSpanId === root?.spanId);
    expect(steps).toHaveLength(ours.length - 1);
    const read = ['record_intent', 'graph', 'record_outcome'];
    expect(steps.map(({ name }) => name).sort()).toEqual(['authenticate', 'authorize', ...read, ...read].sort());
    expect(steps.filter(({ name }) => name === 'graph')[0]?.attributes).toContainEqual({
      key: 'http.response.status_code',
      value: { intValue: 200 },
    });
  });

  it('follow the word of callers who do not want to be traced', () => {
    expect(collector.spans.filter((span) => span.traceId === unsampled)).toEqual([]);
  });

  it('go where they should with the headers that were given, and hold nothing personal and no token', () => {
    expect(collector.received).toMatch(/^POST \/v1\/traces .*"x-collector":"let me in"/);
    for (const never of [
      token,
      'Bearer',
      goodJustification.reason,
      'telemetry-agent',
      '127.0.0.1"',
      ids.hrPortal.appId,
    ]) {
      expect(collector.received.split('\n').slice(1).join('\n')).not.toContain(never);
    }
  });

  it('are not told to Microsoft', () => {
    const requests = interlock.cloud.journal();
    expect(requests.length).toBeGreaterThan(4);
    expect(requests.filter((request) => 'traceparent' in request.headers)).toEqual([]);
  });
});
