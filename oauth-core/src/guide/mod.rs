//! The guide: a tutorial, the concepts, how-to's, and the errors that people meet. Documentation only.
//!
//! 1. [`tutorial`]: from an empty folder to a server that is tested, in six steps
//! 2. [`concepts`]: what the parts are called, and how a request flows through them
//! 3. [`how_to`]: one page a problem, each with code
//! 4. [`errors`]: what the compiler, a start and a client say, why, and what to write
//!
//! Every piece of code here is compiled with the crate, and most of it runs as a test. The [`manual`](crate::manual) is for looking
//! things up: every default, every rule, each attack with what meets it, and how it is [run](crate::manual::running).
//!
//! **In an editor** (seen with rust-analyzer 1.95.0) there is completion while a line is half-typed: of hooks with their signatures in a
//! `#[validator] impl`, of what attributes take and of the attributes of fields and methods, of types in `scopes(…)` and values such as
//! `issuer = self.…`, and in bodies. The name of a hook shows what the hook is asked. There is none within strings, such as that of
//! `algorithm`, nor of hooks on an empty line below a method: type a letter first.

pub mod concepts;
pub mod errors;
pub mod how_to;
pub mod tutorial;
