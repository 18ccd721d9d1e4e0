//! Keyset pages: an opaque cursor bound to the filter of the list, no offsets, no counts by default. The sort key in
//! it may be a surname, and URLs end up in logs: a cursor is sealed.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::accounts::KeyRing;
use crate::error::{Error, FieldProblem, Result, Text};

/// How many items a page of a file has. Only a walk through a whole list puts it into its request; no caller can.
#[derive(Debug, Clone, Copy)]
pub(super) struct Portion(pub(super) i64);

/// Which page of a list: the part of every list query that is the same.
#[derive(Clone, Copy)]
pub struct PageQuery<'a> {
    /// How many items at most.
    pub limit: i64,
    /// Where the page begins.
    pub cursor: Option<&'a str>,
    keys: &'a KeyRing,
}

impl<'a> PageQuery<'a> {
    /// How many items when the caller does not say.
    pub const DEFAULT_LIMIT: i64 = 50;

    /// From the optional parameters `limit` and `cursor`, and the keys that seal cursors.
    pub(super) fn new(limit: Option<i64>, cursor: Option<&'a str>, keys: &'a KeyRing) -> Self {
        Self { limit: limit.unwrap_or(Self::DEFAULT_LIMIT), cursor, keys }
    }

    /// The key after which the page begins. `list` names the list with its filter and sort: a cursor of another
    /// list is refused.
    pub fn after<K: DeserializeOwned>(&self, list: &impl Serialize) -> Result<Option<K>> {
        let Some(text) = self.cursor else { return Ok(None) };
        let sealed = URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
        let key = self.keys.unseal(&sealed, &purpose(list))?;
        let key = key.and_then(|json| serde_json::from_slice::<K>(&json).ok());
        key.map(Some).ok_or_else(|| {
            let words = Text::new(
                "Курсор не от этого списка: начните с первой страницы",
                "The cursor is not of this list: begin with the first page",
            );
            Error::invalid(vec![FieldProblem::new("cursor", "invalid_cursor", words)])
        })
    }

    /// One more than the page holds, to know whether there is a next one.
    pub const fn fetch(&self) -> i64 {
        self.limit + 1
    }

    /// Cuts the surplus item off and names the place where the next page begins.
    pub fn cut<T, K: Serialize>(
        &self,
        mut items: Vec<T>,
        list: &impl Serialize,
        key: impl Fn(&T) -> K,
    ) -> Result<(Vec<T>, Option<String>)> {
        let limit = usize::try_from(self.limit).map_err(Error::internal)?;
        if items.len() <= limit {
            return Ok((items, None));
        }
        items.truncate(limit);
        let Some(last) = items.last() else { return Ok((items, None)) };
        let json = serde_json::to_vec(&key(last)).map_err(Error::internal)?;
        let next = URL_SAFE_NO_PAD.encode(self.keys.seal(&json, &purpose(list))?);
        Ok((items, Some(next)))
    }
}

/// What a cursor is for: this list with this filter. The type of the query tells lists with the same parameters
/// apart.
fn purpose<L: Serialize>(list: &L) -> Vec<u8> {
    let mut purpose = std::any::type_name::<L>().as_bytes().to_vec();
    purpose.extend(serde_json::to_vec(list).unwrap_or_default());
    purpose
}

/// Declares the page type of a list: a named schema instead of a generic one, for readable SDKs.
macro_rules! page_view {
    ($(#[$doc:meta])* $page:ident of $item:ty) => {
        $(#[$doc])*
        #[derive(Debug, serde::Serialize, utoipa::ToSchema)]
        pub struct $page {
            /// The items of this page.
            #[schema(max_items = 200)]
            pub items: Vec<$item>,
            /// Pass it as `cursor` to get the next page; absent on the last one.
            #[schema(max_length = 3000)]
            #[serde(skip_serializing_if = "Option::is_none")]
            pub next_cursor: Option<String>,
        }
    };
}
pub(crate) use page_view;
