-- How many sign-ins began lately: one row for each kind and (blinded) address, and one for everybody.
CREATE TABLE IF NOT EXISTS broker_throttle (
  bucket TEXT PRIMARY KEY,
  hits INTEGER NOT NULL,
  resets_at INTEGER NOT NULL
);

-- For the hourly prune, which would read every row without them.
CREATE INDEX IF NOT EXISTS idx_device_sessions_expiry ON device_sessions (expires_at);
CREATE INDEX IF NOT EXISTS idx_device_sessions_session_expiry ON device_sessions (session_expires_at);
CREATE INDEX IF NOT EXISTS idx_oauth_request_tokens_expiry ON oauth_request_tokens (expires_at);
