//! A campaign on one page, for a partner. It holds sums alone, nothing about a customer.

use super::{campaign as campaigns, content, program};
use crate::{
    App, Failure,
    dto::{
        ById, CampaignDetail, CampaignFigures, CampaignReportSave, ContentItemDto, ContentList,
        Written,
    },
    files::{
        self,
        pdf::{Column, Pdf, PdfError, Table},
    },
};
use chrono::NaiveDateTime;
use perennial_domain::Money;
use perennial_store::table::{campaign, campaign_sums, campaign_sums::ChannelPart};
use std::{collections::BTreeMap, path::Path};

/// Lines of a table at most; fewer where they would not fit on one page.
const LINES: usize = 12;
/// Characters of the user's own words at most.
const GOAL: usize = 300;
const NAMES: usize = 120;
const TITLE: usize = 70;

/// Writes it.
///
/// # Errors
/// Where there is no such campaign, or the file cannot be written.
pub fn save(app: &App, input: CampaignReportSave) -> Result<Written, Failure> {
    let detail = campaigns::show(app, ById { id: input.campaign })?;
    let id = detail.campaign.id.clone();
    let out = |state: &str| {
        let list = ContentList {
            campaign: Some(id.clone()),
            state: Some(state.to_owned()),
            ..ContentList::default()
        };
        content::list(app, list).map(|found| found.items)
    };
    let mut items = out("published")?;
    items.extend(out("done")?);
    items.sort_by(|a, b| b.published_on.cmp(&a.published_on));
    let (slugs, channels) = app.read(|read| {
        let found = campaign::get(read, &id)?;
        Ok((
            campaign::programs(read, &id)?,
            campaign_sums::by_channel(read, found.id)?,
        ))
    })?;
    let programs = slugs
        .into_iter()
        .map(|slug| program::find(app, &slug).map_or(slug, |row| row.name))
        .collect();
    let page = Page {
        detail,
        programs,
        channels,
        items,
        costs: !input.without_costs,
        today: app.today()?.to_string(),
    };
    let bytes = page.pdf(app.now().naive_utc()).map_err(|error| {
        Failure::resource(
            "campaign.report",
            format!("The report could not be set: {error}."),
        )
    })?;
    files::write(Path::new(&input.path), bytes)?;
    Ok(Written {
        files: vec![input.path],
    })
}

/// What stands on the page.
struct Page {
    detail: CampaignDetail,
    programs: Vec<String>,
    channels: BTreeMap<String, ChannelPart>,
    items: Vec<ContentItemDto>,
    costs: bool,
    today: String,
}

impl Page {
    /// The one page, with as many lines of channels and of what was published as there is room for.
    fn pdf(&self, made: NaiveDateTime) -> Result<Vec<u8>, PdfError> {
        let mut page = self.set(made, LINES);
        for lines in (0..LINES).rev() {
            if page.page_count()? <= 1 {
                break;
            }
            page = self.set(made, lines);
        }
        page.finish()
    }

    fn set(&self, made: NaiveDateTime, lines: usize) -> Pdf {
        let row = &self.detail.campaign;
        let mut page = Pdf::new(format!("Campaign: {}", row.name));
        page.made(made)
            .footer(format!("Made with Perennial on {}", self.today))
            .heading(short(&row.name, TITLE))
            .facts(&self.facts());
        self.results(&mut page);
        self.by_channel(&mut page, lines);
        self.published(&mut page, lines);
        page.note(
            "Commission is what was earned through the campaign's links, on hold included, refunds and clawbacks taken off. \
             What is still to come is expected of those who pay now; what comes a year later counts 10 % less. Amounts of \
             different currencies are kept apart.",
        );
        page
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let row = &self.detail.campaign;
        let when = match (&row.starts_on, &row.ends_on) {
            (Some(from), Some(to)) => format!("{from} to {to}"),
            (Some(from), None) => format!("since {from}"),
            (None, Some(to)) => format!("until {to}"),
            (None, None) => String::new(),
        };
        let facts = [
            ("When", when),
            ("Programs", short(&self.programs.join(", "), NAMES)),
            ("Channels", short(&row.channels.join(", "), NAMES)),
            ("Goal", short(&row.goal, GOAL)),
            ("Clicks", known(row.results.clicks)),
            ("Referrals", row.results.referrals.to_string()),
        ];
        facts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }

    fn results(&self, page: &mut Pdf) {
        page.section("What it brought");
        if self.detail.figures.is_empty() {
            page.paragraph("No commission yet.");
            return;
        }
        let mut columns = vec![Column::text("")];
        let figures = &self.detail.figures;
        columns.extend(
            figures
                .iter()
                .map(|of| Column::figures(of.currency.as_str())),
        );
        let mut table = Table::new(columns);
        let mut line = |name: &str, value: &dyn Fn(&CampaignFigures) -> String| {
            let cells = std::iter::once(name.to_owned()).chain(figures.iter().map(value));
            table.row(cells);
        };
        let dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
        line("Commission so far", &|of| of.commission.clone());
        line("Still to come, expected", &|of| of.to_come.clone());
        line("Commission a click", &|of| dash(&of.epc));
        if self.costs {
            line("Spend", &|of| of.spend.clone());
            line("Profit so far", &|of| of.profit.clone());
            line("Profit with what is to come", &|of| {
                of.profit_with_to_come.clone()
            });
            line("Spend paid back", &paid_back);
            line("Profit an hour of work", &|of| dash(&of.hourly));
        }
        page.table(table);
    }

    fn by_channel(&self, page: &mut Pdf, lines: usize) {
        if self.channels.is_empty() {
            return;
        }
        let mut table = Table::new(vec![
            Column::text("Channel"),
            Column::figures("Clicks"),
            Column::figures("Referrals"),
            Column::figures("Commission"),
        ]);
        for (name, part) in self.channels.iter().take(lines) {
            let earned: Vec<String> = part.commission.iter().map(Money::to_string).collect();
            table.row([
                short(name, TITLE),
                known(part.clicks),
                part.referrals.to_string(),
                if earned.is_empty() {
                    "–".to_owned()
                } else {
                    earned.join("\n")
                },
            ]);
        }
        page.section("Channels").table(table);
        more(page, self.channels.len(), lines);
    }

    fn published(&self, page: &mut Pdf, lines: usize) {
        if self.items.is_empty() {
            return;
        }
        let mut table = Table::new(vec![
            Column::text("Day"),
            Column::text("What"),
            Column::text("Where"),
        ]);
        for item in self.items.iter().take(lines) {
            table.row([
                item.published_on.clone().unwrap_or_default(),
                short(&item.title, TITLE),
                item.channel
                    .as_deref()
                    .map_or_else(String::new, |name| short(name, TITLE)),
            ]);
        }
        page.section("Published").table(table);
        more(page, self.items.len(), lines);
    }
}

/// Says how many lines there was no room for.
fn more(page: &mut Pdf, all: usize, shown: usize) {
    if all > shown {
        page.note(format!("And {} more.", all - shown));
    }
}

fn paid_back(of: &CampaignFigures) -> String {
    match (of.payback.state.as_str(), &of.payback.on) {
        ("reached", Some(day)) => day.clone(),
        ("expected", Some(day)) => format!("expected by {day}"),
        ("nothing_spent", _) => "nothing was spent".to_owned(),
        _ => "not in sight".to_owned(),
    }
}

fn known(count: Option<u64>) -> String {
    count.map_or_else(|| "not known".to_owned(), |count| count.to_string())
}

/// One line of the user's words, cut where it is too long for a page.
fn short(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= most {
        return text;
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dto::{CampaignResults, CampaignRow, PaybackDto};
    use chrono::NaiveDate;
    use perennial_domain::Currency;

    /// A campaign with more than a page can hold.
    fn full() -> Page {
        let figures = |currency: &str| CampaignFigures {
            currency: currency.to_owned(),
            commission: "1234.56".to_owned(),
            to_come: "500.00".to_owned(),
            spend: "200.00".to_owned(),
            profit: "1034.56".to_owned(),
            profit_with_to_come: "1534.56".to_owned(),
            payback: PaybackDto {
                state: "reached".to_owned(),
                on: Some("2026-03-01".to_owned()),
                missing: None,
            },
            epc: None,
            hourly: Some("12.00".to_owned()),
            how: Vec::new(),
        };
        let item = |number: u32| ContentItemDto {
            id: number.to_string(),
            campaign: "Launch".to_owned(),
            channel: Some("Newsletter".to_owned()),
            channel_kind: Some("email".to_owned()),
            kind: "email".to_owned(),
            title: format!("A title of something that was published as part {number} of a series"),
            state: "published".to_owned(),
            planned_on: None,
            published_on: Some("2026-02-11".to_owned()),
            url: None,
            links: Vec::new(),
            swipe: None,
            swipe_title: None,
            note: String::new(),
            revision: 1,
        };
        let earned = |code: &str| Money::parse("12.00", Currency::parse(code).unwrap()).unwrap();
        let part = ChannelPart {
            clicks: Some(3),
            referrals: 1,
            commission: vec![earned("EUR"), earned("GBP"), earned("USD")],
        };
        Page {
            detail: CampaignDetail {
                campaign: CampaignRow {
                    id: String::new(),
                    name: "Launch ".repeat(40),
                    channels: (0..60).map(|number| format!("Channel {number}")).collect(),
                    starts_on: Some("2026-01-01".to_owned()),
                    ends_on: None,
                    goal: "More trials. ".repeat(200),
                    budget: None,
                    results: CampaignResults {
                        links: 3,
                        clicks: None,
                        referrals: 9,
                        entries: 0,
                        minutes: 0,
                        money: Vec::new(),
                    },
                    archived: false,
                    revision: 1,
                },
                log: Vec::new(),
                links: Vec::new(),
                figures: ["EUR", "GBP", "USD"].map(figures).into(),
            },
            programs: vec!["Kartra".to_owned()],
            channels: (0..20)
                .map(|number| (format!("Channel {number}"), part.clone()))
                .collect(),
            items: (0..40).map(item).collect(),
            costs: true,
            today: "2026-03-10".to_owned(),
        }
    }

    #[test]
    fn however_much_there_is_it_stands_on_one_page() {
        let made = NaiveDate::from_ymd_opt(2026, 3, 10)
            .unwrap()
            .and_hms_opt(9, 0, 0)
            .unwrap();
        let page = full();
        assert!(page.set(made, LINES).page_count().unwrap() > 1, "it is cut");
        let fits = (0..LINES)
            .rev()
            .find(|lines| page.set(made, *lines).page_count().unwrap() == 1);
        assert!(fits.is_some_and(|lines| lines > 0), "{fits:?}");
        assert!(page.pdf(made).unwrap().starts_with(b"%PDF"));
    }

    #[test]
    fn long_words_are_cut_between_characters() {
        assert_eq!(short("  two\nwords ", 20), "two words");
        assert_eq!(short("ÄÖÜäöü", 4), "ÄÖÜ…");
    }
}
