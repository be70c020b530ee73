/** `npm run lint`, `npm run format`: Biome over everything, or over the paths that are given. */
import { parseArgs } from 'node:util';
import { runTool } from '../programs/installTool.ts';

const { values, positionals } = parseArgs({
  options: { write: { type: 'boolean', default: false } },
  allowPositionals: true,
});
process.exitCode = await runTool('biome', '@biomejs/biome/bin/biome', [
  'check',
  ...(values.write ? ['--write'] : []),
  ...(positionals.length > 0 ? positionals : ['.']),
]);
