//! A first guess at a mapping, for the user to look at: names of columns that sound like a field.

use super::mapping::Field;

/// Words in the names of columns, the most telling first.
const SOUNDS: &[(Field, &[&str])] = &[
    (
        Field::Id,
        &[
            "transaction id",
            "commission id",
            "action id",
            "reward id",
            "conversion id",
            "id",
        ],
    ),
    (
        Field::Date,
        &[
            "transaction date",
            "action date",
            "sale date",
            "event date",
            "date shipped",
            "created",
            "date",
            "time",
        ],
    ),
    (
        Field::Commission,
        &[
            "commission amount",
            "commission",
            "payout",
            "earnings",
            "ad fees",
            "reward",
            "earned",
            "fee",
        ],
    ),
    (
        Field::Sale,
        &[
            "sale amount",
            "order amount",
            "order value",
            "revenue",
            "price",
            "total",
            "sale",
            "amount",
        ],
    ),
    (Field::Currency, &["currency"]),
    (
        Field::Status,
        &["commission status", "approval", "status", "state"],
    ),
    (Field::Payment, &["payment status", "paid", "payment"]),
    (
        Field::Kind,
        &["transaction type", "event type", "type", "kind"],
    ),
    (
        Field::Program,
        &[
            "advertiser",
            "merchant",
            "program",
            "brand",
            "vendor",
            "company",
            "campaign",
        ],
    ),
    (Field::Plan, &["product", "plan", "item", "sku"]),
    (
        Field::SubId,
        &[
            "sub id",
            "subid",
            "sub_id",
            "tracking id",
            "click ref",
            "sid",
            "shared id",
        ],
    ),
    (
        Field::Customer,
        &["customer", "client", "buyer", "lead", "email"],
    ),
    (
        Field::Order,
        &["order id", "order number", "order", "oid", "invoice"],
    ),
];

/// Fields and the columns that sound like them; each column at most once.
pub fn suggest(header: &[String]) -> Vec<(Field, String)> {
    let names: Vec<String> = header.iter().map(|name| plain(name)).collect();
    let mut taken = vec![false; names.len()];
    let mut found = Vec::new();
    for exact in [true, false] {
        for (field, sounds) in SOUNDS {
            if *field != Field::SubId && found.iter().any(|(of, _)| of == field) {
                continue;
            }
            for sound in *sounds {
                let sound = plain(sound);
                let fits = |name: &String| {
                    if exact {
                        *name == sound
                    } else {
                        has_words(name, &sound)
                    }
                };
                let at = names
                    .iter()
                    .zip(&taken)
                    .position(|(name, taken)| !taken && fits(name));
                if let Some((at, slot)) = at.and_then(|at| Some((at, taken.get_mut(at)?))) {
                    *slot = true;
                    found.extend(header.get(at).map(|column| (*field, column.clone())));
                    if *field != Field::SubId {
                        break;
                    }
                }
            }
        }
    }
    found.sort_by_key(|(field, _)| *field);
    found
}

/// Lower case, and a space for all that separates.
fn plain(name: &str) -> String {
    let spaced: String = name
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    spaced
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

fn has_words(name: &str, sound: &str) -> bool {
    format!(" {name} ").contains(&format!(" {sound} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_sound_like_fields_are_suggested_once() {
        let header = [
            "Transaction Date",
            "Buyer Email",
            "Order ID",
            "Sale Amount",
            "Commission",
            "Status",
            "Sub ID",
        ];
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        let found = suggest(&header);
        let of = |field: Field| {
            found
                .iter()
                .find(|(of, _)| *of == field)
                .map(|(_, column)| column.as_str())
        };
        assert_eq!(of(Field::Date), Some("Transaction Date"));
        assert_eq!(of(Field::Commission), Some("Commission"));
        assert_eq!(of(Field::Sale), Some("Sale Amount"));
        assert_eq!(of(Field::Order), Some("Order ID"));
        assert_eq!(of(Field::SubId), Some("Sub ID"));
        assert_eq!(of(Field::Customer), Some("Buyer Email"));
    }
}
