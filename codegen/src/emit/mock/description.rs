//! `mock/description.rs`: the operations, and the schemas that their requests refer to.

use std::collections::{BTreeSet, HashMap};

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::{Value, json};

use super::super::docs::raw;
use super::super::operations::facts::static_name;
use super::super::rust::ident;
use super::super::{Context, Item, Module};
use crate::ir::{Location, Operation, SecurityKind};

/// Emits `mock/description.rs`.
pub(super) fn emit(context: &Context<'_>) -> Module {
    let modules = &context.api.modules;
    let endpoints = modules.iter().flat_map(|module| {
        let name = ident(&module.name);
        module.operations.iter().map(move |operation| {
            let endpoint = static_name(operation);
            quote!(&super::operations::#name::#endpoint)
        })
    });
    let schemas = reached(context).into_iter().map(|(name, schema)| {
        let text = raw(&schema.to_string());
        quote!((#name, #text))
    });
    let schemes = Literal::usize_unsuffixed(context.schemes.len());
    Module {
        path: "src/mock/description.rs".to_owned(),
        docs: vec!["What the description says of requests.".to_owned()],
        items: vec![
            Item::Tokens(quote!(
                use crate::parts::mock::Description;
            )),
            Item::Tokens(quote! {
                pub(super) static DESCRIPTION: Description = Description {
                    endpoints: &[#(#endpoints),*],
                    schemas: &[#(#schemas),*],
                    schemes: #schemes,
                };
            }),
        ],
    }
}

/// The component schemas that requests refer to, in the order of the description.
fn reached<'a>(context: &Context<'a>) -> Vec<(&'a String, &'a Value)> {
    let schemas = &context.api.schemas;
    let by_name: HashMap<&str, &Value> = schemas
        .iter()
        .map(|(name, schema)| (name.as_str(), schema))
        .collect();
    let mut reached = BTreeSet::new();
    let mut queue: Vec<&Value> = context
        .api
        .operations()
        .map(|operation| &operation.request)
        .collect();
    while let Some(value) = queue.pop() {
        match value {
            Value::Object(map) => {
                let reference = map.get("$ref").and_then(Value::as_str);
                let name = reference.and_then(|reference| reference.rsplit('/').next());
                if let Some(name) = name
                    && let Some((name, schema)) = by_name.get_key_value(name)
                    && reached.insert(*name)
                {
                    queue.push(schema);
                }
                queue.extend(map.values());
            }
            Value::Array(items) => queue.extend(items),
            _ => {}
        }
    }
    let schemas = schemas.iter().map(|(name, schema)| (name, schema));
    schemas
        .filter(|(name, _)| reached.contains(name.as_str()))
        .collect()
}

/// What the description says of an operation's requests, as JSON.
pub(super) fn request(context: &Context<'_>, operation: &Operation) -> TokenStream {
    let mut request = operation.request.clone();
    let security: Vec<Vec<Value>> = operation
        .security
        .iter()
        .map(|alternative| {
            let names = alternative.iter();
            names.filter_map(|name| scheme(context, name)).collect()
        })
        .collect();
    if !security.is_empty() {
        request["security"] = json!(security);
    }
    raw(&request.to_string())
}

fn scheme(context: &Context<'_>, name: &str) -> Option<Value> {
    let mut schemes = context.api.security_schemes.iter();
    let scheme = schemes.find(|scheme| scheme.name == name)?;
    Some(match &scheme.kind {
        SecurityKind::ApiKey { location, name } => {
            let location = match location {
                Location::Query => "query",
                Location::Cookie => "cookie",
                Location::Header | Location::Path => "header",
            };
            json!({"type": "apiKey", "in": location, "name": name})
        }
        SecurityKind::Http(scheme) => {
            json!({"type": "http", "scheme": scheme.to_ascii_lowercase()})
        }
        SecurityKind::OAuth2 | SecurityKind::OpenIdConnect => {
            json!({"type": "http", "scheme": "bearer"})
        }
    })
}
