//! The guide: a tutorial, the concepts, how-to's, and the errors that people meet. Documentation only.
//!
//! 1. [`tutorial`]: from an empty folder to a server that is tested, in six steps
//! 2. [`concepts`]: what the parts are called, and how a request flows through them
//! 3. [`how_to`]: one page a problem, each with code
//! 4. [`errors`]: what the compiler, a start and a client say, why, and what to write
//!
//! Every piece of code here is compiled with the crate, and most of it runs as a test. The [`manual`](crate::manual) is for looking
//! things up: every default, every rule, each attack with what meets it, and how it is [run](crate::manual::running).

pub mod concepts;
pub mod errors;
pub mod how_to;
pub mod tutorial;
