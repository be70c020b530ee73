/** Why Blob storage gave no bytes, in words that may be logged: no address, no signature. */
import { CatalogueUnavailable } from '@discogs-agent/core/catalogue';

const NOT_ALLOWED =
  'Give the app the role Storage Blob Data Reader on the account (parameter catalogueAccountName of the templates), or renew the signature in CATALOGUE_STORE';
const AWAY = 'It is tried again. If it stays, look for the account of CATALOGUE_STORE in the portal';

export const notAllowed = (status: number, code: string | undefined): CatalogueUnavailable =>
  new CatalogueUnavailable(`Blob storage refuses the catalogue: ${status} ${code ?? ''}`.trim(), NOT_ALLOWED);

export const noToken = (detail: string): CatalogueUnavailable =>
  new CatalogueUnavailable(`No token for Blob storage: ${detail}`, NOT_ALLOWED);

export const away = (detail: string): CatalogueUnavailable =>
  new CatalogueUnavailable(`Blob storage does not give the catalogue: ${detail}`, AWAY);
