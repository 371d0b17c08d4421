//! Fields that several kinds of records share, under the names that accounts were seen to use.

use crate::json::Json;

/// What a transaction says it was worth, in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Amounts {
    pub(super) amount: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) usd: Option<String>,
}

pub(super) fn amounts(item: &Json) -> Amounts {
    let text = |name: &str| item.text_at(&[name]).map(str::to_owned);
    Amounts {
        amount: text("amount"),
        currency: text("currency"),
        usd: text("amount_usd"),
    }
}

pub(super) fn product(item: &Json) -> Option<String> {
    let object = item
        .get("product")
        .and_then(|product| product.text_at(&["name", "key"]));
    object
        .or_else(|| {
            item.text_at(&[
                "product",
                "product_name",
                "product_key",
                "plan",
                "category_key",
            ])
        })
        .map(str::to_owned)
}

pub(super) fn refers_text<'a>(item: &'a Json, name: &str, key_name: &str) -> Option<&'a str> {
    let carried = item
        .get(name)
        .and_then(|value| value.text().or_else(|| value.text_at(&["key", key_name])));
    carried.or_else(|| item.text_at(&[key_name]))
}

pub(super) fn sub_ids(item: &Json) -> Vec<String> {
    let listed: Vec<String> = match item.get("sub_ids") {
        Some(Json::List(items)) => items
            .iter()
            .filter_map(Json::text)
            .map(str::to_owned)
            .collect(),
        Some(one) => one.text().map(str::to_owned).into_iter().collect(),
        None => Vec::new(),
    };
    if !listed.is_empty() {
        return listed;
    }
    let keys = [
        "sid", "sid1", "sid2", "sid3", "sid4", "sid5", "sid6", "sid7", "sid8", "sid9",
    ];
    let found: Vec<String> = keys
        .iter()
        .filter_map(|name| item.text_at(&[name]))
        .map(str::to_owned)
        .collect();
    if found.is_empty() {
        item.text_at(&["shared_id"])
            .map(str::to_owned)
            .into_iter()
            .collect()
    } else {
        found
    }
}

/// The key of something that an item refers to, by key or by carrying it.
pub(super) fn refers(item: &Json, name: &str, key_name: &str) -> Option<String> {
    refers_text(item, name, key_name).map(str::to_owned)
}

pub(super) fn millis(item: &Json, name: &str) -> Option<i64> {
    item.text_at(&[name])?.parse().ok()
}
