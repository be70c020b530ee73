/** How long an answer may be kept, by kind of data. */

/** Discogs' terms forbid showing content more than six hours old. */
export const LONGEST_SECONDS = 21_600;
export const ENTITY_SECONDS = LONGEST_SECONDS;
/** Lists grow when somebody submits a release; half an hour hides nothing that matters. */
export const LIST_SECONDS = 1800;
/** Search shows new submissions; ten minutes still absorb every repeat inside one conversation. */
export const SEARCH_SECONDS = 600;
/** Averages and counts of many users move slowly; own ratings should show before a conversation ends. */
export const COMMUNITY_SECONDS = 600;
/** Prices move with every sale. */
export const PRICE_SECONDS = 120;
/** A user's own data must look like the last write. */
export const OWN_SECONDS = 15;
