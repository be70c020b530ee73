/** `npm run bench:budget`. The path is computed because the benchmark builds on these scripts, not they on it. */
await import(new URL('../../bench/src/budget/main.ts', import.meta.url).href);
