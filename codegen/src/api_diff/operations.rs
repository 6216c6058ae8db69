//! Operations: their methods.

use super::ApiDiff;
use crate::plan::operations::Operation;

impl ApiDiff<'_> {
    pub(super) fn operations(&mut self) {
        let old: Vec<&Operation<'_>> = self.old.operations().collect();
        let new: Vec<&Operation<'_>> = self.new.operations().collect();
        let has_id = |operation: &Operation<'_>, others: &[&Operation<'_>]| {
            others.iter().any(|other| other.ir.id == operation.ir.id)
        };
        // A renamed operation has the route of a removed one.
        let is_same = |before: &Operation<'_>, after: &Operation<'_>| {
            let is_renamed = !has_id(before, &new) && !has_id(after, &old);
            before.ir.id == after.ir.id || (is_renamed && route(before) == route(after))
        };
        let before = |after: &Operation<'_>| old.iter().find(|before| is_same(before, after));
        for after in &new {
            if let Some(before) = before(after)
                && before.ir.id != after.ir.id
            {
                self.rename(&before.ir.id, &after.ir.id);
            }
        }
        for after in &new {
            match before(after) {
                Some(before) => self.operation(before, after),
                None => {
                    let (id, route) = (&after.ir.id, route(after));
                    self.compatible(format!("operation `{id}` added ({route})"));
                }
            }
        }
        for before in &old {
            if !new.iter().any(|after| is_same(before, after)) {
                let (id, route) = (&before.ir.id, route(before));
                self.breaking(format!("operation `{id}` removed ({route})"));
            }
        }
    }

    fn operation(&mut self, planned_old: &Operation<'_>, planned_new: &Operation<'_>) {
        let (old, new) = (planned_old.ir, planned_new.ir);
        let subject = format!("operation `{}`", new.id);
        if old.id != new.id || old.name != new.name {
            self.breaking(format!(
                "operation `{}` renamed to `{}`: the method is `{}`, was `{}`",
                old.id, new.id, new.name, old.name
            ));
        }
        let (route_before, route_after) = (route(planned_old), route(planned_new));
        if route_before != route_after {
            self.behaviour(format!(
                "{subject} calls {route_after} instead of {route_before}"
            ));
        }
        match (old.repeatable, new.repeatable) {
            (false, true) => {
                self.behaviour(format!(
                    "{subject} became repeatable: it is retried more often"
                ));
            }
            (true, false) => {
                self.behaviour(format!(
                    "{subject} is no longer repeatable: it is retried less often"
                ));
            }
            (true, true) | (false, false) => {}
        }
        match (&planned_old.pages, &planned_new.pages) {
            (None, Some(method)) => {
                self.compatible(format!("{subject} iterates its pages: `{}`", method.name));
            }
            (Some(method), None) => {
                self.breaking(format!(
                    "{subject} no longer iterates its pages: `{}`",
                    method.name
                ));
            }
            (None, None) | (Some(_), Some(_)) => {}
        }
        self.deprecation(&subject, old.deprecated, new.deprecated);
        self.security(planned_old, planned_new);
        self.parameters(old, new);
        self.body(planned_old, planned_new);
        self.responses(planned_old, planned_new);
    }
}

fn route(operation: &Operation<'_>) -> String {
    format!("{} {}", operation.ir.method.as_str(), operation.ir.path)
}
