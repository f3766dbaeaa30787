import type { Page } from 'playwright-core';
import { consoleUrl } from '../../apps/simulator/src/world/default-world.ts';
import { people } from '../../apps/simulator/src/world/people.ts';
import { violationsOf } from '../support/axe.ts';
import type { ConsoleStage } from '../support/console-stage.ts';

const maxFirstLoad = 300_000;

/** What is true before anybody does anything, and after they have gone. */
export function describeEntrance(stage: { readonly current: ConsoleStage }): void {
  it('loads less than 300 kB for the first page, from the console alone', async () => {
    const { page } = await stage.current.visitor();
    const sizes: Promise<number>[] = [];
    const hosts = new Set<string>();
    page.on('response', (response) => {
      hosts.add(new URL(response.url()).origin);
      sizes.push(
        response
          .request()
          .sizes()
          .then(({ responseBodySize }) => responseBodySize),
      );
    });
    await page.goto('/console', { waitUntil: 'networkidle' });
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);

    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(maxFirstLoad);
    expect([...hosts]).toEqual([consoleUrl]);
  });

  it('sends its page under the strictest policy, and its files to be kept for ever', async () => {
    const { page } = await stage.current.visitor();
    const reply = await page.goto('/');
    const headers = reply?.headers() ?? {};
    expect(page.url()).toBe(`${consoleUrl}/console`);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; " +
        "connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'; trusted-types 'none'",
    );
    expect(headers['cache-control']).toBe('no-cache');
    const script = await page.locator('script').getAttribute('src');
    const kept = await page.evaluate<string>(
      `fetch('${script ?? ''}').then(({ headers }) => headers.get('cache-control'))`,
    );
    expect(kept).toBe('public, max-age=31536000, immutable');
    for (const path of ['/console/assets/nothing.js', '/console/../package.json', '/console/%2e%2e/package.json']) {
      expect(await page.evaluate<number>(`fetch('${path}').then(({ status }) => status)`)).toBeGreaterThan(400);
    }
  });

  it('can be framed by no page, and gives nothing to a script of another origin', async () => {
    // A context of its own: these complaints are the point.
    const context = await stage.current.browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.setContent(`<iframe src="${consoleUrl}/console"></iframe>`);
    const frame = page.frames()[1];
    await frame?.waitForLoadState();
    expect(frame?.url()).not.toBe(`${consoleUrl}/console`);
    const asked = `fetch('${consoleUrl}/session', { credentials: 'include', headers: { 'Interlock-Console': '1' } })`;
    expect(await page.evaluate<string>(`${asked}.then(() => 'answered', (error) => error.name)`)).toBe('TypeError');
    await context.close();
  });

  it.each(['light', 'dark'] as const)('has nothing inaccessible where people sign in, %s', async (colorScheme) => {
    const { page } = await stage.current.visitor({ colorScheme });
    await page.goto('/console');
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  it('leads back to the page that was wanted, and tells who has no role so', async () => {
    const { page } = await stage.current.signedIn(people.nobody, '/console/audit?q=action%3Apause');
    expect(page.url()).toBe(`${consoleUrl}/console/audit?q=action%3Apause`);
    await page.getByRole('heading', { name: 'Nothing here is for you' }).waitFor();
    expect(await page.getByRole('navigation').getByRole('link').count()).toBe(0);
  });

  describe('a session that ends', () => {
    const twoTabs = async (): Promise<readonly [Page, Page]> => {
      const { context, page } = await stage.current.signedIn(people.operator);
      const other = await context.newPage();
      await other.goto('/console');
      await other.getByRole('heading', { name: 'hr-inbound' }).waitFor();
      return [page, other];
    };

    it('by signing out in one tab is over in the other one', async () => {
      const [page, other] = await twoTabs();
      await page.bringToFront();
      await page.getByRole('button', { name: people.operator.displayName }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('link', { name: 'Sign in' }).waitFor();

      await other.bringToFront();
      await other.getByRole('button', { name: 'Look again' }).click();
      await other.getByRole('link', { name: 'Sign in' }).waitFor();
    });

    it('by a logout token of the provider is over in every tab', async () => {
      const tabs = await twoTabs();
      const token = stage.current.interlock.cloud.mintLogoutToken({ user: people.operator.id });
      const { page } = await stage.current.visitor();
      await page.goto('/console');
      const sent = `fetch('/session/backchannel-logout', { method: 'POST', body: new URLSearchParams({ logout_token: '${token}' }) })`;
      expect(await page.evaluate<number>(`${sent}.then(({ status }) => status)`)).toBe(200);

      for (const tab of tabs) {
        await tab.bringToFront();
        await tab.getByRole('button', { name: 'Look again' }).click();
        await tab.getByRole('link', { name: 'Sign in' }).waitFor();
      }
    });
  });
}
