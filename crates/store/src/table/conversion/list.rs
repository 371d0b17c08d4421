//! Rows by filter, newest first.

use super::{
    find::Among,
    ways::{self, Way},
};
use crate::{
    Read, StoreError,
    rows::{col, day, instant, money, parse},
};
use chrono::{DateTime, NaiveDate, Utc};
use perennial_domain::{
    Money,
    ids::{BatchId, ConversionId, ProgramId},
};
use rusqlite::{Row, ToSql};

const COLUMNS: &str = "SELECT c.*, EXISTS (SELECT 1 FROM after_lock a WHERE a.noun = 'conversion' AND a.id = c.id) AS after_lock, n.name AS connection_name, p.slug AS program_slug, l.code AS link_code,
        h.name AS channel_name, k.name AS campaign_name FROM conversion c";
/// The order is given: the ledger first, by the index that the filter asks for.
const JOINS: &str = "CROSS JOIN connection n ON n.id = c.connection
     LEFT JOIN program p ON p.id = c.program LEFT JOIN link l ON l.id = c.link
     LEFT JOIN channel h ON h.id = l.channel LEFT JOIN campaign k ON k.id = l.campaign";

/// Where a row's money stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On hold.
    Reserve,
    /// Matured and not paid.
    Due,
    /// Paid.
    Paid,
    /// Taken back.
    Reversed,
    /// Reported with a word that is not known.
    Unknown,
}

impl Standing {
    /// Every standing.
    pub const ALL: &'static [Self] = &[
        Self::Reserve,
        Self::Due,
        Self::Paid,
        Self::Reversed,
        Self::Unknown,
    ];

    /// The word of the command line and the window.
    pub fn word(self) -> &'static str {
        match self {
            Self::Reserve => "reserve",
            Self::Due => "due",
            Self::Paid => "paid",
            Self::Reversed => "reversed",
            Self::Unknown => "unknown",
        }
    }

    /// The standing of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|standing| standing.word() == word)
    }

    /// The rows of it, `:today` being the day; the same rule as [`LedgerRow::standing`].
    fn condition(self) -> String {
        match self {
            Self::Reserve => format!("{STANDS} = 'open' AND c.matures_on > :today"),
            Self::Due => format!("{STANDS} = 'open' AND c.matures_on <= :today"),
            Self::Paid => format!("{STANDS} = 'paid'"),
            Self::Reversed => format!("{STANDS} = 'reversed'"),
            Self::Unknown => format!("{STANDS} = 'unknown'"),
        }
    }
}

/// Word for word what the index `conversion_by_standing` begins with.
const STANDS: &str = "CASE WHEN c.approval = 'other' THEN 'unknown' WHEN c.approval = 'reversed' THEN 'reversed'
         WHEN c.payment IN ('paid', 'clawed_back') OR (c.earned <> 0 AND c.earned = c.paid) THEN 'paid' ELSE 'open' END";

/// Rows that are counted one by one at most; the number of more is not worth the wait.
const COUNTED: u64 = 50_000;

/// Which rows; what is none does not narrow.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Words to find in ids, sub-IDs, order, customer, program and plan.
    pub search: String,
    /// Of this program.
    pub program: Option<ProgramId>,
    /// Standing so on the day given.
    pub standing: Option<(Standing, NaiveDate)>,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Through links for the channel of this name.
    pub channel: Option<String>,
    /// Through links for the campaign of this name.
    pub campaign: Option<String>,
    /// That this batch brought.
    pub batch: Option<BatchId>,
}

/// The last row of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Its day.
    pub occurred_on: NaiveDate,
    /// Its identity.
    pub id: ConversionId,
}

/// A row with the names around it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "the columns are described where they are declared, in the schema"
)]
pub struct LedgerRow {
    pub id: ConversionId,
    pub native_id: Option<String>,
    pub connection: String,
    pub batch: BatchId,
    /// Slug, where it is one of the book's.
    pub program: Option<String>,
    pub program_text: Option<String>,
    pub plan: Option<String>,
    pub plan_text: Option<String>,
    pub parent_native_id: Option<String>,
    pub kind: String,
    pub tier: String,
    pub occurred_at: DateTime<Utc>,
    pub click_at: Option<DateTime<Utc>>,
    pub occurred_on: NaiveDate,
    pub order_ref: Option<String>,
    pub customer_ref: Option<String>,
    pub sale: Option<Money>,
    pub commission: Option<Money>,
    pub approval: String,
    pub approval_text: Option<String>,
    pub payment: String,
    pub payment_text: Option<String>,
    pub lock_at: Option<DateTime<Utc>>,
    pub reason: Option<String>,
    pub sub_ids: Vec<String>,
    pub link: Option<String>,
    pub channel: Option<String>,
    pub campaign: Option<String>,
    pub vanished: bool,
    /// Its source says otherwise since its period was locked.
    pub after_lock: bool,
    pub matures_on: NaiveDate,
    pub earned: Money,
    pub paid: Money,
    pub raw: String,
}

impl LedgerRow {
    /// Where its money stands on a day.
    pub fn standing(&self, today: NaiveDate) -> Standing {
        match self.approval.as_str() {
            "other" => Standing::Unknown,
            "reversed" => Standing::Reversed,
            _ if matches!(self.payment.as_str(), "paid" | "clawed_back") => Standing::Paid,
            _ if !self.earned.is_zero() && self.earned == self.paid => Standing::Paid,
            _ if self.matures_on > today => Standing::Reserve,
            _ => Standing::Due,
        }
    }

    /// Where the page after this row begins.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            occurred_on: self.occurred_on,
            id: self.id,
        }
    }
}

/// A page of rows, the newest day first.
///
/// # Errors
/// Where the book cannot be read.
pub fn page(
    read: &Read<'_>,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Vec<LedgerRow>, StoreError> {
    let Some(way) = ways::to(read, filter)? else {
        return Ok(Vec::new());
    };
    let mut wanted = Wanted::of(filter, &way);
    if let Some(after) = after {
        wanted.and(
            "(c.occurred_on, c.id) < (:after_day, :after_id)",
            [
                (":after_day", after.occurred_on.to_string()),
                (":after_id", after.id.to_string()),
            ],
        );
    }
    let sql = format!(
        "{COLUMNS} {} {JOINS} {} ORDER BY c.occurred_on DESC, c.id DESC LIMIT {limit}",
        way.indexed(),
        wanted.clause()
    );
    let mut statement = read.0.prepare_cached(&sql)?;
    let mut rows = statement.query(wanted.values().as_slice())?;
    let mut page = Vec::new();
    while let Some(found) = rows.next()? {
        page.push(row(found)?);
    }
    Ok(page)
}

/// How many rows a filter leaves; none where that would take reading them all.
///
/// # Errors
/// Where the book cannot be read.
pub fn count(read: &Read<'_>, filter: &Filter) -> Result<Option<u64>, StoreError> {
    if let Some(count) = ways::counted(read, filter)? {
        return Ok(Some(count));
    }
    let Some(way) = ways::to(read, filter)? else {
        return Ok(Some(0));
    };
    if way.rows > COUNTED {
        return Ok(None);
    }
    let wanted = Wanted::of(filter, &way);
    let sql = format!(
        "SELECT count(*) FROM conversion c {} {}",
        way.indexed(),
        wanted.clause()
    );
    let mut statement = read.0.prepare_cached(&sql)?;
    let count: i64 = statement.query_row(wanted.values().as_slice(), |row| row.get(0))?;
    Ok(Some(u64::try_from(count).unwrap_or(0)))
}

/// A row by its identity, or by the source's own id where only one row has it.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, id: &str) -> Result<LedgerRow, StoreError> {
    let id = id.trim();
    // A source's own id is the identity of its row: one look a connection.
    let native =
        "c.connection IN (SELECT id FROM connection) AND c.family IN ('conversion', 'reversal')
         AND c.identity = ?1 AND c.occurrence = 0 AND c.native_id = ?1";
    for condition in ["c.id = ?1", native] {
        let mut statement = read.0.prepare_cached(&format!(
            "{COLUMNS} {JOINS} WHERE {condition} ORDER BY c.family, c.id LIMIT 1"
        ))?;
        let mut rows = statement.query([id])?;
        if let Some(found) = rows.next()? {
            return row(found);
        }
    }
    Err(StoreError::NoSuch {
        noun: "ledger row",
        name: id.to_owned(),
    })
}

/// What takes a row back or corrects it, and what it takes back itself.
///
/// # Errors
/// Where the book cannot be read.
pub fn related(read: &Read<'_>, of: &LedgerRow) -> Result<Vec<LedgerRow>, StoreError> {
    let mut statement = read.0.prepare_cached(&format!(
        "{COLUMNS} {JOINS} WHERE c.id <> ?2 AND c.id IN (
             SELECT t.id FROM conversion t WHERE t.parent_native_id = ?3
                 AND t.connection = (SELECT id FROM connection WHERE name = ?1)
             UNION
             SELECT t.id FROM conversion t WHERE t.connection = (SELECT id FROM connection WHERE name = ?1)
                 AND t.family IN ('conversion', 'reversal') AND t.identity = ?4 AND t.occurrence = 0 AND t.native_id = ?4)
         ORDER BY c.occurred_on, c.id LIMIT 100"
    ))?;
    let mut rows = statement.query((
        &of.connection,
        of.id.to_string(),
        &of.native_id,
        &of.parent_native_id,
    ))?;
    let mut found = Vec::new();
    while let Some(next) = rows.next()? {
        found.push(row(next)?);
    }
    Ok(found)
}

/// Conditions and their values.
struct Wanted {
    conditions: Vec<String>,
    values: Vec<(&'static str, String)>,
}

impl Wanted {
    fn of(filter: &Filter, way: &Way) -> Self {
        let mut wanted = Self {
            conditions: Vec::new(),
            values: Vec::new(),
        };
        if let Some(program) = filter.program {
            wanted.and("c.program = :program", [(":program", program.to_string())]);
        }
        if let Some((standing, today)) = filter.standing {
            let dated = matches!(standing, Standing::Reserve | Standing::Due);
            wanted.and(
                standing.condition(),
                dated.then(|| (":today", today.to_string())),
            );
        }
        if let Some((first, last)) = &way.days {
            wanted.and(
                "c.occurred_on BETWEEN :first AND :last",
                [(":first", first.clone()), (":last", last.clone())],
            );
        }
        if let Some(from) = filter.from {
            wanted.and("c.occurred_on >= :from", [(":from", from.to_string())]);
        }
        if let Some(to) = filter.to {
            wanted.and("c.occurred_on <= :to", [(":to", to.to_string())]);
        }
        if let Some(channel) = &filter.channel {
            wanted.and(
                "c.link IN (SELECT l.id FROM link l JOIN channel h ON h.id = l.channel WHERE h.name = :channel)",
                [(":channel", channel.clone())],
            );
        }
        if let Some(campaign) = &filter.campaign {
            wanted.and(
                "c.link IN (SELECT l.id FROM link l JOIN campaign k ON k.id = l.campaign WHERE k.name = :campaign)",
                [(":campaign", campaign.clone())],
            );
        }
        if let Some(batch) = filter.batch {
            wanted.and("c.batch = :batch", [(":batch", batch.to_string())]);
        }
        let search = filter.search.trim();
        match &way.among {
            Among::Any => {}
            Among::Rows(rows) => {
                let rows = serde_json::Value::from(rows.clone()).to_string();
                wanted.and(
                    "c.rowid IN (SELECT value FROM json_each(:among))",
                    [(":among", rows)],
                );
            }
            // Told from an index of days before a row is fetched.
            Among::Found(parts) => wanted.and(
                "c.rowid IN (SELECT rowid FROM ledger_find WHERE ledger_find MATCH :among)",
                [(":among", parts.clone())],
            ),
        }
        if !search.is_empty() {
            wanted.and(
                "(c.id = :search OR c.native_id LIKE :like ESCAPE '\\' OR c.sub_id_key LIKE :like ESCAPE '\\'
                  OR c.order_ref LIKE :like ESCAPE '\\' OR c.customer_ref LIKE :like ESCAPE '\\'
                  OR c.program_text LIKE :like ESCAPE '\\' OR c.plan_text LIKE :like ESCAPE '\\'
                  OR c.plan LIKE :like ESCAPE '\\')",
                [(":search", search.to_owned()), (":like", format!("%{}%", like(search)))],
            );
        }
        wanted
    }

    fn and(
        &mut self,
        condition: impl Into<String>,
        values: impl IntoIterator<Item = (&'static str, String)>,
    ) {
        self.conditions.push(condition.into());
        self.values.extend(values);
    }

    fn clause(&self) -> String {
        if self.conditions.is_empty() {
            String::new()
        } else {
            format!("WHERE {}", self.conditions.join(" AND "))
        }
    }

    fn values(&self) -> Vec<(&'static str, &dyn ToSql)> {
        self.values
            .iter()
            .map(|(name, value)| (*name, value as &dyn ToSql))
            .collect()
    }
}

/// A text as itself in a LIKE pattern.
fn like(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}

fn row(row: &Row<'_>) -> Result<LedgerRow, StoreError> {
    let currency: String = col(row, "currency")?;
    let amount = |name: &str| -> Result<Option<Money>, StoreError> {
        col::<Option<i64>>(row, name)?
            .map(|micros| money(micros, &currency))
            .transpose()
    };
    let sub_ids: String = col(row, "sub_ids")?;
    let lock_at: Option<String> = col(row, "lock_at")?;
    Ok(LedgerRow {
        id: parse(&col::<String>(row, "id")?)?,
        native_id: col(row, "native_id")?,
        connection: col(row, "connection_name")?,
        batch: parse(&col::<String>(row, "batch")?)?,
        program: col(row, "program_slug")?,
        program_text: col(row, "program_text")?,
        plan: col(row, "plan")?,
        plan_text: col(row, "plan_text")?,
        parent_native_id: col(row, "parent_native_id")?,
        kind: col(row, "kind")?,
        tier: col(row, "tier")?,
        occurred_at: instant(&col::<String>(row, "occurred_at")?)?,
        click_at: col::<Option<String>>(row, "click_at")?
            .as_deref()
            .map(instant)
            .transpose()?,
        occurred_on: day(&col::<String>(row, "occurred_on")?)?,
        order_ref: col(row, "order_ref")?,
        customer_ref: col(row, "customer_ref")?,
        sale: amount("sale")?,
        commission: amount("commission")?,
        approval: col(row, "approval")?,
        approval_text: col(row, "approval_text")?,
        payment: col(row, "payment")?,
        payment_text: col(row, "payment_text")?,
        lock_at: lock_at.as_deref().map(instant).transpose()?,
        reason: col(row, "reason")?,
        sub_ids: serde_json::from_str(&sub_ids).map_err(|_| StoreError::Unreadable(sub_ids))?,
        link: col(row, "link_code")?,
        channel: col(row, "channel_name")?,
        campaign: col(row, "campaign_name")?,
        vanished: col(row, "vanished")?,
        after_lock: col(row, "after_lock")?,
        matures_on: day(&col::<String>(row, "matures_on")?)?,
        earned: money(col(row, "earned")?, &currency)?,
        paid: money(col(row, "paid")?, &currency)?,
        raw: col(row, "raw")?,
    })
}
