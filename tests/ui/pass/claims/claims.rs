//! Structs of claims, on both sides.
#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

use axum::Router;
use axum::routing::{get, post};
use oauth_core::claims::{ClaimDestination, PrivateClaims};
use oauth_core::prelude::*;
use oauth_core::resource::{BearerForm, ResourceState, ValidatedToken};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

#[scope("calendar.read", "See your calendar")]
struct CalendarRead;

#[scope("calendar.write", "Change your calendar")]
struct CalendarWrite;

#[scope("calendar.share", "Share your calendar")]
struct CalendarShare;

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum Plan {
    Free,
    Paid,
}

/// The claims that our access tokens say beside the standard claims.
#[derive(Debug, Clone, PartialEq, Claims)]
struct Tenancy {
    /// The owner of the data.
    tenant: String,
    #[claim("https://example.com/roles")]
    roles: Vec<String>,
    plan: Option<Plan>,
    r#type: u8,
    #[cfg(any())]
    never: Never,
    #[cfg(all())]
    always: bool,
}

/// The claims that only some clients are told.
#[derive(Claims)]
pub struct Profile<T>
where
    T: Clone,
{
    /// The details, of any type.
    pub details: Option<Vec<T>>,
    /// A claim with a name of its own.
    #[claim("https://example.com/since")]
    pub since: u64,
}

/// Written elsewhere, too, as serde is told: the claims are the same, or have a name of their own.
#[derive(Claims, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Licence {
    #[claim("https://example.com/licence")]
    #[serde(rename = "licence")]
    number: String,
    #[claim("valid_until")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    valid_until: Option<u64>,
}

/// Made by a macro of the application's.
macro_rules! claims {
    ($name:ident { $($claim:literal $field:ident: $ty:ty),* }) => {
        #[derive(Claims)]
        struct $name {
            $(#[claim($claim)] $field: $ty),*
        }
    };
}

claims!(Seats { "https://example.com/seats" seats: u32, "https://example.com/owners" owners: Vec<String> });

mod renamed {
    pub(crate) use oauth_core as library;
}

#[derive(oauth_core::Claims)]
#[claims(crate = renamed::library)]
struct Renamed {
    region: String,
}

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
    plan: Option<Plan>,
}

#[validator]
impl Accounts {
    #[claim("region")]
    fn region(&self, _: &Request) -> &'static str {
        "eu"
    }

    /// Declared as a whole: each name is known at compile time.
    #[claims]
    async fn tenancy(&self, request: &Request) -> Result<Tenancy> {
        let tenant = request.require_client()?.client_id.clone();
        Ok(Tenancy { tenant, roles: Vec::new(), plan: self.plan, r#type: 1, always: true })
    }

    #[claims(scope = "calendar.read", to(access_token))]
    fn profile(&self, _: &Request) -> Option<Profile<String>> {
        None
    }

    #[claims]
    fn seats(&self, _: &Request) -> Result<Option<Seats>> {
        Ok(Some(Seats { seats: 1, owners: Vec::new() }))
    }

    #[cfg(any())]
    #[claims]
    fn compiled_out(&self, _: &Request) -> Never {}
}

/// A validator with parameters: what depends on them, `into_router` checks.
#[validator(custom)]
struct Generic<S: ClientStore, P: Serialize + DeserializeOwned + Clone + Send + Sync + 'static> {
    #[store]
    store: S,
    plan: P,
}

#[validator]
impl<S: ClientStore, P: Serialize + DeserializeOwned + Clone + Send + Sync + 'static> Generic<S, P> {
    #[claims]
    fn profile(&self, _: &Request) -> Profile<P> {
        Profile { details: Some(vec![self.plan.clone()]), since: 0 }
    }
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    scopes(CalendarRead, CalendarWrite)
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

async fn events(token: Bearer<CalendarRead, Tenancy>) -> String {
    let Tenancy { tenant, roles, plan, r#type, always } = token.private_claims();
    format!("{tenant} {roles:?} {plan:?} {type} {always}")
}
async fn both(token: Bearer<(CalendarRead, CalendarWrite), Option<Profile<u8>>>) {
    let (_, profile) = token.into_parts();
    let _ = profile.map(|profile| profile.details);
}
/// Also of another server, which declares what this one does not.
async fn maybe(_: Option<Bearer<AnyOf<(CalendarShare, CalendarRead)>, Tenancy>>) {}
async fn form(BearerForm(token, _): BearerForm<CalendarRead, Renamed>) -> String {
    token.private_claims().region.clone()
}
async fn none(_: Bearer<CalendarRead>, _: Bearer<(), ()>) {}

fn by_hand(token: &ValidatedToken, request: &mut Request) -> Result<()> {
    let tenancy: Tenancy = token.claims_as()?;
    request.claims.insert_all(&tenancy)
}

fn routes<S: ResourceState + Clone + 'static>() -> Router<S> {
    Router::new()
        .route("/events", get(events))
        .route("/both", get(both))
        .route("/maybe", get(maybe))
        .route("/form", post(form))
        .route("/none", get(none))
}

fn main() {
    assert_eq!(Tenancy::NAMES, ["tenant", "https://example.com/roles", "plan", "type", "always"]);
    assert_eq!(<Option<Profile<u8>>>::NAMES, ["details", "https://example.com/since"]);
    let declared = Accounts::CLAIMS;
    assert_eq!(declared.iter().map(|claims| claims.names.len()).collect::<Vec<_>>(), [1, 5, 2, 2]);
    assert_eq!(declared[2].scope, Some("calendar.read"));
    assert_eq!(declared[2].to, [ClaimDestination::AccessToken]);
    assert_eq!(Generic::<MemoryStore, u8>::CLAIMS[0].names, Profile::<u8>::NAMES);

    let tenancy = Tenancy {
        tenant: "acme".to_owned(),
        roles: vec!["admin".to_owned()],
        plan: Some(Plan::Paid),
        r#type: 2,
        always: true,
    };
    let claims = tenancy.to_claims().unwrap();
    assert_eq!(claims.get("type").unwrap(), 2);
    assert_eq!(claims.get("plan").unwrap(), "Paid");
    assert_eq!(Tenancy::from_claims(claims.as_map()).unwrap(), tenancy);
    let free = Tenancy { plan: None, ..tenancy.clone() };
    assert!(free.to_claims().unwrap().get("plan").is_none());
    assert_eq!(Tenancy::from_claims(free.to_claims().unwrap().as_map()).unwrap().plan, None);
    assert_eq!(<Option<Tenancy>>::from_claims(Claims::new().as_map()).unwrap(), None);
    assert!(Tenancy::from_claims(Claims::new().as_map()).is_err());

    let token = ValidatedToken::from_claims(claims.into()).unwrap();
    let mut request = Request::default();
    by_hand(&token, &mut request).unwrap();
    assert_eq!(request.claims.get("https://example.com/roles").unwrap()[0], "admin");

    let accounts = Accounts { store: MemoryStore::default(), plan: Some(Plan::Free) };
    let server = AuthServer { accounts }.into_service().unwrap();
    let resource = server.protected_resource(ResourceConfig::new()).unwrap();
    let _: Router = routes().with_state(resource);
}
