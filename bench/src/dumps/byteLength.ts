/** What the reading thread sends of a record when nothing stores it. */
import type { PreparedRecord } from '@discogs-agent/dumps';

export const transform = ({ json }: PreparedRecord): number => json.length;
