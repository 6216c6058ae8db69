//! Writes a test that calls the operations of a generated crate.

use std::collections::BTreeMap;
use std::fmt::Write;

use codegen::FileTree;
use quote::ToTokens;
use serde_json::Value;
use syn::{FnArg, GenericArgument, ImplItem, Item, PathArguments, TypeParamBound};

use super::parameters::Operation;
use super::styles;

/// The methods and structs of the crate, with the types of arguments and the names of fields.
struct Generated {
    methods: BTreeMap<String, Vec<syn::Type>>,
    structs: BTreeMap<String, Vec<String>>,
}

/// Returns the source of the test module.
pub fn test(files: &FileTree, operations: &[Operation]) -> String {
    let generated = Generated::read(files);
    let calls = operations.iter().map(|operation| generated.call(operation));
    include_str!("calls.rs.in").replace("    // calls\n", &calls.collect::<String>())
}

impl Generated {
    fn read(files: &FileTree) -> Self {
        let mut generated = Generated {
            methods: BTreeMap::new(),
            structs: BTreeMap::new(),
        };
        let rust = files.iter().filter(|(path, _)| {
            path.starts_with("src/types") || path.starts_with("src/operations")
        });
        for (path, text) in rust {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            for item in file.items {
                generated.add(item);
            }
        }
        generated
    }

    fn add(&mut self, item: Item) {
        match item {
            Item::Impl(item) => {
                for item in item.items {
                    let ImplItem::Fn(method) = item else { continue };
                    let inputs = method.sig.inputs.into_iter();
                    let types = inputs.filter_map(|input| match input {
                        FnArg::Typed(argument) => Some(*argument.ty),
                        _ => None,
                    });
                    let name = method.sig.ident.to_string();
                    self.methods.entry(name).or_insert_with(|| types.collect());
                }
            }
            Item::Struct(item) => {
                let fields = item.fields.iter().filter_map(|field| field.ident.as_ref());
                let fields = fields.map(ToString::to_string).collect();
                self.structs.insert(item.ident.to_string(), fields);
            }
            _ => {}
        }
    }

    /// Returns a block that makes the call and compares the request.
    fn call(&self, operation: &Operation) -> String {
        let id = &operation.id;
        let mut types = self.methods[id].iter();
        let params = match self.methods[id].last() {
            Some(syn::Type::Reference(last)) => tokens(&last.elem),
            _ => String::new(),
        };
        let mut fields = self.structs.get(&params).into_iter().flatten();
        let (mut arguments, mut settings) = (Vec::new(), String::new());
        let mut path = operation.path.clone();
        let mut query = Vec::new();
        let mut cookies = Vec::new();
        let mut headers = Vec::new();
        for (parameter, value) in operation.ordered() {
            let json = format!("{:?}", value.map_or(Value::Null, Value::clone).to_string());
            if parameter["required"] == true {
                arguments.push(argument(types.next().unwrap(), &json));
            } else {
                let field = fields.next().unwrap();
                writeln!(settings, "params.{field} = given({json});").unwrap();
            }
            let text = value.and_then(|value| styles::text(parameter, value));
            let name = parameter["name"].as_str().unwrap();
            match parameter["in"].as_str().unwrap() {
                "path" => path = path.replace(&format!("{{{name}}}"), &text.unwrap()),
                "query" => query.extend(text),
                "cookie" => cookies.extend(text),
                _ => headers.push((name, text)),
            }
        }
        let mut start = String::new();
        if self.structs.contains_key(&params) {
            start = format!("let mut params = {params}::new();\n");
            arguments.push("&params".to_owned());
        }
        let cookie = (!cookies.is_empty()).then(|| cookies.join("; "));
        headers.push(("cookie", cookie));
        if !query.is_empty() {
            path += &format!("?{}", query.join("&"));
        }
        let arguments = arguments.join(", ");
        let line = format!("GET {path} HTTP/1.1");
        // `Some("text")` is Rust as it is printed.
        format!(
            "{{\n{start}{settings}\
             sent(&server, client.{id}({arguments}), {line:?}, &{headers:?});\n}}\n"
        )
    }
}

/// Returns an expression for an argument of this type.
fn argument(taken: &syn::Type, json: &str) -> String {
    match taken {
        syn::Type::Reference(_) => format!("&given::<String>({json})"),
        syn::Type::ImplTrait(taken) => match inner(&taken.bounds[0]) {
            // An iterator is collected from a list of its items.
            syn::Type::ImplTrait(item) => {
                format!("given::<Vec<{}>>({json})", tokens(inner(&item.bounds[0])))
            }
            value => format!("given::<{}>({json})", tokens(value)),
        },
        value => format!("given::<{}>({json})", tokens(value)),
    }
}

/// `T` of `Into<T>` and of `IntoIterator<Item = T>`.
fn inner(bound: &TypeParamBound) -> &syn::Type {
    if let TypeParamBound::Trait(bound) = bound
        && let PathArguments::AngleBracketed(arguments) =
            &bound.path.segments.last().unwrap().arguments
    {
        match &arguments.args[0] {
            GenericArgument::Type(value) => return value,
            GenericArgument::AssocType(item) => return &item.ty,
            _ => {}
        }
    }
    panic!("`impl` of another trait")
}

fn tokens(value: &syn::Type) -> String {
    value
        .to_token_stream()
        .to_string()
        .replace("crate ::", "random_0 ::")
}
