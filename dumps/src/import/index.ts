/** Importing a month, for other programs. */
export { findMonth } from './findFiles.ts';
export { importMonth } from './importMonth.ts';
