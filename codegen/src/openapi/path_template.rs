//! Path templates, such as `/tasks/{taskId}`.

use std::ops::Range;

/// A path template, read once.
#[derive(Debug)]
pub(crate) struct PathTemplate<'p> {
    path: &'p str,
    /// The distinct parameters, in the order of the path.
    pub(crate) parameters: Vec<Parameter<'p>>,
    /// Where parameters appear, each maybe several times.
    ranges: Vec<Range<usize>>,
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
}

impl<'p> PathTemplate<'p> {
    pub(crate) fn parse(path: &'p str) -> Self {
        let mut template = PathTemplate {
            path,
            parameters: Vec::new(),
            ranges: Vec::new(),
            flaws: Vec::new(),
        };
        let whole = path;
        let path = without_fragment(whole);
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
            } else {
                template.ranges.push(start..end);
                if template.names().all(|other| other != name) {
                    let range = start..end;
                    template.parameters.push(Parameter { name, range });
                }
            }
        }
        template
    }

    fn flaw(&mut self, kind: FlawKind, range: Range<usize>) {
        self.flaws.push(Flaw { kind, range });
    }

    /// The distinct names, in the order of the path.
    pub(crate) fn names(&self) -> impl Iterator<Item = &'p str> {
        self.parameters.iter().map(|parameter| parameter.name)
    }

    /// The path with `{}` for each parameter. Two templates match the same requests if this is equal.
    pub(crate) fn without_names(&self) -> String {
        let mut plain = String::with_capacity(self.path.len());
        let mut from = 0;
        for range in &self.ranges {
            plain.push_str(&self.path[from..range.start]);
            from = range.end;
        }
        plain.push_str(&self.path[from..]);
        plain
    }
}

/// The path without its fragment, which no request has: it only tells operations apart.
pub(crate) fn without_fragment(path: &str) -> &str {
    path.split('#').next().unwrap_or(path)
}

/// The names of the literal query of a path: `a` in `/things?a=b&{c}=d`.
pub(crate) fn query_names(path: &str) -> impl Iterator<Item = &str> {
    let query = without_fragment(path).split_once('?');
    let pairs = query.into_iter().flat_map(|(_, query)| query.split('&'));
    pairs.map(|pair| pair.split('=').next().unwrap_or(pair))
}

#[cfg(test)]
mod tests {
    use super::{FlawKind, PathTemplate, query_names};

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
        assert_eq!(flaws("/{a}/{b}"), []);
    }

    #[test]
    fn a_name_may_be_used_twice() {
        assert_eq!(names("/{a}/{b}/{a}"), ["a", "b"]);
        assert_eq!(flaws("/{a}/{b}/{a}"), []);
        assert_eq!(
            PathTemplate::parse("/{a}/{b}/{a}").without_names(),
            "/{}/{}/{}"
        );
    }

    #[test]
    fn a_path_may_have_a_query_and_a_fragment() {
        assert_eq!(names("/a?b={c}#{d}"), ["c"]);
        assert_eq!(
            query_names("/a?b={c}&d#e=f").collect::<Vec<_>>(),
            ["b", "d"]
        );
        assert_eq!(query_names("/a#b?c").count(), 0);
    }
}
