/** `npm run test:slow`: suites that wait for whole deployments, killed Workers and benchmarks. CI runs them beside `npm test`. */
process.env['SLOW'] = '1';
process.argv.splice(2, 0, '--testPathPatterns=slow');
await import('./test.ts');
