//! Credentials: the setters of the builder, and what documentation says of them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{Docs, code};
use super::rust::{ident, tokens};
use crate::ir::Location;
use crate::plan::Plan;
use crate::plan::credentials::{Credential, CredentialKind, all_alternatives};

/// Alternatives as the runtime takes them.
pub(super) fn literal(alternatives: &[Vec<usize>]) -> String {
    let alternatives = alternatives.iter().map(|all| format!("&{all:?}"));
    format!("&[{}]", alternatives.collect::<Vec<_>>().join(", "))
}

/// Returns the fields of the API that describe its credentials.
pub(super) fn fields(plan: &Plan<'_>) -> TokenStream {
    let alternatives = match plan.credentials.as_slice() {
        [] => Vec::new(),
        _ => all_alternatives(plan.operations().map(|operation| &operation.security)),
    };
    let security = tokens(&literal(&alternatives));
    let schemes = plan.credentials.iter().map(|credential| {
        let (what, variable) = (&credential.display_name, &credential.variable);
        let name = credential.wire_name();
        let part = credential.runtime_module().map(ident);
        let encode = match part {
            Some(part) => quote!(crate::optional::#part::encode),
            None => quote!(unencoded),
        };
        let location = ident(match credential.location {
            Location::Query => "Query",
            Location::Cookie => "Cookie",
            Location::Header | Location::Path => "Header",
        });
        quote!(Scheme {
            display_name: #what,
            variable: #variable,
            location: CredentialLocation::#location,
            name: #name,
            encode: #encode,
        })
    });
    quote! {
        schemes: &[#(#schemes),*],
        security: #security,
    }
}

/// Returns the names of the runtime that the fields and the setters need.
pub(super) fn imports(credentials: &[Credential<'_>]) -> Vec<&'static str> {
    let is_plain = |credential: &Credential<'_>| credential.runtime_module().is_none();
    let mut names = Vec::new();
    if !credentials.is_empty() {
        names.extend(["CredentialLocation", "Scheme", "credential"]);
    }
    if credentials.iter().any(is_plain) {
        names.push("unencoded");
    }
    names
}

/// Returns the parameters of `Client::new`, and the call of the builder that passes them on.
pub(super) fn of_new(credentials: &[Credential<'_>]) -> (TokenStream, TokenStream) {
    let Some(first) = credentials.first() else {
        return (TokenStream::new(), TokenStream::new());
    };
    let names: Vec<_> = first.arguments().iter().map(|name| ident(name)).collect();
    let setter = ident(&first.setter);
    (
        quote!(#(#names: impl Into<String>),*),
        quote!(.#setter(#(#names),*)),
    )
}

/// Returns the documentation of the environment variables of credentials.
pub(super) fn of_the_environment(credentials: &[Credential<'_>]) -> Vec<String> {
    let variable = |credential: &Credential<'_>| match credential.kind {
        CredentialKind::UserAndPassword => format!("`{}`, as `user:password`", credential.variable),
        _ => format!("`{}`", credential.variable),
    };
    match credentials {
        [] => vec![" Creates a client with the settings of the environment.".to_owned()],
        [only] => vec![format!(
            " Creates a client with the {} from the environment variable {}.",
            only.display_name,
            variable(only)
        )],
        several => {
            let head = " Creates a client with the credentials from those of these environment variables that are set:";
            let items = several
                .iter()
                .map(|it| format!(" - {}: the {}", variable(it), it.display_name));
            let mut lines = vec![head.to_owned(), String::new()];
            lines.extend(items);
            lines.push(String::new());
            lines
        }
    }
}

/// Returns where a request carries a credential: the kind of place and its name.
fn place(credential: &Credential<'_>) -> String {
    let place = match credential.location {
        Location::Query => "query parameter",
        Location::Cookie => "cookie",
        Location::Header | Location::Path => "header",
    };
    format!("{place} {}", code(credential.carrier))
}

/// Returns how to set each credential, and where requests carry it. Several credentials are a list.
pub(super) fn list(credentials: &[Credential<'_>]) -> Vec<String> {
    let mark = match credentials {
        [_] => "",
        _ => "- ",
    };
    let lines = credentials.iter().map(|credential| {
        format!(
            "{mark}[`ClientBuilder::{0}`] sets the {1}, which is sent in the {2}. The environment \
             variable is `{3}`.",
            credential.setter,
            credential.display_name,
            place(credential),
            credential.variable
        )
    });
    lines.collect()
}

/// Returns the call of the builder that sets the credential of `Client::new`. The arguments are
/// variables of the same names.
pub(super) fn example(credentials: &[Credential<'_>]) -> Vec<String> {
    let first = credentials.iter().take(1);
    first
        .map(|it| format!(".{}({})", it.setter, it.arguments().join(", ")))
        .collect()
}

/// Returns the declarations of those variables.
pub(super) fn example_parameters(credentials: &[Credential<'_>]) -> String {
    let names = credentials.first().map(Credential::arguments);
    let names = names.unwrap_or_default().iter();
    let parameters: Vec<_> = names.map(|name| format!("{name}: &str")).collect();
    parameters.join(", ")
}

/// Returns the methods of the builder.
pub(super) fn setters(credentials: &[Credential<'_>]) -> Option<TokenStream> {
    let setters = credentials.iter().enumerate().map(|(index, credential)| {
        let setter = ident(&credential.setter);
        let index = Literal::usize_unsuffixed(index);
        let names: Vec<_> = credential.arguments().iter().map(|it| ident(it)).collect();
        let (what, place) = (&credential.display_name, place(credential));
        let text =
            format!("Sets the {what}, which is sent in the {place} of operations that require it.");
        let whole = (credential.kind == CredentialKind::Authorization)
            .then_some("It is the whole header, with the name of the authentication scheme.");
        let documentation = Docs::starting(None, &text)
            .prose(whole)
            .prose(credential.scheme.description.as_deref())
            .into_tokens();
        let value = match credential.kind {
            CredentialKind::UserAndPassword => {
                quote!(crate::optional::basic_auth::pair(#(#names),*))
            }
            _ => quote!(Ok(#(#names.into()),*)),
        };
        quote! {
            #documentation
            pub fn #setter(self, #(#names: impl Into<String>),*) -> Self {
                credential(self, #index, #value)
            }
        }
    });
    (!credentials.is_empty()).then(|| quote!(impl ClientBuilder { #(#setters)* }))
}

/// Returns the credentials that an operation requires, in words.
pub(super) fn words(credentials: &[Credential<'_>], alternatives: &[Vec<usize>]) -> String {
    let words = alternatives.iter().map(|all| {
        let whats = all
            .iter()
            .map(|index| format!("the {}", credentials[*index].display_name));
        match whats.collect::<Vec<_>>().as_slice() {
            [] => "no credentials".to_owned(),
            whats => whats.join(" with "),
        }
    });
    match words.collect::<Vec<_>>().as_slice() {
        [] => "Requires no credentials.".to_owned(),
        words => format!("Requires {}.", words.join(", or ")),
    }
}
