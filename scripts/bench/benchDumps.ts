/** `npm run bench:dumps`. The path is computed because the benchmark builds on these scripts, not they on it. */
await import(new URL('../../bench/src/dumps/main.ts', import.meta.url).href);
