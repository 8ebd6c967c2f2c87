//! Reading claims, so that they stay where they stand.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize as _, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::{Member, Text};

/// Room for the usual claims.
const USUAL: usize = 12;

/// Reads the parts of this JSON.
#[derive(Clone, Copy)]
pub(super) struct In<'j>(pub(super) &'j str);

impl<'j> In<'j> {
    pub(super) fn deserialize_members<D: Deserializer<'j>>(
        self,
        json: D,
    ) -> Result<Vec<(Text, Member)>, D::Error> {
        json.deserialize_map(Members(self))
    }

    /// The place of a part of the JSON.
    fn place(self, part: &str) -> Text {
        let start = part.as_ptr().addr().wrapping_sub(self.0.as_ptr().addr());
        let place = start..start.wrapping_add(part.len());
        let is_there = self.0.get(place.clone()).is_some_and(|it| std::ptr::eq(it, part));
        if is_there { Text::At(place) } else { Text::Own(part.to_owned()) }
    }
}

struct Members<'j>(In<'j>);

impl<'j> Visitor<'j> for Members<'j> {
    type Value = Vec<(Text, Member)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("claims")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut json: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::with_capacity(USUAL);
        while let Some(name) = json.next_key_seed(Name(self.0))? {
            members.push((name, json.next_value_seed(Named(self.0))?));
        }
        Ok(members)
    }
}

/// The name of a claim.
struct Name<'j>(In<'j>);

impl<'j> DeserializeSeed<'j> for Name<'j> {
    type Value = Text;

    fn deserialize<D: Deserializer<'j>>(self, json: D) -> Result<Text, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'j> Visitor<'j> for Name<'j> {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a claim")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'j str) -> Result<Text, E> {
        Ok(self.0.place(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text::Own(text.to_owned()))
    }
}

/// What has a name.
struct Named<'j>(In<'j>);

impl<'j> DeserializeSeed<'j> for Named<'j> {
    type Value = Member;

    fn deserialize<D: Deserializer<'j>>(self, json: D) -> Result<Member, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'j> Visitor<'j> for Named<'j> {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a claim")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'j str) -> Result<Member, E> {
        Ok(Member::Text(self.0.place(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Member, E> {
        Ok(Member::Text(Text::Own(text.to_owned())))
    }

    fn visit_unit<E: Error>(self) -> Result<Member, E> {
        Ok(Member::Value(Value::Null))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Member, E> {
        Ok(Member::Value(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Member, E> {
        Ok(Member::Value(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Member, E> {
        Ok(Member::Value(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Member, E> {
        Ok(Member::Value(value.into()))
    }

    fn visit_seq<A: SeqAccess<'j>>(self, json: A) -> Result<Member, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(json)).map(Member::Value)
    }

    fn visit_map<A: MapAccess<'j>>(self, json: A) -> Result<Member, A::Error> {
        Value::deserialize(MapAccessDeserializer::new(json)).map(Member::Value)
    }
}
