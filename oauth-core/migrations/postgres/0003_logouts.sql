-- Clients that must still hear of the end of a session. Whoever takes one up sets `due_at` to the end of a lease.
CREATE TABLE oauth_logouts (
    sid        text NOT NULL,
    client_id  text NOT NULL,
    subject    text NOT NULL,
    ended_at   bigint NOT NULL,
    due_at     bigint NOT NULL,
    attempts   bigint NOT NULL,
    expires_at bigint NOT NULL,
    PRIMARY KEY (sid, client_id)
);
CREATE INDEX oauth_logouts_by_due ON oauth_logouts (due_at);
CREATE INDEX oauth_logouts_by_expiry ON oauth_logouts (expires_at);
