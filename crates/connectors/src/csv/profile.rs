//! Reports whose header rows are known. Others are mapped by the user: no profile is invented.

use super::mapping::{Field, Mapping};
use perennial_domain::{Currency, ledger::Approval};

/// The built-in profiles.
pub fn profiles() -> Vec<Mapping> {
    vec![
        amazon_us_fee_earnings(),
        impact_action_listing(),
        awin_transactions(),
    ]
}

fn columns(pairs: &[(Field, &str)]) -> Vec<(Field, String)> {
    pairs
        .iter()
        .map(|(field, column)| (*field, (*column).to_owned()))
        .collect()
}

/// Amazon Associates (US), fee earnings: a title line above the header, dollars, no id.
fn amazon_us_fee_earnings() -> Mapping {
    Mapping {
        columns: columns(&[
            (Field::Date, "Date Shipped"),
            (Field::Commission, "Ad Fees($)"),
            (Field::Sale, "Revenue($)"),
            (Field::SubId, "Tracking ID"),
            (Field::Plan, "Name"),
        ]),
        currency: Some(Currency::USD),
        ..Mapping::named("amazon-us-fee-earnings")
    }
}

/// impact.com, action listing.
fn impact_action_listing() -> Mapping {
    Mapping {
        columns: columns(&[
            (Field::Id, "Action_Id"),
            (Field::Date, "Action_Date"),
            (Field::Commission, "Payout"),
            (Field::Status, "Status"),
            (Field::Sale, "Sale_Amount"),
            (Field::Currency, "Currency"),
            (Field::LockAt, "Locking_Date"),
            (Field::Order, "Oid"),
            (Field::Program, "Campaign"),
            (Field::SubId, "SubId1"),
            (Field::SubId, "SubId2"),
            (Field::SubId, "SubId3"),
            (Field::SubId, "SharedId"),
        ]),
        required: vec![Field::Id, Field::Date, Field::Commission, Field::Status],
        ..Mapping::named("impact-action-listing")
    }
}

/// Awin, transactions: the status is a number.
fn awin_transactions() -> Mapping {
    let words = [
        ("0", Approval::Pending),
        ("1", Approval::Approved),
        ("2", Approval::Reversed),
    ];
    Mapping {
        columns: columns(&[
            (Field::Id, "id"),
            (Field::Date, "date"),
            (Field::Commission, "commission"),
            (Field::Status, "commission_status"),
            (Field::Sale, "sale_amount"),
            (Field::Currency, "currency"),
            (Field::Program, "advertiser_name"),
            (Field::Program, "site_name"),
            (Field::SubId, "click_ref"),
        ]),
        required: vec![Field::Id, Field::Date, Field::Commission, Field::Status],
        approval_words: words
            .iter()
            .map(|(word, value)| ((*word).to_owned(), *value))
            .collect(),
        ..Mapping::named("awin-transactions")
    }
}
