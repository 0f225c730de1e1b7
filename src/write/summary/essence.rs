//! What the summary tells of a record, taken from its JSON without building the rest: thousands of records stay small in
//! memory, and a run that has nothing to do is soon over.

use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// What is kept of a value.
enum Part {
    /// All of it.
    Whole,
    /// These fields of an object.
    Fields(&'static [(&'static str, Part)]),
    /// All fields of an object but one.
    Without(&'static str),
    /// The same of each item of a list.
    Each(&'static Part),
}

use Part::{Each, Fields, Whole, Without};

static RECORD: Part = Fields(&[
    ("body", Whole),
    ("year", Whole),
    ("charter", Without("rows")),
    ("procedures", Without("rows")),
    ("staff_costs", Without("rows")),
    ("missing", Whole),
    ("findings", Each(&FINDING)),
    ("made", Whole),
]);

static FINDING: Part = Fields(&[
    ("code", Whole),
    ("severity", Whole),
    ("file", Whole),
    ("sheet", Whole),
    ("cell", Whole),
    ("message", Whole),
    ("help", Whole),
]);

/// The parts of a record that the summary tells, and what it was made from; `None` for what is no JSON.
pub fn essence(json: &[u8]) -> Option<Value> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let record = RECORD.deserialize(&mut reader).ok()?;
    reader.end().ok().map(|()| record)
}

impl Part {
    /// What is kept of a field; `None` when nothing is.
    fn of(&self, key: &str) -> Option<&Self> {
        match self {
            Fields(fields) => fields.iter().find(|(name, _)| *name == key).map(|(_, part)| part),
            Without(left_out) if key == *left_out => None,
            _ => Some(&Whole),
        }
    }
}

impl<'de> DeserializeSeed<'de> for &Part {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        match self {
            Whole => Value::deserialize(deserializer),
            Each(_) => deserializer.deserialize_seq(self),
            // The figures of a body that has none are null.
            Fields(_) | Without(_) => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for &Part {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record of this program")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut kept = Map::new();
        while let Some(key) = fields.next_key::<String>()? {
            match self.of(&key) {
                Some(part) => drop(kept.insert(key, fields.next_value_seed(part)?)),
                None => drop(fields.next_value::<IgnoredAny>()?),
            }
        }
        Ok(Value::Object(kept))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let Each(part) = self else { return Err(serde::de::Error::custom("a list where none belongs")) };
        let mut kept = Vec::new();
        while let Some(item) = items.next_element_seed(*part)? {
            kept.push(item);
        }
        Ok(Value::Array(kept))
    }
}

#[cfg(test)]
mod tests {
    use super::essence;
    use serde_json::json;

    #[test]
    fn what_is_told_is_kept_in_its_order_and_nothing_else() {
        let record = json!({
            "schema": "allegati/1", "body": null, "year": 2019,
            "charter": { "rows": [{ "code": "3.1" }], "percent": "99.17", "counted": 34 },
            "procedures": null, "objectives": [{}],
            "findings": [{ "code": "C030", "slug": "x", "severity": "info", "cell": null, "window": [[1]] }],
            "made": { "lang": "it" },
        });
        let kept = json!({
            "body": null, "year": 2019,
            "charter": { "percent": "99.17", "counted": 34 }, "procedures": null,
            "findings": [{ "code": "C030", "severity": "info", "cell": null }],
            "made": { "lang": "it" },
        });
        assert_eq!(essence(record.to_string().as_bytes()).unwrap().to_string(), kept.to_string());
        for broken in ["", "{", "[]", "3", "{} {}", "{\"findings\": 3}"] {
            assert_eq!(essence(broken.as_bytes()), None, "{broken}");
        }
    }
}
