-- The grants of a person, one a family: `marks` has the keys of both at fixed places. Of a family's tokens, one is not rotated.
CREATE INDEX oauth_refresh_tokens_by_subject ON oauth_refresh_tokens (substr(marks, 49, 16), substr(marks, 17, 16))
    WHERE is_rotated = 0;
-- What was agreed to is forgotten with the client.
CREATE INDEX oauth_consents_by_client ON oauth_consents (client_id);
