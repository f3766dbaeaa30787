import axe, { type AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** Fluent UI's sentinels at the edges of a dialog: they hand the focus on in the moment that they get it. */
const sentinels = '[data-tabster-dummy]';

/** Which rules of accessibility the page breaks, each with where; animations must be over. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(
      { exclude: [${JSON.stringify(sentinels)}] },
      { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
    )`,
  );
  return violations.map(({ id, nodes }) => {
    const places = nodes.map(
      ({ html, any }) => `${html.slice(0, 120)} (${any.map(({ message }) => message).join(' ')})`,
    );
    return `${id}: ${places.join(' | ')}`;
  });
}

/** Shows the page to somebody who wants it light or dark, and waits until it is so. */
export async function lookAt(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.locator(`.console[data-look=${colorScheme}]`).first().waitFor();
}
