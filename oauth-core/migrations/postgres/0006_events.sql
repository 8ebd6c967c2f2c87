-- The audit table: events as one JSON value, by a key whose order is that of time.
CREATE TABLE oauth_events (
    key        bytea PRIMARY KEY,
    record     text NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX oauth_events_by_expiry ON oauth_events (expires_at);
