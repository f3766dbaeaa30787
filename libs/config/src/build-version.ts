import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The nearest one above the source, the compiled file or the bundle, whichever runs. */
function findPackage(folder: URL): { readonly folder: URL; readonly version: string } {
  const here = new URL('package.json', folder);
  try {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(here, 'utf8')));
    return { folder, version };
  } catch (error) {
    const parent = new URL('..', folder);
    if (parent.href === folder.href) throw error;
    return findPackage(parent);
  }
}

const found = findPackage(new URL('.', import.meta.url));

/** Version of this build, as recorded in every event. */
export const buildVersion = found.version;

/** Where the build lies in its `dist`: the root of the checkout or of the image. */
export const buildFolder = found.folder;
