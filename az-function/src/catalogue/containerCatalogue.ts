/** The catalogue in a container of Blob storage. Loaded when it is first asked. */
import type { Catalogue } from '@discogs-agent/core';
import { createCatalogue } from '@discogs-agent/core/catalogue';
import type { CatalogueHost } from './catalogueHost.ts';
import type { ContainerAddress } from './containerAddress.ts';
import { openBlobCatalogue } from './openBlobCatalogue.ts';

/** Opens nothing before the first look-up. */
export const createContainerCatalogue = (address: ContainerAddress, host: CatalogueHost): Catalogue =>
  createCatalogue({ ...host, open: async () => openBlobCatalogue(address) });
