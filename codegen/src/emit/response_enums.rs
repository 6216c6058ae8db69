//! Enums of the responses of an operation: of its successes, or of its errors.

use quote::quote;

use super::Item;
use super::docs::{Docs, code, one_line, status_words};
use super::rust::{docs, ident, literal, tokens};
use crate::ir::{BodyKind, ResponseVariant, Status, TypeDefinition};
use crate::plan::types::decoded_type;

/// Emits the enum, and the table by which the runtime selects and decodes a variant.
pub(super) fn emit(
    definition: &TypeDefinition,
    cases: &[ResponseVariant],
    are_errors: bool,
) -> Vec<Item> {
    let name = ident(&definition.name);
    let documentation = docs(definition, "One of several responses.").into_tokens();
    let members = cases.iter().map(|case| {
        let name = ident(&case.name);
        let status = status_words(case.status);
        let body = case.content.as_ref();
        let media_type = body.map(|(media_type, _)| format!(", {}", code(media_type)));
        let head = format!("{status}{}", media_type.unwrap_or_default());
        let line = match one_line(&case.description).as_str() {
            "" => format!("{head}."),
            words => format!("{head}: {words}."),
        };
        let documentation = Docs::starting(None, &line).into_tokens();
        let value = body.map(|(_, body)| {
            let value = tokens(&decoded_type(body));
            quote!((#value))
        });
        quote!(#documentation #name #value,)
    });
    let other = (!are_errors).then(|| {
        quote! {
            /// A successful response that the description does not list, with its body.
            Other(http::StatusCode, bytes::Bytes),
        }
    });
    let methods = match are_errors {
        true => quote! {
            impl #name {
                /// Decodes the body of an error; `None` if the response is not listed here.
                ///
                /// # Errors
                ///
                /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the body does not match its
                /// type.
                pub fn of(error: &crate::Error) -> Result<Option<Self>, crate::Error> {
                    response_enum::of_error(error)
                }
            }
        },
        false => quote! {
            impl response_enum::OpenResponse for #name {
                fn other(status: http::StatusCode, body: bytes::Bytes) -> Self {
                    #name::Other(status, body)
                }
            }
        },
    };
    vec![
        Item::Tokens(quote! {
            #documentation
            #[derive(Clone, Debug, PartialEq)]
            #[allow(clippy::large_enum_variant)]
            #[non_exhaustive]
            pub enum #name {
                #(#members)*
                #other
            }
        }),
        Item::Tokens(methods),
        Item::table(
            "response_enum::response_enum",
            &definition.name,
            cases.iter().map(row),
        ),
    ]
}

/// Returns a row of the table: statuses, media type, variant, and how the body is decoded.
fn row(case: &ResponseVariant) -> String {
    let (first, last) = match case.status {
        Status::Code(code) => (code, code),
        Status::Range(hundreds) => (hundreds * 100, hundreds * 100 + 99),
        Status::Default => (0, 999),
    };
    let (media_type, decoded) = match &case.content {
        None => ("", "empty"),
        Some((media_type, body)) => {
            let decoded = match body.kind {
                BodyKind::Json => "json",
                BodyKind::Text => "text",
                BodyKind::Bytes
                | BodyKind::Stream
                | BodyKind::Items(_)
                | BodyKind::Form
                | BodyKind::Multipart => "bytes",
            };
            (media_type.as_str(), decoded)
        }
    };
    let media_type = literal(media_type);
    format!(
        "{first}..={last}, {media_type} => {} ({decoded})",
        case.name
    )
}
