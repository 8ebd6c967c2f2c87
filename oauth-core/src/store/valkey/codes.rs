//! Role `codes`, and what else is used up once.

use super::ValkeyStore;
use super::keys::{Kind, call, named, removal, seconds};
use super::run::Weight;
use super::scripts::{CREATE, TAKE};
use crate::secret::TokenHash;
use crate::store::{
    Attempt, AuthorizationGrant, CodeRedemption, CodeStore, Marks, PeekedCode, Result, StoreError, decode,
    encode,
};
use crate::time::UnixTime;

const SAVE: &str = "save a code";
const PEEK: &str = "look at a code";
const TAKING: &str = "redeem a code";

impl CodeStore for ValkeyStore {
    async fn save_code(&self, code: TokenHash, grant: AuthorizationGrant) -> Result<()> {
        let (key, record) = (self.hash_key(Kind::Code, &code), encode(SAVE, &grant)?);
        let (end, kept) = (seconds(grant.expires_at), removal(grant.expires_at));
        let is_kept = self
            .run(SAVE, Weight::Light, &CREATE, &key, &[&call(), &kept, &"r", &record, &"x", &end, &"ok", &1])
            .await?;
        if is_kept { Ok(()) } else { Err(StoreError::already_kept(SAVE)) }
    }

    async fn peek_code(&self, code: &TokenHash, now: UnixTime) -> Result<Option<PeekedCode>> {
        let mut command = redis::cmd("HMGET");
        command.arg(self.hash_key(Kind::Code, code)).arg(&["r", "t"]);
        let (record, taken): (Option<String>, Option<String>) =
            self.send(PEEK, Weight::Light, &command).await?;
        let Some(record) = record else { return Ok(None) };
        let grant: AuthorizationGrant = decode(PEEK, &record)?;
        let marks = Marks::of(code, &grant.authorization);
        if grant.expires_at <= now || self.is_marked(PEEK, &[(marks, grant.authorization.granted_at)]).await?
        {
            return Ok(None);
        }
        Ok(Some(PeekedCode { grant, is_taken: taken.is_some() }))
    }

    async fn take_code(&self, code: &TokenHash, attempt: Attempt, now: UnixTime) -> Result<CodeRedemption> {
        let Some(taken) = self.take(TAKING, &self.hash_key(Kind::Code, code), attempt, now).await? else {
            return Ok(CodeRedemption::Unknown);
        };
        let grant: AuthorizationGrant = decode(TAKING, &taken.record)?;
        let marks = Marks::of(code, &grant.authorization);
        self.unless_marked(TAKING, taken.redemption, marks, grant.authorization.granted_at).await
    }
}

/// The answer of the script that uses something up.
pub(super) struct Taken {
    pub(super) redemption: CodeRedemption,
    pub(super) record: String,
    /// Of a device: the decision, and when it was made.
    pub(super) decision: Option<(String, UnixTime)>,
}

impl ValkeyStore {
    /// Uses up what is under this key; `None`: there is nothing.
    pub(super) async fn take(
        &self,
        doing: &'static str,
        key: &str,
        attempt: Attempt,
        now: UnixTime,
    ) -> Result<Option<Taken>> {
        let (answer, record, decision, decided_at): (String, Option<String>, Option<String>, Option<u64>) =
            self.run(doing, Weight::Security, &TAKE, key, &[&seconds(now), &named(attempt)]).await?;
        let redemption = match answer.as_str() {
            "redeemed" => CodeRedemption::Redeemed,
            "taken" => CodeRedemption::Taken,
            _ => return Ok(None),
        };
        let record = record.ok_or_else(|| StoreError::new(doing, "its record is missing"))?;
        let decision = decision.zip(decided_at.map(UnixTime::from_secs));
        Ok(Some(Taken { redemption, record, decision }))
    }

    /// Makes a code unknown that is revoked, whoever took it.
    pub(super) async fn unless_marked(
        &self,
        doing: &'static str,
        redemption: CodeRedemption,
        marks: Marks,
        granted_at: UnixTime,
    ) -> Result<CodeRedemption> {
        let is_revoked = self.is_marked(doing, &[(marks, granted_at)]).await?;
        Ok(if is_revoked { CodeRedemption::Unknown } else { redemption })
    }
}
