/** Keeps the catalogue out of the start: it is loaded and opened when it is first asked. */
import { type Catalogue, lazy } from '@discogs-agent/core';
import type { CatalogueHost } from './catalogueHost.ts';
import type { CatalogueAddress } from './catalogueSettings.ts';

async function load(address: CatalogueAddress, host: CatalogueHost): Promise<Catalogue> {
  if (address.kind === 'folder') {
    const { createFolderCatalogue } = await import('./folderCatalogue.ts');
    return createFolderCatalogue(address.folder, host);
  }
  const { createContainerCatalogue } = await import('./containerCatalogue.ts');
  return createContainerCatalogue(address.container, host);
}

/** For a part that does not load: the app is not whole, or its Node is too old for it. */
const NOT_LOADED = {
  message: 'the code of the catalogue could not be loaded',
  fix: 'deploy the app again, on a Node that has SQLite and zstd (22.15, 24 or newer)',
} as const;

/** The catalogue of an address. Loads nothing yet. */
export function lazyCatalogue(
  address: CatalogueAddress,
  host: CatalogueHost,
  loadPart: typeof load = load,
): Catalogue {
  const part = lazy(() => loadPart(address, host));
  return {
    async answer(operation, input, leftMs) {
      const catalogue = await part.get().catch(() => undefined);
      return catalogue?.answer(operation, input, leftMs) ?? { kind: 'unavailable', ...NOT_LOADED };
    },
    async date(leftMs) {
      return (await part.get().catch(() => undefined))?.date(leftMs);
    },
    async status() {
      const catalogue = await part.get().catch(() => undefined);
      return catalogue?.status() ?? { state: 'unavailable', ...NOT_LOADED };
    },
  };
}
