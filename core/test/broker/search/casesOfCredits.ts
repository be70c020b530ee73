/** Cases about joint artists. See `matchingPage.ts` for what is real and what is composed. */
import type { CaseGroup } from './matchingCase.ts';

export const CASES_OF_CREDITS: readonly CaseGroup[] = [
  {
    heading: 'Words between names',
    cases: [
      {
        artist: 'Simon and Garfunkel',
        title: 'America',
        hits: ['Simon & Garfunkel - America | Vinyl, 7", Single | 1972'],
        ours: 'exact',
        why: 'And is a word for the sign.',
      },
      {
        artist: 'Sonny et Cher',
        title: 'Little Man',
        hits: ['Sonny & Cher - Little Man | Vinyl, 7" | 1966'],
        ours: 'exact',
        why: 'So is et; so are und, y, og, och, en, a plus and a comma.',
      },
      {
        artist: 'Hall und Oates',
        title: 'Maneater',
        hits: ['Hall & Oates - Maneater | Vinyl, 7" | 1982'],
        ours: 'exact',
        why: 'In German.',
      },
      {
        artist: 'Skrillex x Diplo',
        title: 'Mind',
        hits: ['Skrillex & Diplo - Mind | File, Single | 2015'],
        ours: 'exact',
        why: 'An x between names is and, too.',
      },
      {
        artist: 'Tiësto vs Diplo',
        title: "C'mon",
        hits: ["Tiësto & Diplo - C'mon | File, Single | 2010"],
        ours: 'fuzzy',
        why: 'Against each other is not together: a mash-up is another record.',
      },
      {
        artist: 'Tiësto vs Diplo',
        title: "C'mon",
        hits: ["Tiësto Versus Diplo - C'mon | File, Single | 2010"],
        ours: 'exact',
        why: 'Two spellings of one word.',
      },
      {
        artist: 'Jay and Z',
        title: '99 Problems',
        hits: ['Jay-Z - 99 Problems | Vinyl, 12" | 2004'],
        ours: 'fuzzy',
        why: 'Two names do not make up a third one.',
      },
      {
        artist: 'Simon Garfunkel',
        title: 'America',
        hits: ['Simon & Garfunkel - America | Vinyl, 7", Single | 1972'],
        ours: 'fuzzy',
        why: 'And one name does not stand for two.',
      },
      {
        artist: 'Tyler The Creator',
        title: 'Yonkers',
        hits: ['Tyler, The Creator - Yonkers | File, Single | 2011'],
        ours: 'exact',
        why: 'A comma before The may be left out.',
      },
      {
        artist: 'Earth Wind & Fire',
        title: 'September',
        hits: ['Earth, Wind & Fire - September | Vinyl, 7" | 1978'],
        ours: 'exact',
        why: 'So may a comma in a list that ends with and.',
      },
      {
        artist: 'Lil Nas X and Jack Harlow',
        title: 'Industry Baby',
        hits: ['Lil Nas X & Jack Harlow - Industry Baby | File, Single | 2021'],
        ours: 'exact',
        why: 'An X in front of another such word belongs to the name.',
      },
      {
        artist: '!!! & Kite',
        title: 'Go',
        hits: ['??? & Kite - Go | Vinyl, 12"'],
        ours: 'fuzzy',
        why: 'Names made of signs keep them among others as well.',
      },
      {
        artist: 'Nirvana (2)',
        title: 'Home',
        hits: ['Nirvana Feat. Sliver (2) - Home | Vinyl, 7"'],
        ours: 'fuzzy',
        why: 'The number is that of the guest.',
      },
    ],
  },
];
