//! Compares operations: parameters, bodies and answers.

use std::ops::Range;

use super::document::{Document, Spot};
use super::state::State;
use super::{Comparer, Facet, text};

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A parameter, by where it stands and what it is called.
struct Parameter<'a> {
    /// As `query limit`. Those of the path are told by their order, and have our names.
    name: String,
    spot: Spot<'a>,
}

impl<'a> Comparer<'a> {
    /// Compares every operation of ours; gives how many there are.
    pub(super) fn operations(&mut self) -> usize {
        let paths = self.theirs.spot().entries_of("paths");
        let place = self.theirs.spot().place_of("paths");
        let mut count = 0;
        for (path, item) in self.ours.spot().entries_of("paths") {
            let upstream = paths
                .iter()
                .find(|(other, _)| without_names(other) == without_names(path));
            let upstream = upstream.map(|(path, item)| (*path, self.theirs.resolve(item.clone())));
            for method in METHODS {
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
                    upstream: State::Flag(there.is_some()),
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
            upstream: State::Flag(there.is_some()),
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

    fn parameters(
        &mut self,
        id: &str,
        ours: (&str, &Spot<'a>, &Spot<'a>),
        theirs: (&str, &Spot<'a>, &Spot<'a>),
    ) {
        let (path, item, operation) = ours;
        let (their_path, their_item, their_operation) = theirs;
        let here = parameters(self.ours, item, operation, &|name| name.to_owned());
        let names: Vec<&str> = template_names(path).collect();
        let there = parameters(self.theirs, their_item, their_operation, &|name| {
            let position = template_names(their_path).position(|other| other == name);
            let name = position
                .and_then(|at| names.get(at).copied())
                .unwrap_or(name);
            name.to_owned()
        });
        let subject = format!("`{id}`");
        let list = |list: &[Parameter<'_>]| -> Vec<(String, Range<usize>)> {
            let list = list.iter();
            list.map(|one| (one.name.clone(), one.spot.place_of("name")))
                .collect()
        };
        let place = |operation: &Spot<'_>, item: &Spot<'_>| {
            let owner = match operation.node.get("parameters").is_none() {
                true if item.node.get("parameters").is_some() => item,
                _ => operation,
            };
            owner.place_of("parameters")
        };
        self.names(
            std::slice::from_ref(operation),
            "parameters",
            "parameter",
            &subject,
            (list(&here), place(operation, item)),
            (list(&there), place(their_operation, their_item)),
        );
        for here in here {
            let Some(there) = there.iter().find(|there| there.name == here.name) else {
                continue;
            };
            let subject = format!("parameter `{}` of {subject}", here.name);
            let layers = std::slice::from_ref(&here.spot);
            self.switch(layers, &there.spot, "required", false, &subject);
            self.switch(layers, &there.spot, "deprecated", false, &subject);
            self.style(&subject, &here.spot, &there.spot);
            let schemas = (here.spot.get("schema"), there.spot.get("schema"));
            if let (Some(here), Some(there)) = schemas {
                self.schemas(&subject, here, there);
            }
        }
    }

    fn style(&mut self, subject: &str, ours: &Spot<'a>, theirs: &Spot<'a>) {
        let style = |spot: &Spot<'a>| {
            let usual = match spot.text("in") {
                Some("query" | "cookie") => "form",
                _ => "simple",
            };
            spot.text("style").unwrap_or(usual)
        };
        let (here, there) = (style(ours), style(theirs));
        let facet = Facet {
            layers: std::slice::from_ref(ours),
            key: "style",
            ours: ours.place_of("style"),
            theirs: theirs.place_of("style"),
            upstream: State::Text(there.to_owned()),
        };
        let message = format!("{subject} has the style {here} here, and {there} upstream");
        let message = (here != there).then_some(message);
        self.weigh(&facet, message.into_iter().collect());
        if here == there {
            let usual = here == "form";
            self.switch(facet.layers, theirs, "explode", usual, subject);
        }
    }

    /// A key that is true or false; `usual` is what it is where it is not there.
    fn switch(
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
            upstream: State::Flag(there),
        };
        let message = format!("`{key}` of {subject} is {here} here, and {there} upstream");
        let message = (here != there).then_some(message);
        self.weigh(&facet, message.into_iter().collect());
    }

    fn security(&mut self, subject: &str, ours: &Spot<'a>, theirs: &Spot<'a>) {
        let (here, our_place) = accepted(self.ours, ours);
        let (there, their_place) = accepted(self.theirs, theirs);
        let words = |list: &[String]| match list {
            [] => "nothing".to_owned(),
            list => list.join(", or "),
        };
        let message = format!(
            "{subject} wants {} here, and {} upstream",
            words(&here),
            words(&there)
        );
        let upstream = State::List(there.clone());
        let message = (State::List(here) != upstream).then_some(message);
        let facet = Facet {
            layers: std::slice::from_ref(ours),
            key: "security",
            ours: our_place,
            theirs: their_place,
            upstream,
        };
        self.weigh(&facet, message.into_iter().collect());
    }
}

fn places(entries: &[(&str, Spot<'_>)]) -> Vec<(String, Range<usize>)> {
    let entries = entries.iter();
    entries
        .map(|(name, spot)| ((*name).to_owned(), spot.place.clone()))
        .collect()
}

/// A path, in which parameters have no names.
fn without_names(path: &str) -> String {
    let mut parts = path.split('{');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str("{}");
        plain.push_str(part.split_once('}').map_or("", |(_, rest)| rest));
    }
    plain
}

/// The names between braces, in order.
fn template_names(path: &str) -> impl Iterator<Item = &str> {
    let parts = path.split('{').skip(1);
    parts.filter_map(|part| Some(part.split_once('}')?.0))
}

/// The parameters of an operation, and those of its path that it has not itself.
fn parameters<'a>(
    document: Document<'a>,
    item: &Spot<'a>,
    operation: &Spot<'a>,
    rename: &dyn Fn(&str) -> String,
) -> Vec<Parameter<'a>> {
    let mut parameters: Vec<Parameter<'a>> = Vec::new();
    let own = operation.items_of("parameters").into_iter();
    for spot in own.chain(item.items_of("parameters")) {
        let spot = document.resolve(spot);
        let (Some(location), Some(name)) = (spot.text("in"), spot.text("name")) else {
            continue;
        };
        let name = match location {
            "path" => rename(name),
            "header" => name.to_ascii_lowercase(),
            _ => name.to_owned(),
        };
        let name = format!("{location} {name}");
        if !parameters.iter().any(|other| other.name == name) {
            parameters.push(Parameter { name, spot });
        }
    }
    parameters
}

/// What an operation wants of those who ask, each alternative in words, and where that is said.
fn accepted(document: Document<'_>, operation: &Spot<'_>) -> (Vec<String>, Range<usize>) {
    let root = document.spot();
    let security = operation.get("security").or_else(|| root.get("security"));
    let Some(security) = security else {
        return (Vec::new(), operation.place.clone());
    };
    let alternatives = security.node.items().iter();
    let words = alternatives.map(|alternative| {
        let schemes = alternative.entries().iter();
        let schemes: Vec<String> = schemes.map(|scheme| words(document, &scheme.key)).collect();
        match schemes.as_slice() {
            [] => "nothing".to_owned(),
            schemes => schemes.join(" and "),
        }
    });
    (words.collect(), security.place)
}

/// A security scheme by what it is: its name is of no concern to the server.
fn words(document: Document<'_>, name: &str) -> String {
    let components = document.root.get("components");
    let schemes = components.and_then(|components| components.value.get("securitySchemes"));
    let Some(scheme) = schemes.and_then(|schemes| schemes.value.get(name)) else {
        return name.to_owned();
    };
    let get = |key: &str| text(&scheme.value.get(key)?.value);
    match (get("type"), get("in"), get("name"), get("scheme")) {
        (Some("apiKey"), Some(location), Some(name), _) => format!("{location} {name}"),
        (Some("http"), _, _, Some(scheme)) => format!("http {}", scheme.to_ascii_lowercase()),
        (Some(kind), ..) => kind.to_owned(),
        (None, ..) => name.to_owned(),
    }
}
