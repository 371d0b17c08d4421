//! Referred customers: where each stands, what they brought, and what is still to come.

mod shown;

use super::{MAX_PAGE, PAGE, forecast, terms_view::Book};
use crate::{
    App, Failure,
    dto::{
        ById, Empty, Page, ReferralDetail, ReferralItem, ReferralList, ReferralNote, ReferralShow,
    },
    error::Place,
    files::program::date,
};
use chrono::NaiveDate;
use perennial_domain::{
    Money,
    ids::{ReferralEventId, ReferralId},
    ledger::{Kind, Tier},
    program::{Program, Terms, plan_on},
    referral::{Bought, Life, Moment, Stage, What, life},
};
use perennial_store::table::{
    program,
    referral::{self, Customer, CustomerRow, EventRow, ReferralRow},
};
use rust_decimal::Decimal;
use shown::{item, payment, step, sums, to_come, windows};
use std::collections::HashMap;

/// Customers looked at for one page where only those of a stage are asked for.
const LOOKED_AT: u32 = 2_000;

/// What the programs' terms say, read once a question.
#[derive(Default)]
struct Programs(HashMap<String, Option<Book>>);

impl Programs {
    fn of(&mut self, app: &App, id: Option<&str>) -> Result<Option<&Book>, Failure> {
        let Some(id) = id else { return Ok(None) };
        if !self.0.contains_key(id) {
            let found: Option<Program> = app
                .read(program::list)?
                .into_iter()
                .find(|program| program.id.to_string() == id);
            let book = found.map(|row| Book::load(app, row)).transpose()?;
            self.0.insert(id.to_owned(), book);
        }
        Ok(self.0.get(id).and_then(Option::as_ref))
    }
}

/// One referral with all that is known of it.
struct Whole {
    id: String,
    alias: String,
    connection: Option<String>,
    program: Option<(String, String)>,
    rows: Vec<CustomerRow>,
    kept: Option<ReferralRow>,
    events: Vec<EventRow>,
    clicked: Option<NaiveDate>,
    life: Life,
    terms: Option<Terms>,
}

/// The referrals, the one heard of last first; those noted by hand alone come before.
///
/// # Errors
/// Where a filter does not fit.
pub fn list(app: &App, input: ReferralList) -> Result<Page<ReferralItem>, Failure> {
    let stage = input
        .stage
        .as_deref()
        .filter(|word| !word.is_empty())
        .map(stage_of)
        .transpose()?;
    let program =
        super::ledger::program_id(app, input.program.as_deref())?.map(|id| id.to_string());
    let limit = input.limit.unwrap_or(PAGE).clamp(1, MAX_PAGE);
    let take = usize::try_from(limit).unwrap_or(usize::MAX);
    let search = crate::privacy::searched(app, &input.search)?;
    let after = input.after.as_deref().map(cursor).transpose()?;
    let mut programs = Programs::default();
    let fits = |whole: &Whole| stage.is_none_or(|stage| whole.life.stage() == Some(stage));
    let mut items = Vec::new();
    if after.is_none() {
        let noted = app.read(|read| referral::by_hand(read, program.as_deref(), &search))?;
        for kept in noted {
            let whole = by_hand(app, &mut programs, kept)?;
            if fits(&whole) {
                items.push(item(&whole));
            }
        }
    }
    let mut place = after;
    let mut looked = 0;
    let next = loop {
        let step = limit.min(200);
        let found = app.read(|read| {
            let after = place.as_ref().map(|(day, id)| (day.as_str(), id.as_str()));
            referral::customers(read, program.as_deref(), &search, after, step)
        })?;
        let whole_page = u32::try_from(found.len()).unwrap_or(u32::MAX) == step;
        let mut full = false;
        for customer in found {
            looked += 1;
            place = Some((customer.last_on.to_string(), customer.last_row.clone()));
            let whole = of_customer(app, &mut programs, customer)?;
            if fits(&whole) {
                items.push(item(&whole));
            }
            if items.len() >= take {
                full = true;
                break;
            }
        }
        if full || (whole_page && looked >= LOOKED_AT) {
            break place.map(|(day, id)| format!("{day}~{id}"));
        }
        if !whole_page {
            break None;
        }
    };
    Ok(Page {
        items,
        next,
        total: None,
    })
}

/// A referral with its life, its windows, what it brought and what is to come.
///
/// # Errors
/// Where there is no such referral, or the discount does not fit.
pub fn show(app: &App, input: ReferralShow) -> Result<ReferralDetail, Failure> {
    let yearly = forecast::discount(input.discount.as_deref())?;
    let whole = find(app, &input.id)?;
    detail(app, &whole, yearly)
}

fn detail(app: &App, whole: &Whole, yearly: f64) -> Result<ReferralDetail, Failure> {
    let (to_come, to_come_how) = to_come(app, whole, yearly)?;
    Ok(ReferralDetail {
        referral: item(whole),
        note: whole
            .kept
            .as_ref()
            .map(|kept| kept.note.clone())
            .unwrap_or_default(),
        steps: whole
            .life
            .steps
            .iter()
            .map(|one| step(whole, one))
            .collect(),
        payments: whole.rows.iter().rev().map(payment).collect(),
        windows: windows(whole),
        link: whole.rows.iter().find_map(|row| row.link.clone()),
        paid: sums(whole.rows.iter().map(|row| row.paid))?,
        to_come,
        to_come_how,
    })
}

/// Notes something of a referral, gives it a name, or takes a note out.
///
/// # Errors
/// Where there is no such referral, or the stage or the day does not fit.
pub fn note(app: &App, input: ReferralNote) -> Result<ReferralDetail, Failure> {
    if let Some(note) = &input.remove {
        let gone = app.edit("Took out a note of a referral", |write| {
            referral::unnote(write, note)
        })?;
        if !gone {
            return Err(wrong(
                "referral.no_note",
                "remove",
                "There is no such note.",
            ));
        }
        let id = input.id.clone().unwrap_or_default();
        return show(app, ReferralShow { id, discount: None });
    }
    let known = input.id.as_deref().map(|id| find(app, id)).transpose()?;
    let text = |text: &Option<String>| {
        text.as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let stage = text(&input.stage).as_deref().map(stage_of).transpose()?;
    let on = match text(&input.on) {
        Some(day) => date(&day, "on")?,
        None => app.today()?,
    };
    let kept = known.as_ref().and_then(|whole| whole.kept.clone());
    let alias = text(&input.alias)
        .or_else(|| kept.as_ref().map(|kept| kept.alias.clone()))
        .or_else(|| known.as_ref().map(|whole| whole.alias.clone()))
        .ok_or_else(|| wrong("referral.no_name", "alias", "A referral needs a name."))?;
    let program = match (&kept, &known, text(&input.program)) {
        (_, _, Some(slug)) => super::ledger::program_id(app, Some(&slug))?.map(|id| id.to_string()),
        (_, Some(whole), None) => whole.program.as_ref().map(|(id, _)| id.clone()),
        _ => None,
    };
    let row = ReferralRow {
        id: kept.as_ref().map_or_else(|| app.id(), |kept| kept.id),
        program: None,
        customer: known.as_ref().and_then(Whole::customer),
        alias,
        note: input
            .note
            .clone()
            .or_else(|| kept.as_ref().map(|kept| kept.note.clone()))
            .unwrap_or_default(),
    };
    let event = stage.map(|stage| EventRow {
        id: app.id::<ReferralEventId>(),
        stage,
        on,
        plan: text(&input.plan),
        note: text(&input.step_note).unwrap_or_default(),
    });
    app.edit(format!("Noted something of {}", row.alias), |write| {
        referral::save(write, &row, program.as_deref())?;
        event
            .as_ref()
            .map_or(Ok(()), |event| referral::note(write, row.id, event))
    })?;
    let id = known.map_or_else(|| row.id.to_string(), |whole| whole.id);
    show(app, ReferralShow { id, discount: None })
}

/// Forgets what the user keeps of a referral; rows of the ledger stay.
///
/// # Errors
/// Where nothing is kept of it.
pub fn forget(app: &App, input: ById) -> Result<Empty, Failure> {
    let whole = find(app, &input.id)?;
    let Some(kept) = whole.kept else {
        return Err(wrong(
            "referral.nothing_kept",
            "id",
            "Nothing is noted of this referral.",
        ));
    };
    let id: ReferralId = kept.id;
    app.edit(format!("Forgot the notes of {}", kept.alias), |write| {
        referral::remove(write, id)
    })?;
    Ok(Empty {})
}

impl Whole {
    fn customer(&self) -> Option<(String, String)> {
        let (connection, customer) = self.id.split_once('~')?;
        Some((connection.to_owned(), customer.to_owned()))
    }

    fn plan_id(&self) -> Option<&str> {
        self.life.plan.as_ref().map(|plan| plan.plan.as_str())
    }

    fn tier(&self) -> Tier {
        self.rows.first().map_or(Tier::Direct, |row| row.tier)
    }
}

/// By the id of a list, the id of what is kept, the name the user gave, or the ledger's word for the customer.
fn find(app: &App, id: &str) -> Result<Whole, Failure> {
    let id = id.trim();
    let mut programs = Programs::default();
    if let Some(kept) = app.read(|read| referral::find(read, id))? {
        return match kept.customer.clone() {
            None => by_hand(app, &mut programs, kept),
            Some((connection, customer)) => one(app, &mut programs, Some(&connection), &customer),
        };
    }
    match id.split_once('~') {
        Some((connection, customer)) => one(app, &mut programs, Some(connection), customer),
        None => one(
            app,
            &mut programs,
            None,
            &crate::privacy::searched(app, id)?,
        ),
    }
}

fn one(
    app: &App,
    programs: &mut Programs,
    connection: Option<&str>,
    customer: &str,
) -> Result<Whole, Failure> {
    let mut found = app.read(|read| referral::customer(read, connection, customer))?;
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => of_customer(app, programs, only),
        (Some(_), false) => Err(wrong(
            "referral.ambiguous",
            "id",
            "More than one connection knows this customer.",
        )
        .hint("Give the id that `perennial referral list` prints.")),
        (None, _) => Err(wrong(
            "referral.unknown",
            "id",
            &format!("There is no referral “{customer}”."),
        )
        .hint("See `perennial referral list`.")),
    }
}

fn of_customer(app: &App, programs: &mut Programs, customer: Customer) -> Result<Whole, Failure> {
    let (rows, kept, events) = app.read(|read| {
        let rows = referral::rows_of(read, &customer.connection, &customer.customer)?;
        let kept = referral::of_customer(read, &customer.connection, &customer.customer)?;
        let events = match &kept {
            Some(kept) => referral::events(read, kept.id)?,
            None => Vec::new(),
        };
        Ok((rows, kept, events))
    })?;
    let program = rows.iter().find_map(|row| row.program.clone());
    build(
        app,
        programs,
        format!("{}~{}", customer.connection, customer.customer),
        Some(customer),
        program,
        rows,
        kept,
        events,
    )
}

fn by_hand(app: &App, programs: &mut Programs, kept: ReferralRow) -> Result<Whole, Failure> {
    let events = app.read(|read| referral::events(read, kept.id))?;
    let program = super::ledger::program_id(app, kept.program.as_deref())?.map(|id| id.to_string());
    let id = kept.id.to_string();
    build(
        app,
        programs,
        id,
        None,
        program,
        Vec::new(),
        Some(kept),
        events,
    )
}

#[expect(
    clippy::too_many_arguments,
    reason = "everything that is known of one referral, put together in one place"
)]
fn build(
    app: &App,
    programs: &mut Programs,
    id: String,
    customer: Option<Customer>,
    program: Option<String>,
    rows: Vec<CustomerRow>,
    kept: Option<ReferralRow>,
    events: Vec<EventRow>,
) -> Result<Whole, Failure> {
    let today = app.today()?;
    let known = app
        .read(|read| referral::known_until(read, program.as_deref()))?
        .map_or(today, |day| day.min(today));
    let book = programs.of(app, program.as_deref())?;
    let first = rows
        .first()
        .map(|row| row.on)
        .or_else(|| events.first().map(|event| event.on))
        .unwrap_or(today);
    let terms = book.and_then(|book| book.on(first).ok());
    let bought = |plan: &Option<String>| -> Option<Bought> {
        let id = plan.as_deref()?;
        let plan = plan_on(&book?.sets, id)?;
        let term = plan.term.months().max(1);
        let monthly = plan
            .price
            .share(Decimal::ONE.checked_div(term.into())?)
            .ok()?;
        Some(Bought {
            plan: id.to_owned(),
            term,
            monthly,
        })
    };
    let mut moments: Vec<Moment> = rows
        .iter()
        .filter(|row| row.on <= today)
        .filter_map(|row| {
            Some(Moment {
                on: row.on,
                what: what(row, bought(&row.plan))?,
            })
        })
        .collect();
    moments.extend(events.iter().map(|event| Moment {
        on: event.on,
        what: What::Noted(event.stage, event.plan.clone()),
    }));
    let clicked = rows.iter().filter_map(|row| row.clicked).min();
    let alias = kept.as_ref().map_or_else(
        || {
            customer
                .as_ref()
                .map(|one| one.customer.clone())
                .unwrap_or_default()
        },
        |kept| kept.alias.clone(),
    );
    Ok(Whole {
        alias,
        connection: customer.map(|one| one.connection_name),
        program: program.map(|id| {
            let slug = book
                .map(|book| book.program.slug.clone())
                .unwrap_or_default();
            (id, slug)
        }),
        life: life(clicked, &moments, known),
        id,
        rows,
        kept,
        events,
        clicked,
        terms,
    })
}

/// What a row says. A sale that sold nothing, or earned nothing, paid a trial.
fn what(row: &CustomerRow, bought: Option<Bought>) -> Option<What> {
    Some(match row.kind {
        Kind::Lead => What::Lead,
        Kind::Refund | Kind::Chargeback => What::TakenBack,
        Kind::Sale | Kind::Rebill | Kind::SecondTier => {
            if row.reversed {
                return Some(What::TakenBack);
            }
            let free = row.sale.map_or(row.earned.is_zero(), Money::is_zero);
            What::Payment {
                bought,
                trial: free,
                tier: row.tier,
            }
        }
        Kind::Bonus | Kind::Correction => return None,
    })
}

fn stage_of(word: &str) -> Result<Stage, Failure> {
    Stage::parse(word.trim()).ok_or_else(|| {
        let words: Vec<&str> = Stage::ALL.iter().map(|stage| stage.word()).collect();
        wrong("referral.stage", "stage", &format!("“{word}” is no stage."))
            .hint(format!("It is {}.", words.join(", ")))
    })
}

fn cursor(text: &str) -> Result<(String, String), Failure> {
    text.split_once('~')
        .map(|(day, id)| (day.to_owned(), id.to_owned()))
        .ok_or_else(|| {
            wrong(
                "referral.cursor",
                "after",
                &format!("“{text}” is no cursor of the referrals."),
            )
        })
}

fn wrong(code: &str, key: &str, message: &str) -> Failure {
    Failure::refused(code, message).at(Place {
        key: Some(key.to_owned()),
        ..Place::default()
    })
}
