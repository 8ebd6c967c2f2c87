-- The identifiers of assertions that were used (RFC 7523), until those expire.
CREATE TABLE oauth_replay_ids (
    hash       BLOB PRIMARY KEY NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_replay_ids_by_expiry ON oauth_replay_ids (expires_at);
