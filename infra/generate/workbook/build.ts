/**
 * The layout as an Azure Workbook in its gallery format.
 * @see https://github.com/microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json
 */
import { createHash } from 'node:crypto';
import { CHOICES, PAGES, type Page, type Panel } from './layout.ts';

const INSIGHTS = 'microsoft.insights/components';
const HOUR_MS = 3_600_000;
const TIME_RANGES = [1, 4, 24, 72, 168, 720].map((hours) => ({ durationMs: hours * HOUR_MS }));

/** Ids that stay the same, so that the file changes only where the layout does. */
function idOf(name: string): string {
  const hex = createHash('sha256').update(`discogs-agent workbook ${name}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Takes the name of a query to its text. */
type Queries = (name: string) => string;

const kql = { queryType: 0, resourceType: INSIGHTS, timeContextFromParameter: 'TimeRange' };
const visibleOn = (page: Page) => ({
  conditionalVisibility: { parameterName: 'Page', comparison: 'isEqualTo', value: page.id },
});

const timeRange = {
  id: idOf('TimeRange'),
  version: 'KqlParameterItem/1.0',
  name: 'TimeRange',
  label: 'Time range',
  type: 4,
  isRequired: true,
  value: { durationMs: 24 * HOUR_MS },
  typeSettings: { selectableValues: TIME_RANGES, allowCustom: true },
};

const conversation = (queries: Queries) => ({
  id: idOf('Conversation'),
  version: 'KqlParameterItem/1.0',
  name: 'Conversation',
  type: 2,
  isRequired: false,
  query: queries(CHOICES),
  ...kql,
  typeSettings: { additionalResourceOptions: [], showDefault: false },
});

const parameters = (name: string, list: readonly object[]) => ({
  type: 9,
  content: {
    version: 'KqlParameterItem/1.0',
    parameters: list,
    style: 'pills',
    queryType: 0,
    resourceType: INSIGHTS,
  },
  name,
});

const tabs = {
  type: 11,
  content: {
    version: 'LinkItem/1.0',
    style: 'tabs',
    links: PAGES.map(({ id, title }) => ({
      id: idOf(`tab ${id}`),
      cellValue: 'Page',
      linkTarget: 'parameter',
      linkLabel: title,
      subTarget: id,
      style: 'link',
    })),
  },
  name: 'pages',
};

const panelItem = ({ query, title, drawing, half = false }: Panel, queries: Queries) => ({
  type: 3,
  content: {
    version: 'KqlItem/1.0',
    query: queries(query),
    size: 0,
    title,
    ...kql,
    visualization: drawing,
    showExportToExcel: true,
  },
  ...(half ? { customWidth: '50' } : {}),
  name: query,
});

const pageItem = (page: Page, queries: Queries) => ({
  type: 12,
  content: {
    version: 'NotebookGroup/1.0',
    groupType: 'editable',
    items: [
      { type: 1, content: { json: page.text }, name: `${page.id}-text` },
      ...(page.ofConversation ? [parameters('conversation-parameter', [conversation(queries)])] : []),
      ...page.panels.map((panel) => panelItem(panel, queries)),
    ],
  },
  ...visibleOn(page),
  name: page.id,
});

/** The workbook. It names no resource: the deployment binds it to the component by its `sourceId`. */
export const buildWorkbook = (queries: Queries): object => ({
  version: 'Notebook/1.0',
  items: [parameters('time', [timeRange]), tabs, ...PAGES.map((page) => pageItem(page, queries))],
  $schema: 'https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json',
});
