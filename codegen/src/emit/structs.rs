//! Structs: their fields, `new`, setters, and the table of their wire names.

use std::iter;

use super::docs::{Docs, code, one_line};
use super::layout::{block, function, struct_literal};
use super::rust::{MANY_ARGUMENTS, converted, docs, literal};
use super::{Item, multipart};
use crate::ir::{Access, Presence, StructKind, TypeDefinition};
use crate::plan::structs::{Field, Struct};

/// Emits a struct. Objects also get the runtime's table, by which they are read and written, and multipart forms
/// the conversion to a body.
pub(super) fn emit(definition: &TypeDefinition, planned: &Struct<'_>, equality: &str) -> Vec<Item> {
    let mut items = vec![structure(definition, planned, equality)];
    if definition.is_constructible {
        items.push(constructor(definition, planned));
    }
    match planned.ir.kind {
        StructKind::Objects => {
            let name = "serde_object::object";
            items.push(Item::table(name, &definition.name, rows(planned)));
        }
        StructKind::Forms(_) => items.push(multipart::emit(definition, planned)),
        StructKind::OptionalParameters => {}
    }
    items
}

/// Emits the struct itself.
fn structure(definition: &TypeDefinition, planned: &Struct<'_>, equality: &str) -> Item {
    let (otherwise, default) = match planned.ir.kind {
        StructKind::OptionalParameters => ("Optional parameters.", "Default, "),
        StructKind::Objects | StructKind::Forms(_) => ("An object of the API.", ""),
    };
    let fields = planned.fields.iter().map(|field| {
        let documentation = field_docs(field).into_comment(1);
        let (name, value) = (&field.ir.name, &field.rust_type);
        format!("{documentation}    pub {name}: {value},\n")
    });
    let rest = planned.rest.iter().map(|rest| {
        let (name, value) = (&rest.name, &rest.rust_type);
        format!("    /// All keys that have no field of their own.\n    pub {name}: {value},\n")
    });
    let documentation = docs(definition, otherwise).into_comment(0);
    let head = format!("pub struct {}", definition.name);
    let members: String = fields.chain(rest).collect();
    let structure = block(0, &head, &members);
    Item::laid_out(format!(
        "{documentation}#[derive(Clone, Debug, {default}{equality})]\n#[non_exhaustive]\n{structure}"
    ))
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
pub(super) fn constructor(definition: &TypeDefinition, planned: &Struct<'_>) -> Item {
    let name = &definition.name;
    // Built without `--cfg docsrs`, documentation does not show features by itself.
    let feature = match definition.is_constructible {
        true => "",
        false => "    ///\n    /// Requires the feature `mock`.\n",
    };
    let settable = planned.fields.iter().filter(|field| field.is_settable);
    let setters = settable.flat_map(|field| setters(field, feature));
    let members = iter::once(new(definition, planned, feature)).chain(setters);
    let members: Vec<String> = members.collect();
    let mut text = block(0, &format!("impl {name}"), &members.join("\n"));
    // Derived for optional parameters.
    if planned.has_default() && planned.ir.kind != StructKind::OptionalParameters {
        let body = format!("        {name}::new()\n");
        let default = function("fn default", [], "Self", &body);
        text += &format!(
            "\n{}",
            block(0, &format!("impl Default for {name}"), &default)
        );
    }
    Item::laid_out(text)
}

/// Returns the function `new`.
fn new(definition: &TypeDefinition, planned: &Struct<'_>, feature: &str) -> String {
    let mut text = match planned.has_default() {
        true => "    /// Creates a value with no field set.\n".to_owned(),
        false => "    /// Creates a value with the required fields and no others.\n".to_owned(),
    };
    for field in &planned.fields {
        let is_left_out = field.ir.presence == Presence::Required && !field.in_constructor;
        if is_left_out && let Some(first) = planned.same_in_constructor(field) {
            let (name, first) = (&field.ir.name, &first.ir.name);
            text += &format!(
                "    ///\n    /// `{name}` starts equal to `{first}`; its setter changes it.\n"
            );
        }
    }
    text += feature;
    if planned.ir.constructor.len() > MANY_ARGUMENTS {
        text += "    #[allow(clippy::too_many_arguments)]\n";
    }
    let parameters = planned.arguments().map(parameter);
    let values = planned.fields.iter().map(|field| initial(planned, field));
    let rest = planned.rest.iter();
    let rest = rest.map(|rest| format!("{}: Default::default()", rest.name));
    let value = struct_literal(&definition.name, values.chain(rest));
    text + &function("pub fn new", parameters, "Self", &value)
}

/// Returns what `new` takes for a field.
fn parameter(field: &Field<'_>) -> String {
    let name = &field.ir.name;
    match field.ir.presence {
        Presence::Nullable | Presence::Patch => format!("{name}: Option<{}>", field.value_type),
        Presence::Required | Presence::Optional | Presence::ResponseOnly => {
            format!("{name}: {}", field.argument_type)
        }
    }
}

/// Returns the value that `new` gives a field.
fn initial(planned: &Struct<'_>, field: &Field<'_>) -> String {
    let name = &field.ir.name;
    let value = converted(field.argument, name);
    match field.ir.presence {
        Presence::Required if !field.in_constructor => {
            let first = planned.same_in_constructor(field);
            format!("{name}: {}", first.map_or("", |first| &first.ir.name))
        }
        // Required only in requests.
        Presence::Optional if field.in_constructor => format!("{name}: Some({value})"),
        Presence::Patch if field.in_constructor => {
            format!("{name}: {name}.map_or(Patch::Null, Patch::Value)")
        }
        Presence::Required if *name == value => value,
        Presence::Required => format!("{name}: {value}"),
        Presence::Nullable if field.in_constructor => name.clone(),
        Presence::Nullable | Presence::Optional | Presence::ResponseOnly => format!("{name}: None"),
        Presence::Patch => format!("{name}: Patch::Absent"),
    }
}

/// Returns the methods that set a field, and that set it to null.
fn setters(field: &Field<'_>, feature: &str) -> Vec<String> {
    let name = &field.ir.name;
    let value = converted(field.argument, name);
    let value = match field.ir.presence {
        Presence::Required => value,
        Presence::Nullable | Presence::Optional | Presence::ResponseOnly => {
            format!("Some({value})")
        }
        Presence::Patch => format!("Patch::Value({value})"),
    };
    let wire_name = code(&field.ir.wire_name);
    let what = one_line(first_paragraph(field.ir.description.as_deref()));
    let documentation = match what.as_str() {
        "" => format!("Sets {wire_name}."),
        what => format!("Sets {wire_name}: {what}."),
    };
    let parameter = format!("{name}: {}", field.argument_type);
    let setter = |method: &str, parameter: Option<String>, documentation: &str, value: &str| {
        let parameters = iter::once("mut self".to_owned()).chain(parameter);
        let body = format!("        self.{name} = {value};\n        self\n");
        let method = function(&format!("pub fn {method}"), parameters, "Self", &body);
        format!("    /// {documentation}\n{feature}{method}")
    };
    let mut setters = vec![setter(name, Some(parameter), &documentation, &value)];
    if let Some(clear) = &field.clear_name {
        let null = match field.ir.presence {
            Presence::Patch => "Patch::Null",
            _ => "None",
        };
        let documentation = format!("Sets {wire_name} to null.");
        setters.push(setter(clear, None, &documentation, null));
    }
    setters
}

fn first_paragraph(text: Option<&str>) -> &str {
    let text = text.unwrap_or_default().trim();
    text.split("\n\n").next().unwrap_or_default()
}

/// Returns the rows of the runtime's table, one a field.
fn rows(planned: &Struct<'_>) -> impl Iterator<Item = String> {
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
    fields.chain(rest)
}
