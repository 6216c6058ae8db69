//! Whether null is a value of a schema.

use crate::source::Node;

/// Keywords, other than combinations, that say what a value is.
const CONSTRAINING: [&str; 6] = [
    "type",
    "format",
    "enum",
    "properties",
    "additionalProperties",
    "items",
];

/// What a schema says that decides whether null is one of its values.
pub(crate) struct NullFacts<S> {
    /// `nullable: true`. It counts wherever it is, also next to an `allOf`.
    pub(crate) is_nullable: bool,
    pub(crate) has_null_in_enum: bool,
    /// Whether a keyword other than the combinations says what a value is.
    pub(crate) constrains: bool,
    pub(crate) all_of: Vec<S>,
    pub(crate) any_of: Vec<S>,
    pub(crate) one_of: Vec<S>,
}

/// Whether null is the only value of a schema.
pub(crate) fn is_null_alone(schema: &Node) -> bool {
    let values = schema.items_of("enum");
    !values.is_empty() && values.iter().all(Node::is_null)
}

/// Whether a schema lists null as one of its values: by `nullable`, or in its enum or variants.
pub(crate) fn lists_null(schema: &Node) -> bool {
    let facts = NullFacts::of(schema);
    let variants = facts.any_of.iter().chain(&facts.one_of);
    facts.is_nullable
        || facts.has_null_in_enum
        || variants.into_iter().any(|variant| is_null_alone(variant))
}

impl<'n> NullFacts<&'n Node> {
    /// What a schema says.
    pub(crate) fn of(schema: &'n Node) -> Self {
        let has = |key: &&str| schema.get(key).is_some();
        let list = |key: &str| schema.items_of(key).iter().collect();
        NullFacts {
            is_nullable: schema.value("nullable").and_then(Node::boolean) == Some(true),
            has_null_in_enum: schema.items_of("enum").iter().any(Node::is_null),
            constrains: CONSTRAINING.iter().any(has),
            all_of: list("allOf"),
            any_of: list("anyOf"),
            one_of: list("oneOf"),
        }
    }
}

impl<S> NullFacts<S> {
    /// Whether null is a value, given whether it is one of each combined schema. A schema that
    /// constrains nothing accepts anything.
    pub(crate) fn accept_null(&self, accepts: impl Fn(&S) -> bool) -> bool {
        if self.is_nullable || self.has_null_in_enum {
            return true;
        }
        let any = |list: &[S]| list.is_empty() || list.iter().any(&accepts);
        !self.constrains
            && self.all_of.iter().all(&accepts)
            && any(&self.any_of)
            && any(&self.one_of)
    }
}

#[cfg(test)]
mod tests {
    use super::NullFacts;

    fn plain() -> NullFacts<bool> {
        NullFacts {
            is_nullable: false,
            has_null_in_enum: false,
            constrains: false,
            all_of: Vec::new(),
            any_of: Vec::new(),
            one_of: Vec::new(),
        }
    }

    fn accepts(facts: &NullFacts<bool>) -> bool {
        facts.accept_null(|member| *member)
    }

    #[test]
    fn a_schema_without_constraints_accepts_null() {
        assert!(accepts(&plain()));
        assert!(!accepts(&NullFacts {
            constrains: true,
            ..plain()
        }));
    }

    #[test]
    fn nullable_counts_next_to_other_keywords() {
        let constrained = || NullFacts {
            constrains: true,
            ..plain()
        };
        assert!(accepts(&NullFacts {
            is_nullable: true,
            ..constrained()
        }));
        assert!(accepts(&NullFacts {
            has_null_in_enum: true,
            ..constrained()
        }));
        assert!(accepts(&NullFacts {
            is_nullable: true,
            all_of: vec![false],
            ..plain()
        }));
    }

    #[test]
    fn all_members_and_one_of_each_choice_have_to_accept_null() {
        assert!(!accepts(&NullFacts {
            all_of: vec![true, false],
            ..plain()
        }));
        assert!(accepts(&NullFacts {
            any_of: vec![false, true],
            ..plain()
        }));
        assert!(!accepts(&NullFacts {
            any_of: vec![true],
            one_of: vec![false],
            ..plain()
        }));
    }
}
