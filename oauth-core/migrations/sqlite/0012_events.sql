-- The audit table: events as one JSON value, by a key whose order is that of time.
CREATE TABLE oauth_events (
    key        BLOB PRIMARY KEY NOT NULL,
    record     TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX oauth_events_by_expiry ON oauth_events (expires_at);
