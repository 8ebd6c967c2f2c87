//! The statements that remove expired rows: a server runs them, by [`maintain`](crate::server::RunningServer::maintain).

/// Each takes the oldest that no other instance is about to remove.
macro_rules! sweep {
    ($table:literal, $key:literal, $expiry:literal) => {
        sweep!($table, $key, $expiry, "$1")
    };
    ($table:literal, $key:literal, $expiry:literal, $before:literal) => {
        concat!(
            "DELETE FROM ",
            $table,
            " WHERE ",
            $key,
            " = ANY (ARRAY (SELECT ",
            $key,
            " FROM ",
            $table,
            " WHERE ",
            $expiry,
            " <= ",
            $before,
            " ORDER BY ",
            $expiry,
            " LIMIT $2 FOR UPDATE SKIP LOCKED))"
        )
    };
}

pub(super) const SESSIONS: &str = concat!(
    sweep!("oauth_sessions", "hash", "expires_at"),
    " RETURNING subject, auth_time, expires_at, sid, clients, second_step"
);

pub(super) const STATEMENTS: [&str; 13] = [
    sweep!("oauth_codes", "hash", "expires_at"),
    sweep!("oauth_access_tokens", "hash", "expires_at"),
    sweep!("oauth_refresh_tokens", "hash", "expires_at"),
    sweep!("oauth_rotations", "presented", "expires_at"),
    sweep!("oauth_sealed_successors", "presented", "expires_at"),
    sweep!("oauth_revocations", "key", "expires_at"),
    sweep!("oauth_sessions", "hash", "expires_at"),
    sweep!("oauth_device_codes", "hash", "kept_until"),
    sweep!("oauth_replay_ids", "hash", "expires_at"),
    sweep!("oauth_pushed_requests", "hash", "kept_until"),
    "DELETE FROM oauth_logouts WHERE (sid, client_id) IN (SELECT sid, client_id FROM oauth_logouts WHERE expires_at <= $1 \
     ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)",
    sweep!("oauth_limits", "key", "empty_at", "$1::bigint * 1000"),
    sweep!("oauth_events", "key", "expires_at"),
];
