/** Runs `npm run dumps` as a person does, and makes what it imports. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { RecordKind } from '@discogs-agent/core/catalogue';
import { main } from '../../src/commands/cli.ts';
import { dumpFileName } from '../../src/dumpFile.ts';

const PROGRAM = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when the output has this text; rejects when the program ends before. */
  saying(text: string): Promise<void>;
}

/** Starts the real program with `CATALOGUE_STORE` set to the folder. */
export function startDumps(folder: string, ...args: readonly string[]): Running {
  const env = { ...process.env, CATALOGUE_STORE: folder, NODE_OPTIONS: '' };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, ...args], { env });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => {
      output += String(data);
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });
  const saying = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!output.includes(text)) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`ended without saying ${text}: ${output}`)));
    });
  return { child, ended, saying };
}

/** The same command line without a process of its own, which would cost a second each time. */
export async function dumps(folder: string, ...args: readonly string[]) {
  const lines: string[] = [];
  const code = await main(
    {
      folder,
      signal: new AbortController().signal,
      now: Date.now,
      say: (line) => lines.push(line),
      progress: () => {},
    },
    args,
  );
  return { code, output: lines.join('\n') };
}

const XML: Readonly<Record<RecordKind, (id: number) => string>> = {
  artists: (id) => `<artist><id>${id}</id><name>Artist ${id}</name></artist>`,
  labels: (id) => `<label><id>${id}</id><name>Label ${id}</name></label>`,
  masters: (id) =>
    `<master id="${id}"><main_release>${id}</main_release><title>Master ${id}</title></master>`,
  releases: (id) =>
    `<release id="${id}"><artists><artist><id>1</id><name>Artist 1</name></artist></artists>` +
    `<title>Release ${id}</title><released>1999</released></release>`,
};

export interface MadeMonth {
  readonly folder: string;
  readonly date?: string;
  readonly counts?: Partial<Record<RecordKind, number>>;
  /** Put in front of the records of the releases. */
  readonly broken?: readonly string[];
  readonly kinds?: readonly RecordKind[];
  /** Of compression; 0 stores the XML as it is. */
  readonly level?: number;
}

const ALL_KINDS: readonly RecordKind[] = ['artists', 'labels', 'masters', 'releases'];

/** Writes the files of a month, with records of the ids from 1. */
export function writeMonth({
  folder,
  date = '2026-10-01',
  counts = {},
  broken = [],
  kinds = ALL_KINDS,
  level,
}: MadeMonth) {
  mkdirSync(folder, { recursive: true });
  return kinds.map((kind) => {
    const records = Array.from({ length: counts[kind] ?? 5 }, (_, index) => XML[kind](index + 1));
    const xml = `<${kind}>\n${[...(kind === 'releases' ? broken : []), ...records].join('\n')}\n</${kind}>`;
    const path = join(folder, dumpFileName({ kind, date }));
    writeFileSync(path, gzipSync(xml, level === undefined ? {} : { level }));
    return path;
  });
}
