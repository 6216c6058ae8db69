//! Structs: their fields, `new`, setters, and the table of their wire names.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{Docs, code, one_line};
use super::rust::{allow_many, docs, ident, literal, rust_type, taken};
use super::{Context, Item};
use crate::ir::{Access, Field, Presence, Shape, Type, TypeDefinition};

/// Emits the struct of an object schema.
pub(super) fn emit(
    context: &Context<'_>,
    definition: &TypeDefinition,
    fields: &[Field],
    constructor: &[usize],
    rest: Option<&(String, Type)>,
) -> Vec<Item> {
    let mut items = vec![Item::Tokens(structure(definition, fields, rest))];
    if definition.is_constructible {
        items.push(Item::Tokens(input(
            context,
            definition,
            fields,
            constructor,
            rest,
        )));
    }
    items.push(Item::Table {
        name: "object::object",
        head: definition.name.clone(),
        rows: rows(context, definition, fields, rest),
    });
    items
}

/// The struct itself.
fn structure(
    definition: &TypeDefinition,
    fields: &[Field],
    rest: Option<&(String, Type)>,
) -> TokenStream {
    let name = ident(&definition.name);
    let documentation = docs(definition, "An object of the API.").into_tokens();
    let members = fields.iter().map(member);
    let rest_member = rest.map(|(name, value)| {
        let (name, value) = (ident(name), rust_type(&map_of(value)));
        quote! {
            /// Every key that no other field names, as it came.
            pub #name: #value,
        }
    });
    quote! {
        #documentation
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct #name {
            #(#members)*
            #rest_member
        }
    }
}

/// Emits the struct of an operation's optional parameters.
pub(super) fn emit_options(
    context: &Context<'_>,
    definition: &TypeDefinition,
    fields: &[Field],
) -> Vec<Item> {
    let name = ident(&definition.name);
    let documentation = docs(definition, "Optional parameters.").into_tokens();
    let members = fields.iter().map(member);
    vec![
        Item::Tokens(quote! {
            #documentation
            #[derive(Clone, Debug, Default, PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #(#members)*
            }
        }),
        Item::Tokens(input(context, definition, fields, &[], None)),
    ]
}

/// Emits the struct of a body of several parts.
pub(super) fn emit_form(
    context: &Context<'_>,
    definition: &TypeDefinition,
    fields: &[Field],
    constructor: &[usize],
    rest: &Option<(String, Type)>,
) -> Vec<Item> {
    let rest = rest.as_ref();
    vec![
        Item::Tokens(structure(definition, fields, rest)),
        Item::Tokens(input(context, definition, fields, constructor, rest)),
    ]
}

/// `new` and the setters of a struct that only the server makes, for those who stand in for it.
pub(super) fn emit_constructor(
    context: &Context<'_>,
    definition: &TypeDefinition,
) -> Option<TokenStream> {
    match &definition.shape {
        Shape::Struct {
            fields,
            constructor,
            rest,
        } if !definition.is_constructible => Some(input(
            context,
            definition,
            fields,
            constructor,
            rest.as_ref(),
        )),
        _ => None,
    }
}

fn map_of(value: &Type) -> Type {
    match value {
        Type::Any => Type::FreeForm,
        other => Type::Map(Box::new(other.clone())),
    }
}

fn member(field: &Field) -> TokenStream {
    let documentation = field_docs(field).into_tokens();
    let name = ident(&field.name);
    let value = rust_type(&field.value);
    let value = match field.presence {
        Presence::Required => value,
        Presence::Nullable | Presence::Optional | Presence::ResponseOnly => quote!(Option<#value>),
        Presence::Patch => quote!(Patch<#value>),
    };
    quote! {
        #documentation
        pub #name: #value,
    }
}

fn field_docs(field: &Field) -> Docs {
    let otherwise = format!("The field {}.", code(&field.wire_name));
    let docs = Docs::starting(field.description.as_deref(), &otherwise);
    let docs = match field.access {
        Access::Both => docs,
        Access::ReadOnly => docs.paragraph("Read-only: the server sets it, and it is not sent."),
        Access::WriteOnly => docs.paragraph("Write-only: it is sent, and not in answers."),
    };
    docs.default_value(field.default.as_ref())
        .deprecated(field.deprecated)
}

/// `new` and the setters of a struct that callers make.
fn input(
    context: &Context<'_>,
    definition: &TypeDefinition,
    fields: &[Field],
    constructor: &[usize],
    rest: Option<&(String, Type)>,
) -> TokenStream {
    let name = ident(&definition.name);
    let required: Vec<&Field> = constructor.iter().map(|index| &fields[*index]).collect();
    let parameters = required.iter().map(|field| {
        let name = ident(&field.name);
        let (parameter, _) = taken(context, &field.value, &name);
        match field.presence {
            Presence::Nullable | Presence::Patch => {
                let value = rust_type(&field.value);
                quote!(#name: Option<#value>)
            }
            _ => quote!(#name: #parameter),
        }
    });
    let values = fields.iter().enumerate().map(|(index, field)| {
        let name = ident(&field.name);
        let (_, value) = taken(context, &field.value, &name);
        let is_given = constructor.contains(&index);
        match field.presence {
            // What is required in requests alone.
            Presence::Optional if is_given => quote!(#name: Some(#value)),
            Presence::Patch if is_given => {
                quote!(#name: #name.map_or(Patch::Null, Patch::Value))
            }
            Presence::Required if name == value.to_string() => quote!(#name),
            Presence::Required => quote!(#name: #value),
            Presence::Nullable => quote!(#name),
            Presence::Optional | Presence::ResponseOnly => quote!(#name: None),
            Presence::Patch => quote!(#name: Patch::Absent),
        }
    });
    let rest_value = rest.map(|(name, _)| {
        let name = ident(name);
        quote!(#name: Default::default())
    });
    let new_docs = match required.as_slice() {
        [] => " With nothing set.",
        _ => " With the required fields; nothing else is set.",
    };
    let allow_many = allow_many(required.len());
    let settable = fields
        .iter()
        .filter(|field| field.access != Access::ReadOnly || !definition.is_constructible);
    let setters = settable.map(|field| setter(context, field));
    let default = required.is_empty().then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    #name::new()
                }
            }
        }
    });
    let default = match &definition.shape {
        // These derive it.
        Shape::OptionalParameters(_) => None,
        _ => default,
    };
    quote! {
        impl #name {
            #[doc = #new_docs]
            #allow_many
            pub fn new(#(#parameters),*) -> Self {
                #name {
                    #(#values,)*
                    #rest_value
                }
            }
            #(#setters)*
        }
        #default
    }
}

fn setter(context: &Context<'_>, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let (parameter, value) = taken(context, &field.value, &name);
    let value = match field.presence {
        Presence::Required => value,
        Presence::Nullable | Presence::Optional | Presence::ResponseOnly => quote!(Some(#value)),
        Presence::Patch => quote!(Patch::Value(#value)),
    };
    let wire_name = code(&field.wire_name);
    let what = one_line(first_paragraph(field.description.as_deref()));
    let documentation = match what.as_str() {
        "" => format!(" Sets {wire_name}."),
        what => format!(" Sets {wire_name}: {what}."),
    };
    let set = quote! {
        #[doc = #documentation]
        pub fn #name(mut self, #name: #parameter) -> Self {
            self.#name = #value;
            self
        }
    };
    let null = match field.presence {
        Presence::Required | Presence::Optional | Presence::ResponseOnly => return set,
        Presence::Nullable => quote!(None),
        Presence::Patch => quote!(Patch::Null),
    };
    let clear = ident(&field.clear_name);
    let documentation = format!(" Sets {wire_name} to null.");
    quote! {
        #set
        #[doc = #documentation]
        pub fn #clear(mut self) -> Self {
            self.#name = #null;
            self
        }
    }
}

fn first_paragraph(text: Option<&str>) -> &str {
    let text = text.unwrap_or_default().trim();
    text.split("\n\n").next().unwrap_or_default()
}

/// One row a field, for the macro that knows how objects stand on the wire.
fn rows(
    context: &Context<'_>,
    definition: &TypeDefinition,
    fields: &[Field],
    rest: Option<&(String, Type)>,
) -> Vec<String> {
    let wrapper = |value: &Type| match context.holds_date_time(value) {
        true => "date_time::Rfc3339",
        false => "",
    };
    let fields = fields.iter().map(|field| {
        let (wire_name, name) = (literal(&field.wire_name), &field.name);
        let is_sent = definition.sends(field);
        let kind = match (field.presence, is_sent) {
            (Presence::Nullable | Presence::Optional, false) | (Presence::ResponseOnly, _) => {
                "read_optional"
            }
            (Presence::Patch, false) => "read_patch",
            (Presence::Required, _) => "required",
            (Presence::Nullable, _) => "nullable",
            (Presence::Optional, _) => "optional",
            (Presence::Patch, _) => "patch",
        };
        match wrapper(&field.value) {
            _ if !is_sent => format!("{wire_name} => {name} ({kind})"),
            "" => format!("{wire_name} => {name} ({kind})"),
            wrapper => format!("{wire_name} => {name} ({kind} as {wrapper})"),
        }
    });
    let rest = rest.map(|(name, value)| format!("rest {name} ({})", wrapper(value)));
    fields.chain(rest).collect()
}
