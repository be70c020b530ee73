/** Words that name another version of a track. They keep a guess from being called exact, never the other way. Pure. */
import { normalize } from './normalize.ts';

/** Wherever they stand. */
const WORDS = new Set(
  `live unplugged acoustic acustico acustica akustik instrumental instrumentals instrumentale inst instr acapella
  acapellas acappella cappella capella karaoke dub dubs dubplate edit edits edited reedit rework reworks reworked refix
  rerub reboot remake redux revisited reimagined flip mashup bootleg medley version versions ver versione versao remaster
  remasters remastered remastering rerecorded rerecording reprise extended alternate demo demos outtake rehearsal session
  sessions concert konzert vivo directo remezcla rmx rmxs vip mono stereo slowed sped nightcore reverb chopped screwed
  orchestral symphonic cover tribute interlude excerpt snippet ремикс микс версия концерт ライブ ライヴ リミックス
  カラオケ 伴奏 現場 现场 混音 라이브 리믹스`.split(/\s+/u),
);
/** `clubmix`, `Liveversion`; no other compounds, as of `inversion`. */
const COMPOUND =
  /mix(?:e[sd])?$|^(?:live|radio|album|single|maxi|akustik|original|studio|demo|club|extended)(?:version(?:en|s)?|versie|fassung)$|(?:バージョン|ヴァージョン|ミックス|版|버전)$/u;
/** Words of many names (Take That, Clean Bandit), which say something at the end only. */
const LAST_WORDS = new Set(
  `original vocal vocals clean explicit dirty single album radio take intro outro skit lyrics strings orchestra choir
  piano beats cut mixdown bonus inch mixtape`.split(/\s+/u),
);
/** Behind a guest these may count the track, not the guest: `Go feat. A Pt. 2`. */
const COUNTED = /(?:^|[ -])(?:(?:part|volume|chapter|take) \d+|part|volume|ii|iii|iv)$/u;
const YEAR = /^(?:19|20)\d\d$/u;
const LIVE_AT = /\blive (?:at|in|from|on)\b/u;

const isVersion = (word: string): boolean => WORDS.has(word) || COMPOUND.test(word);
const isLast = (word: string | undefined): boolean =>
  word !== undefined && (isVersion(word) || LAST_WORDS.has(word));

const wordsOf = (normalized: string): string[] => normalized.split(/[ -]+/u);

/** Whether a guest's normalized name may be more than a name: `a live`, `b remix`, `c 2011`, `d pt 2`. */
export function mayNameVersion(name: string): boolean {
  const words = wordsOf(name);
  return (
    COUNTED.test(name) || isLast(words.at(-1)) || words.some((word) => isVersion(word) || YEAR.test(word))
  );
}

/**
 * The version words of a title as it was typed: in brackets, behind a dash or a colon, or at the end. Elsewhere they
 * are words like others: `Live And Let Die`.
 */
export function versionsIn(text: string): Set<string> {
  const [first = '', ...others] = text.split(/[()[\]{}:]|\s[-\u2010-\u2015]+\s/u).map(normalize);
  const found = others.flatMap((segment) => {
    const words = wordsOf(segment);
    return words.filter((word, index) => isVersion(word) || (index === words.length - 1 && isLast(word)));
  });
  const words = wordsOf(first);
  const last = words.findLast((word) => !/^\d+$/u.test(word));
  if (last !== undefined && (isVersion(last) || words.every(isLast))) found.push(last);
  if (LIVE_AT.test(first)) found.push('live');
  return new Set(found);
}

/** Of the parts of one title, whether each shows every version that any of them names; the others may be meant, too. */
export function showOwnVersion(parts: readonly string[]): boolean[] {
  if (parts.length === 1) return [true];
  const named = parts.map(versionsIn);
  const all = new Set(named.flatMap((versions) => [...versions]));
  return named.map((versions) => versions.size === all.size);
}
