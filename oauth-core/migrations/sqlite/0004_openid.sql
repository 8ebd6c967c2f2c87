-- What ID tokens need, as JSON; NULL without the scope `openid`.
ALTER TABLE oauth_refresh_tokens ADD COLUMN openid TEXT;
-- The session that a token dies with: a family, too.
ALTER TABLE oauth_refresh_tokens ADD COLUMN session BLOB;
ALTER TABLE oauth_access_tokens ADD COLUMN session BLOB;
-- What the `claims` parameter asks for at the userinfo endpoint, as JSON; NULL: nothing.
ALTER TABLE oauth_access_tokens ADD COLUMN userinfo_claims TEXT;
ALTER TABLE oauth_sessions ADD COLUMN sid TEXT NOT NULL DEFAULT '';
-- The clients to be told of its end, as a JSON array.
ALTER TABLE oauth_sessions ADD COLUMN clients TEXT NOT NULL DEFAULT '[]';
