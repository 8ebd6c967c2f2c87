//! The kinds of events.

use std::fmt;

macro_rules! kinds {
    ($( $(#[$doc:meta])* $name:ident = $text:literal; )*) => {
        /// A kind of event, by a name that stays.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum EventKind { $( $(#[$doc])* $name, )* }

        impl EventKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// The name, as logs and audit tables have it.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$name => $text, )* }
            }
        }
    };
}

kinds! {
    /// An authorization request is valid, and the person is asked, or known to agree.
    AuthorizationAccepted = "authorization.accepted";
    /// An authorization request was granted.
    AuthorizationGranted = "authorization.granted";
    /// The person refused an authorization request.
    AuthorizationDenied = "authorization.denied";
    /// An authorization request was refused by the server.
    AuthorizationError = "authorization.error";
    /// A person agreed.
    ConsentGranted = "consent.granted";
    /// A person was not asked, for they agreed before.
    ConsentRemembered = "consent.remembered";
    /// A person was asked, and did not agree.
    ConsentDenied = "consent.denied";
    /// A consent was withdrawn, and is forgotten.
    ConsentWithdrawn = "consent.withdrawn";
    /// A person logged in.
    LoginSucceeded = "login.succeeded";
    /// A name and a password were wrong.
    LoginFailed = "login.failed";
    /// A login had to wait, for there were too many.
    LoginThrottled = "login.throttled";
    /// A login was refused for another reason than a wrong password.
    LoginRefused = "login.refused";
    /// A password was right, and a one-time code is awaited: nobody is logged in yet.
    OtpRequired = "otp.required";
    /// A one-time code was wrong, or was refused.
    OtpFailed = "otp.failed";
    /// A client asked that a person be signed out.
    LogoutRequested = "logout.requested";
    /// A person signed out, at the server or because a client asked.
    LogoutCompleted = "logout.completed";
    /// A session began.
    SessionStarted = "session.started";
    /// The person of a session logged in again, and it goes on.
    SessionContinued = "session.continued";
    /// A session ended, and its clients are told.
    SessionEnded = "session.ended";
    /// A session ended by time, and is removed by [`maintain`](crate::server::RunningServer::maintain): of a store that
    /// [hands it over](crate::store::Sweep::expire_sessions), as `PostgresStore` does.
    SessionExpired = "session.expired";
    /// Tokens were issued.
    TokenIssued = "token.issued";
    /// A token request was refused.
    TokenError = "token.error";
    /// A token was introspected.
    TokenIntrospected = "token.introspected";
    /// A token was revoked, by its client or by the operator.
    TokenRevoked = "token.revoked";
    /// A code was issued.
    CodeIssued = "code.issued";
    /// A code was redeemed.
    CodeRedeemed = "code.redeemed";
    /// A code was presented a second time.
    CodeReplayed = "code.replayed";
    /// A refresh token was replaced by its successor.
    RefreshRotated = "refresh.rotated";
    /// A refresh token was presented again at once, and its one successor returned.
    RefreshRetried = "refresh.retried";
    /// A refresh token was presented after its successor was in use.
    RefreshReused = "refresh.reused";
    /// Everything that was issued from one authorization was revoked.
    FamilyRevoked = "family.revoked";
    /// Everything that was issued for a person was revoked.
    SubjectRevoked = "subject.revoked";
    /// Everything that was issued to a client was revoked.
    ClientRevoked = "client_tokens.revoked";
    /// Everything that was issued to a client for a person was revoked.
    GrantRevoked = "grant.revoked";
    /// A device asked for a code.
    DeviceRequested = "device.requested";
    /// A person approved a device.
    DeviceApproved = "device.approved";
    /// A person refused a device.
    DeviceDenied = "device.denied";
    /// A device polled more often than it was told to.
    DeviceTooFast = "device.too_fast";
    /// The code of a device was redeemed.
    DeviceRedeemed = "device.redeemed";
    /// An assertion was worth a token.
    AssertionAccepted = "assertion.accepted";
    /// An assertion was presented a second time.
    AssertionReplayed = "assertion.replayed";
    /// A proof of possession was presented a second time.
    ProofReplayed = "proof.replayed";
    /// A client authenticated.
    ClientAuthenticationSucceeded = "client_auth.succeeded";
    /// A client could not authenticate.
    ClientAuthenticationFailed = "client_auth.failed";
    /// A client registered itself.
    ClientRegistered = "client.registered";
    /// The operator registered a client.
    ClientCreated = "client.created";
    /// The operator changed a client.
    ClientUpdated = "client.updated";
    /// A client has another secret.
    ClientSecretRotated = "client.secret_rotated";
    /// A client was deleted, by itself or by the operator.
    ClientDeleted = "client.deleted";
    /// A key was made, which instances share.
    KeyCreated = "key.created";
    /// A key signs from here on, at the instance that tells it.
    KeyActivated = "key.activated";
    /// A key signs no more, at the instance that tells it, and is published on.
    KeyRetired = "key.retired";
    /// A key was revoked.
    KeyRevoked = "key.revoked";
    /// Keys were sealed anew.
    KeysRewrapped = "key.rewrapped";
    /// The operator added a user.
    UserCreated = "user.created";
    /// The operator changed a user, or their password.
    UserUpdated = "user.updated";
    /// The operator deleted a user.
    UserDeleted = "user.deleted";
    /// An operator asked for an act: it is kept before the act is done.
    AdminRequested = "admin.requested";
    /// An act that an operator asked for failed.
    AdminFailed = "admin.failed";
    /// The operator had what has expired removed.
    StoreSwept = "store.swept";
    /// The keys of the server were replaced.
    KeysReplaced = "key.replaced";
    /// A client was told of a logout over the back channel.
    BackChannelDelivered = "back_channel.delivered";
    /// A client could not be told of a logout.
    BackChannelFailed = "back_channel.failed";
    /// A client could not be told of a logout for a day, and will not be told again.
    BackChannelGivenUp = "back_channel.given_up";
    /// A limit refused a request.
    LimitDenied = "limit.denied";
    /// A store failed.
    StoreError = "store.error";
    /// Events were lost, for an audit table could not keep up.
    AuditDropped = "audit.dropped";
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
