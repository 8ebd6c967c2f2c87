-- Attempts at secrets, by the hash of who is meant. Times are milliseconds since 1970; `previous` and `added` are what undoes the last.
CREATE TABLE oauth_limits (
    key      BLOB PRIMARY KEY NOT NULL,
    last     INTEGER NOT NULL,
    empty_at INTEGER NOT NULL,
    previous INTEGER NOT NULL,
    added    INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_limits_by_expiry ON oauth_limits (empty_at);
