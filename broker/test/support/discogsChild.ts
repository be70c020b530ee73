/** Tells its parent its address, and then each call. */
import { localDiscogs } from './localDiscogs.ts';

const { url } = await localDiscogs((send) => void process.send?.(send));
process.send?.(url);
process.once('disconnect', () => process.exit());
