-- Clients that must still hear of the end of a session. Whoever takes one up sets `due_at` to the end of a lease.
CREATE TABLE oauth_logouts (
    sid        TEXT NOT NULL,
    client_id  TEXT NOT NULL,
    subject    TEXT NOT NULL,
    ended_at   INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    attempts   INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (sid, client_id)
) STRICT;
CREATE INDEX oauth_logouts_by_due ON oauth_logouts (due_at);
CREATE INDEX oauth_logouts_by_expiry ON oauth_logouts (expires_at);
