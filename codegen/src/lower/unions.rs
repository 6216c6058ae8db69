//! Unions: `oneOf` and `anyOf`.

use std::collections::HashSet;

use serde_json::Value;

use super::Lowering;
use super::discriminators::Tags;
use super::keywords::Keywords;
use super::merged::{Choice, Located, Merged};
use super::schema_site::{RefOrSchema, SchemaSite};
use super::schemas::Lowered;
use super::variants::{Candidate, union};
use crate::ir::Type;
use crate::openapi::reference::component_name;
use crate::problem::At;
use crate::source::pointer::Pointer;

/// Choices in one schema are combined up to this number of variants.
const MAX_COMBINATIONS: usize = 1024;

/// Schemas with more choices than this are rejected.
const MAX_CHOICES: usize = 16;

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
    /// Lowers the first choice. The other choices and the keywords next to it apply to each variant.
    pub(super) fn choice(
        &mut self,
        merged: &Merged<'a>,
        choice: &Choice<'a>,
        others: Vec<Choice<'a>>,
        at: &Pointer,
        name_hint: &str,
    ) -> Lowered {
        if others.len() >= MAX_CHOICES {
            let what = format!("a schema with more than {MAX_CHOICES} `oneOf` and `anyOf`");
            return self.unsupported(&what, At::Key(choice.at.clone()));
        }
        let mut variants = self.distinct_variants(choice);
        let mut base = Merged {
            choices: others,
            ..merged.clone()
        };
        if !base.is_bare() {
            variants.retain(|site| self.is_possible(&base, site));
        }
        let combinations = match merged.combinations {
            0 if base.choices.is_empty() => 0,
            before => before.max(1) * variants.len(),
        };
        if combinations > MAX_COMBINATIONS {
            let what =
                format!("a schema with more than {MAX_COMBINATIONS} combinations of variants");
            return self.unsupported(&what, At::Key(choice.at.clone()));
        }
        base.combinations = combinations;
        if let Some((json_type, mut values)) = values_of(&variants) {
            let located = |value: &str| Located {
                value: value.to_owned(),
                at: choice.at.clone(),
            };
            if let Some(stated) = &base.enumeration {
                values.retain(|value| stated.contains(value));
            }
            let both = Merged {
                json_type: base.json_type.clone().or(json_type.map(located)),
                enumeration: Some(values),
                ..base
            };
            return self.lower_merged(&both, at, name_hint);
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
        if variants.is_empty() && !base.is_bare() {
            return self.lower_merged(&base, at, name_hint);
        }
        let Tags {
            discriminator,
            variants: tags,
        } = self.tags(&base, choice, &variants);
        let mut found: Vec<Candidate> = Vec::new();
        let mut seen: HashSet<(Type, Vec<String>)> = HashSet::new();
        let mut has_any = false;
        for (site, tags) in variants.iter().zip(tags) {
            let hint = match (tags.values.as_slice(), title(site)) {
                ([tag, ..], _) => format!("{name_hint} {tag}"),
                ([], Some(title)) => format!("{name_hint} {title}"),
                ([], None) => format!("{name_hint}Option"),
            };
            let value = self.variant(&base, site, at, &hint).non_null().clone();
            // These match any value, as `Other` does.
            if matches!(value, Type::Any | Type::FreeForm | Type::Error) {
                has_any = true;
                continue;
            }
            let is_inline = site.schema().is_some();
            for tags in tags.by_variant() {
                if seen.insert((value.clone(), tags.clone())) {
                    let value = value.clone();
                    found.push(Candidate {
                        value,
                        tags,
                        is_inline,
                    });
                }
            }
        }
        match found.as_slice() {
            [] => Lowered::Type(Type::Any),
            [only] if only.tags.is_empty() && !has_any => Lowered::Type(only.value.clone()),
            _ => Lowered::Definition(union(discriminator, found)),
        }
    }

    /// The variants of a choice, without null and repeated schemas.
    fn distinct_variants(&self, choice: &Choice<'a>) -> Vec<SchemaSite<'a>> {
        let mut seen = HashSet::new();
        let variants = choice.variants.iter().filter(|site| {
            let text = match site.target {
                RefOrSchema::Reference(reference) => reference.to_owned(),
                RefOrSchema::Schema(schema) => format!("{schema:?}"),
            };
            !self.is_null_alone(site.target) && seen.insert(text)
        });
        variants.cloned().collect()
    }

    /// Whether a variant has values, given the keywords next to the choice.
    fn is_possible(&mut self, base: &Merged<'a>, site: &SchemaSite<'a>) -> bool {
        if site.schema().is_none() && self.is_complete(base, site) {
            let target = self.keywords_of(site.target);
            let json_type = target.and_then(|keywords| keywords.json_type);
            let stated = base.json_type();
            if json_type.is_none() || stated.is_none() || json_type == stated {
                return true;
            }
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
        let name = match site.target {
            RefOrSchema::Reference(reference) => {
                let key = component_name(reference, "schemas").unwrap_or_default();
                let of = name_hint.strip_suffix("Option").unwrap_or(name_hint);
                format!("{of} {key}")
            }
            RefOrSchema::Schema(_) => name_hint.to_owned(),
        };
        self.once(vec![at.clone(), site.at.clone()], &site.at, |lowering| {
            let mut both = base.clone();
            lowering.absorb(site, &mut both);
            let lowered = lowering.lower_merged(&both, &site.at, &name);
            lowering.type_of_lowered(lowered, &name, site.schema(), &site.at)
        })
    }
}

/// The JSON type and the values of several variants that are only enums. An enum is open, so that a string next
/// to enums of strings adds no value.
fn values_of<'a>(variants: &[SchemaSite<'a>]) -> Option<(Option<&'a str>, Vec<Value>)> {
    let all = variants.iter().map(|site| site.schema().map(Keywords::of));
    let all: Vec<Keywords<'a>> = all.collect::<Option<_>>()?;
    let [first, _, ..] = all.as_slice() else {
        return None;
    };
    let are_values = all.iter().all(|keywords| {
        keywords.json_type == first.json_type
            && keywords.is_only_values()
            && (!keywords.enumeration.is_empty() || keywords.json_type == Some("string"))
    });
    let json_type = first.json_type;
    let values: Vec<Value> = all.into_iter().flat_map(|it| it.enumeration).collect();
    let is_enum = are_values && !values.is_empty();
    is_enum.then_some((json_type, values))
}

fn title<'a>(site: &SchemaSite<'a>) -> Option<&'a str> {
    let title = site.schema()?.schema_data.title.as_deref();
    title.filter(|title| !title.trim().is_empty())
}
