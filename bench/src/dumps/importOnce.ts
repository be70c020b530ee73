/** A process that imports one file of releases into a store, as `npm run dumps -- import` does; says what that took. */
import { mkdir, rm } from 'node:fs/promises';
import { openFileStore } from '@discogs-agent/dumps/sqlite';
import { importStore } from './importStore.ts';

const [file = '', folder = ''] = process.argv.slice(2);
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const path = await importStore([file], folder);
const { user, system } = process.cpuUsage();
const peakBytes = process.resourceUsage().maxRSS * 1024;
const store = openFileStore(path);
const records = store.info.counts.releases;
store.close();
console.log(JSON.stringify({ records, cpuMicros: user + system, peakBytes }));
