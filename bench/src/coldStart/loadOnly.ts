/** Process: loads the entry file that is its argument, and ends before anything that the file put off for later. */
import { installFunctionsCore } from '../../../az-function/local/functionsCore.ts';
import { writeUsage } from './usage.ts';

installFunctionsCore(() => {});
await import(process.argv[2] ?? '');
writeUsage();
process.exit(0);
