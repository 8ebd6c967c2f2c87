// What `annotated.rs` says, written as a person writes it who has no macros.

use std::time::Duration;

use oauth_core::claims::{ClaimDeclaration, ClaimDestination};
use oauth_core::http::{HttpError, HttpsClient};
use oauth_core::jose::{Jwk, SigningKeys};
use oauth_core::openid::IdTokenSigner;
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::server::{Endpoints, ServerConfig};
use oauth_core::store::{self, AnyLimitStore, AnyRevocationStore, Attempt, ReplayStore as _};
use oauth_core::time::UnixTime;
use oauth_core::token::{JwtProfile, StaticClaim};

/// The records of the machines' server.
pub struct Accounts {
    store: MemoryStore,
}

impl StoreRoles for Accounts {
    type Clients = MemoryStore;
    type Tokens = MemoryStore;
    type Codes = MemoryStore;
    type Users = MemoryStore;
    type Sessions = MemoryStore;
    type Consents = MemoryStore;
    type Devices = MemoryStore;
    type ReplayIds = MemoryStore;

    const KEEPS_REPLAY_IDS: bool = true;

    fn clients(&self) -> &MemoryStore {
        &self.store
    }
    fn tokens(&self) -> &MemoryStore {
        &self.store
    }
    fn codes(&self) -> &MemoryStore {
        &self.store
    }
    fn users(&self) -> &MemoryStore {
        &self.store
    }
    fn sessions(&self) -> &MemoryStore {
        &self.store
    }
    fn consents(&self) -> &MemoryStore {
        &self.store
    }
    fn devices(&self) -> &MemoryStore {
        &self.store
    }
    fn replay_ids(&self) -> &MemoryStore {
        &self.store
    }
    fn revocations(&self) -> Option<&dyn AnyRevocationStore> {
        Some(&self.store)
    }
    fn limits(&self) -> Option<&dyn AnyLimitStore> {
        Some(&self.store)
    }

    async fn find_user(&self, subject: &str) -> store::Result<Option<User>> {
        self.store.user(subject).await
    }
    async fn claim_replay_id(&self, id: &TokenHash, attempt: Attempt, until: UnixTime, now: UnixTime) -> store::Result<bool> {
        self.store.claim_replay_id(id, attempt, until, now).await
    }
}

impl RequestValidator for Accounts {}

/// The people whom the site knows, and its own decisions.
pub struct People {
    store: MemoryStore,
    audience: String,
}

impl StoreRoles for People {
    type Clients = MemoryStore;
    type Tokens = MemoryStore;
    type Codes = MemoryStore;
    type Users = MemoryStore;
    type Sessions = MemoryStore;
    type Consents = MemoryStore;
    type Devices = MemoryStore;
    type ReplayIds = MemoryStore;

    const KEEPS_REPLAY_IDS: bool = true;

    fn clients(&self) -> &MemoryStore {
        &self.store
    }
    fn tokens(&self) -> &MemoryStore {
        &self.store
    }
    fn codes(&self) -> &MemoryStore {
        &self.store
    }
    fn users(&self) -> &MemoryStore {
        &self.store
    }
    fn sessions(&self) -> &MemoryStore {
        &self.store
    }
    fn consents(&self) -> &MemoryStore {
        &self.store
    }
    fn devices(&self) -> &MemoryStore {
        &self.store
    }
    fn replay_ids(&self) -> &MemoryStore {
        &self.store
    }
    fn revocations(&self) -> Option<&dyn AnyRevocationStore> {
        Some(&self.store)
    }
    fn limits(&self) -> Option<&dyn AnyLimitStore> {
        Some(&self.store)
    }

    async fn find_user(&self, subject: &str) -> store::Result<Option<User>> {
        self.store.user(subject).await
    }
    async fn claim_replay_id(&self, id: &TokenHash, attempt: Attempt, until: UnixTime, now: UnixTime) -> store::Result<bool> {
        self.store.claim_replay_id(id, attempt, until, now).await
    }
}

const TENANT_CLAIM: &str = "tenant";
const TENANT: ClaimDeclaration = ClaimDeclaration {
    names: &[TENANT_CLAIM],
    scope: Some("calendar.read"),
    to: ClaimDeclaration::DEFAULT_DESTINATIONS,
};

impl RequestValidator for People {
    const CLAIMS: &'static [ClaimDeclaration] = &[TENANT];

    async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        if client_id.starts_with("site-") {
            request.claims.insert("aud", &self.audience)?;
        }
        Ok(())
    }

    async fn rotate_refresh_token(&self, request: &mut Request) -> Result<bool> {
        Ok(request.subject.is_some())
    }

    async fn declared_claims(&self, destination: ClaimDestination, request: &mut Request) -> Result<Claims> {
        let mut claims = Claims::new();
        if TENANT.is_due(TENANT_CLAIM, destination, request)
            && let Some(subject) = &request.subject
        {
            claims.insert(TENANT_CLAIM, format!("tenant of {subject}"))?;
        }
        Ok(claims)
    }
}

/// Signed access tokens.
pub struct AccessTokens {
    keys: KeyRing,
}

const ISSUER: &str = "https://auth.example.com";
const PROFILE: JwtProfile =
    JwtProfile::new().expires_in(Duration::from_secs(900)).claims(&[("tier", StaticClaim::Int(3))]);

impl TokenGenerator for AccessTokens {
    const ISSUER: Issuer = Issuer::Literal(ISSUER);

    async fn generate_token(&self, request: &Request) -> Result<String> {
        self.tokens().generate(ISSUER, request).await
    }
    fn tokens(&self) -> Tokens<'_> {
        Tokens::jwt(PROFILE, &self.keys)
    }
}

impl IdTokenSigner for AccessTokens {
    fn signing_key(&self) -> Option<SigningKey> {
        Some(self.keys.active())
    }
    fn jwks(&self) -> Vec<Jwk> {
        SigningKeys::jwks(&self.keys)
    }
}

/// Refresh tokens that scanners find.
pub struct RefreshTokens;

impl TokenGenerator for RefreshTokens {
    async fn generate_token(&self, request: &Request) -> Result<String> {
        self.tokens().generate(ISSUER, request).await
    }
    fn tokens(&self) -> Tokens<'_> {
        Tokens::opaque(Opaque::DEFAULT.prefix("acme_rt_"))
    }
}

/// Seeing it.
pub struct CalendarRead;

impl ScopeType for CalendarRead {
    const SCOPE: Scope = Scope::described("calendar.read", "See your calendar");
}

/// Changing it.
pub struct CalendarWrite;

impl ScopeType for CalendarWrite {
    const SCOPE: Scope = Scope::described("calendar.write", "Change your calendar");
}

/// The server for people.
pub struct Site {
    people: People,
    access_tokens: AccessTokens,
    refresh_tokens: RefreshTokens,
    pages: LoginPages,
}

impl AuthorizationServer for Site {
    type Validator = People;
    type AccessTokens = AccessTokens;
    type RefreshTokens = RefreshTokens;
    type IdTokens = NoIdTokens;
    type Interaction = LoginPages;
    type Grants = (AuthorizationCode, RefreshToken, ClientCredentials);

    const ISSUER: Issuer = Issuer::Literal(ISSUER);
    const CONFIG: ServerConfig = ServerConfig::new(&[CalendarRead::SCOPE, CalendarWrite::SCOPE])
        .code_lifetime(Duration::from_secs(30));

    fn validator(&self) -> &People {
        &self.people
    }
    fn access_tokens(&self) -> &AccessTokens {
        &self.access_tokens
    }
    fn refresh_tokens(&self) -> &RefreshTokens {
        &self.refresh_tokens
    }
    fn id_tokens(&self) -> &NoIdTokens {
        &NoIdTokens
    }
    fn interaction(&self) -> &LoginPages {
        &self.pages
    }
}

/// The server for programs.
pub struct Machines {
    accounts: Accounts,
}

impl AuthorizationServer for Machines {
    type Validator = Accounts;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = NoInteraction;
    type Grants = (ClientCredentials,);

    const ISSUER: Issuer = Issuer::Literal("https://machines.example.com");
    const CONFIG: ServerConfig = ServerConfig::new(&[Scope::described("jobs", "Run jobs")])
        .endpoints(Endpoints::DEFAULT.revocation(None));

    fn validator(&self) -> &Accounts {
        &self.accounts
    }
    fn access_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn refresh_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn id_tokens(&self) -> &NoIdTokens {
        &NoIdTokens
    }
    fn interaction(&self) -> &NoInteraction {
        &NoInteraction
    }
}

/// An API of another process.
pub struct Calendar;

impl ResourceServer for Calendar {
    type HttpClient = HttpsClient;

    const ISSUER: Issuer = Issuer::Literal(ISSUER);
    const CONFIG: ResourceConfig = ResourceConfig::new()
        .audience("https://calendar.example.com")
        .leeway(Duration::from_secs(30))
        .scopes(&[CalendarRead::SCOPE, CalendarWrite::SCOPE]);

    fn http_client(&self) -> Result<HttpsClient, HttpError> {
        HttpsClient::new()
    }
}
