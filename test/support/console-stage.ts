import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { consoleUrl, ids, jobs } from '../../apps/simulator/src/world/default-world.ts';
import type { BrokerProcess } from './broker-process.ts';
import { issueBrokerCertificate } from './broker-certificate.ts';
import { consoleSettings } from './console.ts';
import { Interlock } from './interlock.ts';

/** Debian's Chromium, which CI installs, or the one that is named. */
export const chromiumPath = process.env['INTERLOCK_TEST_CHROMIUM'] ?? '/usr/bin/chromium';

/** Whether there is a browser to test with; `npm test` says it loudly when not. */
export const hasChromium = existsSync(chromiumPath);

/** People may hold HR jobs with a reason and a ticket, for four hours at most; a start needs nothing but the right. */
export const consolePolicy = `
version: 1
jobs:
  hr-inbound: { servicePrincipalId: ${jobs.hrInbound.servicePrincipalId}, jobId: ${jobs.hrInbound.jobId}, tags: [hr, inbound] }
  ticketing: { servicePrincipalId: ${jobs.scim.servicePrincipalId}, jobId: ${jobs.scim.jobId}, tags: [it] }
  partner-sync: { servicePrincipalId: ${jobs.crossTenant.servicePrincipalId}, jobId: ${jobs.crossTenant.jobId}, tags: [partner] }
  mail-directory: { servicePrincipalId: ${jobs.quarantined.servicePrincipalId}, jobId: ${jobs.quarantined.jobId}, tags: [it] }
callers:
  hr-portal: { tenant: ${ids.tenant}, application: ${ids.hrPortal.appId} }
  operators: { tenant: ${ids.tenant}, role: Jobs.Pause }
rules:
  - id: operators-see-all
    effect: allow
    callers: [operators, hr-portal]
    actions: [read]
    jobs: [hr-inbound, ticketing, partner-sync, mail-directory]
  - id: operators-hold
    effect: allow
    callers: [operators, hr-portal]
    actions: [pause]
    jobs: ["tag:hr", "tag:it"]
    require: { reason: { minLength: 15 }, ticket: { pattern: "CHG[0-9]{7}" }, maxDuration: PT4H }
  - id: operators-start
    effect: allow
    callers: [operators]
    actions: [start]
    jobs: ["tag:hr", "tag:it"]
`;

/** A person at a browser of their own. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
}

/** The simulated cloud, a broker that ends TLS for the console's name, and one browser. */
export class ConsoleStage {
  readonly #contexts: BrowserContext[] = [];

  private constructor(
    readonly interlock: Interlock,
    readonly broker: BrokerProcess,
    readonly browser: Browser,
    /** What browsers complained about, such as a violation of the content security policy. */
    readonly complaints: string[],
  ) {}

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<ConsoleStage> {
    const interlock = await Interlock.start();
    const certificate = await issueBrokerCertificate(interlock.folder, [new URL(consoleUrl).host]);
    const file = join(interlock.folder, 'console-policy.yaml');
    writeFileSync(file, consolePolicy);
    mkdirSync(join(interlock.folder, 'anchor'));
    const broker = await interlock.broker({
      ...consoleSettings,
      ...certificate.settings,
      INTERLOCK_POLICY: file,
      INTERLOCK_ANCHORS: `dir:${join(interlock.folder, 'anchor')}`,
      ...settings,
    });
    const { port } = new URL(broker.url);
    const browser = await chromium.launch({
      executablePath: chromiumPath,
      // The console's name leads to the broker, whatever port it has.
      args: ['--no-sandbox', `--host-resolver-rules=MAP ${new URL(consoleUrl).host} 127.0.0.1:${port}`],
    });
    return new ConsoleStage(interlock, broker, browser, []);
  }

  /** Somebody with an empty browser. */
  async visitor(options: Parameters<Browser['newContext']>[0] = {}): Promise<Visitor> {
    const context = await this.browser.newContext({
      ignoreHTTPSErrors: true,
      baseURL: consoleUrl,
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      ...options,
    });
    this.#contexts.push(context);
    context.setDefaultTimeout(10_000);
    context.on('console', (message) => {
      if (/Content Security Policy|Trusted|Refused/i.test(message.text())) this.complaints.push(message.text());
    });
    context.on('weberror', (error) => this.complaints.push(String(error.error())));
    return { context, page: await context.newPage() };
  }

  /** Somebody who came to that page of the console and signed in there. */
  async signedIn(
    person: { readonly displayName: string },
    path = '/console',
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<Visitor> {
    const visitor = await this.visitor(options);
    const { page } = visitor;
    await page.goto(path);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: person.displayName }).click();
    await page.getByRole('button', { name: person.displayName }).waitFor();
    return visitor;
  }

  /** Changes the database behind the broker's back, as whoever owns the file can. */
  tamper(statement: string): void {
    const database = new DatabaseSync(join(this.interlock.folder, 'interlock.db'));
    try {
      const triggers = database.prepare(`select name from sqlite_master where type = 'trigger'`).all();
      for (const { name } of triggers) database.exec(`drop trigger ${String(name)}`);
      database.exec(statement);
    } finally {
      database.close();
    }
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.interlock.stop();
  }
}
