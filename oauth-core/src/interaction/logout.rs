//! The things that end with a session: tokens, and the sessions of clients.

use std::time::Duration;

use super::Context;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::openid::session_identifier::session_identifier;
use crate::openid::{PairwiseKey, subject_identifier};
use crate::request::{IdTokenHint, LogoutRequest, append_query};
use crate::store::{ClientStore as _, FamilyId, Revocation, Session, StoreRoles, TokenStore as _};

/// The parts of an OpenID provider that an interaction needs, whatever its type.
#[derive(Debug)]
pub(crate) struct Provider<'a> {
    #[cfg(feature = "http-client")]
    pub(crate) keys: Vec<crate::jose::SigningKey>,
    pub(crate) pairwise_key: Option<&'a PairwiseKey>,
    #[cfg(feature = "http-client")]
    pub(crate) back_channel: Option<&'a crate::openid::BackChannel>,
    /// True if clients may watch the session.
    #[cfg(feature = "pages")]
    pub(crate) has_check_session: bool,
    /// The time that the last token of a session may live on.
    pub(crate) lifetime: Duration,
}

impl<V: StoreRoles> Context<'_, V> {
    /// Ends what depends on a session: the tokens that were issued in it without `offline_access` are revoked, and its clients
    /// are told over the back channel (OIDC Back-Channel Logout §2.5 and §2.7), again and again where a
    /// [`LogoutStore`](crate::store::LogoutStore) keeps who has not heard of it. Call it before you forget the session, so that
    /// what fails can be tried again.
    ///
    /// What it returns are the URLs that the page after it must load in frames, so that clients can end their sessions in
    /// this browser (OIDC Front-Channel Logout §2).
    ///
    /// # Errors
    ///
    /// `server_error` if the tokens cannot be revoked, or the store of logouts fails. A client that cannot be told is no error.
    pub async fn session_ended(&self, session: &Session) -> Result<Vec<String>> {
        self.revoke_session(session).await?;
        #[cfg(feature = "http-client")]
        if let Some(outbox) = self.outbox() {
            outbox.keep(session, self.now(), self.leased_until()).await?;
        }
        Ok(self.tell_clients(std::slice::from_ref(session)).await)
    }

    /// Revokes what dies with the session. Twice is as good as once.
    pub(crate) async fn revoke_session(&self, session: &Session) -> Result<()> {
        let Some(provider) = &self.provider else { return Ok(()) };
        let until = self.now() + provider.lifetime;
        Ok(self
            .validator
            .tokens()
            .revoke(&Revocation::Family(FamilyId::of_session(&session.sid)), until)
            .await?)
    }

    /// Tells the clients of sessions that they have ended; the page must load in frames what this returns. Where there is an outbox,
    /// their notices are in it.
    pub(crate) async fn tell_clients(&self, sessions: &[Session]) -> Vec<String> {
        if self.provider.is_none() {
            return Vec::new();
        }
        let mut frames = Vec::new();
        #[cfg(feature = "http-client")]
        let (outbox, mut tokens) = (self.outbox(), Vec::new());
        for session in sessions {
            for client_id in &session.clients {
                let client = match self.validator.clients().client(client_id).await {
                    Ok(Some(client)) => client,
                    Ok(None) => continue,
                    // The others are told all the same.
                    Err(cause) => {
                        Error::from(cause).log();
                        continue;
                    }
                };
                frames.extend(self.frame(&client, session));
                #[cfg(feature = "http-client")]
                if outbox.is_none() {
                    let token = self.logout_token(&client, &session.subject, &session.sid).await;
                    // Likewise.
                    tokens.extend(token.inspect_err(Error::log).ok().flatten());
                }
            }
        }
        #[cfg(feature = "http-client")]
        match (outbox, self.back_channel()) {
            (Some(outbox), _) => self.tell_first(outbox, sessions).await,
            (None, Some(back_channel)) => back_channel.deliver(tokens).await,
            (None, None) => {}
        }
        frames
    }

    /// Front-Channel Logout §2: "the OP […] MAY add these query parameters when rendering the logout URI": `iss` and `sid`,
    /// for clients that registered `frontchannel_logout_session_required`.
    fn frame(&self, client: &Client, session: &Session) -> Option<String> {
        let uri = client.frontchannel_logout_uri.as_deref()?;
        if !client.frontchannel_logout_session_required {
            return Some(uri.to_owned());
        }
        let sid = session_identifier(&session.sid, client);
        let params = [("iss", self.issuer.into()), ("sid", sid.into())];
        Some(append_query(uri, params))
    }

    /// A logout token for a client that wants to hear of logouts over the back channel.
    #[cfg(feature = "http-client")]
    pub(super) async fn logout_token(
        &self,
        client: &Client,
        subject: &str,
        sid: &str,
    ) -> Result<Option<crate::openid::LogoutToken>> {
        let (Some(uri), Some(provider)) = (client.backchannel_logout_uri.as_deref(), &self.provider) else {
            return Ok(None);
        };
        let key = crate::openid::signer::key_among(&provider.keys, client)?;
        let sub = subject_identifier(provider.pairwise_key, client, subject)?;
        let sid = session_identifier(sid, client);
        crate::openid::LogoutToken::new(self.issuer, client, uri, key, &sub, &sid, self.now()).await.map(Some)
    }

    /// Tells whether the client proved that it knows this session, by an ID token of it: nobody need be asked
    /// then whether to sign out. RP-Initiated Logout §2: the server "MUST ask the End-User this question if
    /// the id_token_hint was not provided or if the supplied ID Token does not belong to the current OP
    /// session with the RP and/or currently logged in End-User".
    ///
    /// # Errors
    ///
    /// `server_error` if the client is to have pairwise identifiers and the server cannot make them.
    pub fn is_of_session(&self, logout: &LogoutRequest, session: &Session) -> Result<bool> {
        let (Some(provider), Some(client), Some(hint)) =
            (&self.provider, &logout.client, &logout.id_token_hint)
        else {
            return Ok(false);
        };
        let IdTokenHint { sub, sid, .. } = hint;
        let is_same_person = *subject_identifier(provider.pairwise_key, client, &session.subject)? == **sub;
        Ok(is_same_person && sid.as_ref().is_none_or(|sid| *sid == session_identifier(&session.sid, client)))
    }
}
