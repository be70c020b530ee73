/** What the reading thread of an import sends of a record. */
export { storedRecord as transform } from '../sqlite/storedRecord.ts';
