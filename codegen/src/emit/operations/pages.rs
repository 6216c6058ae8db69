//! The methods that iterate the pages of an operation, on the async and on the blocking client.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::docs::{Docs, code};
use super::super::example;
use super::super::rust::{ident, tokens};
use super::method::{arguments, deprecated, function};
use crate::plan::Plan;
use crate::plan::operations::Operation;
use crate::plan::pages::{NextPage, PagesMethod, Step, Value};
use crate::plan::types::rust_type;

/// Emits a method of the async client.
pub(super) fn emit(
    plan: &Plan<'_>,
    operation: &Operation<'_>,
    method: &PagesMethod<'_>,
) -> TokenStream {
    let first = format!(
        "Iterates the pages of {}, and their items.",
        link(operation)
    );
    let example = method.example.as_ref();
    let docs = Docs::starting(None, &first)
        .paragraph(format!(
            "{} See [`Pages`](crate::Pages) for the end and for errors.",
            follows(method)
        ))
        .example(example.and_then(|example| example::of_call(plan, example)))
        .into_tokens();
    let (call, descriptor) = (ident(&operation.ir.name), ident(&operation.static_name));
    let next = next(&method.pages.next);
    let items = path(&method.pages.items, true);
    let arguments = arguments(operation, operation.method());
    let names = arguments.iter().map(|(name, _)| name);
    let (deprecated, types) = (deprecated(operation), type_arguments(method));
    function(
        &quote!(#docs #deprecated),
        &method.name,
        &arguments,
        &quote!(crate::Pages<#types>),
        &quote!(crate::Pages::new(&#descriptor, self.#call(#(#names),*), #next, |page| #items)),
    )
}

/// Emits a method of the blocking client.
pub(super) fn emit_blocking(operation: &Operation<'_>, method: &PagesMethod<'_>) -> TokenStream {
    let name = ident(&method.name);
    let docs = format!(" Blocking version of [`Client::{name}`].");
    let arguments = arguments(operation, operation.method());
    let names = arguments.iter().map(|(name, _)| name);
    let (deprecated, types) = (deprecated(operation), type_arguments(method));
    function(
        &quote!(#[doc = #docs] #deprecated),
        &method.name,
        &arguments,
        &quote!(crate::PageIterator<#types>),
        &quote!(crate::PageIterator::new(self.client.#name(#(#names),*), self)),
    )
}

/// Returns the types of a page and of an item.
fn type_arguments(method: &PagesMethod<'_>) -> TokenStream {
    let page = tokens(&method.pages.page);
    let item = tokens(&rust_type(method.pages.item));
    quote!(#page, #item)
}

fn link(operation: &Operation<'_>) -> String {
    format!("[`{0}`](Client::{0})", operation.ir.name)
}

/// Returns a sentence on how the pages follow each other.
fn follows(method: &PagesMethod<'_>) -> String {
    match &method.pages.next {
        NextPage::Cursor(parameter, _) => format!(
            "A response has the cursor of the next page, which the client sends as the parameter {}.",
            code(parameter)
        ),
        NextPage::Page(parameter, first) => format!(
            "The parameter {} is the number of the page. The first page has the number {first}.",
            code(parameter)
        ),
        NextPage::Offset(parameter, first) => format!(
            "The parameter {} is the number of items before the page. It is {first} for the first page.",
            code(parameter)
        ),
        NextPage::Link(relation) => format!(
            "The next page is behind the link {} in the header `Link`.",
            code(relation)
        ),
        NextPage::Url(_) => "A response has the URL of the next page.".to_owned(),
    }
}

fn next(next: &NextPage<'_>) -> TokenStream {
    let (variant, arguments) = match next {
        NextPage::Cursor(parameter, value) => {
            let value = text(value);
            ("Cursor", quote!(#parameter, |page| #value))
        }
        NextPage::Page(parameter, first) => ("Number", counted(parameter, *first)),
        NextPage::Offset(parameter, first) => ("Offset", counted(parameter, *first)),
        NextPage::Link(relation) => ("Link", quote!(#relation)),
        NextPage::Url(value) => {
            let value = text(value);
            ("Url", quote!(|page| #value))
        }
    };
    let variant = ident(variant);
    quote!(crate::optional::pages::NextPage::#variant(#arguments))
}

fn counted(parameter: &str, first: i64) -> TokenStream {
    let first = Literal::i64_unsuffixed(first);
    quote!(#parameter, #first)
}

/// Returns the expression of the text of a value in a page, an `Option`.
fn text(value: &Value<'_>) -> TokenStream {
    let path = path(&value.steps, false);
    match value.is_rfc3339 {
        true => quote!(#path.map(crate::runtime::date_time::to_text)),
        false => quote!(#path.map(ToString::to_string)),
    }
}

/// Returns the expression of a reference to a value in `page`, an `Option`.
fn path(steps: &[Step<'_>], is_mutable: bool) -> TokenStream {
    let reference = match is_mutable {
        true => quote!(&mut),
        false => quote!(&),
    };
    // What is found so far, and the place from there on.
    let mut found: Option<TokenStream> = None;
    let mut place = quote!(page);
    let mut is_reference = true;
    for step in steps {
        let option = match (step, is_mutable) {
            (Step::Field(name), _) => {
                let name = ident(name);
                place = quote!(#place.#name);
                is_reference = false;
                continue;
            }
            (Step::Some, true) => quote!(#place.as_mut()),
            (Step::Some, false) => quote!(#place.as_ref()),
            (Step::Patch, false) => quote!(#place.value()),
            (Step::Patch, true) => {
                quote!(match &mut #place { crate::Patch::Value(it) => Some(it), _ => None })
            }
        };
        found = Some(match found {
            None => option,
            Some(found) => quote!(#found.and_then(|it| #option)),
        });
        place = quote!(it);
        is_reference = true;
    }
    match found {
        None if is_reference => quote!(Some(#place)),
        None => quote!(Some(#reference #place)),
        Some(found) if is_reference => found,
        Some(found) => quote!(#found.map(|it| #reference #place)),
    }
}
