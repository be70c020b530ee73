/** Grades of a record and of its sleeve, as Discogs writes them. */

/** Best first. */
export const CONDITIONS = [
  'Mint (M)',
  'Near Mint (NM or M-)',
  'Very Good Plus (VG+)',
  'Very Good (VG)',
  'Good Plus (G+)',
  'Good (G)',
  'Fair (F)',
  'Poor (P)',
];
/** What is said of a sleeve that has no grade. */
export const UNGRADED = { generic: 'Generic', notGraded: 'Not Graded', noCover: 'No Cover' };
export const SLEEVE_CONDITIONS = [...CONDITIONS, ...Object.values(UNGRADED)];
