//! Claims that are the same in every token of a generator.

use serde::ser::{Serialize, SerializeSeq as _, Serializer};

/// A static claim's value, as `claims(tier = 3)` gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StaticClaim {
    /// A string.
    Str(&'static str),
    /// An integer.
    Int(i64),
    /// A number.
    Float(f64),
    /// A boolean.
    Bool(bool),
    /// A list.
    List(&'static [StaticClaim]),
}

impl Serialize for StaticClaim {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match *self {
            Self::Str(text) => serializer.serialize_str(text),
            Self::Int(number) => serializer.serialize_i64(number),
            Self::Float(number) => serializer.serialize_f64(number),
            Self::Bool(truth) => serializer.serialize_bool(truth),
            Self::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
        }
    }
}
