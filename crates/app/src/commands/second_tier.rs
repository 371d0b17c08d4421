//! Affiliates whom the user recruited: a tree, what their sales bring, and what they add to the months ahead.

use super::{MAX_PAGE, forecast, program::find, whole};
use crate::{
    App, Failure,
    dto::{
        Amount, ById, Empty, ListInput, Page, Recruit, RecruitSave, SecondTierAhead,
        SecondTierList, SecondTierSums, SecondTierTree,
    },
    error::Place,
    files::program::date,
};
use perennial_domain::{
    Money,
    ids::{ProgramId, RecruitId},
};
use perennial_store::table::{
    program,
    recruit::{self, Brought, RecruitRow},
};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Months ahead that the second tier's part is told of.
const MONTHS: u32 = 12;

/// The affiliates, those who recruited before those they recruited.
///
/// # Errors
/// Where there is no such program.
pub fn list(app: &App, input: SecondTierList) -> Result<Page<Recruit>, Failure> {
    let items = recruits(app, input.program.as_deref(), input.archived)?.0;
    let page = ListInput {
        limit: Some(input.limit.unwrap_or(super::PAGE).clamp(1, MAX_PAGE)),
        after: input.after,
        ..ListInput::default()
    };
    Ok(whole(items, &page))
}

/// The whole tree, with what the second tier brought and what it adds to the forecast.
///
/// # Errors
/// Where there is no such program.
pub fn tree(app: &App, input: SecondTierList) -> Result<SecondTierTree, Failure> {
    let (items, brought) = recruits(app, input.program.as_deref(), input.archived)?;
    Ok(SecondTierTree {
        sums: sums(brought.iter())?,
        ahead: ahead(app, input.program.as_deref(), &brought)?,
        items,
    })
}

/// Adds a recruited affiliate, or changes one.
///
/// # Errors
/// Where the name is empty or taken, or somebody would have recruited themselves.
pub fn save(app: &App, input: RecruitSave) -> Result<Recruit, Failure> {
    let name = input.name.trim().to_owned();
    if name.is_empty() {
        return Err(wrong(
            "second_tier.no_name",
            "name",
            "An affiliate needs a name.",
        ));
    }
    let all = app.read(|read| recruit::list(read, None))?;
    let known = match input.id.as_deref() {
        Some(id) => Some(one(&all, id)?.clone()),
        None => None,
    };
    let program = match (&known, input.program.as_deref().map(str::trim)) {
        (Some(known), _) => known.program,
        (None, Some(slug)) if !slug.is_empty() => find(app, slug)?.id,
        (None, _) => {
            return Err(wrong(
                "second_tier.no_program",
                "program",
                "Say which program they were recruited for.",
            ));
        }
    };
    let some = |text: &Option<String>| {
        text.as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let recruited_by = some(&input.recruited_by)
        .map(|by| one(&all, &by).map(|row| (row.id, row.program)))
        .transpose()?;
    let id = known.as_ref().map_or_else(|| app.id(), |known| known.id);
    if let Some((by, of)) = recruited_by {
        if of != program {
            return Err(wrong(
                "second_tier.other_program",
                "recruited_by",
                "They were recruited for another program.",
            ));
        }
        if above(&all, by).contains(&id) {
            return Err(wrong(
                "second_tier.circle",
                "recruited_by",
                "Nobody can be recruited by themselves or by someone below them.",
            ));
        }
    }
    let row = RecruitRow {
        id,
        program,
        program_slug: String::new(),
        name: name.clone(),
        code: some(&input.code),
        recruited_by: recruited_by.map(|(id, _)| id),
        joined_on: some(&input.joined_on)
            .map(|day| date(&day, "joined_on"))
            .transpose()?,
        note: input.note.trim().to_owned(),
        archived: input.archived,
    };
    app.edit(
        match known {
            Some(_) => format!("Changed the affiliate {name}"),
            None => format!("Added the affiliate {name}"),
        },
        |write| recruit::save(write, &row),
    )?;
    let (items, _) = recruits(app, None, true)?;
    let id = id.to_string();
    items
        .into_iter()
        .find(|item| item.id.as_deref() == Some(id.as_str()))
        .ok_or_else(|| unknown(&name))
}

/// Takes an affiliate out; rows of the ledger stay.
///
/// # Errors
/// Where there is no such affiliate.
pub fn remove(app: &App, input: ById) -> Result<Empty, Failure> {
    let all = app.read(|read| recruit::list(read, None))?;
    let (id, name) = {
        let row = one(&all, &input.id)?;
        (row.id, row.name.clone())
    };
    app.edit(format!("Took out the affiliate {name}"), |write| {
        recruit::remove(write, id)
    })?;
    Ok(Empty {})
}

fn one<'a>(all: &'a [RecruitRow], id_or_name: &str) -> Result<&'a RecruitRow, Failure> {
    let wanted = id_or_name.trim();
    let same = |row: &&RecruitRow| row.name.eq_ignore_ascii_case(wanted);
    let by_id = all.iter().find(|row| row.id.to_string() == wanted);
    if let Some(row) = by_id {
        return Ok(row);
    }
    let mut named = all.iter().filter(same);
    match (named.next(), named.next()) {
        (Some(row), None) => Ok(row),
        (Some(_), Some(_)) => Err(wrong(
            "second_tier.ambiguous",
            "id",
            &format!("More than one program has an affiliate “{wanted}”."),
        )
        .hint("Give the id that `perennial second-tier list --json` prints.")),
        _ => Err(unknown(wanted)),
    }
}

fn unknown(name: &str) -> Failure {
    wrong(
        "second_tier.unknown",
        "id",
        &format!("There is no recruited affiliate “{name}”."),
    )
    .hint("See `perennial second-tier list`.")
}

/// An affiliate and all above.
fn above(all: &[RecruitRow], of: RecruitId) -> HashSet<RecruitId> {
    let mut found = HashSet::new();
    let mut next = Some(of);
    while let Some(id) = next.filter(|id| found.insert(*id)) {
        next = all
            .iter()
            .find(|row| row.id == id)
            .and_then(|row| row.recruited_by);
    }
    found
}

/// The tree from the top down, then rows whose word nobody noted; and what rows they are made of.
fn recruits(
    app: &App,
    program: Option<&str>,
    archived: bool,
) -> Result<(Vec<Recruit>, Vec<Brought>), Failure> {
    let program: Option<ProgramId> = super::ledger::program_id(app, program)?;
    let (rows, brought, programs) = app.read(|read| {
        Ok((
            recruit::list(read, program)?,
            recruit::brought(read, program)?,
            program::list(read)?,
        ))
    })?;
    let slugs: HashMap<String, String> = programs
        .into_iter()
        .map(|program| (program.id.to_string(), program.slug))
        .collect();
    let (mut of, mut rest): (HashMap<RecruitId, Vec<&Brought>>, Vec<&Brought>) = Default::default();
    for part in &brought {
        let owner = rows.iter().find(|row| {
            part.program.as_deref() == Some(row.program.to_string().as_str())
                && [row.code.as_deref(), Some(row.name.as_str())]
                    .into_iter()
                    .flatten()
                    .any(|word| part.words.contains(&word.to_lowercase()))
        });
        match owner {
            Some(row) => of.entry(row.id).or_default().push(part),
            None => rest.push(part),
        }
    }
    let mut below: HashMap<Option<RecruitId>, Vec<&RecruitRow>> = HashMap::new();
    for row in &rows {
        below.entry(row.recruited_by).or_default().push(row);
    }
    let mut items = Vec::new();
    for row in below.get(&None).into_iter().flatten() {
        branch(row, 0, &below, &of, archived, &mut items)?;
    }
    let mut unnamed: BTreeMap<(Option<String>, Option<String>), Vec<&Brought>> = BTreeMap::new();
    for part in rest {
        let key = (part.program.clone(), part.words.first().cloned());
        unnamed.entry(key).or_default().push(part);
    }
    for ((program, word), parts) in unnamed {
        items.push(Recruit {
            id: None,
            program: program.and_then(|id| slugs.get(&id).cloned()),
            name: word.clone(),
            code: word,
            recruited_by: None,
            joined_on: None,
            note: String::new(),
            archived: false,
            depth: 0,
            sums: sums(parts.iter().copied())?,
            below: Vec::new(),
            first_on: parts
                .iter()
                .map(|part| part.first_on)
                .min()
                .map(|day| day.to_string()),
            last_on: parts
                .iter()
                .map(|part| part.last_on)
                .max()
                .map(|day| day.to_string()),
        });
    }
    Ok((items, brought))
}

/// One affiliate and those below; gives what they earned together.
fn branch(
    row: &RecruitRow,
    depth: u32,
    below: &HashMap<Option<RecruitId>, Vec<&RecruitRow>>,
    of: &HashMap<RecruitId, Vec<&Brought>>,
    archived: bool,
    items: &mut Vec<Recruit>,
) -> Result<BTreeMap<String, Money>, Failure> {
    let parts = of.get(&row.id).map(Vec::as_slice).unwrap_or_default();
    let at = items.len();
    let shown = archived || !row.archived;
    if shown {
        items.push(Recruit {
            id: Some(row.id.to_string()),
            program: Some(row.program_slug.clone()),
            name: Some(row.name.clone()),
            code: row.code.clone(),
            recruited_by: row.recruited_by.map(|id| id.to_string()),
            joined_on: row.joined_on.map(|day| day.to_string()),
            note: row.note.clone(),
            archived: row.archived,
            depth,
            sums: sums(parts.iter().copied())?,
            below: Vec::new(),
            first_on: parts
                .iter()
                .map(|part| part.first_on)
                .min()
                .map(|day| day.to_string()),
            last_on: parts
                .iter()
                .map(|part| part.last_on)
                .max()
                .map(|day| day.to_string()),
        });
    }
    let mut under: BTreeMap<String, Money> = BTreeMap::new();
    for child in below.get(&Some(row.id)).into_iter().flatten() {
        let depth = if shown { depth + 1 } else { depth };
        for (_, amount) in branch(child, depth, below, of, archived, items)? {
            add(&mut under, amount)?;
        }
    }
    if let Some(item) = items.get_mut(at).filter(|_| shown) {
        item.below = under.values().copied().map(Amount::from).collect();
    }
    for part in parts {
        add(&mut under, part.earned)?;
    }
    Ok(under)
}

fn add(sums: &mut BTreeMap<String, Money>, amount: Money) -> Result<(), Failure> {
    let code = amount.currency().code().to_owned();
    let sum = match sums.get(&code) {
        Some(sum) => plus(*sum, amount)?,
        None => amount,
    };
    sums.insert(code, sum);
    Ok(())
}

fn plus(one: Money, other: Money) -> Result<Money, Failure> {
    one.plus(other).map_err(|error| {
        Failure::refused(
            "ledger.sums",
            format!("The ledger does not add up: {error}."),
        )
    })
}

/// Sums by currency.
fn sums<'a>(parts: impl Iterator<Item = &'a Brought>) -> Result<Vec<SecondTierSums>, Failure> {
    let mut by: BTreeMap<String, (u64, Money, Money, Money)> = BTreeMap::new();
    for part in parts {
        let code = part.earned.currency().code().to_owned();
        let sum = match by.get(&code) {
            Some((sales, sold, earned, paid)) => (
                sales + part.sales,
                plus(*sold, part.sold)?,
                plus(*earned, part.earned)?,
                plus(*paid, part.paid)?,
            ),
            None => (part.sales, part.sold, part.earned, part.paid),
        };
        by.insert(code, sum);
    }
    Ok(by
        .into_values()
        .map(|(sales, sold, earned, paid)| SecondTierSums {
            sales,
            sold: sold.into(),
            earned: earned.into(),
            paid: paid.into(),
        })
        .collect())
}

/// What the second tier adds to each program's months ahead, where it has rows there and a forecast is possible.
fn ahead(
    app: &App,
    program: Option<&str>,
    brought: &[Brought],
) -> Result<Vec<SecondTierAhead>, Failure> {
    let with: HashSet<&str> = brought
        .iter()
        .filter_map(|part| part.program.as_deref())
        .collect();
    let mut found = Vec::new();
    for row in app.read(program::list)? {
        let asked = program.is_none_or(|slug| slug == row.slug);
        if !asked || !with.contains(row.id.to_string().as_str()) {
            continue;
        }
        let Some((second, all, currency)) = forecast::second_tier_ahead(app, &row.slug, MONTHS)?
        else {
            continue;
        };
        let amount = |sum: Decimal| Amount {
            amount: sum.to_string(),
            currency: currency.clone(),
        };
        found.push(SecondTierAhead {
            program: row.slug,
            months: MONTHS,
            second_tier: amount(second),
            total: amount(all),
        });
    }
    Ok(found)
}

fn wrong(code: &str, key: &str, message: &str) -> Failure {
    Failure::refused(code, message).at(Place {
        key: Some(key.to_owned()),
        ..Place::default()
    })
}
