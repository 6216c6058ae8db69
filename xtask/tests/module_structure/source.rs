//! The files of a crate, with the paths that they name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The segments of a path, from the root of the crate.
pub type Segments = Vec<String>;

/// A crate's source.
#[derive(Default)]
pub struct Crate {
    pub modules: BTreeMap<Segments, Module>,
}

/// A module, which is a file or a part of one.
#[derive(Default)]
pub struct Module {
    /// The file's path below the folder of the crate, with `/`.
    pub file: String,
    /// The paths that its `use` declarations bind, by the name that they bind. A glob binds `*`.
    pub imports: Vec<(String, Segments)>,
    /// The paths that its code names, except in re-exports.
    pub names: BTreeSet<Segments>,
    /// Every identifier that follows `struct`, `enum`, `fn` and the like.
    pub items: BTreeSet<String>,
    /// Names in front of `::` or `!`, such as those of other crates.
    pub heads: BTreeSet<String>,
}

impl Crate {
    /// Reads `lib.rs` in a folder, and every module below it.
    pub fn read(folder: &Path) -> Self {
        let mut source = Crate::default();
        source.read_module(folder, "lib.rs".to_owned(), Vec::new());
        source
    }

    /// The files that name a crate.
    pub fn files_that_name(&self, name: &str) -> BTreeSet<&str> {
        let modules = self.modules.values();
        let naming = modules.filter(|module| module.heads.contains(name));
        naming.map(|module| module.file.as_str()).collect()
    }

    fn read_module(&mut self, folder: &Path, file: String, path: Segments) {
        let text = fs::read_to_string(folder.join(&file)).unwrap();
        let tokens: TokenStream = text.parse().unwrap();
        let mut reader = Reader {
            file,
            declared: Vec::new(),
            source: self,
        };
        reader.module(tokens, path);
        for declared in reader.declared {
            let name = declared.join("/");
            let files = [format!("{name}.rs"), format!("{name}/mod.rs")];
            let file = files.into_iter().find(|file| folder.join(file).exists());
            let file = file.unwrap_or_else(|| panic!("no file of the module {name}"));
            self.read_module(folder, file, declared);
        }
    }
}

/// Reads the tokens of one file.
struct Reader<'s> {
    file: String,
    /// Modules that have a file of their own.
    declared: Vec<Segments>,
    source: &'s mut Crate,
}

impl Reader<'_> {
    fn module(&mut self, tokens: TokenStream, path: Segments) {
        let mut module = Module {
            file: self.file.clone(),
            ..Module::default()
        };
        self.tokens(tokens, &path, &mut module);
        self.source.modules.insert(path, module);
    }

    fn tokens(&mut self, tokens: TokenStream, path: &Segments, module: &mut Module) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            let word = ident(&tokens, at);
            match (word.as_deref(), &tokens[at]) {
                // An item for tests alone.
                (_, TokenTree::Punct(punct))
                    if punct.as_char() == '#' && is_for_tests(&tokens, at) =>
                {
                    at = end_of_item(&tokens, at + 2);
                }
                (Some("mod"), _) if ident(&tokens, at + 1).is_some() => {
                    let name = ident(&tokens, at + 1).unwrap();
                    let inner = [path.clone(), vec![name]].concat();
                    match tokens.get(at + 2) {
                        Some(TokenTree::Group(body)) => self.module(body.stream(), inner),
                        _ => self.declared.push(inner),
                    }
                    at += 3;
                }
                (Some("use"), _) => {
                    let is_re_export = at > 0
                        && match &tokens[at - 1] {
                            TokenTree::Ident(word) => word == "pub",
                            // `pub(crate)`
                            TokenTree::Group(group) => {
                                group.delimiter() == Delimiter::Parenthesis
                                    && ident(&tokens, at - 2).as_deref() == Some("pub")
                            }
                            _ => false,
                        };
                    let end = (at..tokens.len()).find(|at| is_punct(&tokens, *at, ';'));
                    let end = end.unwrap_or(tokens.len());
                    let mut bound = Vec::new();
                    use_tree(&tokens[at + 1..end], Vec::new(), &mut bound);
                    for (name, segments) in bound {
                        module.heads.insert(segments[0].clone());
                        let segments = from_root(segments, path);
                        if !is_re_export {
                            module.names.insert(segments.clone());
                        }
                        module.imports.push((name, segments));
                    }
                    at = end + 1;
                }
                // What these macros are given is code of the client.
                (Some("quote" | "quote_spanned" | "parse_quote"), _)
                    if is_punct(&tokens, at + 1, '!') =>
                {
                    module.heads.insert("quote".to_owned());
                    at += 3;
                }
                (Some(word), _) => {
                    let is_definition = matches!(
                        word,
                        "struct"
                            | "enum"
                            | "union"
                            | "trait"
                            | "type"
                            | "fn"
                            | "const"
                            | "static"
                            | "macro_rules"
                    );
                    if is_definition {
                        let name = ident(&tokens, at + 1).or_else(|| ident(&tokens, at + 2));
                        module.items.extend(name);
                    }
                    let (segments, end) = path_at(&tokens, at);
                    let is_macro = is_punct(&tokens, end, '!');
                    if segments.len() > 1 || is_macro {
                        module.heads.insert(segments[0].clone());
                    }
                    // A single word in lower case may be a variable, a field or a method.
                    if segments.len() > 1 || is_macro || word.starts_with(char::is_uppercase) {
                        module.names.insert(from_root(segments, path));
                    }
                    at = end;
                }
                (None, TokenTree::Group(group)) => {
                    self.tokens(group.stream(), path, module);
                    at += 1;
                }
                (None, _) => at += 1,
            }
        }
    }
}

/// The path that begins here, and where it ends.
fn path_at(tokens: &[TokenTree], mut at: usize) -> (Segments, usize) {
    let mut segments: Segments = ident(tokens, at).into_iter().collect();
    at += 1;
    while is_punct(tokens, at, ':') && is_punct(tokens, at + 1, ':') {
        let Some(next) = ident(tokens, at + 2) else {
            break;
        };
        segments.push(next);
        at += 3;
    }
    (segments, at)
}

/// Adds what a `use` declaration binds.
fn use_tree(tokens: &[TokenTree], mut prefix: Segments, bound: &mut Vec<(String, Segments)>) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Ident(word) if word == "as" => {
                let name = ident(tokens, at + 1).unwrap_or_else(|| "_".to_owned());
                bound.push((name, prefix));
                return;
            }
            TokenTree::Ident(word) => prefix.push(word.to_string()),
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
                for part in inner.split(is_comma).filter(|part| !part.is_empty()) {
                    use_tree(part, prefix.clone(), bound);
                }
                return;
            }
            TokenTree::Punct(punct) if punct.as_char() == '*' => {
                bound.push(("*".to_owned(), prefix));
                return;
            }
            _ => {}
        }
        at += 1;
    }
    // `use module::{self}` binds the module.
    if prefix.last().is_some_and(|last| last == "self") && prefix.len() > 1 {
        prefix.pop();
    }
    if let Some(name) = prefix.last() {
        bound.push((name.clone(), prefix));
    }
}

/// Resolves `crate`, `self` and `super`. Any other path begins in the module.
fn from_root(segments: Segments, module: &Segments) -> Segments {
    let mut from = module.clone();
    let mut rest = segments.as_slice();
    while let Some((first, following)) = rest.split_first() {
        match first.as_str() {
            "crate" => from.clear(),
            "self" => {}
            "super" => {
                from.pop();
            }
            _ => break,
        }
        rest = following;
    }
    from.extend_from_slice(rest);
    from
}

fn ident(tokens: &[TokenTree], at: usize) -> Option<String> {
    match tokens.get(at) {
        Some(TokenTree::Ident(word)) => Some(word.to_string()),
        _ => None,
    }
}

fn is_punct(tokens: &[TokenTree], at: usize, wanted: char) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

fn is_for_tests(tokens: &[TokenTree], at: usize) -> bool {
    matches!(tokens.get(at + 1), Some(TokenTree::Group(group)) if group.stream().to_string() == "cfg (test)")
}

/// The place behind the item that begins here.
fn end_of_item(tokens: &[TokenTree], from: usize) -> usize {
    let is_end = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';',
        _ => false,
    };
    let length = tokens[from..].iter().position(is_end);
    length.map_or(tokens.len(), |length| from + length + 1)
}
