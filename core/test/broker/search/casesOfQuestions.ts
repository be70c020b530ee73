/** What Discogs is asked for: the query of a caller, and the words that are sent. */

/** One row of the table. */
export interface QuestionCase {
  readonly artist: string;
  readonly title: string;
  readonly album?: string;
  /** Parameters of the search that differ from the query. */
  readonly sent: { readonly artist?: string; readonly track?: string; readonly release_title?: string };
  readonly why: string;
}

export const CASES_OF_QUESTIONS: readonly QuestionCase[] = [
  {
    artist: 'Björk',
    title: 'Army Of Me (Extended Mix)',
    album: 'Army Of Me (Remixes)',
    sent: {},
    why: 'A version has a name of its own at Discogs.',
  },
  {
    artist: 'Daft Punk',
    title: 'Da Funk (Original Mix)',
    sent: { track: 'Da Funk' },
    why: 'What names no other version is not sent.',
  },
  {
    artist: 'Daft Punk feat. Pharrell Williams',
    title: 'Get Lucky (feat. Nile Rodgers)',
    sent: { artist: 'Daft Punk', track: 'Get Lucky' },
    why: 'Guests stand here or there, or nowhere.',
  },
  {
    artist: 'Daft Punk',
    title: 'Get Lucky (feat. Pharrell Williams - Somebody Remix)',
    sent: { track: 'Get Lucky (Somebody Remix)' },
    why: 'The remix stays.',
  },
  {
    artist: 'Daft Punk',
    title: 'Get Lucky w/ Pharrell Williams',
    sent: { track: 'Get Lucky' },
    why: 'Another spelling of a guest.',
  },
  {
    artist: 'Ride',
    title: 'Handle (With Care)',
    sent: {},
    why: 'What may be the title is sent as it is.',
  },
  {
    artist: 'David Bowie',
    title: '“Heroes” - 2017 Remaster',
    sent: { track: '“Heroes”' },
    why: 'Track lists do not name remasters. What is found stays a guess.',
  },
  {
    artist: 'The Beach Boys',
    title: "Wouldn't It Be Nice - Mono / Remastered",
    sent: { track: "Wouldn't It Be Nice" },
    why: 'Nor on how many channels.',
  },
  {
    artist: 'Nirvana',
    title: 'About A Girl (Album Version) [Explicit]',
    sent: { track: 'About A Girl' },
    why: 'Nor what shops say of a track that is no other version. What is found stays a guess.',
  },
  {
    artist: 'Yello',
    title: 'Capri Calling = カプリー・コーリング',
    sent: { track: 'Capri Calling' },
    why: 'The first of two parallel titles finds both.',
  },
  {
    artist: 'Beatles, The',
    title: 'Help!',
    sent: { artist: 'The Beatles' },
    why: 'The name as Discogs has it.',
  },
  {
    artist: 'Simon and Garfunkel',
    title: 'America',
    sent: {},
    why: 'Words between names are sent as they are.',
  },
  {
    artist: 'Daft Punk',
    title: 'One More Time',
    album: 'One More Time - Single',
    sent: { release_title: 'One More Time' },
    why: 'Shops add this, Discogs does not.',
  },
  {
    artist: 'Aphex Twin',
    title: 'Windowlicker',
    album: 'Windowlicker - EP',
    sent: { release_title: 'Windowlicker' },
    why: 'The same.',
  },
  {
    artist: 'Aphex Twin',
    title: 'Windowlicker',
    album: 'Windowlicker E.P.',
    sent: { release_title: 'Windowlicker' },
    why: 'Which finds the name with and without it.',
  },
  {
    artist: 'Michael Jackson',
    title: 'Thriller',
    album: 'Thriller (25th Anniversary Deluxe Edition) [Remastered]',
    sent: { release_title: 'Thriller' },
    why: 'Editions have the name of the album at Discogs.',
  },
  {
    artist: 'Pink Floyd',
    title: 'Comfortably Numb',
    album: 'The Wall CD2',
    sent: { release_title: 'The Wall' },
    why: 'So has each disc of it.',
  },
  {
    artist: 'The Cure',
    title: 'Plainsong',
    album: 'Disintegration (Remastered 2010) (Disc 1 of 3)',
    sent: { release_title: 'Disintegration' },
    why: 'And the remaster of a disc.',
  },
  {
    artist: 'The Cure',
    title: 'Plainsong',
    album: 'Disintegration, Disc One',
    sent: { release_title: 'Disintegration' },
    why: 'Or a disc counted in words.',
  },
  {
    artist: 'Somebody',
    title: 'Go',
    album: 'Something Special',
    sent: {},
    why: 'Without brackets or a dash it is a word of the title.',
  },
  {
    artist: 'Nirvana',
    title: 'About A Girl',
    album: 'MTV Unplugged In New York (Live)',
    sent: {},
    why: 'A concert is another record.',
  },
];
