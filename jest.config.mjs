/** One Jest for all workspaces; native ES modules, TypeScript erased by esbuild. */
export default {
  roots: ['core', 'sandbox', 'az-function', 'broker', 'dumps', 'openapi', 'bench', 'scripts', 'infra'].map(
    (d) => `<rootDir>/${d}`,
  ),
  testMatch: ['**/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/checks/jestTransform.mjs' },
  testEnvironment: 'node',
  // For a machine that is busy with other things, too: a test that hangs is found later.
  testTimeout: 60_000,
  // Half of the time goes by in waiting for servers and clocks: two suites at once take half as long on two cores.
  maxWorkers: '100%',
  // Thirteen suites take four minutes: `npm test` leaves them to `npm run test:slow`, and CI runs both.
  testPathIgnorePatterns: ['/node_modules/', ...(process.env.SLOW ? [] : ['\\.slow\\.test\\.ts$'])],
  modulePathIgnorePatterns: ['/dist/', '/.types/'],
};
