//! The order of a sync: transactions, which explain commissions; commissions.

use super::parse::{self, CLOCK, Transactions};
use crate::{
    PageError, Plan,
    http::{Auth, HttpError, Request},
    json::Json,
    numbered::{Numbered, number},
    walk::{Leg, Page, Tour},
};
use chrono::Days;

/// Items of a page.
const PAGE: usize = 100;
/// Days by which a commission may follow its transaction.
const LEAD_DAYS: u64 = 35;
/// The network's word for its first day.
const FIRST: &str = "start";

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Transactions,
    Commissions,
}

/// A sync of Digistore24.
pub(super) struct Lists {
    plan: Plan,
    transactions: Transactions,
    pages: Numbered,
}

impl Lists {
    pub(super) fn new(plan: Plan) -> Self {
        Self {
            plan,
            transactions: Transactions::default(),
            pages: Numbered::default(),
        }
    }

    fn from(&self, lead: u64) -> String {
        let since = self
            .plan
            .since
            .and_then(|since| since.checked_sub_days(Days::new(lead)));
        since.map_or_else(
            || FIRST.to_owned(),
            |since| {
                let local = since.with_timezone(&CLOCK);
                local.format("%Y-%m-%d %H:%M:%S").to_string()
            },
        )
    }
}

/// A question for a page.
pub(super) fn question(function: &str, from: &str, number: u64, size: usize) -> Request {
    Request::get(function)
        .with("from", from)
        .with("to", "now")
        .with("page_no", &number)
        .with("page_size", &size)
        .header("accept-language", "en")
        .signed(Auth::Header("x-ds-api-key"))
}

impl Tour for Lists {
    type What = What;

    fn legs(&self) -> Vec<Leg<What>> {
        [
            ("transactions", What::Transactions),
            ("commissions", What::Commissions),
        ]
        .map(|(name, what)| Leg {
            name: name.to_owned(),
            explains: what == What::Transactions,
            what,
        })
        .to_vec()
    }

    fn ask(&self, what: &What, place: Option<&str>) -> Request {
        match what {
            What::Transactions => question(
                "/listTransactions",
                &self.from(LEAD_DAYS),
                number(place),
                PAGE,
            ),
            What::Commissions => question("/listCommissions", &self.from(0), number(place), PAGE),
        }
    }

    fn page(&mut self, what: &What, place: Option<&str>, body: &str) -> Result<Page, PageError> {
        let json = Json::parse(body).map_err(|_| PageError::Malformed)?;
        if let Some(objection) = parse::objection(&json) {
            return Err(objection.into());
        }
        let data = json.get("data").ok_or(PageError::Missing("data"))?;
        let items = parse::items(data).ok_or(PageError::Missing("items"))?;
        let mut page = Page::default();
        match what {
            What::Transactions => items.iter().for_each(|item| self.transactions.note(item)),
            What::Commissions => {
                let currency = self.plan.account.currency;
                page.conversions = items
                    .iter()
                    .map(|item| parse::commission(item, &self.transactions, currency))
                    .collect();
            }
        }
        let count = data
            .text_at(&["page_count"])
            .and_then(|count| count.parse::<u64>().ok())
            // The network's own example counts one page of two.
            .filter(|count| *count > 1);
        page.maybe_last = items.len() < PAGE;
        page.next = match count {
            Some(count) => (number(place) < count).then(|| (number(place) + 1).to_string()),
            None => self.pages.next(place, items.len()),
        };
        Ok(page)
    }

    fn goes_on_without(&mut self, what: &What, error: &HttpError) -> bool {
        let absent = match error {
            HttpError::Refused { status, .. } => matches!(status, 404 | 405 | 410),
            HttpError::SignIn(status) => *status == 403,
            _ => false,
        };
        *what == What::Transactions && absent
    }
}
