//! Structs: their fields, `new`, setters, and the table of their wire names.

use proc_macro2::TokenStream;
use quote::quote;

use super::Item;
use super::docs::{Docs, code, one_line};
use super::rust::{allow_many, converted, docs, ident, literal, tokens};
use crate::ir::{Access, Presence, Shape, TypeDefinition};
use crate::plan::structs::{Field, Struct};

/// Emits a struct. Objects also get the runtime's table, by which they are read and written.
pub(super) fn emit(
    definition: &TypeDefinition,
    planned: &Struct<'_>,
    equality: &TokenStream,
) -> Vec<Item> {
    let mut items = vec![Item::Tokens(structure(definition, planned, equality))];
    if definition.is_constructible {
        items.push(Item::Tokens(constructor(definition, planned)));
    }
    if matches!(definition.shape, Shape::Struct { .. }) {
        items.push(Item::Table {
            name: "serde_object::object",
            head: definition.name.clone(),
            rows: rows(planned),
        });
    }
    items
}

/// Emits the struct itself.
fn structure(
    definition: &TypeDefinition,
    planned: &Struct<'_>,
    equality: &TokenStream,
) -> TokenStream {
    let name = ident(&definition.name);
    let (otherwise, default) = match definition.shape {
        Shape::OptionalParameters(_) => ("Optional parameters.", Some(quote!(Default,))),
        _ => ("An object of the API.", None),
    };
    let documentation = docs(definition, otherwise).into_tokens();
    let members = planned.fields.iter().map(|field| {
        let documentation = field_docs(field).into_tokens();
        let (name, value) = (ident(&field.ir.name), tokens(&field.rust_type));
        quote!(#documentation pub #name: #value,)
    });
    let rest = planned.rest.as_ref().map(|rest| {
        let (name, value) = (ident(&rest.name), tokens(&rest.rust_type));
        quote! {
            /// All keys that have no field of their own.
            pub #name: #value,
        }
    });
    quote! {
        #documentation
        #[derive(Clone, Debug, #default #equality)]
        #[non_exhaustive]
        pub struct #name {
            #(#members)*
            #rest
        }
    }
}

fn field_docs(field: &Field<'_>) -> Docs {
    let field = field.ir;
    let otherwise = format!("Field {}.", code(&field.wire_name));
    let docs = Docs::starting(field.description.as_deref(), &otherwise);
    let docs = match field.access {
        Access::Both => docs,
        Access::ReadOnly => docs.paragraph("Read-only: set by the server and never sent."),
        Access::WriteOnly => {
            docs.paragraph("Write-only: sent in requests and absent from responses.")
        }
    };
    docs.limits(&field.limits)
        .default_value(field.default.as_ref())
        .deprecated(field.deprecated)
}

/// Emits `new` and the setters.
pub(super) fn constructor(definition: &TypeDefinition, planned: &Struct<'_>) -> TokenStream {
    let name = ident(&definition.name);
    let required = planned.constructor.iter();
    let parameters = required.map(|index| parameter(&planned.fields[*index]));
    let values = planned.fields.iter().map(|field| initial(planned, field));
    let rest = planned.rest.as_ref().map(|rest| {
        let name = ident(&rest.name);
        quote!(#name: Default::default())
    });
    let new_docs = match planned.has_default() {
        true => " Creates a value with no field set.",
        false => " Creates a value with the required fields and no others.",
    };
    let starts_equal = planned.fields.iter().filter_map(|field| {
        let first = planned.same_in_constructor(field)?;
        let is_left_out = field.ir.presence == Presence::Required && !field.in_constructor;
        let (name, first) = (&field.ir.name, &first.ir.name);
        is_left_out.then(|| format!(" `{name}` starts equal to `{first}`; its setter changes it."))
    });
    let starts_equal: Vec<String> = starts_equal.collect();
    let starts_equal = starts_equal
        .iter()
        .map(|line| quote!(#[doc = ""] #[doc = #line]));
    let allow_many = allow_many(planned.constructor.len());
    let settable = planned.fields.iter().filter(|field| field.is_settable);
    // Built without `--cfg docsrs`, documentation does not show features by itself.
    let feature = (!definition.is_constructible)
        .then(|| quote!(#[doc = ""] #[doc = " Requires the feature `mock`."]));
    let setters = settable.map(|field| setter(field, feature.as_ref()));
    let default = match definition.shape {
        // Derived.
        Shape::OptionalParameters(_) => None,
        _ => planned.has_default().then(|| {
            quote! {
                impl Default for #name {
                    fn default() -> Self {
                        #name::new()
                    }
                }
            }
        }),
    };
    quote! {
        impl #name {
            #[doc = #new_docs]
            #(#starts_equal)*
            #feature
            #allow_many
            pub fn new(#(#parameters),*) -> Self {
                #name {
                    #(#values,)*
                    #rest
                }
            }
            #(#setters)*
        }
        #default
    }
}

/// Returns what `new` takes for a field.
fn parameter(field: &Field<'_>) -> TokenStream {
    let name = ident(&field.ir.name);
    match field.ir.presence {
        Presence::Nullable | Presence::Patch => {
            let value = tokens(&field.value_type);
            quote!(#name: Option<#value>)
        }
        Presence::Required | Presence::Optional | Presence::ResponseOnly => {
            let value = tokens(&field.argument_type);
            quote!(#name: #value)
        }
    }
}

/// Returns the value that `new` gives a field.
fn initial(planned: &Struct<'_>, field: &Field<'_>) -> TokenStream {
    let name = ident(&field.ir.name);
    let value = converted(field.argument, &name);
    match field.ir.presence {
        Presence::Required if !field.in_constructor => {
            let first = planned.same_in_constructor(field);
            let first = first.map(|first| ident(&first.ir.name));
            quote!(#name: #first)
        }
        // Required only in requests.
        Presence::Optional if field.in_constructor => quote!(#name: Some(#value)),
        Presence::Patch if field.in_constructor => {
            quote!(#name: #name.map_or(Patch::Null, Patch::Value))
        }
        Presence::Required if name == value.to_string() => quote!(#name),
        Presence::Required => quote!(#name: #value),
        Presence::Nullable if field.in_constructor => quote!(#name),
        Presence::Nullable | Presence::Optional | Presence::ResponseOnly => quote!(#name: None),
        Presence::Patch => quote!(#name: Patch::Absent),
    }
}

fn setter(field: &Field<'_>, feature: Option<&TokenStream>) -> TokenStream {
    let name = ident(&field.ir.name);
    let parameter = tokens(&field.argument_type);
    let value = converted(field.argument, &name);
    let value = match field.ir.presence {
        Presence::Required => value,
        Presence::Nullable | Presence::Optional | Presence::ResponseOnly => quote!(Some(#value)),
        Presence::Patch => quote!(Patch::Value(#value)),
    };
    let wire_name = code(&field.ir.wire_name);
    let what = one_line(first_paragraph(field.ir.description.as_deref()));
    let documentation = match what.as_str() {
        "" => format!(" Sets {wire_name}."),
        what => format!(" Sets {wire_name}: {what}."),
    };
    let clear = field.clear_name.as_ref().map(|clear| {
        let clear = ident(clear);
        let null = match field.ir.presence {
            Presence::Patch => quote!(Patch::Null),
            _ => quote!(None),
        };
        let documentation = format!(" Sets {wire_name} to null.");
        quote! {
            #[doc = #documentation]
            #feature
            pub fn #clear(mut self) -> Self {
                self.#name = #null;
                self
            }
        }
    });
    quote! {
        #[doc = #documentation]
        #feature
        pub fn #name(mut self, #name: #parameter) -> Self {
            self.#name = #value;
            self
        }
        #clear
    }
}

fn first_paragraph(text: Option<&str>) -> &str {
    let text = text.unwrap_or_default().trim();
    text.split("\n\n").next().unwrap_or_default()
}

/// Returns the rows of the runtime's table, one a field.
fn rows(planned: &Struct<'_>) -> Vec<String> {
    let fields = planned.fields.iter().map(|field| {
        let wrapper = match field.writes_rfc3339 {
            true => " as date_time::Rfc3339",
            false => "",
        };
        let (wire_name, name) = (literal(&field.ir.wire_name), &field.ir.name);
        format!("{wire_name} => {name} ({}{wrapper})", field.row)
    });
    let rest = planned.rest.iter().map(|rest| {
        let wrapper = match rest.has_rfc3339 {
            true => "date_time::Rfc3339",
            false => "",
        };
        format!("rest {} ({wrapper})", rest.name)
    });
    fields.chain(rest).collect()
}
