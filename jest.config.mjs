/** One Jest for all workspaces; native ES modules, TypeScript erased by esbuild. */
export default {
  roots: ['core', 'sandbox', 'az-function', 'broker', 'dumps', 'openapi', 'bench', 'scripts', 'infra'].map(
    (d) => `<rootDir>/${d}`,
  ),
  testMatch: ['**/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/checks/jestTransform.mjs' },
  testEnvironment: 'node',
  testTimeout: 20_000,
  // Seven suites take three minutes: `npm test` leaves them to `npm run test:slow`, and CI runs both.
  testPathIgnorePatterns: ['/node_modules/', ...(process.env.SLOW ? [] : ['\\.slow\\.test\\.ts$'])],
  modulePathIgnorePatterns: ['/dist/', '/.types/'],
};
