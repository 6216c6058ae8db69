//! The security schemes that operations want, and how a client is given their credentials.

use heck::ToShoutySnakeCase;
use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Docs, code};
use super::rust::ident;
use crate::ir::{Api, Location, Operation, SecurityKind, SecurityScheme};
use crate::names::{Scope, snake_name};
use crate::options::Options;
use crate::runtime;

/// A scheme that an operation wants.
pub(super) struct Scheme<'a> {
    pub(super) source: &'a SecurityScheme,
    pub(super) kind: CredentialKind<'a>,
    /// The method of the builder that takes its credential.
    setter: String,
    /// The environment variable that holds it.
    variable: String,
    /// What messages call it.
    what: String,
}

/// What a caller gives, and where it goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CredentialKind<'a> {
    ApiKey(Location, &'a str),
    Token,
    UserAndPassword,
    /// A scheme of HTTP that is not known here.
    Other(&'a str),
}

impl<'a> CredentialKind<'a> {
    fn of(kind: &'a SecurityKind) -> Self {
        match kind {
            SecurityKind::ApiKey { location, name } => CredentialKind::ApiKey(*location, name),
            SecurityKind::OAuth2 | SecurityKind::OpenIdConnect => CredentialKind::Token,
            SecurityKind::Http(scheme) => match scheme.to_ascii_lowercase().as_str() {
                "bearer" => CredentialKind::Token,
                "basic" => CredentialKind::UserAndPassword,
                _ => CredentialKind::Other(scheme),
            },
        }
    }

    /// The method that takes it, and what it is, where there is no other of its kind.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            CredentialKind::ApiKey(..) => ("api_key", "API key"),
            CredentialKind::Token => ("bearer_token", "bearer token"),
            CredentialKind::UserAndPassword => ("basic_auth", "user and password"),
            CredentialKind::Other(_) => ("credential", "credential"),
        }
    }

    /// What carries it: two that go by the same cannot be sent at once.
    pub(super) fn carrier(self) -> (Location, String) {
        match self {
            CredentialKind::ApiKey(Location::Header, name) => {
                (Location::Header, name.to_ascii_lowercase())
            }
            CredentialKind::ApiKey(location, name) => (location, name.to_owned()),
            _ => (Location::Header, "authorization".to_owned()),
        }
    }

    /// What carries it, in words, and the name of that.
    fn place(self) -> (&'static str, &'a str) {
        match self {
            CredentialKind::ApiKey(Location::Query, name) => ("query parameter", name),
            CredentialKind::ApiKey(Location::Cookie, name) => ("cookie", name),
            CredentialKind::ApiKey(Location::Header | Location::Path, name) => ("header", name),
            _ => ("header", "Authorization"),
        }
    }

    /// The part of the runtime that it needs.
    pub(super) fn part(self) -> Option<&'static str> {
        match self {
            CredentialKind::ApiKey(Location::Query, _) => Some("query_key"),
            CredentialKind::ApiKey(Location::Cookie, _) => Some("cookie_key"),
            CredentialKind::ApiKey(..) | CredentialKind::Other(_) => None,
            CredentialKind::Token => Some("bearer"),
            CredentialKind::UserAndPassword => Some("basic"),
        }
    }
}

/// The schemes that operations want, in the order of the description.
pub(super) fn in_use<'a>(api: &'a Api, options: &Options) -> Vec<Scheme<'a>> {
    let used = |scheme: &&SecurityScheme| {
        let mut operations = api.operations();
        operations.any(|operation| {
            operation
                .security
                .iter()
                .flatten()
                .any(|n| *n == scheme.name)
        })
    };
    let schemes: Vec<_> = api.security_schemes.iter().filter(used).collect();
    let prefix = variable_prefix(options);
    let taken = builder_functions();
    let mut scope = Scope::with(&taken);
    let kinds: Vec<_> = schemes
        .iter()
        .map(|scheme| CredentialKind::of(&scheme.kind))
        .collect();
    let schemes = schemes.iter().zip(&kinds);
    schemes
        .map(|(source, kind)| {
            let (name, what) = kind.names();
            let of_kind = kinds.iter().filter(|other| other.names() == kind.names());
            let (setter, what) = match of_kind.count() {
                1 => (name.to_owned(), what.to_owned()),
                _ => (
                    snake_name(&source.name),
                    format!("{what} `{}`", source.name),
                ),
            };
            let setter = scope.claim(setter);
            Scheme {
                variable: format!("{prefix}_{}", setter.to_shouty_snake_case()),
                kind: *kind,
                source,
                setter,
                what,
            }
        })
        .collect()
}

/// The methods of the builder that take credentials, each with the number of its arguments; the first
/// one's are those of `Client::new`.
pub(crate) fn credentials(api: &Api, options: &Options) -> Vec<(String, usize)> {
    let schemes = in_use(api, options);
    let schemes = schemes.iter();
    schemes
        .map(|scheme| (scheme.setter.clone(), arguments(scheme).len()))
        .collect()
}

/// What the names of environment variables begin with.
pub(super) fn variable_prefix(options: &Options) -> String {
    let prefix = options.crate_name.to_shouty_snake_case();
    prefix.strip_suffix("_CLIENT").unwrap_or(&prefix).to_owned()
}

/// The functions of the builder's file, whose names no method can have again.
fn builder_functions() -> Vec<&'static str> {
    let mut sources = runtime::SOURCES.iter();
    let builder = sources.find(|(path, _)| *path == "builder.rs");
    let pieces = builder
        .into_iter()
        .flat_map(|(_, text)| text.split("fn ").skip(1));
    let is_sign = |c: char| !c.is_alphanumeric() && c != '_';
    pieces
        .filter_map(|piece| piece.split(is_sign).next())
        .collect()
}

/// What an operation is accepted with, each alternative once, nothing at all last, so that a
/// credential that is there is sent. Empty if it wants nothing.
pub(super) fn alternatives(schemes: &[Scheme<'_>], operation: &Operation) -> Vec<Vec<usize>> {
    let position = |name: &String| schemes.iter().position(|it| it.source.name == *name);
    let mut alternatives: Vec<Vec<usize>> = Vec::new();
    for all in &operation.security {
        let all = all.iter().filter_map(position).collect();
        if !alternatives.contains(&all) {
            alternatives.push(all);
        }
    }
    alternatives.sort_by_key(Vec::is_empty);
    match alternatives.as_slice() {
        [only] if only.is_empty() => Vec::new(),
        _ => alternatives,
    }
}

/// What any operation is accepted with, each alternative once.
fn all_alternatives(api: &Api, schemes: &[Scheme<'_>]) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = Vec::new();
    for operation in api.operations() {
        let mut alternatives = alternatives(schemes, operation);
        if alternatives.is_empty() {
            alternatives.push(Vec::new());
        }
        alternatives.retain(|alternative| !all.contains(alternative));
        all.extend(alternatives);
    }
    all.sort_by_key(Vec::is_empty);
    match schemes {
        [] => Vec::new(),
        _ => all,
    }
}

/// Alternatives as the runtime takes them.
pub(super) fn literal(alternatives: &[Vec<usize>]) -> TokenStream {
    let alternatives = alternatives.iter().map(|all| {
        let all = all
            .iter()
            .map(|index| proc_macro2::Literal::usize_unsuffixed(*index));
        quote!(&[#(#all),*])
    });
    quote!(&[#(#alternatives),*])
}

/// The fields of the API that tell its schemes.
pub(super) fn fields(api: &Api, schemes: &[Scheme<'_>]) -> TokenStream {
    let security = literal(&all_alternatives(api, schemes));
    let schemes = schemes.iter().map(|scheme| {
        let (what, variable) = (&scheme.what, &scheme.variable);
        let (_, name) = scheme.kind.carrier();
        let part = scheme.kind.part().map(ident);
        let (value, join) = match scheme.kind {
            CredentialKind::ApiKey(Location::Query | Location::Cookie, _) => (
                quote!(crate::parts::#part::value),
                quote!(Some(crate::parts::#part::join)),
            ),
            CredentialKind::ApiKey(..) | CredentialKind::Other(_) => {
                (quote!(as_it_stands), quote!(None))
            }
            CredentialKind::Token | CredentialKind::UserAndPassword => {
                (quote!(crate::parts::#part::authorization), quote!(None))
            }
        };
        quote!(Scheme { what: #what, variable: #variable, name: #name, value: #value, join: #join })
    });
    quote! {
        schemes: &[#(#schemes),*],
        security: #security,
    }
}

/// The names of the runtime that the fields and the setters need.
pub(super) fn imports(schemes: &[Scheme<'_>]) -> Vec<&'static str> {
    let is_plain =
        |scheme: &Scheme<'_>| matches!(scheme.kind, CredentialKind::ApiKey(Location::Header, _));
    let mut names = Vec::new();
    if !schemes.is_empty() {
        names.extend(["Scheme", "credential"]);
    }
    if schemes.iter().any(is_plain) {
        names.push("as_it_stands");
    }
    names
}

/// What a credential is called as an argument: its parameters, and the arguments for the setter.
fn arguments(scheme: &Scheme<'_>) -> Vec<&'static str> {
    match scheme.kind {
        CredentialKind::ApiKey(..) => vec!["api_key"],
        CredentialKind::Token => vec!["token"],
        CredentialKind::UserAndPassword => vec!["user", "password"],
        CredentialKind::Other(_) => vec!["credential"],
    }
}

/// The parameters of `Client::new`, and the call of the builder that passes them on.
pub(super) fn of_new(schemes: &[Scheme<'_>]) -> (TokenStream, TokenStream) {
    let Some(first) = schemes.first() else {
        return (TokenStream::new(), TokenStream::new());
    };
    let names: Vec<_> = arguments(first).into_iter().map(ident).collect();
    let setter = ident(&first.setter);
    (
        quote!(#(#names: impl Into<String>),*),
        quote!(.#setter(#(#names),*)),
    )
}

/// What `Client::new` takes, in words.
pub(super) fn what_new_takes(schemes: &[Scheme<'_>]) -> Option<String> {
    schemes.first().map(|scheme| scheme.what.clone())
}

/// The lines of documentation that say what the environment must hold.
pub(super) fn of_the_environment(schemes: &[Scheme<'_>]) -> Vec<String> {
    let variable = |scheme: &Scheme<'_>| match scheme.kind {
        CredentialKind::UserAndPassword => format!("`{}`, as `user:password`", scheme.variable),
        _ => format!("`{}`", scheme.variable),
    };
    match schemes {
        [] => vec![" A client set up by the environment.".to_owned()],
        [only] => vec![format!(
            " A client with the {} of the environment variable {}.",
            only.what,
            variable(only)
        )],
        several => {
            let head = " A client with what is set of these environment variables:";
            let items = several
                .iter()
                .map(|scheme| format!(" - {}: the {}", variable(scheme), scheme.what));
            let mut lines = vec![head.to_owned(), String::new()];
            lines.extend(items);
            lines.push(String::new());
            lines
        }
    }
}

/// What the environment may hold, as "the API key from `VARIABLE`".
pub(super) fn variables(schemes: &[Scheme<'_>]) -> Vec<String> {
    let schemes = schemes.iter();
    let variables = schemes.map(|it| format!("the {} from `{}`", it.what, it.variable));
    variables.collect()
}

/// How a client is given each credential, and where it goes: a list, if there are several.
pub(super) fn list(schemes: &[Scheme<'_>]) -> Vec<String> {
    let mark = match schemes {
        [_] => "",
        _ => "- ",
    };
    let schemes = schemes.iter();
    let lines = schemes.map(|scheme| {
        let (place, name) = scheme.kind.place();
        format!(
            "{mark}[`ClientBuilder::{0}`] takes the {1}, which is sent as the {place} {2}. In the \
             environment it is `{3}`.",
            scheme.setter,
            scheme.what,
            code(name),
            scheme.variable
        )
    });
    lines.collect()
}

/// The calls of the builder that give it the credential of the first scheme, as `Client::new` does,
/// of variables that have the names of its arguments.
pub(super) fn example(schemes: &[Scheme<'_>]) -> Vec<String> {
    let first = schemes.first();
    first
        .map(|scheme| format!(".{}({})", scheme.setter, arguments(scheme).join(", ")))
        .into_iter()
        .collect()
}

/// The declarations of those variables.
pub(super) fn example_parameters(schemes: &[Scheme<'_>]) -> String {
    let names = schemes.first().map(arguments).unwrap_or_default();
    let parameters: Vec<_> = names.iter().map(|name| format!("{name}: &str")).collect();
    parameters.join(", ")
}

/// The methods of the builder.
pub(super) fn setters(schemes: &[Scheme<'_>]) -> Option<TokenStream> {
    let setters = schemes.iter().enumerate().map(|(index, scheme)| {
        let setter = ident(&scheme.setter);
        let index = proc_macro2::Literal::usize_unsuffixed(index);
        let names: Vec<_> = arguments(scheme).into_iter().map(ident).collect();
        let (place, name) = scheme.kind.place();
        let carried = format!("The {}, sent as the {place} {}", scheme.what, code(name));
        let documentation =
            Docs::starting(None, &format!("{carried} where an operation wants it."))
                .prose(scheme.source.description.as_deref())
                .into_tokens();
        let value = match scheme.kind {
            CredentialKind::UserAndPassword => quote!(crate::parts::basic::pair(#(#names),*)),
            _ => quote!(Ok(#(#names.into()),*)),
        };
        quote! {
            #documentation
            pub fn #setter(self, #(#names: impl Into<String>),*) -> Self {
                credential(self, #index, #value)
            }
        }
    });
    (!schemes.is_empty()).then(|| quote!(impl ClientBuilder { #(#setters)* }))
}

/// Whether some operation wants what another does not.
pub(super) fn differs(api: &Api, schemes: &[Scheme<'_>]) -> bool {
    let mut all = api
        .operations()
        .map(|operation| alternatives(schemes, operation));
    let first = all.next();
    all.any(|other| Some(&other) != first.as_ref())
}

/// What an operation is accepted with, in words.
pub(super) fn words(schemes: &[Scheme<'_>], operation: &Operation) -> String {
    let alternatives = alternatives(schemes, operation);
    let words = alternatives.iter().map(|all| {
        let whats = all
            .iter()
            .map(|index| format!("the {}", schemes[*index].what));
        match whats.collect::<Vec<_>>().as_slice() {
            [] => "no credentials".to_owned(),
            whats => whats.join(" with "),
        }
    });
    match words.collect::<Vec<_>>().as_slice() {
        [] => "Wants no credentials.".to_owned(),
        words => format!("Wants {}.", words.join(", or ")),
    }
}
