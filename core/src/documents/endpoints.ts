/** The catalog as a Markdown page for people. */
import { catalog } from '../catalog/index.ts';
import type { Operation } from '../catalog/operation.ts';

const AUDIENCE = {
  anyone: 'a client key',
  anyone_owner_sees_more: 'a client key; the owner sees more with a Discogs token',
  authenticated: 'a client key and a Discogs token',
  user: 'a client key and a Discogs token',
  owner: "a client key and the user's own Discogs token",
  seller: "a client key and the seller's own Discogs token",
} as const;

const HEADER = `# Endpoints

Made from the catalog by \`npm run generate\`; do not edit. Paths are those of Discogs behind \`/api\`. Every \`GET\` takes
\`HEAD\` as well. "Kept" is the longest time for which a caller may keep the answer. Profiles and notes come with Discogs'
markup; \`Accept: application/vnd.discogs.v2.plaintext+json\` or \`…v2.html+json\` asks for another form.
`;

function duration(seconds: number): string {
  if (seconds === 0) return 'never';
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}

function section(operation: Operation): string {
  const {
    id,
    method,
    path,
    summary,
    description,
    documentation,
    audience,
    cacheSeconds,
    query,
    body,
    upload,
  } = operation;
  const names = Object.keys(query).map((name) => `\`${name}\``);
  const lines = [
    `## ${method} /api${path}`,
    '',
    `${summary}. ${description}`,
    '',
    `- Operation \`${operation.originalOperationId ?? id}\`, needs ${operation.needsKey ? AUDIENCE[audience] : 'nothing'}, cached ${duration(cacheSeconds)}`,
    ...(names.length === 0 ? [] : [`- Query: ${names.join(', ')}`]),
    ...(body ? [`- Body: \`${JSON.stringify(body.example)}\``] : []),
    ...(upload
      ? [`- Body: \`multipart/form-data\` with part \`${upload.part}\`. ${upload.description}`]
      : []),
    ...(documentation === undefined ? [] : [`- [Discogs documentation](${documentation})`]),
  ];
  return lines.join('\n');
}

/** The text of \`docs/endpoints.md\`. */
export const endpointsPage = (): string =>
  `${[HEADER, ...catalog.map(section)].join('\n')}\n`.replaceAll('\n##', '\n\n##').replace(/\n{3,}/g, '\n\n');
