/** What the workbook shows, and where. The queries themselves are the files of `docs/kql`. */

/** How a result is drawn. */
export type Drawing = 'table' | 'timechart' | 'barchart';

/** One query on a page. */
export interface Panel {
  /** Name of the file in `docs/kql`, without its ending. */
  readonly query: string;
  readonly title: string;
  readonly drawing: Drawing;
  /** Two halves share a row. */
  readonly half?: boolean;
}

/** One page of the workbook. */
export interface Page {
  readonly id: string;
  readonly title: string;
  /** Markdown above the panels: what to look at, and what to do then. */
  readonly text: string;
  readonly panels: readonly Panel[];
  /** The page shows nothing until a conversation is chosen. */
  readonly ofConversation?: boolean;
}

/** The pages, in their order. */
export const PAGES: readonly Page[] = [
  {
    id: 'health',
    title: 'Is it healthy?',
    text: 'Look at `failed_percent` first: answers with 5xx. Errors below name the cause; each has a trace id to look for in the log. Cached answers keep coming while Discogs fails, so a rising share of `stale` is trouble at Discogs that callers do not see yet.',
    panels: [
      { query: 'health-summary', title: 'All calls', drawing: 'table' },
      { query: 'failures-over-time', title: 'Failed calls by error', drawing: 'timechart', half: true },
      {
        query: 'refusals-by-reason',
        title: 'Refused before Discogs was asked',
        drawing: 'table',
        half: true,
      },
      { query: 'errors-by-code', title: 'Errors', drawing: 'table' },
      { query: 'sign-ins', title: 'Sign-ins (where they are on)', drawing: 'table' },
      { query: 'latency-percentiles', title: 'Latency by entity', drawing: 'table' },
      {
        query: 'retries-and-timeouts-by-operation',
        title: 'Retries and timeouts',
        drawing: 'table',
        half: true,
      },
      { query: 'upstream-by-status', title: 'What Discogs answered', drawing: 'table', half: true },
      { query: 'cold-starts', title: 'New instances', drawing: 'table', half: true },
      { query: 'host-exceptions', title: 'Exceptions', drawing: 'table', half: true },
    ],
  },
  {
    id: 'budget',
    title: 'Are we short of budget?',
    text: 'Discogs allows 60 calls a minute for one address (25 without a token). Where `least_left` stays at 0, callers wait or get 429. See who spends the calls, and whether the cache saves any.',
    panels: [
      { query: 'budget-left', title: 'Calls left in the minute', drawing: 'timechart' },
      {
        query: 'minutes-at-the-limit',
        title: 'Minutes at the limit, by hour',
        drawing: 'barchart',
        half: true,
      },
      { query: 'rate-limited-by-source', title: '429 by source', drawing: 'timechart', half: true },
      { query: 'waiting', title: 'Waiting for a permit', drawing: 'timechart', half: true },
      { query: 'queue-length', title: 'Queue', drawing: 'timechart', half: true },
      { query: 'answers-by-source', title: 'Answers by source', drawing: 'table' },
      { query: 'cached-share', title: 'Reads that cost no call', drawing: 'table', half: true },
      { query: 'callers', title: 'Who spends the calls', drawing: 'table', half: true },
      { query: 'executions', title: 'What the plan bills for', drawing: 'table', half: true },
      { query: 'cost-drivers', title: 'What fills the log', drawing: 'table', half: true },
    ],
  },
  {
    id: 'conversation',
    title: 'What did this conversation do?',
    text: 'Choose a conversation above. Its id is what ChatGPT sends as `openai-conversation-id`; whoever holds a key can send any id, so it says who called only as far as you trust the callers.',
    ofConversation: true,
    panels: [
      { query: 'conversation-summary', title: 'In sum', drawing: 'table' },
      { query: 'conversation-calls', title: 'Call by call', drawing: 'table' },
      { query: 'conversations', title: 'All conversations', drawing: 'table' },
    ],
  },
];

/** The query that fills the list of conversations. */
export const CHOICES = 'conversation-choices';
