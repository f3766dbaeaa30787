import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { people } from '../../apps/simulator/src/world/people.ts';
import { lookAt, violationsOf } from '../support/axe.ts';
import { type ConsoleStage, consolePolicy } from '../support/console-stage.ts';

/** Who may do what, for those who may read the policy. */
export function describePolicy(stage: { readonly current: ConsoleStage }): void {
  describe('a reader of the policy', () => {
    let page: Page;

    beforeAll(async () => {
      ({ page } = await stage.current.signedIn(people.reviewer, '/console/policy'));
    });

    it('sees who may do what to a job, and on what terms', async () => {
      const row = page.getByRole('row', { name: /^operators/ });
      await row.getByText('operators-hold').waitFor();
      expect(await row.textContent()).toContain('CHG[0-9]{7}');
      await page.getByRole('combobox', { name: 'Job' }).first().selectOption('partner-sync');
      await page.getByRole('row', { name: /^operators.*no.*no/ }).waitFor();
    });

    it('asks how a request would be judged, rule by rule', async () => {
      await page.getByRole('combobox', { name: 'Caller' }).selectOption('operators');
      await page.getByRole('textbox', { name: 'Ticket' }).fill('CHG0012345');
      await page.getByRole('button', { name: 'Explain' }).click();
      await page.getByRole('status').getByText('The policy allows you this, but asks for more').waitFor();
      await page.getByRole('table', { name: 'How the policy judged' }).getByText('operators-hold').waitFor();
    });

    it('sees what another policy would change', async () => {
      const file = join(stage.current.interlock.folder, 'candidate.yaml');
      writeFileSync(file, consolePolicy.replace('actions: [start]', 'actions: [start, pause]'));
      await page.getByLabel('Policy file (YAML)').setInputFiles(file);
      await page.getByText('on other terms').first().waitFor();
      writeFileSync(file, 'version: 1\nnonsense: true\n');
      await page.getByLabel('Policy file (YAML)').setInputFiles(file);
      await page.getByRole('alert').getByText('not valid').first().waitFor();
    });

    it.each(['light', 'dark'] as const)('finds nothing inaccessible, %s, wide and narrow', async (colorScheme) => {
      await lookAt(page, colorScheme);
      expect(await violationsOf(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 800 });
      expect(await violationsOf(page)).toEqual([]);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      await page.setViewportSize({ width: 1280, height: 800 });
    });
  });
}
