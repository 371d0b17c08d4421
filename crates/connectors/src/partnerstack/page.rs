//! One page of a list: `{"data":{"items":[…],"has_more":true},"message":…,"status":200}`.

use crate::{PageError, json::Json};

/// Items of a page at most; the network's own limit.
pub(super) const LIMIT: usize = 250;

/// A page.
pub(super) struct Page {
    /// Its items, as they came.
    pub(super) items: Vec<Json>,
    /// Key of the item after which the list goes on; none at its end.
    pub(super) next: Option<String>,
}

/// Reads a page that was asked for after an item.
pub(super) fn read(body: &str, after: Option<&str>) -> Result<Page, PageError> {
    let Ok(Json::Object(mut fields)) = Json::parse(body) else {
        return Err(PageError::Malformed);
    };
    let data = fields
        .iter()
        .rposition(|(name, _)| name == "data")
        .map(|at| fields.swap_remove(at).1);
    let Some(Json::Object(mut data)) = data else {
        return Err(PageError::Missing("data"));
    };
    let items = data.iter().rposition(|(name, _)| name == "items");
    let more = data
        .iter()
        .rev()
        .find(|(name, _)| name == "has_more")
        .map(|(_, value)| value.clone());
    let Some(Json::List(items)) = items.map(|at| data.swap_remove(at).1) else {
        return Err(PageError::Missing("items"));
    };
    // A full page without a word about more may well not be the last one; asking costs one request.
    let more = match more {
        Some(Json::Bool(more)) => more,
        _ => items.len() >= LIMIT,
    };
    if !more {
        return Ok(Page { items, next: None });
    }
    let Some(next) = items.iter().rev().find_map(key) else {
        return Err(PageError::NoProgress);
    };
    if Some(next.as_str()) == after {
        return Err(PageError::NoProgress);
    }
    Ok(Page {
        items,
        next: Some(next),
    })
}

/// The key of an item.
pub(super) fn key(item: &Json) -> Option<String> {
    item.get("key")?.text().map(str::to_owned)
}
