//! Operations: their methods.

use super::ApiDiff;
use crate::plan::operations::Operation;

impl ApiDiff<'_> {
    pub(super) fn operations(&mut self) {
        let old: Vec<&Operation<'_>> = self.old.operations().collect();
        let new: Vec<&Operation<'_>> = self.new.operations().collect();
        let by_id = |operation: &Operation<'_>, others: &[&Operation<'_>]| {
            others
                .iter()
                .position(|other| other.ir.id == operation.ir.id)
        };
        // One whose id changed is known by its path, unless that has another one now.
        let by_path =
            |operation: &Operation<'_>, others: &[&Operation<'_>], own: &[&Operation<'_>]| {
                others.iter().position(|other| {
                    let is_same = route(other) == route(operation);
                    is_same && by_id(other, own).is_none()
                })
            };
        for operation in &new {
            let before = by_id(operation, &old).or_else(|| by_path(operation, &old, &new));
            match before {
                Some(index) => self.operation(old[index], operation),
                None => self.compatible(format!(
                    "operation `{}` added ({})",
                    operation.ir.id,
                    route(operation)
                )),
            }
        }
        for operation in &old {
            let after = by_id(operation, &new).or_else(|| by_path(operation, &new, &old));
            if after.is_none() {
                self.breaking(format!(
                    "operation `{}` gone ({})",
                    operation.ir.id,
                    route(operation)
                ));
            }
        }
    }

    fn operation(&mut self, planned_old: &Operation<'_>, planned_new: &Operation<'_>) {
        let (old, new) = (planned_old.ir, planned_new.ir);
        let subject = format!("operation `{}`", new.id);
        if old.id != new.id || old.name != new.name {
            self.breaking(format!(
                "operation `{}` is called `{}`: the method is `{}`, was `{}`",
                old.id, new.id, new.name, old.name
            ));
        }
        let (route_before, route_after) = (route(planned_old), route(planned_new));
        if route_before != route_after {
            self.compatible(format!(
                "{subject} is sent as {route_after}, was {route_before}"
            ));
        }
        match (old.repeatable, new.repeatable) {
            (false, true) => self.compatible(format!("{subject} became repeatable")),
            (true, false) => self.compatible(format!("{subject} is no longer repeatable")),
            (true, true) | (false, false) => {}
        }
        self.deprecation(&subject, old.deprecated, new.deprecated);
        self.security(old, new);
        self.parameters(old, new);
        self.body(planned_old, planned_new);
        self.responses(planned_old, planned_new);
    }
}

fn route(operation: &Operation<'_>) -> String {
    format!("{} {}", operation.ir.method.as_str(), operation.ir.path)
}
