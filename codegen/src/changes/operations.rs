//! Operations: their methods.

use super::Comparer;
use crate::ir::Operation;

impl Comparer<'_> {
    pub(super) fn operations(&mut self) {
        let old: Vec<&Operation> = self.old.api.operations().collect();
        let new: Vec<&Operation> = self.new.api.operations().collect();
        let by_id = |operation: &Operation, others: &[&Operation]| {
            others.iter().position(|other| other.id == operation.id)
        };
        // One whose id changed is known by its path, unless that has another one now.
        let by_path = |operation: &Operation, others: &[&Operation], own: &[&Operation]| {
            others.iter().position(|other| {
                let is_same = other.method == operation.method && other.path == operation.path;
                is_same && by_id(other, own).is_none()
            })
        };
        for operation in &new {
            let before = by_id(operation, &old).or_else(|| by_path(operation, &old, &new));
            match before {
                Some(index) => self.operation(old[index], operation),
                None => self.compatible(format!(
                    "operation `{}` added ({})",
                    operation.id,
                    route(operation)
                )),
            }
        }
        for operation in &old {
            let after = by_id(operation, &new).or_else(|| by_path(operation, &new, &old));
            if after.is_none() {
                self.breaking(format!(
                    "operation `{}` gone ({})",
                    operation.id,
                    route(operation)
                ));
            }
        }
    }

    fn operation(&mut self, old: &Operation, new: &Operation) {
        let subject = format!("operation `{}`", new.id);
        if old.id != new.id || old.name != new.name {
            self.breaking(format!(
                "operation `{}` is called `{}`: the method is `{}`, was `{}`",
                old.id, new.id, new.name, old.name
            ));
        }
        if route(old) != route(new) {
            let (old, new) = (route(old), route(new));
            self.compatible(format!("{subject} is sent as {new}, was {old}"));
        }
        match (old.repeatable, new.repeatable) {
            (false, true) => self.compatible(format!("{subject} became repeatable")),
            (true, false) => self.compatible(format!("{subject} is no longer repeatable")),
            (true, true) | (false, false) => {}
        }
        self.deprecation(&subject, old.deprecated, new.deprecated);
        self.security(old, new);
        self.parameters(old, new);
        self.body(&new.id, old.body.as_ref(), new.body.as_ref());
        self.answers(old, new);
    }
}

fn route(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}
