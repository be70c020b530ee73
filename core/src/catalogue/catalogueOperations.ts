/** What a dump can be asked, known without loading the answers. */
import type { Operation } from '../catalog/operation.ts';

/** The operations that a dump can answer. */
export const CATALOGUE_OPERATIONS: ReadonlySet<string> = new Set([
  'getArtist',
  'getArtistReleases',
  'getRelease',
  'getMaster',
  'getMasterVersions',
  'getLabel',
  'getLabelReleases',
  'searchDatabase',
]);

/** Whether a dump can know anything about the operation's answers. */
export const isInCatalogue = ({ id }: Pick<Operation, 'id'>): boolean => CATALOGUE_OPERATIONS.has(id);
