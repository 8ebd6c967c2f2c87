//! The types of a server's parts.
//!
//! One that does not fit is an error once, at its field: an expansion names it as `<T as Checked<{ require_…::<T>() }>>::Type`.
//! Where that constant is an error, the compiler does not know the type, and says nothing about what uses it.

use std::marker::PhantomData;

use super::kinds::Customizable;
use super::missing::Missing;
use crate::interaction::Interaction;
use crate::token::TokenGenerator;
use crate::validator::RequestValidator;

/// Every type, once its check has passed.
pub trait Checked<const IS_RIGHT: bool> {
    /// The type itself.
    type Type;
}

impl<T, const IS_RIGHT: bool> Checked<IS_RIGHT> for T {
    type Type = T;
}

/// The type of an `#[access_token]` or `#[refresh_token]` field.
pub const fn require_token_generator<T: TokenGenerator>() -> bool {
    true
}

/// The type of an `#[interaction]` field.
pub const fn require_interaction<I: Interaction<V>, V>() -> bool {
    true
}

/// The type of a `#[validator]` field. `VALIDATOR` depends on whether the type has `#[validator(custom)]`: that a block of hooks is
/// missing is an error at `custom` already.
#[derive(Debug)]
pub struct Known<V>(PhantomData<V>);

impl<V: Customizable> Known<V> {
    /// Passes where the block of hooks is there.
    pub const VALIDATOR: PhantomData<Missing> = {
        assert!(V::IS_COMPLETE);
        PhantomData
    };
}

/// The `VALIDATOR` of any other type.
pub trait NotCustom {
    /// The type.
    type V;
    /// Passes where it is a validator.
    const VALIDATOR: PhantomData<Self::V> = PhantomData;
}

impl<V> NotCustom for Known<V> {
    type V = V;
}

/// Takes a `VALIDATOR`.
pub const fn require_validator<V: RequestValidator>(_: &PhantomData<V>) -> bool {
    true
}
