-- Which browser linked a session: only a reload in that one is told "linked".
ALTER TABLE device_sessions ADD COLUMN linked_by TEXT;

-- What the clock said at the last prune. One row, named `last`.
CREATE TABLE IF NOT EXISTS broker_prune_runs (
  name TEXT PRIMARY KEY,
  ran_at INTEGER NOT NULL
);
