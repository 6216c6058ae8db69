//! The extension `x-client-pages`: where the items of a page are, and how the next page is requested.
//!
//! ```yaml
//! x-client-pages:
//!   items: data
//!   cursor: {parameter: after, response: paging.next}
//! ```

use serde_json::Value;

/// The value of the extension.
#[derive(Debug)]
pub(crate) struct Pages {
    /// The property of the response that lists the items. Default: the response is the list.
    pub(crate) items: Option<String>,
    pub(crate) next: NextPage,
}

/// How the next page is requested.
#[derive(Debug)]
pub(crate) enum NextPage {
    /// With a query parameter, whose value is a property of the response.
    Cursor { parameter: String, response: String },
    /// With a query parameter that counts pages.
    Page(String),
    /// With a query parameter that counts items.
    Offset(String),
    /// At the URL of a link with this relation in the header `Link`.
    Link(String),
    /// At the URL in a property of the response.
    Url(String),
}

/// The key of the property that lists the items.
pub(crate) const ITEMS: &str = "items";

/// The key of a parameter and a property of the response.
pub(crate) const CURSOR: &str = "cursor";

/// The keys of a cursor.
pub(crate) const CURSOR_KEYS: [&str; 2] = ["parameter", "response"];

/// The keys of how the next page is requested, one of which is present.
pub(crate) const WAYS: [&str; 5] = [CURSOR, "page", "offset", "link", "url"];

impl Pages {
    /// Reads the value of the extension, if it is valid.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let (mut items, mut next) = (None, None);
        for (key, value) in value.as_object()? {
            let way = match key.as_str() {
                ITEMS => {
                    items = Some(text(value)?);
                    continue;
                }
                CURSOR => {
                    let [parameter, response] = CURSOR_KEYS.map(|key| text(value.get(key)?));
                    NextPage::Cursor {
                        parameter: parameter?,
                        response: response?,
                    }
                }
                "page" => NextPage::Page(text(value)?),
                "offset" => NextPage::Offset(text(value)?),
                "link" => NextPage::Link(text(value)?),
                "url" => NextPage::Url(text(value)?),
                _ => return None,
            };
            if next.replace(way).is_some() {
                return None;
            }
        }
        Some(Pages { items, next: next? })
    }
}
