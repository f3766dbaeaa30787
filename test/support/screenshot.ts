import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Where pictures for the documents go; nowhere in ordinary runs, because each run would make them anew. */
const folder = process.env['INTERLOCK_TEST_SCREENSHOTS'];

/** Takes a picture of what is in sight, where pictures are wanted. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
