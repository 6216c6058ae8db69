//! Compares operations: parameters, bodies and responses.

use std::collections::HashMap;

use super::UpstreamDiff;
use super::differences::{common, names_of};
use super::document::Located;
use super::finding::Comparison;
use crate::openapi::departure::KeywordValue;
use crate::openapi::method::Method;
use crate::openapi::path_template::PathTemplate;

impl<'a> UpstreamDiff<'a> {
    /// Compares every operation of ours. Returns their number.
    pub(super) fn operations(&mut self) -> usize {
        let paths = self.theirs.root.entries_of("paths");
        let place = self.theirs.root.place_of("paths");
        let plain = |path: &str| PathTemplate::parse(path).without_names();
        let mut by_template = HashMap::new();
        for upstream in &paths {
            by_template.entry(plain(upstream.0)).or_insert(upstream);
        }
        let mut count = 0;
        for (path, item) in self.ours.root.entries_of("paths") {
            let upstream = by_template.get(&plain(path));
            for method in Method::ALL.iter().map(Method::key) {
                let Some(operation) = item.get(method) else {
                    continue;
                };
                count += 1;
                let id = operation.text("operationId").map(str::to_owned);
                let id = id.unwrap_or_else(|| format!("{method} {path}"));
                let there =
                    upstream.and_then(|(path, item)| Some((*path, item, item.get(method)?)));
                let missing = || format!("operation `{id}` is here, but not upstream");
                let comparison = Comparison {
                    layers: std::slice::from_ref(&operation),
                    key: "operation",
                    ours: operation.place.clone(),
                    theirs: match (&there, upstream) {
                        (Some((_, _, operation)), _) => operation.place.clone(),
                        (None, Some((_, item))) => item.place.clone(),
                        (None, None) => place.clone(),
                    },
                    upstream: KeywordValue::Flag(there.is_some()),
                };
                self.report(&comparison, there.is_none().then(missing));
                if let Some((their_path, their_item, theirs)) = there {
                    self.parameters(
                        &id,
                        (path, &item, &operation),
                        (their_path, their_item, &theirs),
                    );
                    self.operation(&id, &operation, &theirs);
                }
            }
        }
        count
    }

    fn operation(&mut self, id: &str, ours: &Located<'a>, theirs: &Located<'a>) {
        let (our, their) = (std::slice::from_ref(ours), std::slice::from_ref(theirs));
        let subject = format!("`{id}`");
        self.switch("deprecated", our, their, false, &subject);
        self.security(&subject, ours, theirs);

        let (here, there) = (ours.get("requestBody"), theirs.get("requestBody"));
        let message = match (&here, &there) {
            (Some(_), None) => Some(format!("{subject} has a body here, but none upstream")),
            (None, Some(_)) => Some(format!("{subject} has no body here, but one upstream")),
            (Some(_), Some(_)) | (None, None) => None,
        };
        let upstream = KeywordValue::Flag(there.is_some());
        let comparison = Comparison::of("requestBody", our, their, upstream);
        self.report(&comparison, message);
        if let (Some(here), Some(there)) = (here, there) {
            let (here, there) = (self.ours.resolve(here), self.theirs.resolve(there));
            let subject = format!("the body of {subject}");
            let (our, their) = (std::slice::from_ref(&here), std::slice::from_ref(&there));
            self.switch("required", our, their, false, &subject);
            self.contents(&subject, &here, &there);
        }
        self.responses(&subject, ours, theirs);
    }

    fn responses(&mut self, subject: &str, ours: &Located<'a>, theirs: &Located<'a>) {
        for (status, here, there) in self.entries("responses", "response", subject, ours, theirs) {
            let (here, there) = (self.ours.resolve(here), self.theirs.resolve(there));
            let subject = format!("response {status} of {subject}");
            self.contents(&subject, &here, &there);
            self.headers(&subject, &here, &there);
        }
    }

    /// Compares the names of headers, which are not case-sensitive.
    fn headers(&mut self, subject: &str, ours: &Located<'a>, theirs: &Located<'a>) {
        let names = |response: &Located<'_>| {
            let (mut headers, place) = names_of(response, "headers");
            for (name, _) in &mut headers {
                name.make_ascii_lowercase();
            }
            (headers, place)
        };
        let (layers, ours) = (std::slice::from_ref(ours), names(ours));
        self.names(layers, "headers", "header", subject, ours, names(theirs));
    }

    fn contents(&mut self, subject: &str, ours: &Located<'a>, theirs: &Located<'a>) {
        for (_, here, there) in self.entries("content", "media type", subject, ours, theirs) {
            if let (Some(here), Some(there)) = (here.get("schema"), there.get("schema")) {
                self.schemas(subject, here, there);
            }
        }
    }

    /// Compares the names of the entries under a key. Returns the entries that both objects have.
    fn entries(
        &mut self,
        key: &'static str,
        what: &str,
        subject: &str,
        ours: &Located<'a>,
        theirs: &Located<'a>,
    ) -> Vec<(&'a str, Located<'a>, Located<'a>)> {
        let (here, there) = (names_of(ours, key), names_of(theirs, key));
        self.names(std::slice::from_ref(ours), key, what, subject, here, there);
        common(&ours.entries_of(key), &theirs.entries_of(key))
    }

    /// Compares a key that is true or false; `usual` is its default.
    pub(super) fn switch(
        &mut self,
        key: &'static str,
        ours: &[Located<'a>],
        theirs: &[Located<'a>],
        usual: bool,
        subject: &str,
    ) {
        let flag = |layers: &[Located<'a>]| layers.iter().find_map(|layer| layer.flag(key));
        let [here, there] = [ours, theirs].map(|layers| flag(layers).unwrap_or(usual));
        let comparison = Comparison::of(key, ours, theirs, KeywordValue::Flag(there));
        let message = || format!("`{key}` of {subject} is {here} here, but {there} upstream");
        self.report(&comparison, (here != there).then(message));
    }
}
