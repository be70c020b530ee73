/** Videos of releases and masters. */
import { type Element, NONE, type RecordTree } from '../xml/recordTree.ts';
import { member } from './json.ts';

/** Each as the API writes it. */
export function videoRows(tree: RecordTree, parent: Element): string[] {
  const rows: string[] = [];
  for (let video = tree.firstChild(parent); video !== NONE; video = tree.next(video)) {
    const duration = tree.attributeInteger(video, 'duration');
    const embed = tree.attribute(video, 'embed');
    rows.push(
      `{"uri":"${tree.attributeEscaped(video, 'src')}","title":"${tree.escaped(tree.child(video, 'title'))}"` +
        `,"description":"${tree.escaped(tree.child(video, 'description'))}","duration":${duration}` +
        `${member('embed', embed === undefined ? undefined : String(embed === 'true'))}}`,
    );
  }
  return rows;
}
