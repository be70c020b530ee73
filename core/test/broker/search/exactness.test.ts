/** What "exact" may never be said of, and what must not keep it from being said, tried with many spellings. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { match } from '../../../src/broker/search/match.ts';
import { hitOf } from './matchingCase.ts';

const RUNS = { numRuns: 1000 };

type Asked = readonly [artist: string, title: string, hit: string];

/** Those that match with another quality than `quality`. */
const unlike = (quality: 'exact' | 'fuzzy', all: readonly Asked[]): Asked[] =>
  all.filter(
    ([artist, title, hit]) =>
      match({ artist, title, album: undefined }, [{ ...hitOf(''), title: hit }]).quality !== quality,
  );
const never = (...all: Asked[]): void => expect(unlike('fuzzy', all)).toEqual([]);
const always = (...all: Asked[]): void => expect(unlike('exact', all)).toEqual([]);

const oneOf = (list: string): fc.Arbitrary<string> => fc.constantFrom(...list.split('|'));
const artist = oneOf('Ava Moon|Maroon 5|U2|The Kites|Jay-Z|A|Nero Blau (2)');
const title = oneOf('Go|Blue Hour|Opus 7|Another World 2008|Live And Learn|Now / Then');
/** Without a number at the end, behind which "ft" may be feet. */
const plainTitle = oneOf('Go|Blue Hour|Another World 2008|Now / Then');
const guest = oneOf('B|Mira Sol|Z-Trip|The Owls|2 Gallants|MØ|Mira Sol & Z-Trip|B, C and D|B x C');
const MARKERS = 'feat.|feat|Feat.|Feat|FEAT.|featuring|Featuring|ft.|ft|Ft|Ft.|w/';
const marker = oneOf(MARKERS);
/** A guest named behind something. */
const named = fc.oneof(
  fc.tuple(oneOf(' |, '), marker, guest).map(([before, word, name]) => `${before}${word} ${name}`),
  fc.tuple(oneOf(`${MARKERS}|with`), guest).map(([word, name]) => ` (${word} ${name})`),
  fc.tuple(oneOf(`${MARKERS}|with`), guest).map(([word, name]) => ` [${word} ${name}]`),
);
/** Without a guest, or with one. */
const other = fc.option(named, { nil: '' });

const version = oneOf(
  'Live|Remix|Remixes|Edit|Radio Edit|Dub|Instrumental|Acapella|A Cappella|Extended|Extended Mix|Hard Mix|Clubmix|' +
    "Reprise|Remastered|2011 Remaster|Remastered 2009|Acoustic|C Remix|Mira Sol's Rework|Live At The Dome|En Vivo|" +
    'Demo|VIP|1999 Version|Version 2|Original|Vocal|リミックス|Ремикс',
);
/** Behind what names the guest, or inside its brackets. */
const addition = fc.constantFrom<(text: string, version: string) => string>(
  ...[' ', ' - ', ' – ', ', ', ': ', '; ', ' | ', ' / ', ' & '].map(
    (between) => (text: string, added: string) => text + between + added,
  ),
  (text, added) => `${text} (${added})`,
  (text, added) => `${text} [${added}]`,
  ...[' ', ' - ', ', '].map(
    (between) => (text: string, added: string) => text.replace(/[)\]]$/u, `${between}${added}$&`),
  ),
  (text, added) => text.replace(/[)\]]$/u, ` (${added})$&`),
  (text, added) => text.replace(/ [([]/u, `$&${added} `),
);

describe('a version that one side names', () => {
  it('never gives exact, wherever it stands behind or among the guests of the title asked for', () => {
    fc.assert(
      fc.property(artist, title, named, version, addition, other, (by, name, guests, added, add, others) => {
        const asked = add(`${name}${guests}`, added);
        fc.pre(asked !== `${name}${guests}`);
        never(
          [by, asked, `${by} - ${name}`],
          [by, asked, `${by} - ${name}${others}`],
          [by, asked, `${by}${others} - ${name}`],
        );
      }),
      RUNS,
    );
  });

  it('never gives exact where the hit names it, in its title or behind a guest of its artist', () => {
    fc.assert(
      fc.property(artist, title, named, version, addition, other, (by, name, guests, added, add, others) => {
        const shown = add(`${name}${guests}`, added);
        fc.pre(shown !== `${name}${guests}`);
        for (const hit of [`${by} - ${shown}`, `${add(`${by}${guests}`, added)} - ${name}`]) {
          never([by, name, hit], [by, `${name}${others}`, hit]);
        }
      }),
      RUNS,
    );
  });

  it('never gives exact where it may be meant for all sides of a record, or for both of two parallel titles', () => {
    fc.assert(
      fc.property(artist, version, oneOf(' / | = '), (by, added, sign) => {
        const record = `${by} - Blue Hour${sign}Go`;
        never([by, 'Blue Hour', `${record} (${added})`], [by, 'Blue Hour', `${record} - ${added}`]);
      }),
      RUNS,
    );
  });
});

describe('another artist', () => {
  const NAMES = 'Ava Moon|Jay-Z|Jay Sean|Z-Trip|Jay|Z|X|Y|En Vogue|And One|Kite|!!!|AC/DC'.split('|');
  const names = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1, maxLength: 3 });
  const joint = oneOf(' & |, | and | And | + | et | und | y | og | och | en | x | X |; ');
  const joints = fc.array(joint, { minLength: 3, maxLength: 3 });
  const credit = (them: readonly string[], between: readonly string[]): string =>
    them.map((name, index) => (index === 0 ? name : `${between[index]}${name}`)).join('');

  it('that is swapped, dropped or added never gives exact, whatever joins the names', () => {
    fc.assert(
      fc.property(names, names, joints, joints, other, (one, two, before, after, guests) => {
        fc.pre(one.join('|') !== two.join('|'));
        never([`${credit(one, before)}${guests}`, 'Go', `${credit(two, after)} - Go`]);
      }),
      RUNS,
    );
  });

  it('is never found in the parts of names', () => {
    never(
      ['Jay & Z', 'Go', 'Jay-Z - Go'],
      ['Jay, Z', 'Go', 'Jay-Z - Go'],
      ['Jay Z', 'Go', 'Jay And Z - Go'],
      ['Jay, Z & Kite', 'Go', 'Jay-Z & Kite - Go'],
      ['!!! & Kite', 'Go', '??? & Kite - Go'],
      ['Kite (2) & Jay', 'Go', 'Kite & Jay (2) - Go'],
      ['Kite (2)', 'Go', 'Kite Feat. Jay (2) - Go'],
    );
  });

  it('behind a guest is none: vs., Presents and a slash begin a joint credit', () => {
    const joining = oneOf('Vs.|vs|Versus|Presents|Pres.|/|-|Meets|With');
    fc.assert(
      fc.property(artist, title, marker, guest, joining, (by, name, word, featured, joined) => {
        never([by, name, `${by} ${word} ${featured} ${joined} Somebody Else - ${name}`]);
      }),
      RUNS,
    );
  });

  it('joined by vs. is not joined by and', () => {
    never(
      ['Ava Moon vs Kite', 'Go', 'Ava Moon & Kite - Go'],
      ['Ava Moon & Kite', 'Go', 'Ava Moon Vs. Kite - Go'],
    );
    always(['Ava Moon vs Kite', 'Go', 'Ava Moon Vs. Kite - Go']);
  });

  it('as a guest differs by whole names, not by their words', () => {
    const guestNames = ['Jay-Z', 'Jay Sean', 'Z-Trip', 'Sean', 'Trip', 'Z', 'Jay'];
    const guests = fc.uniqueArray(fc.constantFrom(...guestNames), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(guests, guests, marker, (one, two, word) => {
        const isWithin = (a: string[], b: string[]): boolean => a.every((name) => b.includes(name));
        const check = isWithin(one, two) || isWithin(two, one) ? always : never;
        check([`Kite ${word} ${one.join(', ')}`, 'Go', `Kite Feat. ${two.join(' & ')} - Go`]);
      }),
      RUNS,
    );
  });

  it('is none that is written with another word for and', () => {
    fc.assert(
      fc.property(names, joints, joints, other, (both, before, after, guests) => {
        always([`${credit(both, before)}${guests}`, 'Go', `${credit(both, after)} - Go`]);
      }),
      RUNS,
    );
  });
});

describe('mere spelling', () => {
  it('of a guest keeps exact, wherever the guest is named', () => {
    fc.assert(
      fc.property(artist, plainTitle, named, marker, guest, (by, name, guests, word, featured) => {
        always([by, `${name}${guests}`, `${by} - ${name}`], [`${by}${guests}`, name, `${by} - ${name}`]);
        for (const hit of [`${by} Feat. ${featured} - ${name}`, `${by} - ${name} (With ${featured})`]) {
          always([by, `${name} (${word} ${featured})`, hit], [`${by} ${word} ${featured}`, name, hit]);
        }
      }),
      RUNS,
    );
  });

  it('of parallel titles keeps exact, whichever of them is asked for', () => {
    const pair = fc.constantFrom(
      ['Зеркало', 'Mirror'],
      ['愛', 'Love Song'],
      ['Río Amarillo', 'Yellow River'],
    );
    const form = fc.constantFrom<(one: string, two: string) => string>(
      (one) => one,
      (_, two) => two,
      (one, two) => `${one} = ${two}`,
      (one, two) => `${two} = ${one}`,
    );
    fc.assert(
      fc.property(
        artist,
        pair,
        form,
        fc.boolean(),
        other,
        (by, [one = '', two = ''], single, turned, guests) => {
          const [some, both] = [single(one, two), turned ? `${two} = ${one}` : `${one} = ${two}`];
          always([by, `${some}${guests}`, `${by} - ${both}`], [by, both, `${by} - ${some}`]);
        },
      ),
      RUNS,
    );
  });
});
