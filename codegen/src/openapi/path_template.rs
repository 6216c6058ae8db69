//! Path templates, such as `/tasks/{taskId}`.

use std::ops::Range;

/// A path template, read once.
#[derive(Debug)]
pub(crate) struct PathTemplate<'p> {
    path: &'p str,
    /// The distinct parameters, in the order of the path.
    pub(crate) parameters: Vec<Parameter<'p>>,
    pub(crate) flaws: Vec<Flaw>,
}

/// A name between braces, and where it is in the path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter<'p> {
    pub(crate) name: &'p str,
    pub(crate) range: Range<usize>,
}

/// A mistake in a template, and where it is in the path.
#[derive(Debug, PartialEq)]
pub(crate) struct Flaw {
    pub(crate) kind: FlawKind,
    pub(crate) range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FlawKind {
    /// `{` without `}`, or the reverse. The rest of the path is not read.
    UnmatchedBrace,
    /// `{}`.
    NoName,
    /// `{a{b}`.
    BraceInName,
    /// The same name a second time.
    Repeated,
}

impl<'p> PathTemplate<'p> {
    pub(crate) fn parse(path: &'p str) -> Self {
        let mut template = PathTemplate {
            path,
            parameters: Vec::new(),
            flaws: Vec::new(),
        };
        let mut from = 0;
        while let Some(brace) = path[from..].find(['{', '}']).map(|at| from + at) {
            let close = path[brace..].find('}').map(|at| brace + at);
            let (start, Some(end)) = (brace + 1, close.filter(|close| *close > brace)) else {
                template.flaw(FlawKind::UnmatchedBrace, brace..brace + 1);
                break;
            };
            from = end + 1;
            let name = &path[start..end];
            if name.is_empty() {
                template.flaw(FlawKind::NoName, brace..from);
            } else if name.contains('{') {
                template.flaw(FlawKind::BraceInName, brace..brace + 2);
            } else if template.names().any(|other| other == name) {
                template.flaw(FlawKind::Repeated, start..end);
            } else {
                let range = start..end;
                template.parameters.push(Parameter { name, range });
            }
        }
        template
    }

    fn flaw(&mut self, kind: FlawKind, range: Range<usize>) {
        self.flaws.push(Flaw { kind, range });
    }

    /// Whether all names are known: only a repeated name leaves no doubt about the others.
    pub(crate) fn is_complete(&self) -> bool {
        let mut flaws = self.flaws.iter();
        flaws.all(|flaw| flaw.kind == FlawKind::Repeated)
    }

    /// The distinct names, in the order of the path.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'p str> {
        self.parameters.iter().map(|parameter| parameter.name)
    }

    /// The path with `{}` for each parameter. Two templates match the same requests if this is equal.
    pub(crate) fn without_names(&self) -> String {
        let mut plain = String::with_capacity(self.path.len());
        let mut from = 0;
        for Parameter { range, .. } in &self.parameters {
            plain.push_str(&self.path[from..range.start]);
            from = range.end;
        }
        plain.push_str(&self.path[from..]);
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::{FlawKind, PathTemplate};

    fn names(path: &str) -> Vec<&str> {
        PathTemplate::parse(path).names().collect()
    }

    fn flaws(path: &str) -> Vec<(FlawKind, &str)> {
        let template = PathTemplate::parse(path);
        let flaws = template.flaws.iter();
        flaws
            .map(|flaw| (flaw.kind, &path[flaw.range.clone()]))
            .collect()
    }

    #[test]
    fn names_are_in_the_order_of_the_path() {
        assert_eq!(names("/a/{b}/c.{d}-{e}"), ["b", "d", "e"]);
        assert!(names("/plain").is_empty());
        let template = PathTemplate::parse("/ä/{b}");
        assert_eq!(template.parameters[0].range, 5..6);
    }

    #[test]
    fn templates_that_differ_in_names_alone_are_equal_without_names() {
        let plain = |path| PathTemplate::parse(path).without_names();
        assert_eq!(plain("/a/{b}/{c}.json"), "/a/{}/{}.json");
        assert_eq!(plain("/a/{x}"), plain("/a/{y}"));
        assert_ne!(plain("/a/{x}"), plain("/a/x"));
    }

    #[test]
    fn each_flaw_has_its_range() {
        assert_eq!(flaws("/a/{b"), [(FlawKind::UnmatchedBrace, "{")]);
        assert_eq!(flaws("/a/b}/{c"), [(FlawKind::UnmatchedBrace, "}")]);
        assert_eq!(flaws("/{}"), [(FlawKind::NoName, "{}")]);
        assert_eq!(flaws("/{a{b}"), [(FlawKind::BraceInName, "{a")]);
        assert_eq!(flaws("/{a}/{a}"), [(FlawKind::Repeated, "a")]);
        assert_eq!(flaws("/{a}/{b}"), []);
        assert!(PathTemplate::parse("/{a}/{a}").is_complete());
        assert!(!PathTemplate::parse("/{}").is_complete());
    }
}
