//! Compares operations: parameters, bodies and answers.

use std::ops::Range;

use super::document::Spot;
use super::{Comparer, Facet};
use crate::openapi::departure::KeywordValue;
use crate::openapi::method::Method;
use crate::openapi::path_template::PathTemplate;

impl<'a> Comparer<'a> {
    /// Compares every operation of ours; gives how many there are.
    pub(super) fn operations(&mut self) -> usize {
        let paths = self.theirs.spot().entries_of("paths");
        let place = self.theirs.spot().place_of("paths");
        let mut count = 0;
        for (path, item) in self.ours.spot().entries_of("paths") {
            let plain = |path| PathTemplate::parse(path).without_names();
            let wanted = plain(path);
            let upstream = paths.iter().find(|(other, _)| plain(other) == wanted);
            let upstream = upstream.map(|(path, item)| (*path, self.theirs.resolve(item.clone())));
            for method in Method::ALL.map(Method::key) {
                let Some(operation) = item.get(method) else {
                    continue;
                };
                count += 1;
                let id = operation.text("operationId").map(str::to_owned);
                let id = id.unwrap_or_else(|| format!("{method} {path}"));
                let there = upstream
                    .as_ref()
                    .and_then(|(path, item)| Some((*path, item, item.get(method)?)));
                let missing = format!("operation `{id}` is here, and not upstream");
                let facet = Facet {
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
                self.weigh(&facet, is_missing.into_iter().collect());
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

    fn operation(&mut self, id: &str, ours: &Spot<'a>, theirs: &Spot<'a>) {
        let layers = std::slice::from_ref(ours);
        let subject = format!("`{id}`");
        self.switch(layers, theirs, "deprecated", false, &subject);
        self.security(&subject, ours, theirs);

        let (here, there) = (ours.get("requestBody"), theirs.get("requestBody"));
        let message = match (&here, &there) {
            (Some(_), None) => Some(format!("{subject} has a body here, and none upstream")),
            (None, Some(_)) => Some(format!("{subject} has no body here, and one upstream")),
            (Some(_), Some(_)) | (None, None) => None,
        };
        let facet = Facet {
            layers,
            key: "requestBody",
            ours: ours.place_of("requestBody"),
            theirs: theirs.place_of("requestBody"),
            upstream: KeywordValue::Flag(there.is_some()),
        };
        self.weigh(&facet, message.into_iter().collect());
        if let (Some(here), Some(there)) = (here, there) {
            let (here, there) = (self.ours.resolve(here), self.theirs.resolve(there));
            let subject = format!("the body of {subject}");
            let layers = std::slice::from_ref(&here);
            self.switch(layers, &there, "required", false, &subject);
            self.contents(&subject, &here, &there);
        }
        self.answers(&subject, ours, theirs);
    }

    fn answers(&mut self, subject: &str, ours: &Spot<'a>, theirs: &Spot<'a>) {
        let (here, there) = (ours.entries_of("responses"), theirs.entries_of("responses"));
        self.names(
            std::slice::from_ref(ours),
            "responses",
            "answer",
            subject,
            (places(&here), ours.place_of("responses")),
            (places(&there), theirs.place_of("responses")),
        );
        for (status, here) in here {
            if let Some((_, there)) = there.iter().find(|(other, _)| *other == status) {
                let here = self.ours.resolve(here);
                let there = self.theirs.resolve(there.clone());
                self.contents(&format!("answer {status} of {subject}"), &here, &there);
            }
        }
    }

    fn contents(&mut self, subject: &str, ours: &Spot<'a>, theirs: &Spot<'a>) {
        let (here, there) = (ours.entries_of("content"), theirs.entries_of("content"));
        self.names(
            std::slice::from_ref(ours),
            "content",
            "media type",
            subject,
            (places(&here), ours.place_of("content")),
            (places(&there), theirs.place_of("content")),
        );
        for (media_type, here) in here {
            let there = there.iter().find(|(other, _)| *other == media_type);
            let schemas = there.map(|(_, there)| (here.get("schema"), there.get("schema")));
            if let Some((Some(here), Some(there))) = schemas {
                self.schemas(subject, here, there);
            }
        }
    }

    /// A key that is true or false; `usual` is what it is where it is not there.
    pub(super) fn switch(
        &mut self,
        ours: &[Spot<'a>],
        theirs: &Spot<'a>,
        key: &'static str,
        usual: bool,
        subject: &str,
    ) {
        let Some(our) = ours.first() else { return };
        let here = our.flag(key).unwrap_or(usual);
        let there = theirs.flag(key).unwrap_or(usual);
        let facet = Facet {
            layers: ours,
            key,
            ours: our.place_of(key),
            theirs: theirs.place_of(key),
            upstream: KeywordValue::Flag(there),
        };
        let message = format!("`{key}` of {subject} is {here} here, and {there} upstream");
        let message = (here != there).then_some(message);
        self.weigh(&facet, message.into_iter().collect());
    }
}

fn places(entries: &[(&str, Spot<'_>)]) -> Vec<(String, Range<usize>)> {
    let entries = entries.iter();
    entries
        .map(|(name, spot)| ((*name).to_owned(), spot.place.clone()))
        .collect()
}
