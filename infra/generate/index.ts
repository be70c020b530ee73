/** Every file that is generated from the queries and from the prices. */
import { readFile } from 'node:fs/promises';
import { betweenMarks } from './betweenMarks.ts';
import { assumptionTable, costTable } from './cost/tables.ts';
import { readKqlFiles } from './kqlFiles.ts';
import { kqlIndex } from './kqlIndex.ts';
import { buildWorkbook } from './workbook/build.ts';

/** A file and what must be in it. */
export interface GeneratedFile {
  readonly url: URL;
  readonly text: string;
}

const at = (path: string): URL => new URL(`../../${path}`, import.meta.url);

/** The files as they have to be; nothing is written. Throws where the layout names a query that does not exist. */
export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  const queries = readKqlFiles();
  const workbook = buildWorkbook((name) => {
    const found = queries.find(({ path }) => path === `${name}.kql`);
    if (!found) throw new Error(`the workbook shows ${name}, which is not in docs/kql`);
    return found.text;
  });
  const index = at('docs/kql/README.md');
  const cost = at('docs/cost.md');
  const costPage = await readFile(cost, 'utf8');
  return [
    { url: at('infra/workbook.json'), text: `${JSON.stringify(workbook, null, 2)}\n` },
    { url: index, text: betweenMarks(await readFile(index, 'utf8'), 'index', kqlIndex(queries)) },
    {
      url: cost,
      text: betweenMarks(betweenMarks(costPage, 'month', costTable()), 'assumptions', assumptionTable()),
    },
  ];
}
