/** Which phrases of an artist or a title name guests. Pure. */
import { cut, FEATURING, type GuestPhrase, WITH, type WithoutGuests } from './guestPhrases.ts';

const NUMBER_WORDS =
  'one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|hundred|thousand';
/** "20 Ft. Down", "Six Ft. Under". Years are no lengths. */
const LENGTH = new RegExp(String.raw`^(?:(?!(?:19|20)\d\d$)[\d.,½]+|${NUMBER_WORDS})$`, 'iu');
/** A number that ends a name is no length: "Maroon 5 ft. …", "And One ft. …"; but "The 50 Ft. Woman" is. */
const SEVERAL_WORDS = /(?<!^(?:the|an?))(?<!\s(?:the|an?))\s\S+$/iu;
/** "Live At Ft. Knox", "The Feat Goes On". */
const NO_GUEST_BEHIND = /(?:^|\s)(?:in|at|to|from|of|near|the)$/iu;
/** "A Feat Of Strength". */
const NO_NAME = /^(?:of|to|in|on|under|over|below|above|deep|tall|high|wide|long|down|up|away)(?:\s|$)/iu;

const lastWord = (text: string): string => text.slice(text.lastIndexOf(' ') + 1);

const isLength = ({ before }: GuestPhrase): boolean =>
  LENGTH.test(lastWord(before)) && !SEVERAL_WORDS.test(before);
/** "Jump 20 Ft. Down". A guest of an artist may be called so, as Of Monsters And Men. */
const isLengthInTitle = (found: GuestPhrase): boolean =>
  LENGTH.test(lastWord(found.before)) && (isLength(found) || NO_NAME.test(found.phrase));
/** The band Little Feat is no Little with guests. */
const LITTLE = /(?:^|\s)little$/iu;

function isFeaturing(found: GuestPhrase, isFeet: (found: GuestPhrase) => boolean): boolean {
  const { before, word, isBracketed, isBare, phrase } = found;
  if (word === 'featuring') return true;
  if (isBare && NO_NAME.test(phrase)) return false;
  if (isBracketed) return true;
  if ((isBare || word === 'ft') && NO_GUEST_BEHIND.test(before)) return false;
  return word === 'ft' ? !isFeet(found) : !(isBare && LITTLE.test(before));
}

/** `Daft Punk feat. Pharrell Williams`, `Drake ft Rihanna`, `A (with B)`, `A w/ B`. */
export function cutArtistGuests(text: string): WithoutGuests {
  const featured = cut(text, FEATURING, (found) => isFeaturing(found, isLength));
  const { main, guests } = cut(featured.main, WITH, () => true);
  return { main, guests: [...featured.guests, ...guests] };
}

/** Guests that a title names beyond doubt: `Go (feat. A)`, `Go ft. A`. */
export const cutTitleGuests = (text: string): WithoutGuests =>
  cut(text, FEATURING, (found) => isFeaturing(found, isLengthInTitle));

/** Names begin with a capital, where the script has one. */
const CAPITAL = /^[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u;
/** Where this word has a capital, that of the next one says nothing. */
const CAPITAL_WITH = /[([{]\s?W(?:ITH|ith|\/)\s|\sW\/\s/u;
const PRONOUN =
  /^(?:you|u|ya|me|him|her|us|them|it|myself|yourself|himself|herself|ourselves|themselves|my|your|his|our|their|this|that|no|love)(?:\s|$)/iu;

/** Companions in a title. */
export interface WithoutCompanions extends WithoutGuests {
  /** `Alone (With You)`, `Handle (With Care)` may be titles as they stand; `(with B)` and `w/ B` are not. */
  readonly isSure: boolean;
}

/** `Go (with A)`, `Go w/ A`; undefined without any. */
export function cutTitleCompanions(text: string): WithoutCompanions | undefined {
  const { main, guests } = cut(text, WITH, ({ phrase }) => !PRONOUN.test(phrase));
  if (guests.length === 0) return undefined;
  const isSure = guests.every((phrase) => CAPITAL.test(phrase)) && !CAPITAL_WITH.test(text);
  return { main, guests, isSure };
}
