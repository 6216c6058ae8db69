//! Compares operations: parameters, bodies and responses.

use std::collections::HashMap;
use std::ops::Range;

use super::document::Located;
use super::{Comparison, UpstreamDiff};
use crate::openapi::departure::KeywordValue;
use crate::openapi::method::Method;
use crate::openapi::path_template::PathTemplate;

impl<'a> UpstreamDiff<'a> {
    /// Compares every operation of ours. Returns their number.
    pub(super) fn operations(&mut self) -> usize {
        let paths = self.theirs.located().entries_of("paths");
        let place = self.theirs.located().place_of("paths");
        let plain = |path: &str| PathTemplate::parse(path).without_names();
        let mut by_template = HashMap::new();
        for (index, (path, _)) in paths.iter().enumerate() {
            by_template.entry(plain(path)).or_insert(index);
        }
        let mut count = 0;
        for (path, item) in self.ours.located().entries_of("paths") {
            let upstream = by_template.get(&plain(path)).map(|index| &paths[*index]);
            let upstream = upstream.map(|(path, item)| (*path, self.theirs.resolve(item.clone())));
            for method in Method::ALL.iter().map(Method::key) {
                let Some(operation) = item.get(method) else {
                    continue;
                };
                count += 1;
                let id = operation.text("operationId").map(str::to_owned);
                let id = id.unwrap_or_else(|| format!("{method} {path}"));
                let there = upstream
                    .as_ref()
                    .and_then(|(path, item)| Some((*path, item, item.get(method)?)));
                let missing = format!("operation `{id}` is here, but not upstream");
                let comparison = Comparison {
                    layers: std::slice::from_ref(&operation),
                    key: "operation",
                    ours: operation.place.clone(),
                    theirs: match (&there, &upstream) {
                        (Some((_, _, operation)), _) => operation.place.clone(),
                        (None, Some((_, item))) => item.place.clone(),
                        (None, None) => place.clone(),
                    },
                    upstream: KeywordValue::Flag(there.is_some()),
                };
                let is_missing = there.is_none().then_some(missing);
                self.report(&comparison, is_missing.into_iter().collect());
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
        let layers = std::slice::from_ref(ours);
        let subject = format!("`{id}`");
        self.switch(layers, theirs, "deprecated", false, &subject);
        self.security(&subject, ours, theirs);

        let (here, there) = (ours.get("requestBody"), theirs.get("requestBody"));
        let message = match (&here, &there) {
            (Some(_), None) => Some(format!("{subject} has a body here, but none upstream")),
            (None, Some(_)) => Some(format!("{subject} has no body here, but one upstream")),
            (Some(_), Some(_)) | (None, None) => None,
        };
        let comparison = Comparison {
            layers,
            key: "requestBody",
            ours: ours.place_of("requestBody"),
            theirs: theirs.place_of("requestBody"),
            upstream: KeywordValue::Flag(there.is_some()),
        };
        self.report(&comparison, message.into_iter().collect());
        if let (Some(here), Some(there)) = (here, there) {
            let (here, there) = (self.ours.resolve(here), self.theirs.resolve(there));
            let subject = format!("the body of {subject}");
            let layers = std::slice::from_ref(&here);
            self.switch(layers, &there, "required", false, &subject);
            self.contents(&subject, &here, &there);
        }
        self.responses(&subject, ours, theirs);
    }

    fn responses(&mut self, subject: &str, ours: &Located<'a>, theirs: &Located<'a>) {
        let (here, there) = (ours.entries_of("responses"), theirs.entries_of("responses"));
        self.names(
            std::slice::from_ref(ours),
            "responses",
            "response",
            subject,
            (named_places(&here), ours.place_of("responses")),
            (named_places(&there), theirs.place_of("responses")),
        );
        for (status, here) in here {
            if let Some((_, there)) = there.iter().find(|(other, _)| *other == status) {
                let here = self.ours.resolve(here);
                let there = self.theirs.resolve(there.clone());
                let subject = format!("response {status} of {subject}");
                self.contents(&subject, &here, &there);
                self.headers(&subject, &here, &there);
            }
        }
    }

    /// Compares the names of headers, which are not case-sensitive.
    fn headers(&mut self, subject: &str, ours: &Located<'a>, theirs: &Located<'a>) {
        let names = |response: &Located<'_>| {
            let mut headers = named_places(&response.entries_of("headers"));
            for (name, _) in &mut headers {
                name.make_ascii_lowercase();
            }
            (headers, response.place_of("headers"))
        };
        self.names(
            std::slice::from_ref(ours),
            "headers",
            "header",
            subject,
            names(ours),
            names(theirs),
        );
    }

    fn contents(&mut self, subject: &str, ours: &Located<'a>, theirs: &Located<'a>) {
        let (here, there) = (ours.entries_of("content"), theirs.entries_of("content"));
        self.names(
            std::slice::from_ref(ours),
            "content",
            "media type",
            subject,
            (named_places(&here), ours.place_of("content")),
            (named_places(&there), theirs.place_of("content")),
        );
        for (media_type, here) in here {
            let there = there.iter().find(|(other, _)| *other == media_type);
            let schemas = there.map(|(_, there)| (here.get("schema"), there.get("schema")));
            if let Some((Some(here), Some(there))) = schemas {
                self.schemas(subject, here, there);
            }
        }
    }

    /// Compares a key that is true or false; `usual` is its default.
    pub(super) fn switch(
        &mut self,
        ours: &[Located<'a>],
        theirs: &Located<'a>,
        key: &'static str,
        usual: bool,
        subject: &str,
    ) {
        let Some(our) = ours.first() else { return };
        let here = our.flag(key).unwrap_or(usual);
        let there = theirs.flag(key).unwrap_or(usual);
        let comparison = Comparison {
            layers: ours,
            key,
            ours: our.place_of(key),
            theirs: theirs.place_of(key),
            upstream: KeywordValue::Flag(there),
        };
        let message = format!("`{key}` of {subject} is {here} here, but {there} upstream");
        let message = (here != there).then_some(message);
        self.report(&comparison, message.into_iter().collect());
    }
}

fn named_places(entries: &[(&str, Located<'_>)]) -> Vec<(String, Range<usize>)> {
    let entries = entries.iter();
    entries
        .map(|(name, located)| ((*name).to_owned(), located.place.clone()))
        .collect()
}
