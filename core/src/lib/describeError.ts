/** What a log may say of an error: messages of drivers can quote what they were given, tokens included. */
const TOKEN_LIKE = /[A-Za-z0-9]{32,}/g;

/** The class alone: for messages that may quote anything. */
export const errorName = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');

/** Class and message, with everything masked that could be a token. */
export const describeError = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message.replace(TOKEN_LIKE, '***')}` : 'unknown';
