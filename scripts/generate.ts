/** `npm run generate`: writes every generated file. They are committed, and CI checks that nothing changed. */
import { writeOpenApi } from '@discogs-agent/openapi';

await writeOpenApi();
