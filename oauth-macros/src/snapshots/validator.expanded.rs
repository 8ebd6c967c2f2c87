struct Accounts {
    store: SqliteStore,
    sessions: MemoryStore,
}
#[automatically_derived]
impl ::oauth_core::__private::StoreRoles for Accounts {
    type Clients = SqliteStore;
    fn clients(&self) -> &Self::Clients {
        &self.store
    }
    type Tokens = SqliteStore;
    fn tokens(&self) -> &Self::Tokens {
        &self.store
    }
    type Codes = SqliteStore;
    fn codes(&self) -> &Self::Codes {
        &self.store
    }
    type Users = SqliteStore;
    fn users(&self) -> &Self::Users {
        &self.store
    }
    type Sessions = MemoryStore;
    fn sessions(&self) -> &Self::Sessions {
        &self.sessions
    }
    type Consents = SqliteStore;
    fn consents(&self) -> &Self::Consents {
        &self.store
    }
    type Devices = SqliteStore;
    fn devices(&self) -> &Self::Devices {
        &self.store
    }
    type ReplayIds = SqliteStore;
    fn replay_ids(&self) -> &Self::ReplayIds {
        &self.store
    }
    async fn find_user(
        &self,
        subject: &str,
    ) -> ::oauth_core::__private::StoreResult<
        ::oauth_core::__private::Option<::oauth_core::__private::User>,
    > {
        #[allow(unused_imports)]
        use ::oauth_core::__private::NoUserLookup as _;
        ::oauth_core::__private::UserLookup::<SqliteStore>::find(&self.store, subject)
            .await
    }
    const KEEPS_REPLAY_IDS: bool = {
        #[allow(unused_imports)]
        use ::oauth_core::__private::NoReplayIds as _;
        ::oauth_core::__private::ReplayIds::<SqliteStore>::ARE_KEPT
    };
    async fn claim_replay_id(
        &self,
        id: &::oauth_core::__private::TokenHash,
        until: ::oauth_core::__private::UnixTime,
        now: ::oauth_core::__private::UnixTime,
    ) -> ::oauth_core::__private::StoreResult<bool> {
        ({
            #[allow(unused_imports)]
            use ::oauth_core::__private::NoReplayIds as _;
            ::oauth_core::__private::ReplayIds::<SqliteStore>::claim
        })(&self.store, id, until, now)
            .await
    }
}
#[automatically_derived]
impl ::oauth_core::__private::ValidatorKind for Accounts {
    type Kind = ::oauth_core::__private::Plain;
}
#[automatically_derived]
impl ::oauth_core::__private::PlainValidator for Accounts
where
    Accounts: ::oauth_core::__private::ValidatorKind<
        Kind = ::oauth_core::__private::Plain,
    >,
{}
