struct Accounts {
    store: SqliteStore,
    sessions: MemoryStore,
}
const _: () = {
    #[allow(unused_imports)]
    use ::oauth_core::__private::{
        Cannot as _, NoLimits as _, NoLogouts as _, NoPushedRequests as _,
        NoRegistrations as _, NoReplayIds as _, NoRevocations as _, NoUpkeep as _,
        NoUserLookup as _,
    };
    #[automatically_derived]
    impl ::oauth_core::__private::StoreRoles for Accounts {
        type Clients = ::oauth_core::__private::Player<
            { ::oauth_core::__private::Can::<SqliteStore>::CLIENTS },
            SqliteStore,
        >;
        fn clients(&self) -> &Self::Clients {
            ::oauth_core::__private::player::<
                { ::oauth_core::__private::Can::<SqliteStore>::CLIENTS },
                SqliteStore,
            >(&self.store)
        }
        type Tokens = ::oauth_core::__private::Player<
            { ::oauth_core::__private::Can::<SqliteStore>::TOKENS },
            SqliteStore,
        >;
        fn tokens(&self) -> &Self::Tokens {
            ::oauth_core::__private::player::<
                { ::oauth_core::__private::Can::<SqliteStore>::TOKENS },
                SqliteStore,
            >(&self.store)
        }
        type Codes = ::oauth_core::__private::Player<
            { ::oauth_core::__private::Can::<SqliteStore>::CLIENTS },
            SqliteStore,
        >;
        fn codes(&self) -> &Self::Codes {
            ::oauth_core::__private::player::<
                { ::oauth_core::__private::Can::<SqliteStore>::CLIENTS },
                SqliteStore,
            >(&self.store)
        }
        type Users = ::oauth_core::__private::Player<
            { ::oauth_core::__private::Can::<SqliteStore>::CLIENTS },
            SqliteStore,
        >;
        fn users(&self) -> &Self::Users {
            ::oauth_core::__private::player::<
                { ::oauth_core::__private::Can::<SqliteStore>::CLIENTS },
                SqliteStore,
            >(&self.store)
        }
        type Sessions = ::oauth_core::__private::Player<
            { ::oauth_core::__private::Can::<MemoryStore>::SESSIONS },
            MemoryStore,
        >;
        fn sessions(&self) -> &Self::Sessions {
            ::oauth_core::__private::player::<
                { ::oauth_core::__private::Can::<MemoryStore>::SESSIONS },
                MemoryStore,
            >(&self.sessions)
        }
        type Consents = ::oauth_core::__private::Player<
            { ::oauth_core::__private::Can::<SqliteStore>::CLIENTS },
            SqliteStore,
        >;
        fn consents(&self) -> &Self::Consents {
            ::oauth_core::__private::player::<
                { ::oauth_core::__private::Can::<SqliteStore>::CLIENTS },
                SqliteStore,
            >(&self.store)
        }
        type Devices = ::oauth_core::__private::Player<
            { ::oauth_core::__private::Can::<SqliteStore>::CLIENTS },
            SqliteStore,
        >;
        fn devices(&self) -> &Self::Devices {
            ::oauth_core::__private::player::<
                { ::oauth_core::__private::Can::<SqliteStore>::CLIENTS },
                SqliteStore,
            >(&self.store)
        }
        type ReplayIds = ::oauth_core::__private::Player<
            { ::oauth_core::__private::Can::<SqliteStore>::CLIENTS },
            SqliteStore,
        >;
        fn replay_ids(&self) -> &Self::ReplayIds {
            ::oauth_core::__private::player::<
                { ::oauth_core::__private::Can::<SqliteStore>::CLIENTS },
                SqliteStore,
            >(&self.store)
        }
        async fn find_user(
            &self,
            subject: &str,
        ) -> ::oauth_core::__private::StoreResult<
            ::oauth_core::__private::Option<::oauth_core::__private::User>,
        > {
            ::oauth_core::__private::UserLookup::<
                SqliteStore,
            >::find(&self.store, subject)
                .await
        }
        const KEEPS_REPLAY_IDS: bool = ::oauth_core::__private::ReplayIds::<
            SqliteStore,
        >::ARE_KEPT;
        async fn claim_replay_id(
            &self,
            id: &::oauth_core::__private::TokenHash,
            attempt: ::oauth_core::__private::Attempt,
            until: ::oauth_core::__private::UnixTime,
            now: ::oauth_core::__private::UnixTime,
        ) -> ::oauth_core::__private::StoreResult<bool> {
            ::oauth_core::__private::ReplayIds::<
                SqliteStore,
            >::claim(&self.store, id, attempt, until, now)
                .await
        }
        const KEEPS_PUSHED_REQUESTS: bool = ::oauth_core::__private::PushedRequests::<
            SqliteStore,
        >::ARE_KEPT;
        fn pushed_requests(
            &self,
        ) -> ::oauth_core::__private::Option<
            &dyn ::oauth_core::__private::AnyPushedRequestStore,
        > {
            ::oauth_core::__private::PushedRequests::<SqliteStore>::lend(&self.store)
        }
        const KEEPS_REGISTRATIONS: bool = ::oauth_core::__private::Registrations::<
            SqliteStore,
        >::ARE_KEPT;
        fn registrations(
            &self,
        ) -> ::oauth_core::__private::Option<
            &dyn ::oauth_core::__private::AnyRegistrationStore,
        > {
            ::oauth_core::__private::Registrations::<SqliteStore>::lend(&self.store)
        }
        fn revocations(
            &self,
        ) -> ::oauth_core::__private::Option<
            &dyn ::oauth_core::__private::AnyRevocationStore,
        > {
            ::oauth_core::__private::Revocations::<SqliteStore>::lend(&self.store)
        }
        fn limits(
            &self,
        ) -> ::oauth_core::__private::Option<
            &dyn ::oauth_core::__private::AnyLimitStore,
        > {
            ::oauth_core::__private::Limits::<SqliteStore>::lend(&self.store)
        }
        fn logouts(
            &self,
        ) -> ::oauth_core::__private::Option<
            &dyn ::oauth_core::__private::AnyLogoutStore,
        > {
            ::oauth_core::__private::Logouts::<MemoryStore>::lend(&self.sessions)
        }
        fn upkeep(
            &self,
        ) -> ::oauth_core::__private::Vec<&dyn ::oauth_core::__private::AnyUpkeep> {
            ::oauth_core::__private::upkeep([
                ::oauth_core::__private::Upkeep::<SqliteStore>::lend(&self.store),
                ::oauth_core::__private::Upkeep::<MemoryStore>::lend(&self.sessions),
            ])
        }
    }
    const _: () = ::oauth_core::__private::require_clients::<SqliteStore>();
    const _: () = ::oauth_core::__private::require_tokens::<
        ::oauth_core::__private::Player<
            { ::oauth_core::__private::Can::<SqliteStore>::CLIENTS },
            SqliteStore,
        >,
    >();
    const _: () = ::oauth_core::__private::require_sessions::<MemoryStore>();
};
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
{
    const WITHOUT_HOOKS: ::oauth_core::__private::Hooks = {
        #[allow(unused_imports)]
        use ::oauth_core::__private::NoNeededHooks as _;
        ::oauth_core::__private::SaidHooks::<Accounts>::HOOKS
    };
}
