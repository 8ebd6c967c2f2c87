-- Authorization requests that clients pushed (RFC 9126). `loaded_at` is null until a browser has loaded one, and `taken_by` the
-- attempt that answered it.
CREATE TABLE oauth_pushed_requests (
    hash       BLOB PRIMARY KEY NOT NULL,
    client_id  TEXT NOT NULL,
    record     TEXT NOT NULL,
    marks      BLOB NOT NULL,
    granted_at INTEGER NOT NULL,
    load_until INTEGER NOT NULL,
    loaded_at  INTEGER,
    taken_by   BLOB,
    kept_until INTEGER NOT NULL
) STRICT;
CREATE INDEX oauth_pushed_requests_by_expiry ON oauth_pushed_requests (kept_until);
