//! The code of each kind of diagnostic.

use std::fmt;

/// Severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Something that was to be generated cannot be generated.
    Error,
    /// Everything that was to be generated can be generated.
    Warning,
}

/// What a code says about the place that is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// What the client has to do is clear. Always a warning; the code starts with `W`.
    Clear,
    /// What the client has to do is unclear or not supported. An error if an operation that is to be
    /// generated needs the place; the code starts with `E`.
    Unclear,
    /// There is nothing to generate a client from. Always an error; the code starts with `E`.
    Nothing,
}

impl Meaning {
    fn consequence(self) -> &'static str {
        match self {
            Meaning::Clear => "A warning: it is clear what the client has to do.",
            Meaning::Unclear => {
                "An error if an operation needs this place; `--keep-going` leaves out such operations."
            }
            Meaning::Nothing => "An error in any case: there is nothing to generate a client from.",
        }
    }
}

macro_rules! codes {
    ($($name:ident = $id:literal,)+) => {
        /// Code of a kind of diagnostic, such as `E0018`. Codes keep their meaning from version to
        /// version.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(
                #[doc = concat!("`", $id, "`")]
                $name,
            )+
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$name,)+];

            /// Returns the explanation of the code, with a wrong and a right example, in Markdown.
            pub fn page(self) -> String {
                let page = match self {
                    $(Code::$name => include_str!(concat!("explain/", $id, ".md")),)+
                };
                let (title, text) = page.split_once("\n\n").unwrap_or((page, ""));
                format!("{title}\n\n{}\n\n{text}", self.meaning().consequence())
            }

            /// Returns the code as text.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Code::$name => $id,)+
                }
            }
        }
    };
}

codes! {
    Syntax = "E0001",
    DuplicateKey = "E0002",
    NotJson = "E0003",
    SeveralDocuments = "E0004",
    NotUtf8 = "E0005",
    Empty = "E0006",
    TooLarge = "E0008",
    NotOpenApi = "E0009",
    Version = "E0010",
    WrongType = "E0013",
    MissingKey = "E0014",
    UnknownValue = "E0015",
    BadPath = "E0017",
    DanglingReference = "E0018",
    WrongReference = "E0019",
    CircularReference = "E0020",
    Unsupported = "E0028",
    DuplicateParameter = "E0029",
    BadExtension = "E0030",
    Internal = "E0031",
    NothingSelected = "E0032",
    ExampleMismatch = "W0001",
    DefaultMismatch = "W0002",
    NoOperationId = "W0003",
    AlteredName = "W0004",
    DuplicateEnumValue = "W0005",
    UnknownFormat = "W0006",
    KeyBesideReference = "W0007",
    UnusedComponent = "W0008",
    ImpliedSecurityScheme = "W0009",
    IdleExtension = "W0010",
    ListedTwice = "W0011",
    UnmatchedTag = "W0012",
    UnknownMediaType = "W0013",
    NoType = "W0014",
    IgnoredHeader = "W0015",
    NotInClient = "W0016",
    Contradiction = "W0017",
    LeftOut = "W0018",
    OtherVersion = "W0020",
    DiscriminatorMismatch = "W0022",
    PathParameterNotDeclared = "W0030",
    UnknownKey = "W0031",
    MisplacedKey = "W0032",
    ClearValue = "W0033",
    ClearWithoutKey = "W0034",
    BadStatus = "W0035",
    RelativePath = "W0036",
    DuplicateOperationId = "W0037",
    PathParameterNotInPath = "W0038",
    PathParameterNotRequired = "W0039",
    RequiredNotAProperty = "W0040",
    EnumValueType = "W0041",
    UndefinedSecurityScheme = "W0042",
    UnusualBody = "W0043",
    UndescribedResponse = "W0044",
}

impl Code {
    /// Returns what the code says about the place that is reported.
    pub fn meaning(self) -> Meaning {
        match self {
            Code::Syntax
            | Code::DuplicateKey
            | Code::NotJson
            | Code::SeveralDocuments
            | Code::NotUtf8
            | Code::Empty
            | Code::TooLarge
            | Code::NotOpenApi
            | Code::Version
            | Code::NothingSelected => Meaning::Nothing,
            _ if self.as_str().starts_with('W') => Meaning::Clear,
            _ => Meaning::Unclear,
        }
    }

    /// Returns the severity of diagnostics with this code, unless no operation needs their place.
    pub(crate) fn severity(self) -> Severity {
        match self.meaning() {
            Meaning::Clear => Severity::Warning,
            Meaning::Unclear | Meaning::Nothing => Severity::Error,
        }
    }

    /// Whether it is about the keys of an object and the types of their values. Other problems of the
    /// object may follow from such a problem.
    pub(crate) fn is_structural(self) -> bool {
        matches!(
            self,
            Code::UnknownKey
                | Code::MisplacedKey
                | Code::WrongType
                | Code::MissingKey
                | Code::UnknownValue
                | Code::ClearValue
                | Code::ClearWithoutKey
                | Code::BadStatus
                | Code::RelativePath
        )
    }

    /// Whether another problem with the same place may follow from this one, and this one from none.
    pub(crate) fn is_cause(self) -> bool {
        match self {
            Code::Unsupported | Code::Internal => false,
            Code::PathParameterNotDeclared
            | Code::DuplicateOperationId
            | Code::PathParameterNotInPath
            | Code::PathParameterNotRequired
            | Code::RequiredNotAProperty
            | Code::EnumValueType
            | Code::UndefinedSecurityScheme
            | Code::UndescribedResponse => true,
            code => code.is_structural() || code.meaning() != Meaning::Clear,
        }
    }

    /// Whether what is wrong may contain, or be meant as, a reference, a tag or the name of a security scheme.
    pub(crate) fn may_hide_a_use(self) -> bool {
        matches!(
            self,
            Code::UnknownKey
                | Code::MisplacedKey
                | Code::WrongType
                | Code::ClearValue
                | Code::BadStatus
                | Code::DanglingReference
                | Code::WrongReference
                | Code::UndefinedSecurityScheme
                | Code::UndescribedResponse
        )
    }

    /// Parses a code. Upper and lower case are the same.
    pub fn parse(text: &str) -> Option<Code> {
        Code::ALL
            .iter()
            .copied()
            .find(|code| code.as_str().eq_ignore_ascii_case(text))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
