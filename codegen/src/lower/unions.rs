//! Unions: `oneOf` and `anyOf`.

use openapiv3::Discriminator;

use super::Lowering;
use super::keywords::Keywords;
use super::merge::{Choice, Merged};
use super::schema_site::{RefOrSchema, SchemaSite};
use super::schemas::Lowered;
use crate::ir::{Scalar, Shape, Type, UnionVariant};
use crate::names::{Scope, type_name};
use crate::openapi::format::Format;
use crate::openapi::json_type::JsonType;
use crate::openapi::reference::component_name;
use crate::problem::At;
use crate::source::pointer::Pointer;

/// Choices in one schema are combined up to this number of variants.
const MAX_COMBINATIONS: usize = 256;

impl Choice<'_> {
    /// Whether any variant says what a value is. If each variant only requires some properties, the
    /// type is the same for all of them.
    pub(super) fn says_what_a_value_is(&self) -> bool {
        self.variants.iter().any(|site| match site.schema() {
            Some(schema) => !Keywords::of(schema).is_anything(),
            None => true,
        })
    }
}

impl<'a> Lowering<'a> {
    /// Lowers a choice. The keywords and choices next to it apply to each variant.
    pub(super) fn choice(
        &mut self,
        merged: &Merged<'a>,
        choice: &Choice<'a>,
        others: Vec<Choice<'a>>,
        at: &Pointer,
        name_hint: &str,
    ) -> Lowered {
        let variants = choice.variants.iter();
        let mut variants: Vec<&SchemaSite<'a>> =
            variants.filter(|site| !self.is_null_alone(site)).collect();
        let combinations = match others.is_empty() {
            true => merged.combinations,
            false => merged.combinations.max(1) * variants.len(),
        };
        if combinations > MAX_COMBINATIONS {
            let what =
                format!("a schema with more than {MAX_COMBINATIONS} combinations of variants");
            return self.unsupported(&what, At::Key(choice.at.clone()));
        }
        let base = Merged {
            choices: others,
            combinations,
            ..merged.clone()
        };
        if !base.is_bare() {
            variants.retain(|site| self.is_possible(&base, site));
        }
        if let ([only], None) = (variants.as_slice(), choice.discriminator) {
            return match base.is_bare() {
                true => Lowered::Type(self.variant(&base, only, at, name_hint).non_null().clone()),
                false => {
                    let mut both = base;
                    self.absorb(only, &mut both);
                    self.lower_merged(&both, at, name_hint)
                }
            };
        }
        let mut found: Vec<(Type, Option<String>)> = Vec::new();
        let mut has_any = false;
        for site in &variants {
            let value = self.variant(&base, site, at, &format!("{name_hint}Option"));
            let value = value.non_null().clone();
            // These match any value, as `Other` does.
            if matches!(value, Type::Any | Type::FreeForm | Type::Error) {
                has_any = true;
                continue;
            }
            let discriminator_values = self.discriminator_values(choice.discriminator, site);
            if discriminator_values.is_empty() && found.iter().all(|(known, _)| *known != value) {
                found.push((value, None));
            } else {
                found.extend(
                    discriminator_values
                        .into_iter()
                        .map(|tag| (value.clone(), Some(tag))),
                );
            }
        }
        match found.as_slice() {
            [] => Lowered::Type(Type::Any),
            [(value, None)] if !has_any => Lowered::Type(value.clone()),
            _ => Lowered::Definition(union(choice.discriminator, found)),
        }
    }

    /// Whether a variant has values, given the keywords next to the choice.
    fn is_possible(&mut self, base: &Merged<'a>, site: &SchemaSite<'a>) -> bool {
        if site.schema().is_none() && self.is_complete(base, site) {
            return true;
        }
        let mut both = base.clone();
        self.absorb(site, &mut both);
        !both.is_impossible
    }

    /// Whether the keywords next to the choice add nothing to a variant: there are none, they only say
    /// what its type is, or the variant inherits them.
    fn is_complete(&self, base: &Merged<'a>, site: &SchemaSite<'a>) -> bool {
        match site.target {
            RefOrSchema::Reference(reference) => {
                base.has_only_type() || self.inherits(reference, &base.ancestors)
            }
            RefOrSchema::Schema(schema) => {
                let has_type = Keywords::of(schema).json_type.is_some();
                base.is_bare() || (base.has_only_type() && has_type)
            }
        }
    }

    /// The type of a variant, with the keywords next to the choice.
    fn variant(
        &mut self,
        base: &Merged<'a>,
        site: &SchemaSite<'a>,
        at: &Pointer,
        name_hint: &str,
    ) -> Type {
        let named = SchemaSite {
            name_hint: name_hint.to_owned(),
            ..site.clone()
        };
        if self.is_complete(base, site) {
            return self.type_of_sites(&[named], &site.at, name_hint);
        }
        let key = vec![at.clone(), site.at.clone()];
        match self.inline.get(&key) {
            Some(Some(known)) => return known.clone(),
            Some(None) => return self.infinite_merge(&site.at),
            None => {}
        }
        self.inline.insert(key.clone(), None);
        let name = match site.target {
            RefOrSchema::Reference(reference) => {
                let key = component_name(reference, "schemas").unwrap_or_default();
                let of = name_hint.strip_suffix("Option").unwrap_or(name_hint);
                format!("{of} {key}")
            }
            RefOrSchema::Schema(_) => name_hint.to_owned(),
        };
        let mut both = base.clone();
        self.absorb(site, &mut both);
        let value = match self.lower_merged(&both, &site.at, &name) {
            Lowered::Type(plain) => plain,
            Lowered::Definition(shape) => {
                let name = self.type_names.claim(type_name(&name));
                self.define(name.clone(), shape, site.schema(), &site.at);
                Type::Named(name)
            }
        };
        self.inline.insert(key, Some(value.clone()));
        value
    }
}

/// A union of these types, each with the discriminator value that selects it.
pub(super) fn union(
    discriminator: Option<&Discriminator>,
    found: Vec<(Type, Option<String>)>,
) -> Shape {
    let mut scope = Scope::with(&["Other"]);
    let values: Vec<Type> = found.iter().map(|(value, _)| value.clone()).collect();
    let is_shared = |value: &Type| values.iter().filter(|other| *other == value).count() > 1;
    let variants = found.into_iter().map(|(value, tag)| {
        let name = match &tag {
            Some(tag) if is_shared(&value) => type_name(tag),
            _ => variant_name(&value),
        };
        UnionVariant {
            name: scope.claim(name),
            value,
            discriminator_value: tag,
        }
    });
    let variants: Vec<UnionVariant> = variants.collect();
    let is_tagged = variants
        .iter()
        .any(|other| other.discriminator_value.is_some());
    let discriminator = discriminator.filter(|_| is_tagged);
    Shape::Union {
        discriminator: discriminator.map(|discriminator| discriminator.property_name.clone()),
        variants,
    }
}

/// The name of the variant for values of this type.
fn variant_name(value: &Type) -> String {
    match value {
        Type::Scalar(Scalar::Boolean) => "Boolean".to_owned(),
        Type::Scalar(Scalar::String) => "Text".to_owned(),
        Type::Scalar(Scalar::Format(format)) => match (format.json_type(), format) {
            (JsonType::Integer, _) => "Integer".to_owned(),
            (_, Format::Float | Format::Double) => "Number".to_owned(),
            (_, Format::Byte) => "Bytes".to_owned(),
            (_, format) => format!("{format:?}"),
        },
        Type::FormPart => "Part".to_owned(),
        Type::Any | Type::FreeForm | Type::Error => "Any".to_owned(),
        Type::Array(_) => "List".to_owned(),
        Type::Map(_) => "Map".to_owned(),
        Type::Nullable(inner) | Type::Boxed(inner) => variant_name(inner),
        Type::Named(name) => name.clone(),
    }
}
