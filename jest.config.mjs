/** One Jest for all workspaces; native ES modules, TypeScript erased by esbuild. */
export default {
  roots: ['core', 'sandbox', 'az-function', 'broker', 'openapi', 'bench', 'scripts', 'infra'].map(
    (d) => `<rootDir>/${d}`,
  ),
  testMatch: ['**/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/scripts/checks/jestTransform.mjs' },
  testEnvironment: 'node',
  testTimeout: 20_000,
  modulePathIgnorePatterns: ['/dist/', '/.types/'],
};
