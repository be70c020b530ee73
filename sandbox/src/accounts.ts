/** The account and the application that the sandbox knows from its start. */

/** The user behind {@link SANDBOX_TOKEN}, and the first choice on the consent page. */
export const SANDBOX_USERNAME = 'crate_digger';
/** The personal access token of {@link SANDBOX_USERNAME}. */
export const SANDBOX_TOKEN = 'sandbox-token';
/** An application's key and secret: the larger rate, images in search, no user. */
export const SANDBOX_CONSUMER_KEY = 'sandbox-consumer-key';
export const SANDBOX_CONSUMER_SECRET = 'sandbox-consumer-secret';
