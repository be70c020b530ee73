/** The matching cases as a Markdown page for people. */
import { match } from '../../../src/broker/search/match.ts';
import { CASES_OF_CREDITS } from './casesOfCredits.ts';
import { CASES_OF_GUESTS } from './casesOfGuests.ts';
import { CASES_OF_NAMES } from './casesOfNames.ts';
import { CASES_OF_QUESTIONS, type QuestionCase } from './casesOfQuestions.ts';
import { CASES_OF_RECORDS } from './casesOfRecords.ts';
import { CASES_OF_SCRIPTS } from './casesOfScripts.ts';
import { CASES_OF_SIDES } from './casesOfSides.ts';
import { type CaseGroup, hitOf, type MatchingCase, queryOf } from './matchingCase.ts';
import { type OriginalVerdict, originalR1, originalR2 } from './originalRule.ts';

export const CASE_GROUPS: readonly CaseGroup[] = [
  ...CASES_OF_NAMES,
  ...CASES_OF_CREDITS,
  ...CASES_OF_GUESTS,
  ...CASES_OF_SCRIPTS,
  ...CASES_OF_RECORDS,
  ...CASES_OF_SIDES,
];

/** What ours says about a case, in the form of {@link OriginalVerdict}. */
export function ourVerdict(one: MatchingCase): OriginalVerdict {
  const hits = one.hits.map(hitOf);
  const found = match(queryOf(one), hits);
  return { quality: found.quality, picks: found.quality === 'none' ? -1 : hits.indexOf(found.hit) };
}

const verdicts = (one: MatchingCase): readonly OriginalVerdict[] => {
  const rows = one.hits.map(hitOf);
  return [ourVerdict(one), originalR1(queryOf(one), rows), originalR2(queryOf(one), rows)];
};

/** Signs that Markdown or HTML would take for its own. */
const escaped = (text: string): string => text.replace(/[\\|*_<[\]]/gu, '\\$&').replace(/ \\\| /gu, '; ');

const shown = ({ quality, picks }: OriginalVerdict, one: MatchingCase): string =>
  one.hits.length > 1 ? `${quality}, ${picks + 1}` : quality;

function row(one: MatchingCase): string {
  const asked = [one.artist, one.title, ...(one.album === undefined ? [] : [`on ${one.album}`])];
  const hits =
    one.hits.length > 1
      ? one.hits.map((hit, index) => `${index + 1}: ${escaped(hit)}`)
      : one.hits.map(escaped);
  const cells = [
    asked.map(escaped).join('<br>'),
    hits.join('<br>') || 'nothing',
    ...verdicts(one).map((verdict) => shown(verdict, one)),
    escaped(one.why),
  ];
  return `| ${cells.join(' | ')} |`;
}

const section = ({ heading, cases }: CaseGroup): string =>
  [
    `## ${heading}`,
    '',
    '| Asked: artist, title | Found by Discogs | Ours | R1 | R2 | Why |',
    '|---|---|---|---|---|---|',
    ...cases.map(row),
  ].join('\n');

function questionRow({ artist, title, album, sent, why }: QuestionCase): string {
  const asked = [artist, title, ...(album === undefined ? [] : [`on ${album}`])];
  const words = Object.entries(sent).map(([name, value]) => `${name}: ${value}`);
  return `| ${[asked, words.length === 0 ? ['as it is'] : words, [why]]
    .map((cell) => cell.map(escaped).join('<br>'))
    .join(' | ')} |`;
}

const questions = (): string =>
  [
    '## What Discogs is asked for',
    '',
    'The search of Discogs has no rows for what shops and tags add, so that is not sent. What is found is judged by what was',
    'asked for, not by what was sent. A search with an album that finds nothing is repeated once without it, if a call is free',
    'in time; if none is, the answer is none and is not cached.',
    '',
    '| Asked: artist, title | Sent | Why |',
    '|---|---|---|',
    ...CASES_OF_QUESTIONS.map(questionRow),
  ].join('\n');

function summary(): string {
  const all = CASE_GROUPS.flatMap(({ cases }) => cases);
  const wrong = (rule: number): string => {
    const judged = all.map((one) => ({ ours: verdicts(one)[0], theirs: verdicts(one)[rule] }));
    const tooSure = judged.filter(
      ({ ours, theirs }) =>
        theirs?.quality === 'exact' && (ours?.quality !== 'exact' || ours.picks !== theirs.picks),
    );
    const tooShy = judged.filter(
      ({ ours, theirs }) => ours?.quality === 'exact' && theirs?.quality === 'fuzzy',
    );
    return `says exact for ${tooSure.length} where ours does not or shows another record, and fuzzy for ${tooShy.length} where ours says exact`;
  };
  return `Of these ${all.length} cases, the original's first rule (R1) ${wrong(1)}. Its later rule (R2) ${wrong(2)}.`;
}

const HEADER = `# Matching

Made from the cases of \`core/test/broker/search\` by \`npm run generate\`; do not edit. The cases were chosen because they
are hard, so their counts say nothing about a real library. Most of the records exist, as far as we remember; some were
made up to try a rule, as were most numbers of namesakes. Which rows Discogs would return was composed, not recorded.

**exact** means: the hit itself shows this artist with this track. The artist is the whole front part of Discogs'
\`Artist - Release\` (or one name of a split), the title is the whole record or one side of it, guests do not differ, a
given album is this record, and no namesake has such a record too. A search row shows no track list, so an album track
is **fuzzy** even where the album is right. **none** means that Discogs found nothing. In doubt it is fuzzy: an exact
match is cached for \`SEARCH_CACHE_TTL_SECONDS\`, a guess for fifteen minutes at most.

Before comparing, both sides lose case, accents (of Latin and Greek letters), width, punctuation, a leading The of
artists, Discogs' \`(2)\` and \`*\`, guests, and (Original Mix); \`&\`, \`+\` and \`'n'\` are read as and, Pt. II as Part 2.

**Artists** are compared as whole names in order. A comma, \`;\`, \`&\`, \`+\`, and, et, und, y, og, och, en and x between names
are one; vs. is another word, and so are Presents, Meets and With. **Guests** are whole names, too, in any order; one side
may name fewer of them or none. They are named by featuring, feat, ft (with or without a dot or a capital), \`w/\` or a
bracket that begins with "with". They end where a bracket, a spaced dash or slash or another sign begins something else,
and before vs., Presents or Performed By. Where what is named may be a version (a word like live, mix, edit or dub, or a year), both
sides must name the same guests. **Versions**, remasters included, are part of a title: a record of 1977 is not the
remaster of 2017, whose row would show another year and label. A version that one side of a record names may be meant
for all of its sides. **Parallel titles** (\`A = B\`) are each the title.

Of several equally close records, formats and years decide as in the original: singles before albums before
compilations, early before late. A record without a year counts as old as the newest in the list.

Known misses, all of them fuzzy where exact would be right: names in another script or order, one of several joint
artists, an edit or remaster that the row does not name, an edition of the album that the row does not name, Roman
numerals outside Part and Volume, a record that is itself called Untitled; a guest whose name has a word for a version
(Little Mix) and is named on one side only; a guest named by ft. behind an artist or a title that is a number (112).
Known risks, exact where fuzzy would be right: words behind an open guest that no sign parts from it and that are not
known to name a version (\`Go feat. A Drumless\`); two songs of one artist that differ by punctuation only; an artist who differs from
another by The, by an accent or by a sign only and has a record of the same name; a namesake whose record is not among
the first 15 rows; two songs of one artist of which one is called like the other with a name behind it (\`Go\` and
\`Go (with Care)\`, with as a small word), or like both together (\`Love\`, \`Hate\` and \`Love = Hate\`); two lists of
artists that differ by a comma in front of The, or before a later and; one title with a slash in it, which is read as two
sides.

The columns R1 and R2 are what two versions of the original broker would have said. A number is that of the row shown.
`;

/** The text of `docs/matching.md`. */
export const matchingPage = (): string =>
  `${[HEADER, summary(), ...CASE_GROUPS.map(section), questions()].join('\n\n').replace(/\n{3,}/gu, '\n\n')}\n`;
