/** The placeholders of the workbook in its queries. */

/** How the workbook writes a conversation's id into a query; escaped, since whoever has a key chooses the id. */
export const CONVERSATION = '{Conversation:escapejson}';

/** The query as the workbook sends it once a conversation is chosen. */
export function withConversation(query: string, conversation: string): string {
  return query.replaceAll(CONVERSATION, () => JSON.stringify(conversation).slice(1, -1));
}
