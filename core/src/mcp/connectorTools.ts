/** `search` and `fetch` in the form that ChatGPT's connectors expect: ids that name what they are of, and addresses. */
import { array, type Members, object, objects, text } from '../lib/looseJson.ts';
import type { Arguments, Tool } from './tool.ts';

/** What a connector is shown of an answer. */
export interface ConnectorTool extends Tool {
  shape(given: Arguments, answer: Members): Members;
}

const ID = /^(release|master|artist|label):([0-9]{1,10})$/;

const annotations: Tool['annotations'] = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: true,
};

const only = (name: string, description: string): Tool['inputSchema'] => ({
  type: 'object',
  properties: { [name]: { type: ['string', 'number'], description } },
  required: [name],
  additionalProperties: false,
});

const search: ConnectorTool = {
  name: 'search',
  title: 'Search Discogs',
  description:
    'Searches records, artists and labels. Give what is known as plain words; fetch takes the ids of the results.',
  inputSchema: only('query', 'What to look for: artist and title, a barcode, a catalogue number.'),
  annotations,
  scope: 'read',
  request({ query, ...others }) {
    if (Object.keys(others).length > 0) return { kind: 'bad_arguments', message: 'Use only: query.' };
    const words = typeof query === 'number' ? String(query) : text(query);
    if (words === '') return { kind: 'bad_arguments', message: 'query is missing: give it as text.' };
    return { method: 'GET', path: '/database/search', query: { q: words }, body: undefined };
  },
  shape: (_, answer) => ({
    results: objects(answer['results']).map((row) => {
      const note = [
        text(row['year']),
        text(row['country']),
        text(row['format']),
        text(row['label']),
        text(row['catno']),
      ];
      return {
        id: `${text(row['type'])}:${text(row['id'])}`,
        title: [text(row['title']), note.filter(Boolean).join(', ')].filter(Boolean).join(' · '),
        url: text(row['uri']),
      };
    }),
  }),
};

const line = ([name, value]: readonly [string, unknown]): string => {
  const shown =
    array(value).length > 0
      ? array(value)
          .map((item) => `\n- ${typeof item === 'string' ? item : JSON.stringify(item)}`)
          .join('')
      : ` ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
  return `${name}:${shown}`;
};

const fetch: ConnectorTool = {
  name: 'fetch',
  title: 'Fetch a record',
  description: 'One release, master, artist or label, by an id of search, for example release:249504.',
  inputSchema: only('id', 'release:, master:, artist: or label: and the number.'),
  annotations,
  scope: 'read',
  request({ id, ...others }) {
    if (Object.keys(others).length > 0) return { kind: 'bad_arguments', message: 'Use only: id.' };
    const [, kind, number] = ID.exec(text(id)) ?? [];
    if (kind === undefined || number === undefined) {
      return {
        kind: 'bad_arguments',
        message: 'id must look like release:249504, master:…, artist:… or label:….',
      };
    }
    return { method: 'GET', path: `/${kind}s/${number}`, query: {}, body: undefined };
  },
  shape: ({ id }, answer) => ({
    id: text(id),
    title: [text(answer['artists']), text(answer['title']) || text(answer['name'])]
      .filter(Boolean)
      .join(' – '),
    text: Object.entries(answer).map(line).join('\n'),
    url: text(answer['uri']),
    metadata: object({ type: answer['type'], year: answer['year'] }),
  }),
};

/** Both. */
export const connectorTools: readonly ConnectorTool[] = [search, fetch];
