/** `npm run generate`: writes every generated file. They are committed, and CI checks that nothing changed. */
import { readFile, writeFile } from 'node:fs/promises';
import { endpointsPage, requestsFile } from '@discogs-agent/core/documents';
import { writeOpenApi } from '@discogs-agent/openapi';
import { matchingPage } from '../../core/test/broker/search/matchingPage.ts';
import { betweenMarks } from '../../infra/generate/betweenMarks.ts';
import { generatedFiles } from '../../infra/generate/index.ts';
import { answerSizesPage } from './answerSizes.ts';
import { catalogueMembers } from './catalogueMembers.ts';

await writeOpenApi();
await writeFile(new URL('../../docs/endpoints.md', import.meta.url), endpointsPage());
await writeFile(new URL('../../docs/answer-sizes.md', import.meta.url), await answerSizesPage());
await writeFile(new URL('../../docs/matching.md', import.meta.url), matchingPage());
await writeFile(new URL('../../az-function/requests.http', import.meta.url), requestsFile());
const catalogue = new URL('../../docs/catalogue.md', import.meta.url);
const page = await readFile(catalogue, 'utf8');
await writeFile(catalogue, betweenMarks(page, 'members', await catalogueMembers()));
for (const { url, text } of await generatedFiles()) await writeFile(url, text);
