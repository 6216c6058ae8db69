//! The public items of a file, and their text in the list.

use std::collections::BTreeSet;

use syn::{Attribute, Fields, ImplItem, Item, TraitItem, Type, UseTree, Visibility};

use super::Module;

/// The names that the crate exports from private modules.
pub struct Exports(BTreeSet<String>);

impl Exports {
    /// Collects the names in every `pub use` of a public module.
    pub fn of(modules: &[Module]) -> Self {
        let mut names = BTreeSet::new();
        for module in modules.iter().filter(|module| module.is_public()) {
            for item in module.items() {
                if let Item::Use(item) = item
                    && matches!(item.vis, Visibility::Public(_))
                {
                    leaves(&item.tree, &mut names);
                }
            }
        }
        assert!(names.len() > 20, "the exports are found");
        Exports(names)
    }

    fn has(&self, name: &impl ToString) -> bool {
        self.0.contains(&name.to_string())
    }

    /// Whether the type, or the target of the reference, is exported.
    fn has_type(&self, kind: &Type) -> bool {
        match kind {
            Type::Path(kind) => kind
                .path
                .segments
                .last()
                .is_some_and(|last| self.has(&last.ident)),
            Type::Reference(kind) => self.has_type(&kind.elem),
            _ => false,
        }
    }
}

/// Collects the names that a `use` imports.
pub fn leaves(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, names),
        UseTree::Name(name) => drop(names.insert(name.ident.to_string())),
        UseTree::Rename(name) => drop(names.insert(name.rename.to_string())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
        UseTree::Glob(_) => {}
    }
}

/// Returns the public items of a file as text.
pub fn shown(module: &Module, exports: &Exports) -> String {
    // A `pub use` in a private module is not visible to users.
    let exported = |item: &Item| module.is_public() || !matches!(item, Item::Use(_) | Item::Mod(_));
    let items = module.items().into_iter().filter(exported);
    let mut text = String::new();
    for item in items.filter_map(|item| public(item, exports)) {
        let defines = matches!(&item, Item::Macro(item) if item.ident.is_some());
        let shown = unparse(item);
        text.push_str(&if defines { heads(&shown) } else { shown });
    }
    text
}

/// Returns the public part of an item, without bodies and documentation.
fn public(mut item: Item, exports: &Exports) -> Option<Item> {
    let is_public = |vis: &Visibility| matches!(vis, Visibility::Public(_));
    match &mut item {
        Item::Struct(item) => {
            keep(&mut item.attrs);
            fields(&mut item.fields);
            if !is_public(&item.vis) || !exports.has(&item.ident) {
                return None;
            }
        }
        Item::Enum(item) => {
            keep(&mut item.attrs);
            for variant in &mut item.variants {
                keep(&mut variant.attrs);
            }
            if !is_public(&item.vis) || !exports.has(&item.ident) {
                return None;
            }
        }
        Item::Trait(item) => {
            keep(&mut item.attrs);
            for part in &mut item.items {
                if let TraitItem::Fn(function) = part {
                    keep(&mut function.attrs);
                }
            }
            if !is_public(&item.vis) || !exports.has(&item.ident) {
                return None;
            }
        }
        Item::Impl(item) => {
            keep(&mut item.attrs);
            if !exports.has_type(&item.self_ty) {
                return None;
            }
            item.items.retain_mut(|part| match part {
                ImplItem::Fn(function) => {
                    keep(&mut function.attrs);
                    function.block.stmts.clear();
                    is_public(&function.vis)
                }
                ImplItem::Const(constant) => {
                    keep(&mut constant.attrs);
                    is_public(&constant.vis)
                }
                ImplItem::Type(_) => true,
                _ => false,
            });
            if item.items.is_empty() && item.trait_.is_none() {
                return None;
            }
        }
        Item::Use(item) => {
            keep(&mut item.attrs);
            if !is_public(&item.vis) {
                return None;
            }
        }
        Item::Mod(item) => {
            keep(&mut item.attrs);
            if !is_public(&item.vis) {
                return None;
            }
        }
        Item::Macro(item) if item.mac.path.is_ident("thread_local") => return None,
        // A macro that implements traits for a type, or its definition.
        Item::Macro(item) => keep(&mut item.attrs),
        _ => return None,
    }
    Some(item)
}

/// Keeps the attributes that matter to users.
fn keep(attributes: &mut Vec<Attribute>) {
    let noticed = ["cfg", "non_exhaustive", "derive", "must_use", "deprecated"];
    attributes.retain(|attribute| noticed.iter().any(|name| attribute.path().is_ident(name)));
}

fn fields(fields: &mut Fields) {
    let public = |field: &&mut syn::Field| matches!(field.vis, Visibility::Public(_));
    for field in fields.iter_mut().filter(public) {
        keep(&mut field.attrs);
    }
    let is_public = |field: &syn::Field| matches!(field.vis, Visibility::Public(_));
    match fields {
        Fields::Named(named) => {
            let all = std::mem::take(&mut named.named);
            named.named = all.into_iter().filter(is_public).collect();
        }
        Fields::Unnamed(unnamed) => {
            let all = std::mem::take(&mut unnamed.unnamed);
            unnamed.unnamed = all.into_iter().filter(is_public).collect();
        }
        Fields::Unit => {}
    }
}

fn unparse(item: Item) -> String {
    let mut file = syn::parse_file("").expect("an empty file");
    file.items.push(item);
    prettyplease::unparse(&file)
}

/// Returns the first line of each impl and function in a macro definition.
fn heads(definition: &str) -> String {
    let heads = ["impl", "pub fn", "pub const", "macro_rules!"];
    let lines = definition.lines().map(str::trim);
    let lines = lines.filter(|line| heads.iter().any(|head| line.starts_with(head)));
    lines.map(|line| format!("{line}\n")).collect()
}
