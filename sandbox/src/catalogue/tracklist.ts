/**
 * Reads the track notation of the fact files.
 *
 * `A1 Title 3:45` a track (duration optional), `= Title` a heading, `+ Title 9:08` an index track whose parts
 * follow as `- 2.I Title`, and ` @ Name` after a track for its own artist.
 */
import type { NamedEntity, Track } from './model.ts';

const DURATION = /\s+(\d{1,3}:\d\d)$/;

const splitDuration = (text: string): { title: string; duration: string } => {
  const duration = DURATION.exec(text)?.[1] ?? '';
  return { title: text.replace(DURATION, ''), duration };
};

function positionedTrack(line: string, artistNamed: (name: string) => NamedEntity): Track {
  const [body = '', artist] = line.split(' @ ');
  const space = body.indexOf(' ');
  const row = {
    position: body.slice(0, space),
    type_: 'track' as const,
    ...splitDuration(body.slice(space + 1)),
  };
  return artist === undefined ? row : { ...row, artist: artistNamed(artist) };
}

export function readTracklist(notation: string, artistNamed: (name: string) => NamedEntity): Track[] {
  const tracks: Track[] = [];
  let parts: Track[] = [];
  for (const line of notation.trim().split('\n')) {
    const rest = line.slice(2);
    if (line.startsWith('= ')) {
      tracks.push({ position: '', type_: 'heading', title: rest, duration: '' });
    } else if (line.startsWith('+ ')) {
      parts = [];
      tracks.push({ position: '', type_: 'index', ...splitDuration(rest), sub_tracks: parts });
    } else if (line.startsWith('- ')) {
      parts.push(positionedTrack(rest, artistNamed));
    } else {
      tracks.push(positionedTrack(line, artistNamed));
    }
  }
  return tracks;
}
