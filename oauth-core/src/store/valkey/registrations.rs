//! Registrations, beside the role `clients`. A client and its registration are one key; what counts them is another, in which a
//! place is reserved before and given up after.

use std::sync::Arc;

use super::ValkeyStore;
use super::clients::{parsed, written};
use super::keys::{Kind, call, seconds, text};
use super::run::{Argument, Weight};
use super::scripts::{
    DELETE_REGISTRATION, EXPIRE_REGISTRATION, KEEP_REGISTRATION, LEAVE, REGISTER, REPLACE_REGISTRATION,
    RESERVE,
};
use crate::client::Client;
use crate::secret::TokenHash;
use crate::store::registrations::FEW;
use crate::store::{Registration, RegistrationStore, Result, decode, encode};
use crate::time::UnixTime;

const REGISTERING: &str = "register a client";
const READ: &str = "read a registration";
const REPLACE: &str = "replace a registration";
const DELETE: &str = "delete a registration";
const KEEP: &str = "keep a registration";

/// A difference that no use of a client is worth a write, in seconds.
const DAY: u64 = 24 * 60 * 60;
/// The number of those that have expired which are asked for at once.
const PAGE: u64 = 100;

impl RegistrationStore for ValkeyStore {
    async fn register_client(
        &self,
        client: Client,
        registration: Registration,
        most: u64,
        now: UnixTime,
    ) -> Result<bool> {
        self.remove_expired(REGISTERING, now, FEW.into()).await?;
        let (index, id, end) =
            (self.key(Kind::Registrations, ""), &client.client_id, seconds(registration.expires_at));
        let reserve: [&dyn Argument; 4] = [&seconds(now), &most, id, &end];
        let place: u8 = self.run(REGISTERING, Weight::Light, &RESERVE, &index, &reserve).await?;
        if place == 0 {
            return Ok(false);
        }
        let (metadata, record) = (written(REGISTERING, &client)?, encode(REGISTERING, &registration)?);
        let token = text(registration.token.as_bytes());
        self.list(REGISTERING, Kind::Clients, 0, id).await?;
        let register: [&dyn Argument; 5] = [&call(), &metadata, &token, &record, &end];
        let key = self.key(Kind::Client, id);
        let is_registered = self.run(REGISTERING, Weight::Light, &REGISTER, &key, &register).await?;
        if is_registered {
            self.settle(REGISTERING, id, None).await?;
        } else if place == 1 {
            self.unlist(REGISTERING, Kind::Registrations, id).await?;
        }
        Ok(is_registered)
    }

    async fn registration(&self, client_id: &str) -> Result<Option<(Arc<Client>, Registration)>> {
        let mut command = redis::cmd("HMGET");
        command.arg(self.key(Kind::Client, client_id)).arg(&["m", "r", "x"]);
        let (metadata, record, end): (Option<String>, Option<String>, Option<u64>) =
            self.send(READ, Weight::Light, &command).await?;
        let (Some(metadata), Some(record), Some(end)) = (metadata, record, end) else { return Ok(None) };
        let registration: Registration = decode(READ, &record)?;
        let registration = Registration { expires_at: UnixTime::from_secs(end), ..registration };
        Ok(Some((Arc::new(parsed(READ, &metadata)?), registration)))
    }

    async fn replace_registration(
        &self,
        token: &TokenHash,
        client: Client,
        registration: Registration,
    ) -> Result<bool> {
        let (metadata, record) = (written(REPLACE, &client)?, encode(REPLACE, &registration)?);
        let (token, next) = (text(token.as_bytes()), text(registration.token.as_bytes()));
        let end = seconds(registration.expires_at);
        let replace: [&dyn Argument; 6] = [&call(), &token, &metadata, &next, &record, &end];
        let key = self.key(Kind::Client, &client.client_id);
        let former: Option<String> =
            self.run(REPLACE, Weight::Security, &REPLACE_REGISTRATION, &key, &replace).await?;
        let Some(former) = former else { return Ok(false) };
        self.list(REPLACE, Kind::Registrations, end, &client.client_id).await?;
        self.settle(REPLACE, &client.client_id, Some(&former)).await?;
        Ok(true)
    }

    async fn delete_registration(&self, client_id: &str, token: &TokenHash) -> Result<bool> {
        let key = self.key(Kind::Client, client_id);
        let token = text(token.as_bytes());
        let former: Option<String> =
            self.run(DELETE, Weight::Security, &DELETE_REGISTRATION, &key, &[&token]).await?;
        let Some(former) = former else { return Ok(false) };
        self.unlist(DELETE, Kind::Registrations, client_id).await?;
        self.settle(DELETE, client_id, Some(&former)).await?;
        Ok(true)
    }

    async fn keep_registration(&self, client_id: &str, until: UnixTime) -> Result<()> {
        let (key, end) = (self.key(Kind::Client, client_id), seconds(until));
        let keep: [&dyn Argument; 2] = [&end, &end.saturating_sub(DAY)];
        if self.run(KEEP, Weight::Light, &KEEP_REGISTRATION, &key, &keep).await? {
            self.list(KEEP, Kind::Registrations, end, client_id).await?;
        }
        Ok(())
    }
}

impl ValkeyStore {
    /// Removes clients whose registrations have expired, and their places last, this many at most; the number of those that are gone.
    pub(super) async fn remove_expired(&self, doing: &'static str, now: UnixTime, most: u64) -> Result<u64> {
        let (index, time) = (self.key(Kind::Registrations, ""), seconds(now));
        let (mut seen, mut removed) = (0, 0);
        loop {
            let page = PAGE.min(most.saturating_sub(seen));
            if page == 0 {
                return Ok(removed);
            }
            let mut command = redis::cmd("ZRANGE");
            command.arg(&index).arg("-inf").arg(time).arg(&["BYSCORE", "LIMIT"]).arg(0).arg(page);
            let expired: Vec<String> = self.send(doing, Weight::Light, &command).await?;
            for id in &expired {
                let key = self.key(Kind::Client, id);
                let (end, former): (Option<u64>, Option<String>) =
                    self.run(doing, Weight::Light, &EXPIRE_REGISTRATION, &key, &[&time]).await?;
                removed += u64::from(former.is_some());
                if let Some(end) = end {
                    self.list(doing, Kind::Registrations, end, id).await?;
                }
                self.settle(doing, id, former.as_deref()).await?;
                self.run::<()>(doing, Weight::Light, &LEAVE, &index, &[&time, id]).await?;
            }
            seen += expired.len() as u64;
            if (expired.len() as u64) < page {
                return Ok(removed);
            }
        }
    }
}
