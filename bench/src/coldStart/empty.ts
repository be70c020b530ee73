/** Process: nothing. What is left is the price of Node. */
import { writeUsage } from './usage.ts';

writeUsage();
