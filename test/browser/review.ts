import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { people } from '../../apps/simulator/src/world/people.ts';
import { lookAt, violationsOf } from '../support/axe.ts';
import type { ConsoleStage } from '../support/console-stage.ts';
import { shoot } from '../support/screenshot.ts';
import { verify } from '../support/verifier-process.ts';

/** What reviewers do. The operations are those of the operators' tests before. */
export function describeReview(stage: { readonly current: ConsoleStage }): void {
  describe('a reviewer', () => {
    let page: Page;
    const rows = () => page.getByRole('list', { name: 'Operations' }).getByRole('listitem');
    const search = async (text: string) => {
      await page.getByRole('textbox', { name: 'Query' }).fill(text);
      await page.getByRole('button', { name: 'Search' }).click();
    };
    const status = (path: string, method = 'GET') =>
      page.evaluate<number>(
        `fetch('${path}', { method: '${method}', headers: { 'Interlock-Console': '1' } }).then(({ status }) => status)`,
      );
    const download = async (kind: string, purpose: string, file: string): Promise<string> => {
      await page.getByRole('button', { name: 'Export or evidence…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Take it out' });
      await dialog.getByRole('radio', { name: kind }).check();
      await dialog.getByRole('textbox', { name: 'What is it for?' }).fill(purpose);
      const [taken] = await Promise.all([
        page.waitForEvent('download'),
        dialog.getByRole('button', { name: 'Download' }).click(),
      ]);
      const path = join(stage.current.interlock.folder, file);
      await taken.saveAs(path);
      await dialog.waitFor({ state: 'detached' });
      return path;
    };

    beforeAll(async () => {
      ({ page } = await stage.current.signedIn(people.reviewer));
    });

    it('comes to the audit, and finds no way to act', async () => {
      await page.getByRole('heading', { name: 'Audit', level: 1 }).waitFor();
      expect(await page.getByRole('navigation').getByRole('link').allTextContents()).toEqual([
        'Audit',
        'Log',
        'Policy',
      ]);
      expect(await status('/api/jobs/hr-inbound/pause', 'POST')).toBe(403);
      await rows().first().waitFor();
      await page.locator('[data-verdict=pending]').first().waitFor({ state: 'detached' });
      await shoot(page, 'console-audit');
    });

    it('finds a pause by a query that stands in the address, the filters and the text alike', async () => {
      await search('action:pause decision:allow');
      await rows().first().getByText('set out to pause').waitFor();
      expect(new URL(page.url()).searchParams.get('q')).toBe('action:pause decision:allow');
      expect(await page.getByRole('combobox', { name: 'Action' }).inputValue()).toBe('pause');
      await page.getByRole('combobox', { name: 'Action' }).selectOption('start');
      expect(await page.getByRole('textbox', { name: 'Query' }).inputValue()).toBe('action:start decision:allow');
      await search('action:pause decision:');
      await page.getByRole('alert').getByText('Malformed query').waitFor();
      await page.goBack();
      await rows().first().getByText('set out to pause').waitFor();
    });

    it('sees each row verified by this browser, in words', async () => {
      await page.goto('/console/audit?q=action%3Apause+decision%3Aallow');
      const badges = page.locator('[data-verdict]');
      await badges.first().waitFor();
      await page.locator('[data-verdict=pending]').first().waitFor({ state: 'detached' });
      expect(await badges.count()).toBe(await rows().count());
      for (const word of await badges.allTextContents()) expect(word).toMatch(/^Verified(?:, anchored)?$/);
      await badges.first().hover();
      await page.getByRole('tooltip').getByText('This browser hashed the entry').waitFor();
    });

    it('scrolls through ten thousand operations while only those in sight are in the page', async () => {
      const [pages, length] = [10, 1_000];
      const path = '/api/audit/operations';
      const { items, ...rest } = await page.evaluate<{ items: readonly object[] }>(
        `fetch('${path}', { headers: { 'Interlock-Console': '1' } }).then((reply) => reply.json())`,
      );
      await page.route(`**${path}?*`, async (route) => {
        const turn = Number(new URL(route.request().url()).searchParams.get('cursor') ?? '0');
        const many = Array.from({ length }, (_, n) => ({ ...items[n % items.length], eventId: `${turn}-${n}` }));
        const link = turn + 1 < pages ? `<${path}?cursor=${turn + 1}>; rel="next"` : '';
        await route.fulfill({ json: { ...rest, items: many }, headers: { link } });
      });
      await page.goto('/console/audit');
      await rows().first().waitFor();
      let most = 0;
      const position = () => rows().last().getAttribute('aria-posinset');
      for (let at = await position(); at !== String(pages * length); at = await position()) {
        await page.evaluate('scrollTo(0, document.body.scrollHeight)');
        most = Math.max(most, await rows().count());
      }
      expect(most).toBeLessThan(100);
      expect(await rows().last().getAttribute('aria-setsize')).toBe(String(pages * length));
      await page.unrouteAll({ behavior: 'wait' });
    });

    it('opens an operation: what was decided and why, before and after, and its exact bytes', async () => {
      await page.goto('/console/audit?q=action%3Apause+decision%3Aallow');
      await page.getByRole('link', { name: 'set out to pause hr-inbound' }).click();
      await page.getByText('Graph did it').first().waitFor();
      await page.getByText('How the policy judged').first().waitFor();
      await page.getByText('Exact bytes, and their proof').first().click();
      const bytes = await page
        .getByLabel(/^Bytes of entry/)
        .first()
        .textContent();
      expect(JSON.parse(bytes ?? '')).toMatchObject({ type: 'pause.intent', ticket: { id: 'CHG0012345' } });
      expect(bytes).not.toContain('disable half of sales');
      await page.getByText('This browser hashed the entry').first().waitFor();
    });

    it('puts on record that it was looked at', async () => {
      await page.getByRole('button', { name: 'Mark as reviewed…' }).click();
      await page.getByRole('dialog').getByRole('textbox', { name: 'Note' }).fill('Fits the incident.');
      await page.getByRole('dialog').getByRole('button', { name: 'Mark as reviewed' }).click();
      await page.getByText('looked at it').waitFor();
      await page.getByRole('button', { name: 'Back to the list' }).click();
      await rows().filter({ hasText: 'pause hr-inbound' }).getByText('Reviewed').waitFor();
    });

    it('takes evidence and an export out, which interlock-verify accepts', async () => {
      const key = (await page.evaluate<string>(`fetch('/log/vkey').then((reply) => reply.text())`)).trim();
      const bundle = await download('Evidence bundle', 'Case 4711', 'evidence.zip');
      expect(verify('bundle', bundle, '--vkey', key)).toMatchObject({ exitCode: 0, problems: [] });
      const lines = await download('Export (.ndjson)', 'Case 4711', 'audit.ndjson');
      // A part of the log, without proofs: nothing is wrong with it, and not all of it can be verified.
      expect(verify('export', lines, '--vkey', key)).toMatchObject({ exitCode: 3, problems: [] });
      expect(readFileSync(lines, 'utf8')).not.toContain(people.operator.displayName);
    });

    it('sees how the log stands, and checks kept checkpoints and proofs against it', async () => {
      const kept = await page.evaluate<string>(`fetch('/log/checkpoint').then((reply) => reply.text())`);
      await page.getByRole('link', { name: 'Log' }).click();
      await page.getByText('Checked by this browser').waitFor();
      const file = join(stage.current.interlock.folder, 'kept.txt');
      const take = async (text: string) => {
        writeFileSync(file, text);
        await page.getByLabel('Drop a checkpoint').setInputFiles(file);
      };
      await take(kept);
      await page.getByText('between the two the log only grew').waitFor();
      await take(kept.replace(/\n(\d)/, '\n9$1'));
      await page.getByRole('status').getByText('MISMATCH').waitFor();

      await page.getByRole('textbox', { name: 'One checkpoint' }).fill(kept);
      await page.getByRole('button', { name: 'Compare' }).click();
      await page.getByText('the log only grew').last().waitFor();
    });

    it.each(['light', 'dark'] as const)('finds nothing inaccessible, %s, wide and narrow', async (colorScheme) => {
      await lookAt(page, colorScheme);
      const settled = async () => {
        await page.locator('[data-verdict=pending]').first().waitFor({ state: 'detached' });
        expect(await violationsOf(page)).toEqual([]);
      };
      await page.getByText('Checked by this browser').waitFor();
      await settled();
      await page.getByRole('link', { name: 'Audit' }).click();
      await rows().first().waitFor();
      await settled();
      await page.setViewportSize({ width: 390, height: 800 });
      await settled();
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await rows().first().getByRole('link').click();
      await page.getByText('Exact bytes, and their proof').first().waitFor();
      await settled();
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.getByRole('link', { name: 'Log' }).click();
    });

    it('is shown MISMATCH where a row was changed in the database, in its bytes or in a column', async () => {
      const changed = `cast(replace(body, 'CHG0012345', 'CHG0012346') as blob)`;
      stage.current
        .tamper(`update audit_leaf set body = ${changed} where type = 'pause.intent' and ticket = 'CHG0012345'
        and idx = (select min(idx) from audit_leaf where type = 'pause.intent')`);
      stage.current.tamper(`update audit_leaf set rule = 'another-rule' where type = 'pause.intent'
        and idx = (select max(idx) from audit_leaf where type = 'pause.intent')`);
      await page.goto('/console/audit?q=action%3Apause+decision%3Aallow');
      const bad = page.locator('[data-verdict=mismatch]');
      await bad.nth(1).waitFor();
      expect(await bad.count()).toBe(2);
      await bad.last().hover();
      await page.getByRole('tooltip').getByText('are not those that the log signed').waitFor();
      await page.mouse.move(0, 0);
      await page.getByRole('tooltip').waitFor({ state: 'detached' });
      expect(await violationsOf(page)).toEqual([]);
      await bad.first().hover();
      await page.getByRole('tooltip').getByText('rule is operators-hold').waitFor();
    });
  });

  it('shows an operator nothing of the audit', async () => {
    const { page } = await stage.current.signedIn(people.operator, '/console/audit');
    await page.getByRole('heading', { name: 'Nothing here is for you' }).waitFor();
    const asked = `fetch('/api/audit/operations', { headers: { 'Interlock-Console': '1' } })`;
    expect(await page.evaluate<number>(`${asked}.then(({ status }) => status)`)).toBe(403);
  });
}
