/** `npm run test:long`: the randomized run with all its steps, and the broker's rush at its real pace. */
process.env['LONG'] = '1';
process.argv.splice(2, 0, '--testPathPatterns=randomRun|manySearches');
await import('./test.ts');
