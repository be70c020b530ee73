/** `npm run bench:broker`. The path is computed because the benchmark builds on these scripts, not they on it. */
await import(new URL('../../bench/src/broker/main.ts', import.meta.url).href);
