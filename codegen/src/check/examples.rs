//! Examples and defaults: that each is a value of its schema.

use super::suggest::meant_or;
use super::validation::{Mismatch, Validator};
use super::{Checker, Located};
use crate::code::Code;
use crate::openapi::extension::OF_ITEMS;
use crate::problem::Problem;
use crate::source::Node;
use crate::source::pointer::{LazyPointer, Pointer};

/// An example or a default.
struct Value<'a> {
    code: Code,
    schema: &'a Node,
    node: &'a Node,
    at: Pointer,
}

impl<'a> Checker<'a> {
    pub(super) fn check_examples(&mut self) {
        let values = self.values();
        let validator = Validator::new(self);
        let mut problems = Vec::new();
        for value in values {
            let at = LazyPointer::To(&value.at);
            match validator.value(value.schema, value.node, &at, 0) {
                Err(mismatch) => problems.push(report(value.code, mismatch)),
                Ok(()) if value.code == Code::ExampleMismatch => {
                    problems.extend(self.misspelt_keys(value.schema, value.node, &at, 0));
                }
                Ok(()) => {}
            }
        }
        self.problems.extend(problems);
    }

    fn values(&self) -> Vec<Value<'a>> {
        let mut values = Vec::new();
        for Located { node, at } in &self.schemas {
            for (key, code) in [
                ("example", Code::ExampleMismatch),
                ("default", Code::DefaultMismatch),
            ] {
                values.extend(node.value(key).map(|value| Value {
                    code,
                    schema: node,
                    node: value,
                    at: at.child(key),
                }));
            }
        }
        for Located { node, at } in &self.example_holders {
            // The example is one of the whole stream.
            if node.get(OF_ITEMS).is_some() {
                continue;
            }
            let Some(schema) = node.value("schema") else {
                continue;
            };
            let example = |node: &'a Node, at: Pointer| Value {
                code: Code::ExampleMismatch,
                schema,
                node,
                at,
            };
            let own = node.value("example");
            values.extend(own.map(|value| example(value, at.child("example"))));
            let at = at.child("examples");
            let named = node.entries_of("examples").iter();
            values.extend(named.filter_map(|entry| {
                let found = self.resolved_at(&entry.value, at.child(&entry.key))?;
                Some(example(found.node.value("value")?, found.at.child("value")))
            }));
        }
        values
    }
}

fn report(code: Code, mismatch: Mismatch) -> Problem {
    let what = match code {
        Code::DefaultMismatch => "default",
        _ => "example",
    };
    Problem::new(
        code,
        format!("the {what} does not match its schema: {}", mismatch.what),
        mismatch.place,
        "not a value of the schema",
    )
    .help(meant_or(
        mismatch.meant.as_deref(),
        &format!("correct the {what} or the schema"),
    ))
}
