/** Cases about letters and scripts. See `matchingPage.ts` for what is real and what is composed. */
import type { CaseGroup } from './matchingCase.ts';

export const CASES_OF_SCRIPTS: readonly CaseGroup[] = [
  {
    heading: 'Letters and scripts',
    cases: [
      {
        artist: 'Bjork',
        title: 'Hyperballad',
        hits: ['Björk - Hyper-Ballad | CD, Single | 1996'],
        ours: 'exact',
        why: 'The dots of the o and the hyphen are spelling.',
      },
      {
        artist: 'Bjo\u0308rk',
        title: 'Jóga',
        hits: ['Björk - Jóga | CD, Single | 1997'],
        ours: 'exact',
        why: 'Composed and decomposed letters are the same letters.',
      },
      {
        artist: 'Motorhead',
        title: 'Ace Of Spades',
        hits: ['Motörhead - Ace Of Spades | Vinyl, 7", Single | 1980'],
        ours: 'exact',
        why: 'Accents of Latin letters are often left out.',
      },
      {
        artist: 'Trentemoller',
        title: 'Moan',
        hits: ['Trentemøller - Moan | Vinyl, 12" | 2007'],
        ours: 'exact',
        why: 'The stroke of the o is spelling too.',
      },
      {
        artist: 'КИНО',
        title: 'Группа крови',
        hits: ['Кино - Группа Крови | Vinyl, LP, Album | 1988'],
        ours: 'exact',
        why: 'Case exists outside Latin as well.',
      },
      {
        artist: 'Kino',
        title: 'Gruppa Krovi',
        hits: ['Кино - Группа Крови | Vinyl, LP, Album | 1988'],
        ours: 'fuzzy',
        why: 'A known miss: names are not transliterated.',
      },
      {
        artist: '宇多田ヒカル',
        title: 'First Love',
        hits: ['宇多田ヒカル - First Love | CD, Single | 1999'],
        ours: 'exact',
        why: 'Words without spaces between them are compared as a whole.',
      },
      {
        artist: 'Hikaru Utada',
        title: 'First Love',
        hits: ['宇多田ヒカル - First Love | CD, Single | 1999'],
        ours: 'fuzzy',
        why: 'A known miss: a search row does not list the other names of an artist.',
      },
      {
        artist: 'ハス',
        title: '愛',
        hits: ['バス - 愛 | CD, Single'],
        ours: 'fuzzy',
        why: 'In Japanese a mark makes another letter, so marks stay.',
      },
      {
        artist: 'ＹＭＯ',
        title: 'ライディーン',
        hits: ['YMO - ライディーン | Vinyl, 7", Single | 1980'],
        ours: 'exact',
        why: 'Full-width letters are letters.',
      },
      {
        artist: '𝔾𝕙𝕠𝕤𝕥',
        title: 'Ⅱ',
        hits: ['Ghost (81) - II | File, EP'],
        ours: 'exact',
        why: 'Fancy letters beyond the basic plane are letters; the original dropped the whole name.',
      },
    ],
  },
];
