-- Who waits for a call to Discogs, and who had one lately. A few rows that live for a minute or two.
CREATE TABLE IF NOT EXISTS broker_line (
  id TEXT PRIMARY KEY,
  lane TEXT NOT NULL,
  session TEXT NOT NULL,
  call TEXT,
  entered_at_ms INTEGER NOT NULL,
  latest_at_ms INTEGER NOT NULL,
  served_at_ms INTEGER
);

-- Who is just asking Discogs for a key of the search cache. The version changes with every write of the key.
CREATE TABLE IF NOT EXISTS broker_leases (
  name TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  leased_until_ms INTEGER NOT NULL
);
