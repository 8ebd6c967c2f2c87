//! Validators with hooks and without: one mistake in either half is one error.

use std::marker::PhantomData;

use crate::store::StoreRoles;
use crate::validator::{Hooks, RequestValidator};

/// The kind of a validator without `custom`: every hook's default.
#[derive(Debug)]
pub enum Plain {}

/// The kind of a validator with `custom`: a block of hooks belongs to it.
#[derive(Debug)]
pub enum Custom {}

/// The kind of a validator. That it is of one only lets the compiler tell `impl<V: PlainValidator>
/// RequestValidator for V` from the `impl` of a block of hooks, and report one mistake once.
pub trait ValidatorKind {
    /// [`Plain`] or [`Custom`].
    type Kind;
}

/// A struct with `#[validator(custom)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has hooks, but its struct does not ask for them",
    label = "this block would be ignored",
    note = "write `#[validator(custom)]` on the struct"
)]
pub trait Customizable {
    /// The check that the block of hooks is there; an error if it is not.
    const IS_COMPLETE: bool;
}

/// A type with a block that has a hook which a server may need, whether the struct asks for it or not.
pub trait NeededHooks {}

/// The statement of a struct without `custom` about its hooks. Where such a block is there all the same, that is an error already, and a
/// hook is not missing besides.
#[derive(Debug)]
pub struct SaidHooks<V>(PhantomData<V>);

impl<V: NeededHooks> SaidHooks<V> {
    /// Nothing.
    pub const HOOKS: Hooks = Hooks::Unsaid;
}

/// The statement of any other struct.
pub trait NoNeededHooks {
    /// That there are none.
    const HOOKS: Hooks = Hooks::Plain;
}

impl<V> NoNeededHooks for SaidHooks<V> {}

/// A struct with `#[validator(custom)]` whose stores are in order.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has hooks, but its struct does not ask for them",
    label = "this block would be ignored",
    note = "write `#[validator(custom)]` on the struct"
)]
pub trait CustomValidator: StoreRoles + ValidatorKind<Kind = Custom> {}

/// A struct with `#[validator(custom)]` and its block of hooks.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no hooks, and `custom` says that it has",
    label = "there is no block of hooks",
    note = "a struct with `#[validator(custom)]` also needs a `#[validator] impl {Self} {{ … }}` block: write `#[validator]` above the `impl` that has the hooks, or remove `custom`"
)]
pub trait HasHooks {}

#[diagnostic::do_not_recommend]
impl<V: RequestValidator> HasHooks for V {}

/// `#[validator(custom)]` without its other half does not compile.
pub const fn require_hooks<V: HasHooks>() -> bool {
    true
}

/// A `#[validator] impl` block without its other half does not compile.
pub const fn require_custom<V: Customizable>() {}
