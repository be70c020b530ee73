/** Videos of releases and masters. */
import { type JsonWriter, type Part, part } from '../json/jsonWriter.ts';
import { N } from '../xml/nameNumbers.ts';
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import { COMMA, END_OBJECT } from './json.ts';

const URI = part('{"uri":"');
const TITLE = part('","title":"');
const DESCRIPTION = part('","description":"');
const DURATION = part('","duration":');
const EMBED = { true: part(',"embed":true'), false: part(',"embed":false') } as const;

/** Writes the rows, with `before` in front of the first one; whether there were any. */
export function writeVideos(out: JsonWriter, tree: RecordTree, before: Part, parent: Element): boolean {
  let lead = before;
  for (let video = tree.firstChild(parent); video !== NONE; video = tree.next(video)) {
    const embed = tree.attribute(video, N.embed);
    out.raw(lead);
    out.raw(URI);
    tree.writeAttribute(out, video, N.src);
    out.raw(TITLE);
    tree.writeText(out, tree.child(video, N.title));
    out.raw(DESCRIPTION);
    tree.writeText(out, tree.child(video, N.description));
    out.raw(DURATION);
    out.number(tree.attributeInteger(video, N.duration));
    if (embed !== undefined) out.raw(EMBED[embed === 'true' ? 'true' : 'false']);
    out.raw(END_OBJECT);
    lead = COMMA;
  }
  return lead === COMMA;
}
