//! Examples and defaults: whether they are what their schema says.

use std::ops::Range;

use super::shape::scalar;
use super::suggest::nearest;
use super::{Checker, Located};
use crate::code::Code;
use crate::problem::{At, Problem};
use crate::source::pointer::LazyPointer;
use crate::source::{Entry, Node, NodeKind, Scalar};

/// References and combinations are followed to this depth, which ends circles.
pub(super) const MAX_DEPTH: usize = 40;

/// Where a value contradicts a schema, and how.
struct Mismatch {
    place: At,
    what: String,
    /// The value that may be meant.
    meant: Option<String>,
}

impl<'a> Checker<'a> {
    pub(super) fn check_values(&mut self) {
        let mut found = Vec::new();
        for Located { node, at } in &self.schemas {
            let node: &'a Node = node;
            for (key, code) in [
                ("example", Code::ExampleMismatch),
                ("default", Code::DefaultMismatch),
            ] {
                if let Some(value) = node.get(key) {
                    found.push((code, node, &value.value, at.child(key)));
                }
            }
        }
        for Located { node, at } in &self.carriers {
            let node: &'a Node = node;
            let Some(schema) = node.get("schema") else {
                continue;
            };
            if let Some(example) = node.get("example") {
                let at = at.child("example");
                found.push((Code::ExampleMismatch, &schema.value, &example.value, at));
            }
            if let Some(Entry {
                value:
                    Node {
                        kind: NodeKind::Mapping(examples),
                        ..
                    },
                ..
            }) = node.get("examples")
            {
                let at = at.child("examples");
                found.extend(examples.iter().filter_map(|example| {
                    let example = self.resolved_at(&example.value, at.child(&example.key))?;
                    let value = &example.node.get("value")?.value;
                    let at = example.at.child("value");
                    Some((Code::ExampleMismatch, &schema.value, value, at))
                }));
            }
        }
        for (code, schema, value, at) in found {
            let at = LazyPointer::To(&at);
            let result = self.fits(schema, value, &at, 0);
            if result.is_ok() && code == Code::ExampleMismatch {
                let problems = self.misnamed(schema, value, &at, 0);
                self.problems.extend(problems);
            }
            if let Err(mismatch) = result {
                let what = match code {
                    Code::DefaultMismatch => "default",
                    _ => "example",
                };
                self.problems.push(
                    Problem::new(
                        code,
                        format!("the {what} contradicts its schema: {}", mismatch.what),
                        mismatch.place,
                        "not what the schema says",
                    )
                    .help(match mismatch.meant {
                        Some(meant) => format!("did you mean `{meant}`?"),
                        None => format!("mend the {what} or the schema"),
                    }),
                );
            }
        }
    }

    /// Whether a value is what a schema says.
    fn fits(
        &self,
        schema: &'a Node,
        value: &'a Node,
        at: &LazyPointer<'_>,
        depth: usize,
    ) -> Result<(), Mismatch> {
        let Some(schema) = self.resolved(schema).filter(|_| depth < MAX_DEPTH) else {
            return Ok(());
        };
        // What a schema with a mistake means is anyone's guess.
        if self.is_misshapen(schema) {
            return Ok(());
        }
        let mismatch = |what: String| {
            Err(Mismatch {
                place: At::Value(at.pointer()),
                what,
                meant: None,
            })
        };
        if matches!(scalar(value), Some((_, Scalar::Null))) {
            return match self.takes_null(schema, depth) {
                true => Ok(()),
                false => mismatch("null, and the schema is not nullable".to_owned()),
            };
        }
        let text = |key: &str| scalar(&schema.get(key)?.value).map(|(text, _)| text);
        if let Some(kind) = text("type")
            && !agrees(kind, value)
        {
            return mismatch(format!("it is not of type {kind}"));
        }
        if let (Some("integer"), Some((number, _))) = (text("type"), scalar(value))
            && let Some(range) = out_of_range(text("format"), number)
        {
            return mismatch(format!("it does not fit {range}"));
        }
        let enumeration = schema.items_of("enum");
        if !enumeration.is_empty() && !enumeration.iter().any(|item| same(item, value)) {
            let text = scalar(value).map_or("", |(text, _)| text);
            let values = enumeration.iter().filter_map(scalar);
            let meant = nearest(text, values.map(|(text, _)| text)).map(str::to_owned);
            let wrong = mismatch("it is not one of the enum's values".to_owned());
            return wrong.map_err(|wrong| Mismatch { meant, ..wrong });
        }
        if let (Some("date-time"), Some((text, _))) = (text("format"), scalar(value))
            && !is_date_time(text)
        {
            return mismatch("it is not a date-time of RFC 3339".to_owned());
        }
        if let Some(what) = out_of_bounds(schema, value) {
            return mismatch(what);
        }
        for part in schema.items_of("allOf") {
            self.fits(part, value, at, depth + 1)?;
        }
        for key in ["anyOf", "oneOf"] {
            let parts = schema.items_of(key);
            if !parts.is_empty()
                && !parts
                    .iter()
                    .any(|part| self.fits(part, value, at, depth + 1).is_ok())
            {
                return mismatch(format!("it fits none of the schemas of `{key}`"));
            }
        }
        match &value.kind {
            NodeKind::Mapping(entries) => self.object_fits(schema, entries, at, depth),
            NodeKind::Sequence(items) => match schema.get("items") {
                Some(schema) => items.iter().enumerate().try_for_each(|(index, item)| {
                    self.fits(&schema.value, item, &at.item(index), depth + 1)
                }),
                None => Ok(()),
            },
            NodeKind::Scalar { .. } => Ok(()),
        }
    }

    fn object_fits(
        &self,
        schema: &'a Node,
        entries: &'a [Entry],
        at: &LazyPointer<'_>,
        depth: usize,
    ) -> Result<(), Mismatch> {
        let properties = schema.get("properties");
        let property = |name: &str| properties.and_then(|all| all.value.get(name));
        let names = schema.items_of("required").iter().filter_map(scalar);
        for name in names.filter(|(_, kind)| *kind == Scalar::String) {
            let flagged = |key: &str| {
                let flag = property(name.0).and_then(|property| property.value.get(key));
                flag.is_some_and(|flag| {
                    matches!(scalar(&flag.value), Some((_, Scalar::Boolean(true))))
                })
            };
            let is_one_way = flagged("readOnly") || flagged("writeOnly");
            if !is_one_way && !entries.iter().any(|entry| entry.key == name.0) {
                let what = format!("it lacks `{}`, which is required", name.0);
                return Err(Mismatch {
                    place: At::Key(at.pointer()),
                    what,
                    meant: None,
                });
            }
        }
        let additional = schema.get("additionalProperties").map(|entry| &entry.value);
        for entry in entries {
            let at = at.child(&entry.key);
            match (property(&entry.key), additional) {
                (Some(property), _) => {
                    self.fits(&property.value, &entry.value, &at, depth + 1)?;
                }
                (None, Some(additional)) => match scalar(additional) {
                    Some((_, Scalar::Boolean(false))) => {
                        return Err(Mismatch {
                            place: At::Key(at.pointer()),
                            what: format!("it has `{}`, which is not a property", entry.key),
                            meant: None,
                        });
                    }
                    Some(_) => {}
                    None => self.fits(additional, &entry.value, &at, depth + 1)?,
                },
                (None, None) => {}
            }
        }
        Ok(())
    }

    fn takes_null(&self, schema: &'a Node, depth: usize) -> bool {
        let nullable = schema
            .get("nullable")
            .and_then(|entry| scalar(&entry.value));
        if let Some((_, Scalar::Boolean(nullable))) = nullable {
            return nullable;
        }
        if schema
            .items_of("enum")
            .iter()
            .any(|item| matches!(scalar(item), Some((_, Scalar::Null))))
        {
            return true;
        }
        let takes = |part: &'a Node| {
            self.resolved(part)
                .is_some_and(|part| depth < MAX_DEPTH && self.takes_null(part, depth + 1))
        };
        let any = |key| schema.items_of(key);
        match (any("allOf"), any("anyOf"), any("oneOf")) {
            ([], [], []) => schema.get("type").is_none(),
            (all, [], []) => all.iter().all(takes),
            (_, any, one) => any.iter().chain(one).any(takes),
        }
    }
}

/// Whether a value that is not null is of a schema's `type`.
pub(super) fn agrees(kind: &str, value: &Node) -> bool {
    match (&value.kind, kind) {
        (NodeKind::Mapping(_), kind) => kind == "object",
        (NodeKind::Sequence(_), kind) => kind == "array",
        (NodeKind::Scalar { value, .. }, "string") => *value == Scalar::String,
        (NodeKind::Scalar { value, .. }, "boolean") => matches!(value, Scalar::Boolean(_)),
        (NodeKind::Scalar { value, .. }, "number") => {
            matches!(value, Scalar::Integer | Scalar::Number)
        }
        (NodeKind::Scalar { value, text }, "integer") => {
            // JSON does not tell 1.0 from 1.
            *value == Scalar::Integer
                || (*value == Scalar::Number
                    && text
                        .parse::<f64>()
                        .is_ok_and(|number| number.fract() == 0.0))
        }
        (NodeKind::Scalar { .. }, _) => false,
    }
}

/// The type that an integer of this format is in Rust, if the integer does not fit it.
fn out_of_range(format: Option<&str>, number: &str) -> Option<&'static str> {
    let (name, range) = match format {
        Some("int32") => ("int32", i128::from(i32::MIN)..=i128::from(i32::MAX)),
        Some("uint32") => ("uint32", 0..=i128::from(u32::MAX)),
        Some("uint64") => ("uint64", 0..=i128::from(u64::MAX)),
        _ => ("int64", i128::from(i64::MIN)..=i128::from(i64::MAX)),
    };
    // One with more digits than this, or an exponent, is told by its size.
    let fits = match number.parse::<i128>() {
        Ok(number) => range.contains(&number),
        Err(_) => number
            .parse::<f64>()
            .is_ok_and(|number| range.contains(&(number as i128))),
    };
    (!fits).then_some(name)
}

fn same(one: &Node, other: &Node) -> bool {
    match (scalar(one), scalar(other)) {
        (
            Some((one, Scalar::Integer | Scalar::Number)),
            Some((other, Scalar::Integer | Scalar::Number)),
        ) => one.parse::<f64>().ok() == other.parse::<f64>().ok(),
        (Some((one, kind)), Some((other, other_kind))) => one == other && kind == other_kind,
        (None, None) => true,
        _ => false,
    }
}

/// Whether a number or a text is outside the bounds that the schema sets.
fn out_of_bounds(schema: &Node, value: &Node) -> Option<String> {
    let bound = |key: &str| scalar(&schema.get(key)?.value)?.0.parse::<f64>().ok();
    let exclusive = |key: &str| {
        let flag = schema.get(key).and_then(|entry| scalar(&entry.value));
        matches!(flag, Some((_, Scalar::Boolean(true))))
    };
    let (text, kind) = scalar(value)?;
    match kind {
        Scalar::Integer | Scalar::Number => {
            let number: f64 = text.parse().ok()?;
            let (minimum, maximum) = (bound("minimum"), bound("maximum"));
            let below = minimum.is_some_and(|bound| {
                number < bound || (number == bound && exclusive("exclusiveMinimum"))
            });
            let above = maximum.is_some_and(|bound| {
                number > bound || (number == bound && exclusive("exclusiveMaximum"))
            });
            match (below, above) {
                (true, _) => Some("it is below the minimum".to_owned()),
                (_, true) => Some("it is above the maximum".to_owned()),
                _ => None,
            }
        }
        Scalar::String => {
            let length = text.chars().count() as f64;
            if bound("minLength").is_some_and(|bound| length < bound) {
                Some("it is shorter than `minLength`".to_owned())
            } else if bound("maxLength").is_some_and(|bound| length > bound) {
                Some("it is longer than `maxLength`".to_owned())
            } else {
                None
            }
        }
        Scalar::Null | Scalar::Boolean(_) => None,
    }
}

/// Whether a text is a date-time as RFC 3339 writes it.
fn is_date_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: Range<usize>| {
        let digits = text.get(range)?;
        let all = digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<u32>().ok().filter(|_| all)
    };
    let parts = (|| {
        let date = (digits(0..4)?, digits(5..7)?, digits(8..10)?);
        let time = (digits(11..13)?, digits(14..16)?, digits(17..19)?);
        Some((date, time))
    })();
    let Some(((_, month, day), (hour, minute, second))) = parts else {
        return false;
    };
    let in_range = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    let separators = bytes[4] == b'-'
        && bytes[7] == b'-'
        && matches!(bytes[10], b'T' | b't' | b' ')
        && bytes[13] == b':'
        && bytes[16] == b':';
    let rest = &text[19..];
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => rest,
    };
    let offset = zone.len() == 6 && zone.starts_with(['+', '-']) && zone.as_bytes()[3] == b':';
    in_range && separators && (matches!(zone, "Z" | "z") || offset)
}
