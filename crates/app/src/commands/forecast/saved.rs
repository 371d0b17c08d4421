//! Saved scenarios: what is supposed on top of the book, or a whole scenario that came as a file.

use super::{
    bands::band_quantiles,
    loaded::{Loaded, load},
    months,
    scenario::Prepared,
};
use crate::{
    App, Failure,
    commands::whole,
    dto::{
        Assumptions, ById, Empty, ListInput, Page, ScenarioDetail, ScenarioFile, ScenarioImport,
        ScenarioRow, ScenarioSave, Written,
    },
    files::{
        self,
        forecast::{read_scenario, write_scenario},
    },
};
use perennial_domain::{ids::ProgramId, program::Program};
use perennial_forecast::{Beliefs, Scenario, assumptions::PayoutTerms};
use perennial_store::table::{
    forecast::{self as table, ScenarioRow as Row},
    program,
};
use rust_decimal::Decimal;
use std::{path::Path, sync::Arc};

/// Characters of a name at most.
const NAME: usize = 120;

/// A saved scenario, made ready to be run.
pub struct Ready {
    /// The scenario of the engine.
    pub scenario: Scenario,
    /// What is believed of its assumptions.
    pub beliefs: Beliefs,
    /// Months before the first that is shown.
    pub skip: usize,
}

/// The saved scenarios, by name.
///
/// # Errors
/// Where the book cannot be read.
pub fn scenario_list(app: &App, input: ListInput) -> Result<Page<ScenarioRow>, Failure> {
    let rows = app.read(table::scenarios)?;
    let words = input.search.trim().to_lowercase();
    let rows: Result<Vec<ScenarioRow>, Failure> = rows
        .iter()
        .filter(|row| words.is_empty() || row.name.to_lowercase().contains(&words))
        .map(|row| shown(app, row))
        .collect();
    Ok(whole(rows?, &input))
}

/// A saved scenario with its months.
///
/// # Errors
/// Where there is no such scenario, or its program has changed so that it no longer fits.
pub fn scenario_show(app: &App, input: ById) -> Result<ScenarioDetail, Failure> {
    let row = app.read(|read| table::scenario(read, &input.id))?;
    let scenario = shown(app, &row)?;
    if let Some(program) = row.program {
        let (loaded, assumptions) = renewed(app, program, &row.json)?;
        let forecast = months::done(&Prepared::new(&loaded, &assumptions)?);
        return Ok(ScenarioDetail {
            scenario,
            assumptions: Some(assumptions),
            forecast,
        });
    }
    Ok(ScenarioDetail {
        scenario,
        assumptions: None,
        forecast: months::done_of_file(&read_scenario(&row.json)?),
    })
}

/// Saves what is supposed under a name, or changes a saved scenario.
///
/// # Errors
/// Where the name is empty or taken, or a value is out of its range.
pub fn scenario_save(app: &App, input: ScenarioSave) -> Result<ScenarioRow, Failure> {
    let name = name(&input.name)?;
    let known = match &input.id {
        Some(id) => Some(app.read(|read| table::scenario(read, id))?),
        None => None,
    };
    let (program, json) = match (&input.assumptions, &known) {
        (Some(assumptions), _) => {
            let program = super::find(app, &assumptions.program)?;
            let loaded = load(app, program)?;
            // What cannot be forecast is not saved either.
            Prepared::new(&loaded, assumptions)?;
            (Some(loaded.book.program.id), to_json(assumptions)?)
        }
        (None, Some(known)) => (known.program, known.json.clone()),
        (None, None) => {
            return Err(Failure::refused(
                "scenario.nothing",
                "There is nothing to save: a new scenario needs what it supposes.",
            ));
        }
    };
    let label = match &known {
        None => format!("Saved the scenario {name}"),
        Some(known) if known.name == name => format!("Changed the scenario {name}"),
        Some(known) => format!("Renamed the scenario {} to {name}", known.name),
    };
    let note = input.note.map(|note| note.trim().to_owned());
    let row = Row {
        id: known.as_ref().map_or_else(|| app.id(), |row| row.id),
        name,
        program,
        json,
        note: note
            .or_else(|| known.as_ref().map(|row| row.note.clone()))
            .unwrap_or_default(),
        saved_at: app.now(),
        revision: 1,
    };
    keep(app, label, &row)
}

/// A second one like it.
///
/// # Errors
/// Where there is no such scenario.
pub fn scenario_duplicate(app: &App, input: ById) -> Result<ScenarioRow, Failure> {
    let row = app.read(|read| table::scenario(read, &input.id))?;
    let copy = Row {
        id: app.id(),
        name: free_name(app, &format!("{} (copy)", row.name))?,
        saved_at: app.now(),
        ..row
    };
    keep(app, format!("Copied a scenario as {}", copy.name), &copy)
}

/// Takes a scenario out; undo brings it back.
///
/// # Errors
/// Where there is no such scenario.
pub fn scenario_remove(app: &App, input: ById) -> Result<Empty, Failure> {
    let row = app.read(|read| table::scenario(read, &input.id))?;
    app.edit(format!("Removed the scenario {}", row.name), |write| {
        table::remove_scenario(write, row.id)
    })?;
    Ok(Empty {})
}

/// Writes a scenario as a file that `forecast run --scenario` reads: everything in it, those who pay now included.
///
/// # Errors
/// Where there is no such scenario or the file cannot be written.
pub fn scenario_export(app: &App, input: ScenarioFile) -> Result<Written, Failure> {
    let row = app.read(|read| table::scenario(read, &input.id))?;
    let ready = ready(app, &row)?;
    let path = Path::new(&input.path);
    files::write(path, write_scenario(&ready.scenario))?;
    Ok(Written {
        files: vec![input.path],
    })
}

/// Takes a scenario file in. Under a name that is given and known, that scenario is changed; undo brings it back.
///
/// # Errors
/// Where the file is none, by key.
pub fn scenario_import(app: &App, input: ScenarioImport) -> Result<ScenarioRow, Failure> {
    let path = Path::new(&input.path);
    let scenario = read_scenario(&files::read_text(path)?)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = match &input.name {
        Some(given) => name(given)?,
        None => free_name(app, &name(&stem)?)?,
    };
    let known = app.read(|read| table::find_scenario(read, &name))?;
    let row = Row {
        id: known.map_or_else(|| app.id(), |row| row.id),
        program: None,
        json: write_scenario(&scenario),
        note: String::new(),
        saved_at: app.now(),
        revision: 1,
        name,
    };
    keep(app, format!("Took in the scenario {}", row.name), &row)
}

/// The id of a saved scenario by its name; none where there is none.
///
/// # Errors
/// Where the book cannot be read.
pub fn scenario_id(app: &App, name: &str) -> Result<Option<String>, Failure> {
    let found = app.read(|read| table::find_scenario(read, name))?;
    Ok(found.map(|row| row.id.to_string()))
}

fn keep(app: &App, label: String, row: &Row) -> Result<ScenarioRow, Failure> {
    app.edit(label, |write| table::save_scenario(write, row))?;
    let id = row.id.to_string();
    let row = app.read(|read| table::scenario(read, &id))?;
    shown(app, &row)
}

fn name(text: &str) -> Result<String, Failure> {
    let name = text.trim();
    let refuse = |message: &str| Err(Failure::refused("scenario.name", message));
    if name.is_empty() {
        return refuse("A scenario needs a name.");
    }
    if name.eq_ignore_ascii_case("book") {
        return refuse("“book” means the forecast from the book as it is; choose another name.");
    }
    if name.chars().count() > NAME || name.chars().any(char::is_control) {
        return refuse("A scenario's name is one line of at most 120 characters.");
    }
    Ok(name.to_owned())
}

fn free_name(app: &App, wanted: &str) -> Result<String, Failure> {
    let taken = app.read(table::scenarios)?;
    let is_free = |name: &str| {
        !taken
            .iter()
            .any(|row| row.name.to_lowercase() == name.to_lowercase())
    };
    let mut name = wanted.to_owned();
    let mut number = 2;
    while !is_free(&name) {
        name = format!("{wanted} {number}");
        number += 1;
    }
    Ok(name)
}

fn to_json(assumptions: &Assumptions) -> Result<String, Failure> {
    serde_json::to_string(assumptions)
        .map_err(|error| Failure::resource("scenario.unreadable", format!("{error}.")))
}

/// A program by its identity.
fn program_of(app: &App, id: ProgramId) -> Result<Program, Failure> {
    let found = app
        .read(program::list)?
        .into_iter()
        .find(|row| row.id == id);
    found.ok_or_else(|| {
        Failure::refused(
            "program.unknown",
            "The scenario's program is not in the book.",
        )
    })
}

/// What a saved scenario supposes, with the book as it is today: who pays now, and the months from the next one on.
fn renewed(
    app: &App,
    program: ProgramId,
    json: &str,
) -> Result<(Arc<Loaded>, Assumptions), Failure> {
    let loaded = load(app, program_of(app, program)?)?;
    let mut kept: Assumptions = serde_json::from_str(json)
        .map_err(|error| Failure::resource("scenario.unreadable", format!("{error}.")))?;
    let mut today = loaded.assumptions(kept.months)?;
    for plan in &mut today.plans {
        if let Some(saved) = kept.plans.iter().find(|saved| saved.plan == plan.plan) {
            plan.new_direct.clone_from(&saved.new_direct);
            plan.new_second_tier.clone_from(&saved.new_second_tier);
            plan.renewal.clone_from(&saved.renewal);
            plan.concentration.clone_from(&saved.concentration);
            plan.shape.clone_from(&saved.shape);
        }
    }
    let missing = |plan: &crate::dto::PlanAssumption| {
        !today.plans.iter().any(|known| known.plan == plan.plan)
            && loaded
                .products
                .iter()
                .any(|product| product.id == plan.plan)
    };
    // A plan that was supposed to sell although the book has none of it.
    let more: Vec<_> = kept
        .plans
        .iter()
        .filter(|plan| missing(plan))
        .cloned()
        .collect();
    today.plans.extend(more);
    today.trial_conversion = std::mem::take(&mut kept.trial_conversion);
    today.trial_days = kept.trial_days;
    today.refund_probability = std::mem::take(&mut kept.refund_probability);
    today.refund_after_days = kept.refund_after_days;
    today.growth = std::mem::take(&mut kept.growth);
    today.season = std::mem::take(&mut kept.season);
    Ok((loaded, today))
}

/// A saved scenario made ready to be run.
pub fn ready(app: &App, row: &Row) -> Result<Ready, Failure> {
    match row.program {
        Some(program) => {
            let (loaded, assumptions) = renewed(app, program, &row.json)?;
            ready_of(&loaded, &assumptions)
        }
        None => Ok(Ready {
            scenario: read_scenario(&row.json)?,
            beliefs: Beliefs::default(),
            skip: 0,
        }),
    }
}

/// What is supposed on top of the book, made ready to be run.
pub fn ready_of(loaded: &Loaded, assumptions: &Assumptions) -> Result<Ready, Failure> {
    let prepared = Prepared::new(loaded, assumptions)?;
    let mut scenario = prepared.scenario;
    scenario.payout = Some(PayoutTerms {
        hold_days: loaded.terms.hold_days,
        minimum: loaded.terms.minimum.amount().max(Decimal::ZERO),
        run_day: loaded.terms.run_day,
        split: None,
    });
    scenario.quantiles = band_quantiles();
    Ok(Ready {
        scenario,
        beliefs: prepared.beliefs,
        skip: prepared.skip,
    })
}

fn shown(app: &App, row: &Row) -> Result<ScenarioRow, Failure> {
    let (program, currency, months) = if let Some(id) = row.program {
        let kept: Assumptions = serde_json::from_str(&row.json)
            .map_err(|error| Failure::resource("scenario.unreadable", format!("{error}.")))?;
        (Some(program_of(app, id)?.slug), kept.currency, kept.months)
    } else {
        let scenario = read_scenario(&row.json)?;
        (None, scenario.currency.code().to_owned(), scenario.months)
    };
    Ok(ScenarioRow {
        id: row.id.to_string(),
        name: row.name.clone(),
        kind: if row.program.is_some() {
            "book"
        } else {
            "file"
        }
        .to_owned(),
        program,
        currency,
        months,
        note: row.note.clone(),
        saved_at: row
            .saved_at
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        revision: row.revision,
    })
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_are_one_line_and_not_taken_by_a_word() {
        assert_eq!(name("  Two more a month ").unwrap(), "Two more a month");
        for bad in ["", "  ", "book", "Book", "a\nb", &"x".repeat(121)] {
            assert_eq!(name(bad).unwrap_err().code, "scenario.name", "{bad:?}");
        }
    }
}
