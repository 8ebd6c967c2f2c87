//! Role `pushed_requests`.

use super::ValkeyStore;
use super::keys::{Kind, call, removal, seconds};
use super::run::Weight;
use super::scripts::{CREATE, LOAD};
use crate::secret::TokenHash;
use crate::store::{
    Attempt, CodeRedemption, LoadedRequest, PushedRequest, PushedRequestStore, Result, StoreError, decode,
    encode,
};
use crate::time::UnixTime;

const SAVE: &str = "save a pushed request";
const LOADING: &str = "load a pushed request";
const TAKING: &str = "use a pushed request up";

impl PushedRequestStore for ValkeyStore {
    async fn save_pushed_request(&self, reference: TokenHash, request: PushedRequest) -> Result<()> {
        let (key, record) = (self.hash_key(Kind::PushedRequest, &reference), encode(SAVE, &request)?);
        let (end, load_until) = (seconds(request.kept_until), seconds(request.load_until));
        let is_kept = self
            .run(
                SAVE,
                Weight::Light,
                &CREATE,
                &key,
                &[
                    &call(),
                    &removal(request.kept_until),
                    &"r",
                    &record,
                    &"x",
                    &end,
                    &"l",
                    &load_until,
                    &"c",
                    &request.client_id,
                    &"ok",
                    &1,
                ],
            )
            .await?;
        if is_kept { Ok(()) } else { Err(StoreError::already_kept(SAVE)) }
    }

    async fn load_pushed_request(
        &self,
        reference: &TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> Result<Option<LoadedRequest>> {
        let key = self.hash_key(Kind::PushedRequest, reference);
        let loaded: Option<(String, u64)> =
            self.run(LOADING, Weight::Light, &LOAD, &key, &[&seconds(now), &client_id]).await?;
        let Some((record, loaded_at)) = loaded else { return Ok(None) };
        let request: PushedRequest = decode(LOADING, &record)?;
        let is_revoked = self.is_marked(LOADING, &[(request.marks(reference), request.pushed_at)]).await?;
        let loaded_at = UnixTime::from_secs(loaded_at);
        Ok((!is_revoked).then_some(LoadedRequest { request, loaded_at }))
    }

    async fn take_pushed_request(
        &self,
        reference: &TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> Result<CodeRedemption> {
        let key = self.hash_key(Kind::PushedRequest, reference);
        let Some(taken) = self.take(TAKING, &key, attempt, now).await? else {
            return Ok(CodeRedemption::Unknown);
        };
        let request: PushedRequest = decode(TAKING, &taken.record)?;
        self.unless_marked(TAKING, taken.redemption, request.marks(reference), request.pushed_at).await
    }
}
