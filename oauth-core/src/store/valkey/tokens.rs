//! Role `tokens`.

use std::time::Duration;

use super::ValkeyStore;
use super::keys::{CALL, Kind, call, removal, seconds};
use super::lists::grant_name;
use super::run::{Argument, Weight};
use super::scripts::{CREATE, INDEX, UNDO_RECORD, UNDO_TEXT};
use crate::secret::TokenHash;
use crate::store::{
    AccessToken, Marks, RefreshToken, Result, Revocation, Rotation, Saving, StoreError, Successor,
    TokenStore, decode, encode,
};
use crate::time::UnixTime;

const SAVE: &str = "save tokens";
const READ: &str = "read an access token";
const READ_REFRESH: &str = "read a refresh token";

impl TokenStore for ValkeyStore {
    async fn save_tokens(
        &self,
        access: Option<AccessToken>,
        refresh: Option<RefreshToken>,
        _: UnixTime,
    ) -> Result<Saving> {
        let new = NewTokens { access, refresh, presented: None, call: call() };
        let are_kept = self.keep(SAVE, &new).await?;
        if self.is_marked(SAVE, &new.marks()).await? {
            self.undo(SAVE, &new).await?;
            return Ok(Saving::Revoked);
        }
        if !are_kept {
            self.undo(SAVE, &new).await?;
            return Err(StoreError::already_kept(SAVE));
        }
        Ok(Saving::Saved)
    }

    async fn access_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<AccessToken>> {
        let mut command = redis::cmd("GET");
        command.arg(self.hash_key(Kind::AccessToken, token));
        let kept: Option<String> = self.send(READ, Weight::Light, &command).await?;
        let Some(record) = kept.as_deref().and_then(|kept| kept.get(CALL..)) else { return Ok(None) };
        let kept: AccessToken = decode(READ, record)?;
        let (marks, granted_at) = (Marks::of(token, &kept.authorization), kept.authorization.granted_at);
        let is_dead = kept.expires_at <= now || self.is_dead(READ, marks, granted_at).await?;
        Ok((!is_dead).then_some(kept))
    }

    async fn refresh_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<RefreshToken>> {
        let Some((kept, _)) = self.kept_refresh_token(READ_REFRESH, token, now).await? else {
            return Ok(None);
        };
        let (marks, granted_at) = (Marks::of(token, &kept.authorization), kept.authorization.granted_at);
        let is_dead = self.is_dead(READ_REFRESH, marks, granted_at).await?;
        Ok((!is_dead).then_some(kept))
    }

    async fn rotate_refresh_token(
        &self,
        presented: &TokenHash,
        successor: Successor,
        access: Option<AccessToken>,
        now: UnixTime,
        grace: Duration,
    ) -> Result<Rotation> {
        self.rotate(presented, successor, access, now, grace).await
    }

    async fn revoke(&self, revocation: &Revocation, until: UnixTime) -> Result<()> {
        self.keep_marker(revocation, until).await
    }
}

/// Tokens that nobody has received yet. What is left of them if they are cut off is unknown to everybody.
pub(super) struct NewTokens {
    pub(super) access: Option<AccessToken>,
    pub(super) refresh: Option<RefreshToken>,
    /// The token that the refresh token takes the place of.
    pub(super) presented: Option<Presented>,
    /// The call that keeps them, so that no other's are removed.
    pub(super) call: String,
}

/// A token that is about to be rotated.
pub(super) struct Presented {
    pub(super) hash: TokenHash,
    /// The name of the token before in the index of grants: whoever presents a token has received it, and needs none before it.
    pub(super) outdated: Option<Vec<u8>>,
}

impl NewTokens {
    pub(super) fn marks(&self) -> Vec<(Marks, UnixTime)> {
        let access = self.access.as_ref().map(|token| (&token.hash, &token.authorization));
        let refresh = self.refresh.as_ref().map(|token| (&token.hash, &token.authorization));
        let all = access.into_iter().chain(refresh);
        all.map(|(hash, authorization)| (Marks::of(hash, authorization), authorization.granted_at)).collect()
    }
}

impl ValkeyStore {
    /// A refresh token that has not expired, and the hash of the one before it.
    pub(super) async fn kept_refresh_token(
        &self,
        doing: &'static str,
        token: &TokenHash,
        now: UnixTime,
    ) -> Result<Option<(RefreshToken, Option<TokenHash>)>> {
        let mut command = redis::cmd("HMGET");
        command.arg(self.hash_key(Kind::RefreshToken, token)).arg(&["r", "rot", "prev"]);
        let (record, rotated, before): (Option<String>, Option<String>, Option<Vec<u8>>) =
            self.send(doing, Weight::Light, &command).await?;
        let kept: Option<RefreshToken> = record.map(|record| decode(doing, &record)).transpose()?;
        let Some(kept) = kept.filter(|kept| kept.expires_at > now) else { return Ok(None) };
        let before = before.and_then(|before| before.try_into().ok()).map(TokenHash::from_bytes);
        Ok(Some((RefreshToken { is_rotated: rotated.is_some(), ..kept }, before)))
    }

    /// Keeps new tokens; `false`: one of them is kept already.
    pub(super) async fn keep(&self, doing: &'static str, new: &NewTokens) -> Result<bool> {
        if let Some(token) = &new.refresh
            && !self.keep_refresh_token(doing, token, new).await?
        {
            return Ok(false);
        }
        match &new.access {
            None => Ok(true),
            Some(token) => {
                let (key, record) = (self.hash_key(Kind::AccessToken, &token.hash), encode(doing, token)?);
                self.keep_text(doing, &key, &new.call, &record, token.expires_at).await
            }
        }
    }

    async fn keep_refresh_token(
        &self,
        doing: &'static str,
        token: &RefreshToken,
        new: &NewTokens,
    ) -> Result<bool> {
        let (key, record) = (self.hash_key(Kind::RefreshToken, &token.hash), encode(doing, token)?);
        let (end, kept) = (seconds(token.expires_at), removal(token.expires_at));
        if let Some(subject) = token.subject() {
            let (of, name) = (self.key(Kind::GrantsOf, subject), grant_name(token));
            let mut index: Vec<&dyn Argument> = vec![&name, &end, &kept];
            let outdated = new.presented.as_ref().and_then(|presented| presented.outdated.as_ref());
            index.extend(outdated.map(|outdated| outdated as &dyn Argument));
            self.run::<()>(doing, Weight::Light, &INDEX, &of, &index).await?;
        }
        let before = new.presented.as_ref().map(|presented| &presented.hash.as_bytes()[..]);
        let mut create: Vec<&dyn Argument> = vec![&new.call, &kept, &"r", &record, &"x", &end];
        if let Some(before) = &before {
            create.extend([&"prev" as &dyn Argument, before]);
        }
        self.run(doing, Weight::Light, &CREATE, &key, &create).await
    }

    /// Removes those of the tokens that this call kept.
    pub(super) async fn undo(&self, doing: &'static str, new: &NewTokens) -> Result<()> {
        if let Some(token) = &new.access {
            let key = self.hash_key(Kind::AccessToken, &token.hash);
            self.run::<u64>(doing, Weight::Light, &UNDO_TEXT, &key, &[&new.call]).await?;
        }
        if let Some(token) = &new.refresh {
            let key = self.hash_key(Kind::RefreshToken, &token.hash);
            let is_ours: bool = self.run(doing, Weight::Light, &UNDO_RECORD, &key, &[&new.call]).await?;
            if let Some(subject) = token.subject().filter(|_| is_ours) {
                let mut command = redis::cmd("ZREM");
                command.arg(self.key(Kind::GrantsOf, subject)).arg(grant_name(token));
                self.send::<()>(doing, Weight::Light, &command).await?;
            }
        }
        Ok(())
    }

    /// Keeps a text after the name of the call, unless another call did.
    pub(super) async fn keep_text(
        &self,
        doing: &'static str,
        key: &str,
        call: &str,
        text: &str,
        end: UnixTime,
    ) -> Result<bool> {
        let mut command = redis::cmd("SET");
        command.arg(key).arg(format!("{call}{text}")).arg(&["NX", "GET", "EXAT"]).arg(removal(end));
        let kept: Option<String> = self.send(doing, Weight::Light, &command).await?;
        Ok(kept.is_none_or(|kept| kept.starts_with(call)))
    }
}
