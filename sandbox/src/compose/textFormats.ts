/**
 * Profiles and notes in the form that `Accept` asks for. Recorded is `profile_plaintext`; the other names follow it, and
 * whether the text with Discogs' markup stays beside it is a guess.
 * @see https://www.discogs.com/developers#page:home,header:home-versioning-and-media-types
 */
import { isRecord } from '../isRecord.ts';
import { webUrl } from './addresses.ts';

const TEXTS: ReadonlySet<string> = new Set(['profile', 'notes']);
const KINDS: Readonly<Record<string, string>> = { a: 'artist', l: 'label', r: 'release', m: 'master' };
const LINK = /\[([alrm])=?([^\]]+)\]/g;
const STYLE = /\[(\/?)([biu])\]/g;
const WEB_LINK = /\[url=([^\]]+)\](.*?)\[\/url\]/g;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const html = (text: string): string =>
  escaped(text)
    .replace(WEB_LINK, '<a href="$1">$2</a>')
    .replace(STYLE, '<$1$2>')
    .replace(LINK, (_, kind: string, name: string) => {
      const url = webUrl(`/${KINDS[kind]}/${encodeURIComponent(name)}`);
      return `<a href="${url}">${name}</a>`;
    })
    .replace(/\r?\n/g, '<br>');

const plaintext = (text: string): string =>
  text.replace(WEB_LINK, '$2').replace(STYLE, '').replace(LINK, '$2');

const FORMATS: Readonly<Record<string, (text: string) => string>> = { html, plaintext };

/** `body` with its texts in the asked form beside them; undefined where the form is Discogs' own. */
export function withTextFormat(body: unknown, accept: string | undefined): object | undefined {
  const name = /application\/vnd\.discogs\.v2\.(html|plaintext)\+json/i
    .exec(accept ?? '')?.[1]
    ?.toLowerCase();
  const format = FORMATS[name ?? ''];
  if (format === undefined || !isRecord(body)) return undefined;
  return Object.fromEntries(
    Object.entries(body).flatMap(([key, value]) =>
      TEXTS.has(key) && typeof value === 'string'
        ? [
            [key, value],
            [`${key}_${name}`, format(value)],
          ]
        : [[key, value]],
    ),
  );
}
