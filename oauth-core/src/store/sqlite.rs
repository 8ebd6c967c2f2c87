//! stub
use super::*;
use std::time::Duration;
/// stub
#[derive(Debug, Clone, Default)]
pub struct SqliteStore(());
impl ClientStore for SqliteStore {
    async fn client(&self, _: &str) -> Result<Option<Client>> {
        Ok(None)
    }
    async fn save_client(&self, _: Client) -> Result<()> {
        Ok(())
    }
    async fn is_origin_registered(&self, _: &str) -> Result<bool> {
        Ok(false)
    }
}
impl UserStore for SqliteStore {
    async fn user_by_username(&self, _: &str) -> Result<Option<User>> {
        Ok(None)
    }
    async fn user(&self, _: &str) -> Result<Option<User>> {
        Ok(None)
    }
    async fn save_user(&self, _: User) -> Result<()> {
        Ok(())
    }
}
impl CodeStore for SqliteStore {
    async fn save_code(&self, _: TokenHash, _: AuthorizationGrant) -> Result<()> {
        Ok(())
    }
    async fn take_code(&self, _: &TokenHash, _: UnixTime) -> Result<CodeRedemption> {
        Ok(CodeRedemption::Unknown)
    }
}
impl TokenStore for SqliteStore {
    async fn save_access_token(&self, _: AccessToken) -> Result<()> {
        Ok(())
    }
    async fn access_token(&self, _: &TokenHash, _: UnixTime) -> Result<Option<AccessToken>> {
        Ok(None)
    }
    async fn revoke_access_token(&self, _: &TokenHash) -> Result<()> {
        Ok(())
    }
    async fn save_refresh_token(&self, _: RefreshToken) -> Result<()> {
        Ok(())
    }
    async fn refresh_token(&self, _: &TokenHash, _: UnixTime) -> Result<Option<RefreshToken>> {
        Ok(None)
    }
    async fn rotate_refresh_token(
        &self,
        _: &TokenHash,
        _: Successor,
        _: UnixTime,
        _: Duration,
    ) -> Result<Rotation> {
        Ok(Rotation::Unknown)
    }
    async fn revoke_family(&self, _: FamilyId, _: UnixTime) -> Result<()> {
        Ok(())
    }
}
impl SessionStore for SqliteStore {
    async fn save_session(&self, _: TokenHash, _: Session) -> Result<()> {
        Ok(())
    }
    async fn session(&self, _: &TokenHash, _: UnixTime) -> Result<Option<Session>> {
        Ok(None)
    }
    async fn end_session(&self, _: &TokenHash) -> Result<()> {
        Ok(())
    }
}
impl ConsentStore for SqliteStore {
    async fn consent(&self, _: &str, _: &str) -> Result<Option<ScopeSet>> {
        Ok(None)
    }
    async fn save_consent(&self, _: &str, _: &str, _: ScopeSet) -> Result<()> {
        Ok(())
    }
}
