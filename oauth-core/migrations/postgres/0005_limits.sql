-- Attempts at secrets, by the hash of who is meant. Times are milliseconds since 1970; `previous` and `added` are what undoes the last.
-- A crash may forget them: nobody waits for the disk.
CREATE UNLOGGED TABLE oauth_limits (
    key      bytea PRIMARY KEY,
    last     bigint NOT NULL,
    empty_at bigint NOT NULL,
    previous bigint NOT NULL,
    added    bigint NOT NULL
);
CREATE INDEX oauth_limits_by_expiry ON oauth_limits (empty_at);
