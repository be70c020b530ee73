-- What the authorization server keeps: authorizations under way, grants, and clients that registered themselves. All that
-- must change together is one row, whose version changes with every write.
CREATE TABLE IF NOT EXISTS oauth_records (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  owner TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (kind, id)
);

CREATE INDEX IF NOT EXISTS idx_oauth_records_owner ON oauth_records (kind, owner);
CREATE INDEX IF NOT EXISTS idx_oauth_records_expiry ON oauth_records (kind, expires_at);
