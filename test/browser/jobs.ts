import type { Page } from 'playwright-core';
import { people } from '../../apps/simulator/src/world/people.ts';
import { lookAt, violationsOf } from '../support/axe.ts';
import type { ConsoleStage } from '../support/console-stage.ts';
import { shoot } from '../support/screenshot.ts';

const reason = 'HR import would disable half of sales';

const row = (page: Page, alias: string) => page.getByRole('listitem', { name: alias, exact: true });

/** What operators do. */
export function describeJobs(stage: { readonly current: ConsoleStage }): void {
  describe('an operator', () => {
    let page: Page;

    beforeAll(async () => {
      ({ page } = await stage.current.signedIn(people.operator));
    });

    it('sees their jobs with live state, finds them by name and tag, and has no other pages', async () => {
      await row(page, 'hr-inbound').getByText('Active').waitFor();
      await row(page, 'mail-directory').getByText('Quarantine', { exact: true }).waitFor();
      expect(await page.getByRole('navigation').getByRole('link').allTextContents()).toEqual(['Jobs']);

      await page.getByRole('searchbox', { name: 'Search jobs' }).fill('mail');
      expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(['mail-directory']);
      await page.getByRole('searchbox', { name: 'Search jobs' }).fill('');
      await page.getByRole('button', { name: 'inbound' }).click();
      expect(await page.getByRole('heading', { level: 2 }).allTextContents()).toEqual(['hr-inbound']);
      await page.getByRole('button', { name: 'inbound' }).click();
    });

    it('is told by the policy what a pause lacks before anything is sent, then pauses and sees the hold count down', async () => {
      await row(page, 'hr-inbound').getByRole('button', { name: 'Pause…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Pause hr-inbound' });
      const submit = dialog.getByRole('button', { name: 'Pause', exact: true });
      await dialog.getByText('ticket: must match CHG[0-9]{7}').waitFor();
      await dialog.getByLabel('Why must it stop?').fill(reason);
      await dialog.getByRole('textbox', { name: 'Ticket' }).fill('INC-1');
      await dialog.getByText('reason: at least').waitFor({ state: 'detached' });
      expect(await submit.isDisabled()).toBe(true);

      await dialog.getByRole('textbox', { name: 'Ticket' }).fill('CHG0012345');
      await dialog.getByText('Allowed by the rule operators-hold.').waitFor();
      await submit.click();
      await dialog.waitFor({ state: 'detached' });
      const hold = page.getByRole('list', { name: 'Holds on hr-inbound' }).getByRole('listitem');
      await row(page, 'hr-inbound').getByText('Paused', { exact: true }).waitFor();
      expect(await hold.textContent()).toMatch(/^You.*CHG0012345 HR import would disable half of sales/);
      const timer = hold.getByRole('timer');
      const first = await timer.textContent();
      expect(first).toMatch(/^(?:2 h 00|1 h 59) min left$/);
      await shoot(page, 'console-jobs');
    });

    it('extends and releases a hold, which starts the job again', async () => {
      const hold = page.getByRole('list', { name: 'Holds on hr-inbound' });
      await hold.getByRole('button', { name: 'Extend…' }).click();
      await page.getByLabel('It ends, counted from now, in').selectOption('4 hours');
      await page.getByRole('button', { name: 'Extend', exact: true }).click();
      // The policy counts from when the hold began, so four hours from now are too long.
      await page.getByRole('alert').getByText('Justification incomplete').waitFor();
      await page.getByLabel('It ends, counted from now, in').selectOption('1 hour');
      await page.getByRole('button', { name: 'Extend', exact: true }).click();
      await hold.getByText(/^(?:1 h 00|59) min/).waitFor();

      await hold.getByRole('button', { name: 'Release…' }).click();
      await page.getByText('so Interlock starts the job again').waitFor();
      await page.getByRole('button', { name: 'Release', exact: true }).click();
      await row(page, 'hr-inbound').getByText('Active').waitFor();
      await hold.waitFor({ state: 'detached' });
      await page.getByRole('heading', { name: 'hr-inbound', exact: true }).and(page.locator(':focus')).waitFor();
    });

    it('pauses several at once and sees for each what the policy says and what became of it', async () => {
      for (const alias of ['ticketing', 'partner-sync']) {
        await page.getByRole('checkbox', { name: `Choose ${alias}` }).check();
      }
      await page.getByRole('button', { name: 'Pause these…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Pause 2 jobs' });
      await dialog.getByLabel('Why must it stop?').fill(reason);
      await dialog.getByRole('textbox', { name: 'Ticket' }).fill('CHG0012345');
      await dialog.getByText('The policy has no rule that allows you this.').waitFor();
      await dialog.getByRole('button', { name: 'Pause 1 of 2' }).click();
      await dialog.getByText('ticketing: done').waitFor();
      await dialog.getByRole('button', { name: 'Close' }).click();
      await page.getByRole('list', { name: 'Holds on ticketing' }).waitFor();
      await page.getByRole('checkbox', { name: 'Choose ticketing' }).uncheck();
      await page.getByRole('checkbox', { name: 'Choose partner-sync' }).uncheck();
    });

    it('is warned before a job is started that Graph holds back', async () => {
      await row(page, 'mail-directory').getByRole('button', { name: 'Start…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Start mail-directory' });
      await dialog.getByText('Graph holds a job back').waitFor();
      await dialog.getByText('Allowed by the rule operators-start.').waitFor();
      await dialog.getByRole('button', { name: 'Start', exact: true }).click();
      await dialog.getByRole('alert').getByText('The job is in quarantine').waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    });

    it('needs no mouse: a dialog takes the focus, keeps it, and gives it back', async () => {
      const opener = row(page, 'hr-inbound').getByRole('button', { name: 'Pause…' });
      const dialog = page.getByRole('dialog', { name: 'Pause hr-inbound' });
      const focused = () => page.locator(':focus');
      await row(page, 'hr-inbound').getByRole('checkbox').focus();
      for (let step = 0; step < 5 && (await focused().textContent()) !== 'Pause…'; step += 1) {
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Enter');
      await dialog.getByText('ticket: must match').waitFor();
      const visited = new Set<string>();
      for (let step = 0; step < 12; step += 1) {
        await page.keyboard.press('Tab');
        visited.add((await dialog.locator(':focus').textContent()) ?? '');
      }
      expect([...visited]).toContain('Cancel');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await opener.and(focused()).waitFor();
    });

    it.each(['light', 'dark'] as const)('finds nothing inaccessible, %s, wide and narrow', async (colorScheme) => {
      await lookAt(page, colorScheme);
      await row(page, 'ticketing').getByText('Paused', { exact: true }).waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 800 });
      expect(await violationsOf(page)).toEqual([]);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await row(page, 'hr-inbound').getByRole('button', { name: 'Pause…' }).click();
      await page.getByRole('dialog').getByText('ticket: must match').waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.setViewportSize({ width: 1280, height: 800 });
    });
  });
}
