pub struct Accounts<S: ClientStore> {
    store: S,
    #[cfg(test)]
    codes: MemoryStore,
}
const _: () = {
    #[allow(unused_imports)]
    use ::oauth_core::__private::{
        Cannot as _, NoLimits as _, NoLogouts as _, NoPushedRequests as _,
        NoRegistrations as _, NoReplayIds as _, NoRevocations as _, NoUpkeep as _,
        NoUserLookup as _,
    };
    #[automatically_derived]
    #[allow(
        clippy::multiple_bound_locations,
        clippy::trait_duplication_in_bounds,
        clippy::type_repetition_in_bounds
    )]
    impl<S: ClientStore> ::oauth_core::__private::StoreRoles for Accounts<S>
    where
        Accounts<
            S,
        >: ::oauth_core::__private::Send + ::oauth_core::__private::Sync + 'static,
        S: ::oauth_core::__private::ClientStore,
        S: ::oauth_core::__private::TokenStore,
        S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
        S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
        S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
        S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
        S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
        S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
    {
        type Clients = S;
        fn clients(&self) -> &Self::Clients {
            &self.store
        }
        type Tokens = S;
        fn tokens(&self) -> &Self::Tokens {
            &self.store
        }
        #[cfg(all(test))]
        type Codes = ::oauth_core::__private::Player<
            { ::oauth_core::__private::Can::<MemoryStore>::CODES },
            MemoryStore,
        >;
        #[cfg(all(test))]
        fn codes(&self) -> &Self::Codes {
            ::oauth_core::__private::player::<
                { ::oauth_core::__private::Can::<MemoryStore>::CODES },
                MemoryStore,
            >(&self.codes)
        }
        #[cfg(all(not(any(all(test)))))]
        type Codes = S;
        #[cfg(all(not(any(all(test)))))]
        fn codes(&self) -> &Self::Codes {
            &self.store
        }
        type Users = S;
        fn users(&self) -> &Self::Users {
            &self.store
        }
        type Sessions = S;
        fn sessions(&self) -> &Self::Sessions {
            &self.store
        }
        type Consents = S;
        fn consents(&self) -> &Self::Consents {
            &self.store
        }
        type Devices = S;
        fn devices(&self) -> &Self::Devices {
            &self.store
        }
        type ReplayIds = S;
        fn replay_ids(&self) -> &Self::ReplayIds {
            &self.store
        }
        async fn find_user(
            &self,
            subject: &str,
        ) -> ::oauth_core::__private::StoreResult<
            ::oauth_core::__private::Option<::oauth_core::__private::User>,
        > {
            ::oauth_core::__private::UserLookup::<S>::find(&self.store, subject).await
        }
        const KEEPS_REPLAY_IDS: bool = ::oauth_core::__private::ReplayIds::<S>::ARE_KEPT;
        async fn claim_replay_id(
            &self,
            id: &::oauth_core::__private::TokenHash,
            attempt: ::oauth_core::__private::Attempt,
            until: ::oauth_core::__private::UnixTime,
            now: ::oauth_core::__private::UnixTime,
        ) -> ::oauth_core::__private::StoreResult<bool> {
            ::oauth_core::__private::ReplayIds::<
                S,
            >::claim(&self.store, id, attempt, until, now)
                .await
        }
        const KEEPS_PUSHED_REQUESTS: bool = ::oauth_core::__private::PushedRequests::<
            S,
        >::ARE_KEPT;
        fn pushed_requests(
            &self,
        ) -> ::oauth_core::__private::Option<
            &dyn ::oauth_core::__private::AnyPushedRequestStore,
        > {
            ::oauth_core::__private::PushedRequests::<S>::lend(&self.store)
        }
        const KEEPS_REGISTRATIONS: bool = ::oauth_core::__private::Registrations::<
            S,
        >::ARE_KEPT;
        fn registrations(
            &self,
        ) -> ::oauth_core::__private::Option<
            &dyn ::oauth_core::__private::AnyRegistrationStore,
        > {
            ::oauth_core::__private::Registrations::<S>::lend(&self.store)
        }
        fn revocations(
            &self,
        ) -> ::oauth_core::__private::Option<
            &dyn ::oauth_core::__private::AnyRevocationStore,
        > {
            ::oauth_core::__private::Revocations::<S>::lend(&self.store)
        }
        fn limits(
            &self,
        ) -> ::oauth_core::__private::Option<
            &dyn ::oauth_core::__private::AnyLimitStore,
        > {
            ::oauth_core::__private::Limits::<S>::lend(&self.store)
        }
        fn logouts(
            &self,
        ) -> ::oauth_core::__private::Option<
            &dyn ::oauth_core::__private::AnyLogoutStore,
        > {
            ::oauth_core::__private::Logouts::<S>::lend(&self.store)
        }
        fn upkeep(
            &self,
        ) -> ::oauth_core::__private::Vec<&dyn ::oauth_core::__private::AnyUpkeep> {
            ::oauth_core::__private::upkeep([
                ::oauth_core::__private::Upkeep::<S>::lend(&self.store),
                #[cfg(test)]
                ::oauth_core::__private::Upkeep::<MemoryStore>::lend(&self.codes),
            ])
        }
    }
    #[cfg(all(test))]
    const _: () = ::oauth_core::__private::require_codes::<MemoryStore>();
};
#[automatically_derived]
impl<S: ClientStore> ::oauth_core::__private::ValidatorKind for Accounts<S> {
    type Kind = ::oauth_core::__private::Custom;
}
#[automatically_derived]
impl<S: ClientStore> ::oauth_core::__private::Customizable for Accounts<S> {
    const IS_COMPLETE: bool = true;
}
#[automatically_derived]
#[allow(
    clippy::multiple_bound_locations,
    clippy::trait_duplication_in_bounds,
    clippy::type_repetition_in_bounds
)]
impl<S: ClientStore> ::oauth_core::__private::CustomValidator for Accounts<S>
where
    Accounts<S>: ::oauth_core::__private::Send + ::oauth_core::__private::Sync + 'static,
    S: ::oauth_core::__private::ClientStore,
    S: ::oauth_core::__private::TokenStore,
    S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
    S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
    S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
    S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
    S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
    S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
{}
const _: () = {
    #[allow(
        clippy::multiple_bound_locations,
        clippy::trait_duplication_in_bounds,
        clippy::type_repetition_in_bounds
    )]
    #[allow(dead_code)]
    fn __oauth_check<S: ClientStore>()
    where
        Accounts<
            S,
        >: ::oauth_core::__private::Send + ::oauth_core::__private::Sync + 'static,
        S: ::oauth_core::__private::ClientStore,
        S: ::oauth_core::__private::TokenStore,
        S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
        S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
        S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
        S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
        S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
        S: ::oauth_core::__private::Send + ::oauth_core::__private::Sync,
    {
        ::oauth_core::__private::require_hooks::<Accounts<S>>();
    }
};
