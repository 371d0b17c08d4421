//! What the rows of one program's month add up to, from the rows themselves.

use crate::StoreError;
use rusqlite::{Connection, Row};
use std::{
    collections::{BTreeMap, HashMap},
    hash::Hash,
};

/// By what a month is divided further; the words of the table.
pub(super) const PARTS: [&str; 5] = ["plan", "tier", "link", "channel", "campaign"];

/// Channel and campaign of each link.
pub(super) type Places = HashMap<String, (String, Option<String>)>;

/// What a month adds up to, by the keys of the tables that hold it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Month {
    /// By day, the source's word for a program that is none of the book's, and currency.
    pub days: BTreeMap<(String, String, String), Day>,
    /// By day, day of maturity, the source's word and currency: amount and rows.
    pub open: BTreeMap<(String, String, String, String), (i64, i64)>,
    /// By part, key and currency.
    pub parts: BTreeMap<(&'static str, String, String), Part>,
    /// By part, day of maturity, key and currency.
    pub part_open: BTreeMap<(&'static str, String, String, String), i64>,
}

/// Sums of a day: amounts in millionths, and rows by where they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Day {
    pub earned: i64,
    pub paid: i64,
    pub unknown: i64,
    pub rows: i64,
    pub paid_rows: i64,
    pub reversed_rows: i64,
    pub unknown_rows: i64,
    /// Commissions that were taken back.
    pub back_rows: i64,
    /// Refunds and chargebacks that hold.
    pub refund_rows: i64,
    /// Commissions that are approved.
    pub stood_rows: i64,
}

/// Sums of a part of a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub earned: i64,
    pub paid: i64,
    pub rows: i64,
    pub referrals: i64,
}

/// Reads where links belong.
pub(super) fn places(connection: &Connection) -> Result<Places, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, channel, campaign FROM link")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Texts as small numbers, while rows are counted.
#[derive(Default)]
struct Words {
    index: HashMap<String, u32>,
    texts: Vec<String>,
}

impl Words {
    fn of(&mut self, text: &str) -> u32 {
        if let Some(known) = self.index.get(text) {
            return *known;
        }
        let next = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.index.insert(text.to_owned(), next);
        self.texts.push(text.to_owned());
        next
    }

    fn text(&self, index: u32) -> String {
        let at = usize::try_from(index).unwrap_or(usize::MAX);
        self.texts.get(at).cloned().unwrap_or_default()
    }
}

/// Sums while rows are counted.
#[derive(Default)]
struct Counting {
    words: Words,
    days: HashMap<[u32; 3], Day>,
    open: HashMap<[u32; 4], (i64, i64)>,
    parts: HashMap<(usize, [u32; 2]), Part>,
    part_open: HashMap<(usize, [u32; 3]), i64>,
}

/// Counts a program's month (`2026-03`); no program is an empty text.
pub(super) fn count(
    connection: &Connection,
    program: &str,
    month: &str,
    places: &Places,
) -> Result<Month, StoreError> {
    // Word for word what the index holds: read from it alone.
    let mut statement = connection.prepare_cached(
        "SELECT occurred_on, currency, matures_on, earned, paid, plan, tier, link, program_text, kind, approval, payment,
             CASE WHEN approval = 'other' THEN commission END
         FROM conversion INDEXED BY conversion_sums
         WHERE program IS ?1 AND occurred_on BETWEEN ?2 || '-01' AND ?2 || '-31'",
    )?;
    let own = (!program.is_empty()).then_some(program);
    let mut rows = statement.query((own, month))?;
    let mut counting = Counting::default();
    while let Some(row) = rows.next()? {
        counting.take(row, own.is_some(), places)?;
    }
    Ok(counting.done())
}

impl Counting {
    fn take(&mut self, row: &Row<'_>, own: bool, places: &Places) -> Result<(), StoreError> {
        let text = |column: usize| -> Result<&str, StoreError> {
            row.get_ref(column)?
                .as_str()
                .map_err(|_| StoreError::Unreadable("a row of the ledger".to_owned()))
        };
        let maybe = |column: usize| -> Result<Option<&str>, StoreError> {
            row.get_ref(column)?
                .as_str_or_null()
                .map_err(|_| StoreError::Unreadable("a row of the ledger".to_owned()))
        };
        let (earned, paid): (i64, i64) = (row.get(3)?, row.get(4)?);
        let (kind, approval, payment) = (text(9)?, text(10)?, text(11)?);
        let day = self.words.of(text(0)?);
        let currency = self.words.of(text(1)?);
        let matures = self.words.of(text(2)?);
        // Where the program is the book's own, the source's word for it says nothing more.
        let other = self
            .words
            .of(maybe(8)?.filter(|_| !own).unwrap_or_default());

        let counts = matches!(approval, "pending" | "approved");
        let settled = matches!(payment, "paid" | "clawed_back") || (earned != 0 && earned == paid);
        let sums = self.days.entry([day, other, currency]).or_default();
        add(&mut sums.earned, earned);
        add(&mut sums.paid, paid);
        add(
            &mut sums.unknown,
            row.get::<_, Option<i64>>(12)?.unwrap_or(0),
        );
        sums.rows += 1;
        sums.paid_rows += i64::from(counts && settled);
        sums.reversed_rows += i64::from(approval == "reversed");
        sums.unknown_rows += i64::from(approval == "other");
        let commission = matches!(kind, "sale" | "rebill" | "second_tier");
        let refund = matches!(kind, "refund" | "chargeback");
        sums.back_rows += i64::from(commission && approval == "reversed");
        sums.refund_rows += i64::from(refund && approval != "reversed");
        sums.stood_rows += i64::from(commission && approval == "approved");

        let left = earned.saturating_sub(paid);
        let waits = counts && !settled;
        if left != 0 || waits {
            let open = self
                .open
                .entry([day, matures, other, currency])
                .or_default();
            add(&mut open.0, left);
            open.1 += i64::from(waits);
        }

        let link = maybe(7)?;
        let place = link.and_then(|link| places.get(link));
        let keys = [
            maybe(5)?,
            Some(text(6)?),
            link,
            place.map(|(channel, _)| channel.as_str()),
            place.and_then(|(_, campaign)| campaign.as_deref()),
        ];
        let referral = matches!(kind, "sale" | "lead") && approval != "reversed";
        for (part, key) in keys.into_iter().enumerate() {
            let Some(key) = key else { continue };
            let key = self.words.of(key);
            let sums = self.parts.entry((part, [key, currency])).or_default();
            add(&mut sums.earned, earned);
            add(&mut sums.paid, paid);
            sums.rows += 1;
            sums.referrals += i64::from(referral);
            if left != 0 {
                let open = self
                    .part_open
                    .entry((part, [matures, key, currency]))
                    .or_default();
                add(open, left);
            }
        }
        Ok(())
    }

    fn done(self) -> Month {
        let Self {
            words,
            days,
            open,
            parts,
            part_open,
        } = self;
        let text = |index: u32| words.text(index);
        let name = |part: usize| PARTS.get(part).copied().unwrap_or_default();
        Month {
            days: collect(days, |[day, other, currency]| {
                (text(day), text(other), text(currency))
            }),
            open: collect(open, |[day, matures, other, currency]| {
                (text(day), text(matures), text(other), text(currency))
            }),
            parts: collect(parts, |(part, [key, currency])| {
                (name(part), text(key), text(currency))
            }),
            part_open: collect(part_open, |(part, [matures, key, currency])| {
                (name(part), text(matures), text(key), text(currency))
            }),
        }
    }
}

fn collect<K: Hash + Eq, T: Ord, V>(from: HashMap<K, V>, key: impl Fn(K) -> T) -> BTreeMap<T, V> {
    from.into_iter()
        .map(|(known, value)| (key(known), value))
        .collect()
}

/// Adds, and stays at the largest amount that can be kept where a hostile report goes beyond it.
fn add(sum: &mut i64, amount: i64) {
    *sum = sum.saturating_add(amount);
}
