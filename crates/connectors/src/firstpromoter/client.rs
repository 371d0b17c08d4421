//! The order of a sync: referrals, which explain commissions; commissions; payouts.

use super::parse::{self, Referrals};
use crate::{
    Account, PageError, Plan,
    http::{HttpError, Request},
    json::Json,
    numbered::{Numbered, number},
    walk::{Leg, Page, Tour},
};
use chrono::Days;

/// Items of a page at most.
const PER_PAGE: usize = 100;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Referrals,
    Commissions,
    Payouts,
}

/// A sync of FirstPromoter.
pub(super) struct Lists {
    plan: Plan,
    referrals: Referrals,
    pages: Numbered,
}

impl Lists {
    pub(super) fn new(plan: Plan) -> Self {
        Self {
            plan,
            referrals: Referrals::default(),
            pages: Numbered::default(),
        }
    }
}

/// A question for a page.
pub(super) fn page(path: &str, account: &Account, number: u64, per_page: usize) -> Request {
    Request::get(path)
        .with("page", &number)
        .with("per_page", &per_page)
        .header("account-id", &account.id)
}

impl Tour for Lists {
    type What = What;

    fn legs(&self) -> Vec<Leg<What>> {
        [
            ("referrals", What::Referrals),
            ("commissions", What::Commissions),
            ("payouts", What::Payouts),
        ]
        .map(|(name, what)| Leg {
            name: name.to_owned(),
            explains: what == What::Referrals,
            what,
        })
        .to_vec()
    }

    fn ask(&self, what: &What, place: Option<&str>) -> Request {
        let number = number(place);
        let path = match what {
            What::Referrals => "/referrals",
            What::Commissions => "/commissions",
            What::Payouts => "/payouts",
        };
        let request = page(path, &self.plan.account, number, PER_PAGE);
        if *what != What::Commissions {
            return request;
        }
        // New ones come last, so that pages do not shift while they are read.
        let request = request.with("sorting[created_at]", "asc");
        // Days are the server's, so one more.
        let since = self
            .plan
            .since
            .and_then(|since| since.checked_sub_days(Days::new(1)));
        match since {
            Some(since) => request.with("filters[created_at][from]", &since.date_naive()),
            None => request,
        }
    }

    fn page(&mut self, what: &What, place: Option<&str>, body: &str) -> Result<Page, PageError> {
        let json = Json::parse(body).map_err(|_| PageError::Malformed)?;
        let items = parse::items(&json).ok_or(PageError::Missing("data"))?;
        let currency = self.plan.account.currency;
        let mut page = Page::default();
        match what {
            What::Referrals => items.iter().for_each(|item| self.referrals.note(item)),
            What::Commissions => {
                page.conversions = items
                    .iter()
                    .map(|item| parse::commission(item, &self.referrals, currency))
                    .collect();
            }
            What::Payouts => {
                page.payouts = items
                    .iter()
                    .map(|item| parse::payout(item, currency))
                    .collect();
            }
        }
        page.maybe_last = items.len() < PER_PAGE;
        page.next = self.pages.next(place, items.len());
        Ok(page)
    }

    fn goes_on_without(&mut self, what: &What, error: &HttpError) -> bool {
        let absent = match error {
            HttpError::Refused { status, .. } => matches!(status, 404 | 405 | 410),
            HttpError::SignIn(status) => *status == 403,
            _ => false,
        };
        *what != What::Commissions && absent
    }
}
