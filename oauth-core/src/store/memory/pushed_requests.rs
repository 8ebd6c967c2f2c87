//! Role `pushed_requests`.

use super::MemoryStore;
use super::codes::take;
use super::expiring::AlreadyKept;
use crate::secret::TokenHash;
use crate::store::{
    Attempt, CodeRedemption, LoadedRequest, PushedRequest, PushedRequestStore, Result, StoreError,
};
use crate::time::UnixTime;

#[derive(Debug)]
pub(super) struct Pushed {
    request: PushedRequest,
    loaded_at: Option<UnixTime>,
    taken_by: Option<Attempt>,
}

impl PushedRequestStore for MemoryStore {
    async fn save_pushed_request(&self, reference: TokenHash, request: PushedRequest) -> Result<()> {
        let kept_until = request.kept_until;
        let kept = Pushed { request, loaded_at: None, taken_by: None };
        self.0
            .pushed_requests
            .lock()
            .try_insert(reference, kept, kept_until)
            .map_err(|AlreadyKept| StoreError::already_kept("save a pushed request"))
    }

    async fn load_pushed_request(
        &self,
        reference: &TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> Result<Option<LoadedRequest>> {
        let mut requests = self.0.pushed_requests.lock();
        let Some(pushed) = requests.get_mut(reference, now) else { return Ok(None) };
        let is_in_time = pushed.loaded_at.is_some() || pushed.request.load_until > now;
        let is_open = pushed.taken_by.is_none() && pushed.request.client_id == client_id;
        if !is_in_time || !is_open || self.is_ended(reference, &pushed.request.authorization()) {
            return Ok(None);
        }
        let loaded_at = *pushed.loaded_at.get_or_insert(now);
        Ok(Some(LoadedRequest { request: pushed.request.clone(), loaded_at }))
    }

    async fn take_pushed_request(
        &self,
        reference: &TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> Result<CodeRedemption> {
        let mut requests = self.0.pushed_requests.lock();
        let Some(pushed) = requests.get_mut(reference, now) else { return Ok(CodeRedemption::Unknown) };
        if self.is_ended(reference, &pushed.request.authorization()) {
            return Ok(CodeRedemption::Unknown);
        }
        Ok(take(&mut pushed.taken_by, attempt))
    }
}
