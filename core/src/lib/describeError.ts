/** What a log may say of an error: driver messages can quote what they were given, tokens included. */
const TOKEN_LIKE = /[A-Za-z0-9]{32,}/g;

/** The message with everything masked that could be a token. */
export const describeError = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message.replace(TOKEN_LIKE, '***')}` : 'unknown';
