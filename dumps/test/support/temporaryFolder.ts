/** Folders of tests, removed after each file of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

/** A new and empty one. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'discogs-agent-catalogue-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
