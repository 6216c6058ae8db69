//! The object model of OpenAPI 3.0.3, as data: which keys each object has, and what they hold.

/// What a value has to be.
pub(super) enum Shape {
    /// Any JSON: examples, defaults, extensions.
    Any,
    String,
    Boolean,
    /// A whole number that is not negative.
    Count,
    Number,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    List(&'static Shape),
    /// An object whose keys are names of the author's.
    Map(&'static Shape),
    /// An object whose keys are media types.
    Content,
    Object(&'static Object),
    /// The object itself, or a Reference Object.
    OrReference(&'static Object),
    /// `additionalProperties`: true, false, or a schema.
    BooleanOrSchema,
    /// The values of an enum.
    Enumeration,
}

/// An object of the specification.
pub(super) struct Object {
    /// Its name there, such as `Operation Object`.
    pub(super) name: &'static str,
    /// Where it stands under `components`, if it may.
    pub(super) section: Option<&'static str>,
    pub(super) fields: &'static [Field],
    /// Keys that are not fixed.
    pub(super) pattern: Option<Pattern>,
}

pub(super) struct Field {
    pub(super) key: &'static str,
    pub(super) shape: Shape,
    pub(super) required: bool,
}

/// Keys by their form.
pub(super) enum Pattern {
    /// `/path`, with a Path Item Object.
    Paths,
    /// A status code or `2XX`, with a Response Object.
    Statuses,
    /// A runtime expression, with a Path Item Object.
    Expressions,
}

const fn may(key: &'static str, shape: Shape) -> Field {
    Field {
        key,
        shape,
        required: false,
    }
}

const fn must(key: &'static str, shape: Shape) -> Field {
    Field {
        key,
        shape,
        required: true,
    }
}

const fn object(name: &'static str, fields: &'static [Field]) -> Object {
    Object {
        name,
        section: None,
        fields,
        pattern: None,
    }
}

const fn component(name: &'static str, section: &'static str, fields: &'static [Field]) -> Object {
    Object {
        name,
        section: Some(section),
        fields,
        pattern: None,
    }
}

const fn patterned(name: &'static str, fields: &'static [Field], pattern: Pattern) -> Object {
    Object {
        name,
        section: None,
        fields,
        pattern: Some(pattern),
    }
}

use Shape::{
    Any, Boolean, BooleanOrSchema, Content, Count, Enumeration, List, Map, Number, OneOf,
    OrReference, String,
};

pub(super) static OPENAPI: Object = object(
    "OpenAPI Object",
    &[
        must("openapi", String),
        must("info", Shape::Object(&INFO)),
        may("servers", List(&Shape::Object(&SERVER))),
        must("paths", Shape::Object(&PATHS)),
        may("components", Shape::Object(&COMPONENTS)),
        may("security", List(&Map(&List(&String)))),
        may("tags", List(&Shape::Object(&TAG))),
        may("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
    ],
);

static INFO: Object = object(
    "Info Object",
    &[
        must("title", String),
        may("description", String),
        may("termsOfService", String),
        may("contact", Shape::Object(&CONTACT)),
        may("license", Shape::Object(&LICENSE)),
        must("version", String),
    ],
);

static CONTACT: Object = object(
    "Contact Object",
    &[
        may("name", String),
        may("url", String),
        may("email", String),
    ],
);

static LICENSE: Object = object(
    "License Object",
    &[must("name", String), may("url", String)],
);

static SERVER: Object = object(
    "Server Object",
    &[
        must("url", String),
        may("description", String),
        may("variables", Map(&Shape::Object(&SERVER_VARIABLE))),
    ],
);

static SERVER_VARIABLE: Object = object(
    "Server Variable Object",
    &[
        may("enum", List(&String)),
        must("default", String),
        may("description", String),
    ],
);

static COMPONENTS: Object = object(
    "Components Object",
    &[
        may("schemas", Map(&OrReference(&SCHEMA))),
        may("responses", Map(&OrReference(&RESPONSE))),
        may("parameters", Map(&OrReference(&PARAMETER))),
        may("examples", Map(&OrReference(&EXAMPLE))),
        may("requestBodies", Map(&OrReference(&REQUEST_BODY))),
        may("headers", Map(&OrReference(&HEADER))),
        may("securitySchemes", Map(&OrReference(&SECURITY_SCHEME))),
        may("links", Map(&OrReference(&LINK))),
        may("callbacks", Map(&OrReference(&CALLBACK))),
    ],
);

static PATHS: Object = patterned("Paths Object", &[], Pattern::Paths);

pub(super) static PATH_ITEM: Object = object(
    "Path Item Object",
    &[
        may("$ref", String),
        may("summary", String),
        may("description", String),
        may("get", Shape::Object(&OPERATION)),
        may("put", Shape::Object(&OPERATION)),
        may("post", Shape::Object(&OPERATION)),
        may("delete", Shape::Object(&OPERATION)),
        may("options", Shape::Object(&OPERATION)),
        may("head", Shape::Object(&OPERATION)),
        may("patch", Shape::Object(&OPERATION)),
        may("trace", Shape::Object(&OPERATION)),
        may("servers", List(&Shape::Object(&SERVER))),
        may("parameters", List(&OrReference(&PARAMETER))),
    ],
);

static OPERATION: Object = object(
    "Operation Object",
    &[
        may("tags", List(&String)),
        may("summary", String),
        may("description", String),
        may("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
        may("operationId", String),
        may("parameters", List(&OrReference(&PARAMETER))),
        may("requestBody", OrReference(&REQUEST_BODY)),
        must("responses", Shape::Object(&RESPONSES)),
        may("callbacks", Map(&OrReference(&CALLBACK))),
        may("deprecated", Boolean),
        may("security", List(&Map(&List(&String)))),
        may("servers", List(&Shape::Object(&SERVER))),
    ],
);

static EXTERNAL_DOCS: Object = object(
    "External Documentation Object",
    &[may("description", String), must("url", String)],
);

pub(super) static PARAMETER: Object = component(
    "Parameter Object",
    "parameters",
    &[
        must("name", String),
        must("in", OneOf(&["path", "query", "header", "cookie"])),
        may("description", String),
        may("required", Boolean),
        may("deprecated", Boolean),
        may("allowEmptyValue", Boolean),
        may("style", OneOf(STYLES)),
        may("explode", Boolean),
        may("allowReserved", Boolean),
        may("schema", OrReference(&SCHEMA)),
        may("example", Any),
        may("examples", Map(&OrReference(&EXAMPLE))),
        may("content", Content),
    ],
);

pub(super) const STYLES: &[&str] = &[
    "matrix",
    "label",
    "form",
    "simple",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
];

static REQUEST_BODY: Object = component(
    "Request Body Object",
    "requestBodies",
    &[
        may("description", String),
        must("content", Content),
        may("required", Boolean),
    ],
);

pub(super) static MEDIA_TYPE: Object = object(
    "Media Type Object",
    &[
        may("schema", OrReference(&SCHEMA)),
        may("example", Any),
        may("examples", Map(&OrReference(&EXAMPLE))),
        may("encoding", Map(&Shape::Object(&ENCODING))),
    ],
);

static ENCODING: Object = object(
    "Encoding Object",
    &[
        may("contentType", String),
        may("headers", Map(&OrReference(&HEADER))),
        may("style", OneOf(STYLES)),
        may("explode", Boolean),
        may("allowReserved", Boolean),
    ],
);

static RESPONSES: Object = patterned(
    "Responses Object",
    &[may("default", OrReference(&RESPONSE))],
    Pattern::Statuses,
);

pub(super) static RESPONSE: Object = component(
    "Response Object",
    "responses",
    &[
        must("description", String),
        may("headers", Map(&OrReference(&HEADER))),
        may("content", Content),
        may("links", Map(&OrReference(&LINK))),
    ],
);

static CALLBACK: Object = Object {
    name: "Callback Object",
    section: Some("callbacks"),
    fields: &[],
    pattern: Some(Pattern::Expressions),
};

static EXAMPLE: Object = component(
    "Example Object",
    "examples",
    &[
        may("summary", String),
        may("description", String),
        may("value", Any),
        may("externalValue", String),
    ],
);

static LINK: Object = component(
    "Link Object",
    "links",
    &[
        may("operationRef", String),
        may("operationId", String),
        may("parameters", Map(&Any)),
        may("requestBody", Any),
        may("description", String),
        may("server", Shape::Object(&SERVER)),
    ],
);

static HEADER: Object = component(
    "Header Object",
    "headers",
    &[
        may("description", String),
        may("required", Boolean),
        may("deprecated", Boolean),
        may("allowEmptyValue", Boolean),
        may("style", OneOf(&["simple"])),
        may("explode", Boolean),
        may("allowReserved", Boolean),
        may("schema", OrReference(&SCHEMA)),
        may("example", Any),
        may("examples", Map(&OrReference(&EXAMPLE))),
        may("content", Content),
    ],
);

static TAG: Object = object(
    "Tag Object",
    &[
        must("name", String),
        may("description", String),
        may("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
    ],
);

pub(super) static SCHEMA: Object = component(
    "Schema Object",
    "schemas",
    &[
        may("title", String),
        may("multipleOf", Number),
        may("maximum", Number),
        may("exclusiveMaximum", Boolean),
        may("minimum", Number),
        may("exclusiveMinimum", Boolean),
        may("maxLength", Count),
        may("minLength", Count),
        may("pattern", String),
        may("maxItems", Count),
        may("minItems", Count),
        may("uniqueItems", Boolean),
        may("maxProperties", Count),
        may("minProperties", Count),
        may("required", List(&String)),
        may("enum", Enumeration),
        may(
            "type",
            OneOf(&["string", "number", "integer", "boolean", "array", "object"]),
        ),
        may("allOf", List(&OrReference(&SCHEMA))),
        may("oneOf", List(&OrReference(&SCHEMA))),
        may("anyOf", List(&OrReference(&SCHEMA))),
        may("not", OrReference(&SCHEMA)),
        may("items", OrReference(&SCHEMA)),
        may("properties", Map(&OrReference(&SCHEMA))),
        may("additionalProperties", BooleanOrSchema),
        may("description", String),
        may("format", String),
        may("default", Any),
        may("nullable", Boolean),
        may("discriminator", Shape::Object(&DISCRIMINATOR)),
        may("readOnly", Boolean),
        may("writeOnly", Boolean),
        may("xml", Shape::Object(&XML)),
        may("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
        may("example", Any),
        may("deprecated", Boolean),
    ],
);

static DISCRIMINATOR: Object = object(
    "Discriminator Object",
    &[must("propertyName", String), may("mapping", Map(&String))],
);

static XML: Object = object(
    "XML Object",
    &[
        may("name", String),
        may("namespace", String),
        may("prefix", String),
        may("attribute", Boolean),
        may("wrapped", Boolean),
    ],
);

pub(super) static SECURITY_SCHEME: Object = component(
    "Security Scheme Object",
    "securitySchemes",
    &[
        must(
            "type",
            OneOf(&["apiKey", "http", "oauth2", "openIdConnect"]),
        ),
        may("description", String),
        may("name", String),
        may("in", OneOf(&["query", "header", "cookie"])),
        may("scheme", String),
        may("bearerFormat", String),
        may("flows", Shape::Object(&OAUTH_FLOWS)),
        may("openIdConnectUrl", String),
    ],
);

static OAUTH_FLOWS: Object = object(
    "OAuth Flows Object",
    &[
        may("implicit", Shape::Object(&OAUTH_FLOW)),
        may("password", Shape::Object(&OAUTH_FLOW)),
        may("clientCredentials", Shape::Object(&OAUTH_FLOW)),
        may("authorizationCode", Shape::Object(&OAUTH_FLOW)),
    ],
);

static OAUTH_FLOW: Object = object(
    "OAuth Flow Object",
    &[
        may("authorizationUrl", String),
        may("tokenUrl", String),
        may("refreshUrl", String),
        must("scopes", Map(&String)),
    ],
);

/// Every object, for naming the one that a misplaced key belongs to; the likeliest first.
pub(super) static OBJECTS: &[&Object] = &[
    &OPERATION,
    &PARAMETER,
    &SCHEMA,
    &MEDIA_TYPE,
    &RESPONSE,
    &REQUEST_BODY,
    &PATH_ITEM,
    &COMPONENTS,
    &INFO,
    &OPENAPI,
    &SECURITY_SCHEME,
    &SERVER,
    &SERVER_VARIABLE,
    &EXAMPLE,
    &ENCODING,
    &LINK,
    &DISCRIMINATOR,
    &OAUTH_FLOW,
    &XML,
];
