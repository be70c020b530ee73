/** `npm run test:long`: the randomized run with all its steps. */
process.env['LONG'] = '1';
process.argv.splice(2, 0, '--testPathPatterns=randomRun');
await import('./test.ts');
