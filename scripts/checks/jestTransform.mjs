/** Erases TypeScript for Jest with esbuild, which the build needs anyway; types are checked by `npm run typecheck`. */
import { createHash } from 'node:crypto';
import { transformSync, version } from 'esbuild';

const options = { loader: 'ts', format: 'esm', target: 'node22', sourcemap: 'inline' };

export default {
  process: (source, path) => ({ code: transformSync(source, { ...options, sourcefile: path }).code }),
  getCacheKey: (source, path) =>
    createHash('sha1').update(version).update(path).update('\0').update(source).digest('hex'),
};
