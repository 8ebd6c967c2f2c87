-- The grants of a person, by family: `marks` has the keys of both at fixed places.
CREATE INDEX oauth_refresh_tokens_by_subject ON oauth_refresh_tokens ((marks[4]), (marks[2]), expires_at DESC);
-- What was agreed to is forgotten with the client.
CREATE INDEX oauth_consents_by_client ON oauth_consents (client_id);
