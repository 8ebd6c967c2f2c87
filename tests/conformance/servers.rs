//! The suite over servers of every shape.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use oauth_core::conformance::{BoxError, Fixture, Outcome, run};
use oauth_core::grant::token_exchange::{ExchangeApproval, TokenExchangePolicy, TokenExchangeRequest};
use oauth_core::http::Fetcher;
use oauth_core::jose::KeySet;
use oauth_core::openid::{BackChannel, PairwiseKey};
use oauth_core::prelude::*;
use oauth_core::server::{Feature, ServerConfig};
use oauth_tests::{Accounts, Site, TestServer};

use crate::mutants::{Base, record};

/// A database of its own for each test.
pub(crate) async fn sqlite(fixture: &mut Fixture) -> std::result::Result<SqliteStore, BoxError> {
    let directory = tempfile::tempdir()?;
    let store = SqliteStore::open(directory.path().join("oauth.db")).await?;
    fixture.keep(directory);
    Ok(store)
}

/// Written by hand, over memory; whoever comes is Alice, and the header says whether she agrees.
mod by_hand_over_memory {
    use super::{Accounts, MemoryStore, TestServer};

    oauth_core::conformance!(TestServer<Accounts<MemoryStore>>, |fixture| {
        fixture.refuse(|request| {
            request.headers_mut().insert("x-test-decision", http::HeaderValue::from_static("deny"));
        });
        TestServer { validator: Accounts(MemoryStore::default()) }
    });
}

mod by_hand_over_sqlite {
    use super::{Accounts, SqliteStore, TestServer};

    oauth_core::conformance!(TestServer<Accounts<SqliteStore>>, |fixture| {
        TestServer { validator: Accounts(super::sqlite(fixture).await?) }
    });
}

mod without_grace {
    use super::{Accounts, MemoryStore, TestServer};

    oauth_core::conformance!(TestServer<Accounts<MemoryStore>, 0>, |_fixture| TestServer {
        validator: Accounts(MemoryStore::default())
    });
}

/// Tokens are for the resources that clients name.
pub(crate) mod with_resources {
    use oauth_core::prelude::*;
    use oauth_tests::{Accounts, Alice};

    #[authorization_server(
        grants(authorization_code, refresh_token, client_credentials),
        scopes("profile", "calendar"),
        resources("https://api.example.com/calendar"(scopes("calendar")), "https://api.example.com"),
        issuer = "https://auth.example.com"
    )]
    pub(crate) struct Server {
        #[validator]
        accounts: Accounts<MemoryStore>,
        #[interaction]
        alice: Alice,
    }

    pub(crate) fn server() -> Server {
        Server { accounts: Accounts(MemoryStore::default()), alice: Alice }
    }

    oauth_core::conformance!(Server, |_fixture| server());
}

/// The same with the built-in pages, below a path.
mod with_pages_below_a_path {
    use super::{Accounts, LoginPages, MemoryStore, Site, UserStore};

    oauth_core::conformance!(Site<Accounts<MemoryStore>>, |fixture| {
        let store = MemoryStore::default();
        store.save_user(fixture.user()?).await?;
        let issuer = "https://auth.example.com/tenant/1".to_owned();
        Site { issuer, validator: Accounts(store), pages: LoginPages::new() }
    });
}

/// Every feature there is.
#[validator(custom)]
#[derive(Debug)]
pub(crate) struct EveryRole {
    #[store]
    store: SqliteStore,
    partner: KeySet,
}

const PARTNER: &str = "https://partner.example";

#[validator]
impl EveryRole {
    fn is_pkce_required(&self, client: &Client, _request: &mut Request) -> Result<bool> {
        Ok(client.is_public())
    }

    fn validate_jwt_bearer_token(
        &self,
        assertion: &UnverifiedAssertion<'_>,
        _request: &mut Request,
    ) -> Result<AcceptedAssertion> {
        if assertion.issuer() != Some(PARTNER) {
            return Err(Error::invalid_grant("the issuer is not trusted"));
        }
        let verified = assertion.verify(&self.partner)?;
        let subject = verified.subject.clone();
        Ok(verified.for_subject(subject))
    }

    #[claim("tenant", scope = "profile")]
    fn tenant(&self, _request: &Request) -> Option<String> {
        Some("acme".to_owned())
    }
}

const CALENDAR: &str = "https://calendar.example";

impl TokenExchangePolicy for EveryRole {
    async fn may_exchange(&self, exchange: &TokenExchangeRequest, _: &Request) -> Result<ExchangeApproval> {
        if exchange.requester_is_party() && exchange.targets() == [CALENDAR] {
            return Ok(ExchangeApproval::delegation());
        }
        Err(ErrorCode::InvalidTarget.into())
    }
}

/// Whoever has it gets a token.
#[extension_grant("urn:example:grant-type:voucher")]
#[derive(Debug)]
pub(crate) struct Voucher;

const VOUCHER: &str = "good for one summer";

impl ExtensionGrant<EveryRole> for Voucher {
    async fn approve(_: &EveryRole, request: &mut Request) -> Result<GrantApproval> {
        match request.body().get("voucher") {
            None => Err(Error::invalid_request("voucher is missing")),
            Some(VOUCHER) => Ok(GrantApproval::of_user("alice")),
            Some(_) => Err(Error::invalid_grant("there is no such voucher")),
        }
    }
}

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "15m", claims(tier = 3))]
#[derive(Debug)]
pub(crate) struct SignedTokens {
    #[signing_key]
    pub(crate) keys: KeyRing,
}

/// The key that they are signed with.
pub(crate) fn signing_key() -> SigningKey {
    // Making an RSA key takes long.
    static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate(Algorithm::RS256).unwrap());
    KEY.clone()
}

#[authorization_server(
    profile = "oauth2.0",
    grants(
        authorization_code,
        refresh_token,
        client_credentials,
        device_code,
        jwt_bearer,
        implicit,
        password,
        token_exchange,
        Voucher
    ),
    registration,
    client_id_metadata_documents,
    unverified_scopes("openid", "profile"),
    pushed_authorization_requests,
    acr_values("pwd", "mfa"),
    response_types(
        "code",
        "token",
        "id_token",
        "id_token token",
        "code id_token",
        "code token",
        "code id_token token",
        "none"
    ),
    scopes("openid", "profile" = "See your name", "calendar"),
    default_scopes("profile"),
    refresh_token_lifetime = "90d",
    code_lifetime = "30s",
    endpoints(token = "/oauth/token"),
    dpop,
    danger_pkce_optional,
    allow(danger_pkce_optional, reason = "a client of 2014 cannot do it")
)]
#[derive(Debug)]
pub(crate) struct Everything {
    #[validator]
    accounts: EveryRole,
    #[access_token]
    tokens: SignedTokens,
    #[pairwise_key]
    pairwise_key: PairwiseKey,
    #[back_channel]
    back_channel: BackChannel,
    #[fetcher]
    fetcher: Fetcher,
    #[interaction]
    pages: LoginPages,
}

impl Everything {
    /// Over a database of its own, without a user.
    pub(crate) async fn new(fixture: &mut Fixture) -> std::result::Result<Self, BoxError> {
        let partner = SigningKey::generate(Algorithm::ES256)?;
        let keys = [partner.clone().into()].into_iter().collect();
        fixture.trusted_issuer(PARTNER, partner, "alice");
        fixture.token_exchange(|| vec![("audience", CALENDAR.to_owned())]);
        fixture.extension_grant::<Voucher>(|| vec![("voucher", VOUCHER.to_owned())]);
        Ok(Self {
            accounts: EveryRole { store: sqlite(fixture).await?, partner: keys },
            tokens: SignedTokens { keys: KeyRing::from(signing_key()) },
            pairwise_key: PairwiseKey::new("a key of thirty-two bytes or more")?,
            back_channel: fixture.back_channel(),
            fetcher: fixture.fetcher()?,
            pages: LoginPages::new().acr("pwd"),
        })
    }

    pub(crate) async fn with_a_user(fixture: &mut Fixture) -> std::result::Result<Self, BoxError> {
        let server = Self::new(fixture).await?;
        server.accounts.store.save_user(fixture.user()?).await?;
        Ok(server)
    }
}

mod everything {
    use super::Everything;

    oauth_core::conformance!(Everything, |fixture| Everything::with_a_user(fixture).await?);
}

/// Who registers has an initial access token.
pub(crate) mod vouched_for {
    use super::{Fixture, MemoryStore};
    use oauth_core::prelude::*;
    use oauth_tests::Alice;

    #[validator(custom)]
    #[derive(Debug)]
    pub(crate) struct Accounts {
        #[store]
        store: MemoryStore,
    }

    #[validator]
    impl Accounts {
        fn validate_initial_access_token(&self, token: &str, _: &mut Request) -> Result<bool> {
            Ok(token == "initial")
        }
    }

    #[authorization_server(
        grants(authorization_code, refresh_token, client_credentials),
        scopes("profile", "jobs"),
        issuer = "https://auth.example.com",
        registration(initial_access_token)
    )]
    #[derive(Debug)]
    pub(crate) struct Server {
        #[validator]
        accounts: Accounts,
        #[interaction]
        alice: Alice,
    }

    pub(crate) fn server(fixture: &mut Fixture) -> Server {
        fixture.initial_access_token(|| "initial".to_owned());
        Server { accounts: Accounts { store: MemoryStore::default() }, alice: Alice }
    }

    oauth_core::conformance!(Server, |fixture| server(fixture));
}

/// One grant, for machines.
#[derive(Debug)]
pub(crate) struct Machines(pub(crate) Accounts<MemoryStore>);

impl AuthorizationServer for Machines {
    type Validator = Accounts<MemoryStore>;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = NoInteraction;
    type Grants = (ClientCredentials,);
    const ISSUER: Issuer = Issuer::Literal("https://auth.example.com");
    const CONFIG: ServerConfig = ServerConfig::new(&[]);

    fn validator(&self) -> &Self::Validator {
        &self.0
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

mod machines {
    use super::{Accounts, Machines, MemoryStore};

    oauth_core::conformance!(Machines, |_| Machines(Accounts(MemoryStore::default())));
}

/// Checks that whoever does not tell the fixture of a user is told to.
#[tokio::test(flavor = "multi_thread")]
async fn a_fixture_without_a_user_says_how_to_make_one() {
    let outcomes = run(Everything::new).await;
    let failed = outcomes.into_iter().find_map(|(_, outcome)| match outcome {
        Outcome::Failed(failure) => Some(failure.to_string()),
        _ => None,
    });
    assert!(failed.unwrap().contains("store.save_user(fixture.user()?).await?"));
}

/// A rule that never runs would prove nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_every_feature_is_asked_about_every_rule() {
    let mut asked = BTreeMap::new();
    // Anybody may register at the server with everything, and its tokens are signed and for one audience: others are asked of what
    // that leaves out. Of the profile `fapi2`, which has less than everything, another file asks.
    for base in [Base::Everything, Base::VouchedFor, Base::Resources, Base::Hooked] {
        for (rule, recorded) in &record(base).await.rules {
            assert!(!matches!(recorded.outcome, Outcome::Failed(_)), "{rule}: {:?}", recorded.outcome);
            let is_asked = asked.entry((rule.subject, rule.name)).or_insert(false);
            *is_asked |= matches!(recorded.outcome, Outcome::Passed) || rule.needs.contains(&Feature::Fapi2);
        }
    }
    let left_out: Vec<_> = asked.iter().filter(|(_, is_asked)| !**is_asked).collect();
    assert!(left_out.is_empty(), "{left_out:#?}");
}

/// Checks that what a server lacks is named.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_enabled_is_said() {
    let outcomes = run(async |_| Ok(Machines(Accounts(MemoryStore::default())))).await;
    let left_out: BTreeSet<_> = outcomes
        .into_iter()
        .filter_map(|(_, outcome)| match outcome {
            Outcome::NotEnabled(what) => Some(what),
            _ => None,
        })
        .collect();
    let expected = [
        "OpenID Connect",
        "`dpop`",
        "`profile = \"fapi2\"`",
        "`resources(…)`",
        "`pushed_authorization_requests`",
        "`acr_values(…)`",
        "`client_id_metadata_documents`",
        "`registration`",
        "the grant `token_exchange`",
        "a hybrid flow",
        "a key set",
        "access tokens that are JWTs",
        "access tokens that published keys verify",
        "an extension grant",
        "back-channel logout",
        "pairwise subject identifiers",
        "the grant `jwt_bearer`",
        "the page that watches the session",
        "the response type `none`",
        "the authorization endpoint",
        "the end session endpoint",
        "the grant `authorization_code`",
        "the grant `device_code`",
        "the grant `password`",
        "the grant `refresh_token`",
        "the response type `token`",
        "the userinfo endpoint",
    ];
    assert_eq!(left_out, expected.map(str::to_owned).into());
}
