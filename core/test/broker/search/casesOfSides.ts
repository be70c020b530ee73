/** Cases about records with several titles. See `matchingPage.ts` for what is real and what is composed. */
import type { CaseGroup } from './matchingCase.ts';

export const CASES_OF_SIDES: readonly CaseGroup[] = [
  {
    heading: 'Two sides and splits',
    cases: [
      {
        artist: 'New Order',
        title: 'The Beach',
        hits: ['New Order - Blue Monday / The Beach | Vinyl, 7", Single | 1983'],
        ours: 'exact',
        why: 'The row names both sides.',
      },
      {
        artist: 'Nirvana',
        title: 'Oh, The Guilt',
        hits: ['The Jesus Lizard / Nirvana - Puss / Oh, The Guilt | Vinyl, 7" | 1993'],
        ours: 'exact',
        why: 'Second name, second title.',
      },
      {
        artist: 'Nirvana',
        title: 'Puss',
        hits: ['The Jesus Lizard / Nirvana - Puss / Oh, The Guilt | Vinyl, 7" | 1993'],
        ours: 'fuzzy',
        why: 'Second name, but first title: the other band plays it.',
      },
      {
        artist: 'Mudhoney',
        title: 'Freak Scene',
        hits: ['Mudhoney / Dinosaur Jr. / Tad - Freak Scene / Live | CDr'],
        ours: 'fuzzy',
        why: 'Three names for two titles: nothing says whose is which.',
      },
      {
        artist: 'Stan Getz / João Gilberto',
        title: 'Getz / Gilberto',
        hits: ['Stan Getz / João Gilberto - Getz / Gilberto | Vinyl, LP, Album | 1964'],
        ours: 'exact',
        why: 'Here the slash belongs to one credit and one title.',
      },
      {
        artist: 'Burial',
        title: 'Moth',
        hits: ['Burial + Four Tet - Moth / Wolf Cub | Vinyl, 12" | 2009'],
        ours: 'fuzzy',
        why: 'A known miss, on purpose: one of two joint artists is not the artist.',
      },
      {
        artist: 'New Order',
        title: 'Blue Monday',
        hits: ['New Order - Blue Monday / The Beach (Remixes) | Vinyl, 12"'],
        ours: 'fuzzy',
        why: 'What stands behind the last side may be meant for all of them.',
      },
      {
        artist: 'New Order',
        title: 'The Beach',
        hits: ['New Order - Remixes: Blue Monday / The Beach | Vinyl, 12"'],
        ours: 'fuzzy',
        why: 'The same in front of the first.',
      },
      {
        artist: 'New Order',
        title: 'The Beach (Remix)',
        hits: ['New Order - Blue Monday / The Beach (Remix) | Vinyl, 12"'],
        ours: 'exact',
        why: 'The side itself names the version.',
      },
    ],
  },
  {
    heading: 'Parallel titles',
    cases: [
      {
        artist: 'Yello',
        title: 'Capri Calling',
        hits: ['Yello - Capri Calling = カプリー・コーリング | Vinyl, 7" | 1985'],
        ours: 'exact',
        why: 'Discogs writes the title in two languages with = between them.',
      },
      {
        artist: '杏里',
        title: '悲しみがとまらない',
        hits: ['杏里 - 悲しみがとまらない = I Can\'t Stop The Loneliness | Vinyl, 7" | 1983'],
        ours: 'exact',
        why: 'Either of the two is the title.',
      },
      {
        artist: 'Christie',
        title: 'Yellow River = Río Amarillo',
        hits: ['Christie - Yellow River | Vinyl, 7" | 1970'],
        ours: 'exact',
        why: 'So it is where the caller has both.',
      },
      {
        artist: 'Christie',
        title: 'Yellow River = Río Amarillo',
        hits: ['Christie - Río Amarillo = Yellow River | Vinyl, 7" | 1970'],
        ours: 'exact',
        why: 'The order says nothing.',
      },
      {
        artist: 'Christie',
        title: 'Yellow River',
        hits: ['Christie - Río Amarillo = Yellow River (Remix) | Vinyl, 12"'],
        ours: 'fuzzy',
        why: 'The version may be meant for both.',
      },
      {
        artist: 'Mariah Carey',
        title: 'E',
        hits: ['Mariah Carey - E = MC² | CD, Album | 2008'],
        ours: 'fuzzy',
        why: 'A letter is no title beside another one: this is a formula.',
      },
      {
        artist: 'Some Duo',
        title: 'Us',
        hits: ['Some Duo - You + Me = Us | File, Single'],
        ours: 'fuzzy',
        why: 'So is this one.',
      },
    ],
  },
];
