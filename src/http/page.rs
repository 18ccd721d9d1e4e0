//! Keyset pages: an opaque cursor bound to the filter of the list, no offsets, no counts by default.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::{Error, FieldProblem, Result, Text};

/// Which page of a list: the part of every list query that is the same.
#[derive(Debug, Clone, Copy)]
pub struct PageQuery<'a> {
    /// How many items at most.
    pub limit: i64,
    /// Where the page begins.
    pub cursor: Option<&'a str>,
}

/// The place where a page ends: the sort key of its last item.
#[derive(Debug, Serialize, Deserialize)]
pub struct Cursor<K> {
    key: K,
    list: String,
}

impl<'a> PageQuery<'a> {
    /// How many items when the caller does not say.
    pub const DEFAULT_LIMIT: i64 = 50;

    /// From the optional parameters `limit` and `cursor`.
    pub fn new(limit: Option<i64>, cursor: Option<&'a str>) -> Self {
        Self { limit: limit.unwrap_or(Self::DEFAULT_LIMIT), cursor }
    }

    /// The key after which the page begins. `list` names the list with its filter and sort: a cursor of another
    /// list is refused.
    pub fn after<K: DeserializeOwned>(&self, list: &impl Serialize) -> Result<Option<K>> {
        let Some(text) = self.cursor else { return Ok(None) };
        let cursor = URL_SAFE_NO_PAD
            .decode(text)
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Cursor<K>>(&bytes).ok())
            .filter(|cursor| cursor.list == digest(list));
        cursor.map(|cursor| Some(cursor.key)).ok_or_else(|| {
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
        let next = items.last().map(|last| Cursor { key: key(last), list: digest(list) });
        let next = next.map(|cursor| serde_json::to_vec(&cursor)).transpose().map_err(Error::internal)?;
        Ok((items, next.map(|json| URL_SAFE_NO_PAD.encode(json))))
    }
}

/// The type of the query tells lists with the same parameters apart.
fn digest<L: Serialize>(list: &L) -> String {
    let mut hash = Sha256::new();
    hash.update(std::any::type_name::<L>());
    hash.update(serde_json::to_vec(list).unwrap_or_default());
    let hash = hash.finalize();
    URL_SAFE_NO_PAD.encode(hash.get(..9).unwrap_or_default())
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
            #[schema(max_length = 500)]
            #[serde(skip_serializing_if = "Option::is_none")]
            pub next_cursor: Option<String>,
        }
    };
}
pub(crate) use page_view;
