//! Paths and operations: ids, responses, and what is checked of each operation in turn.

use std::collections::{HashMap, HashSet};

use super::Checker;
use crate::code::Code;
use crate::openapi::method::Method;
use crate::problem::At;
use crate::source::Entry;
use crate::source::pointer::Pointer;

impl<'a> Checker<'a> {
    pub(super) fn check_operations(&mut self) {
        let mut ids = HashMap::new();
        let mut used_schemes = HashSet::new();
        let mut all: Vec<(Pointer, &'a Entry)> = Vec::new();
        let root = Pointer::root();
        self.check_duplicates(self.root, &root, "servers", Some("url"));
        self.check_duplicates(self.root, &root, "tags", Some("name"));
        self.check_duplicates(self.root, &root, "security", None);
        if let Some(security) = self.root.value("security") {
            self.check_security(security, &root.child("security"), &mut used_schemes);
        }
        for path in self.root.entries_of("paths") {
            if path.key.starts_with("x-") {
                continue;
            }
            let at = root.child("paths").child(&path.key);
            let operations = path.value.entries().iter();
            let mut operations: Vec<(Pointer, &Entry)> = operations
                .filter(|entry| Method::of_key(&entry.key).is_some() && entry.value.is_mapping())
                .map(|entry| (at.child(&entry.key), entry))
                .collect();
            // The order in which names are chosen.
            operations.sort_by_key(|(_, entry)| {
                let mut methods = Method::ALL.iter();
                methods.position(|method| method.key() == entry.key)
            });
            for (at, operation) in &operations {
                self.check_id(operation, at, &mut ids);
                self.check_duplicates(&operation.value, at, "tags", None);
                self.check_duplicates(&operation.value, at, "security", None);
                self.check_body(operation, at);
                if let Some(security) = operation.value.value("security") {
                    self.check_security(security, &at.child("security"), &mut used_schemes);
                }
            }
            self.check_parameters(path, &at, &operations);
            all.extend(operations);
        }
        let mut problems = self.problems.iter();
        if !problems.any(|problem| problem.code.may_hide_a_use()) {
            self.check_unused_components(&used_schemes);
            self.check_tags(&all);
        }
    }

    fn check_id(&mut self, operation: &'a Entry, at: &Pointer, ids: &mut HashMap<&'a str, usize>) {
        let id = operation.value.value("operationId");
        let Some((id, written)) = id.and_then(|id| Some((id.text()?, id.span.start))) else {
            // A misspelt key, or a value of another type, is already reported.
            if self.is_malformed(&operation.value) {
                return;
            }
            return self.report(
                Code::NoOperationId,
                "the operation has no `operationId`".to_owned(),
                At::Key(at.clone()),
                "the method is named after the path",
                "add an `operationId`, such as `operationId: listTasks`",
            );
        };
        // Several paths may refer to one path item.
        if *ids.entry(id).or_insert(written) != written {
            self.report(
                Code::DuplicateOperationId,
                format!("the `operationId` `{id}` is used twice"),
                At::Value(at.child("operationId")),
                "already used by another operation",
                "give each operation a unique id",
            );
        }
    }

    fn check_body(&mut self, operation: &'a Entry, at: &Pointer) {
        let method = Method::of_key(&operation.key);
        let is_unusual = method.is_some_and(|method| !method.has_body());
        if is_unusual && operation.value.get("requestBody").is_some() {
            let method = operation.key.to_ascii_uppercase();
            self.report(
                Code::UnusualBody,
                format!("HTTP does not define what the body of a {method} request means"),
                At::Key(at.child("requestBody")),
                "servers and proxies may ignore it",
                "use another method, or declare query parameters",
            );
        }
    }
}
