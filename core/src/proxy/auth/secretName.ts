/** Named as the environment names them; the vault writes a hyphen for the underscore. */
export type SecretName = 'DISCOGS_TOKEN' | 'X_API_KEY' | 'CLIENT_KEYS';
