/** Where the catalogue is, as the environment says it. */
import { isUnresolvedReference, type SettingProblem } from '@discogs-agent/core';
import { type ContainerAddress, readContainerAddress } from './containerAddress.ts';

/** A folder of this machine, or a container of Blob storage. */
export type CatalogueAddress =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'container'; readonly container: ContainerAddress };

/** What the environment decides about the catalogue. */
export interface CatalogueSettings {
  /** Absent: there is none, or it is off. */
  readonly address: CatalogueAddress | undefined;
  /** What cannot be used. */
  readonly problems: readonly SettingProblem[];
  /** What is read as something that it does not say. */
  readonly misread: readonly SettingProblem[];
}

const STORE_FIX =
  'must be a folder, or the https address of a Blob container such as https://my-store.blob.core.windows.net/catalogue';
const NO_STORE_FIX = 'must be off, or absent, where CATALOGUE_STORE is not set; it is read as off';

const isAddress = (value: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(value);

/** Reads `CATALOGUE_STORE`; `CATALOGUE` itself is a setting of the gateway. Values stay out of the problems. */
export function readCatalogueSettings(
  variables: Readonly<Record<string, string | undefined>>,
): CatalogueSettings {
  const store = variables['CATALOGUE_STORE']?.trim() ?? '';
  const when = variables['CATALOGUE']?.trim() ?? '';
  const nothing = { address: undefined, problems: [], misread: [] };
  if (when === 'off') return nothing;
  if (store === '') {
    const isAsked = when === 'fallback' || when === 'first';
    return { ...nothing, misread: isAsked ? [{ variable: 'CATALOGUE', fix: NO_STORE_FIX }] : [] };
  }
  const container = isAddress(store) ? readContainerAddress(store) : undefined;
  if (container) return { ...nothing, address: { kind: 'container', container } };
  return isAddress(store) || isUnresolvedReference(store)
    ? { ...nothing, problems: [{ variable: 'CATALOGUE_STORE', fix: STORE_FIX }] }
    : { ...nothing, address: { kind: 'folder', folder: store } };
}
