import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** package.json lies at the same depth from the source and from the compiled file but for `dist`. */
function findPackage(folder: URL): { version: string } {
  const here = new URL('package.json', folder);
  try {
    return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(here, 'utf8')));
  } catch (error) {
    const parent = new URL('..', folder);
    if (parent.href === folder.href) throw error;
    return findPackage(parent);
  }
}

/** Version of this build, as recorded in every event. */
export const buildVersion = findPackage(new URL('.', import.meta.url)).version;
