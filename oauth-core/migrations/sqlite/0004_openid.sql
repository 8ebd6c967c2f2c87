-- What ID tokens need, as JSON; NULL without the scope `openid`.
ALTER TABLE oauth_refresh_tokens ADD COLUMN openid TEXT;
