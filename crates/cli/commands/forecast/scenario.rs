//! `perennial forecast scenario`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    Failure,
    commands::forecast,
    dto::{
        AssumptionsInput, ById, CompareInput, Comparison, ListInput, ScenarioFile, ScenarioImport,
        ScenarioRow, ScenarioSave,
    },
};
use std::path::PathBuf;

/// Saved scenarios.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Save what is supposed, or a scenario file, under a name
    Save {
        /// The name; a saved scenario of this name is changed
        name: String,
        /// A scenario file in place of the book
        #[arg(long, value_name = "FILE")]
        scenario: Option<PathBuf>,
        /// Without a file: the program
        #[arg(long, value_name = "ID", conflicts_with = "scenario")]
        program: Option<String>,
        /// Without a file: months ahead
        #[arg(long, value_name = "N", conflicts_with = "scenario")]
        months: Option<u32>,
        /// Without a file: another value, such as `plans.2021/starter-monthly.new_direct=5`; may be given several times
        #[arg(long = "set", value_name = "KEY=VALUE", conflicts_with = "scenario")]
        changes: Vec<String>,
        /// In your words
        #[arg(long)]
        note: Option<String>,
    },
    /// The saved scenarios
    List(List),
    /// Scenarios side by side, drawn with the same random numbers
    Compare {
        /// Their names; `book` is the forecast from the book as it is
        #[arg(required = true, num_args = 2..)]
        names: Vec<String>,
        /// For `book`: the program
        #[arg(long, value_name = "ID")]
        program: Option<String>,
        /// Simulated paths
        #[arg(long, value_name = "N")]
        paths: Option<u32>,
        /// One seed gives one result
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
    },
    /// A saved scenario with its months
    Show {
        /// Its name
        name: String,
    },
    /// Give a scenario another name
    Rename {
        /// Its name
        name: String,
        /// The new one
        to: String,
    },
    /// A second one like it
    Duplicate {
        /// Its name
        name: String,
    },
    /// Remove a scenario (`book undo` brings it back)
    Remove {
        /// Its name
        name: String,
    },
    /// Write a scenario as a file that `forecast run --scenario` reads
    Export {
        /// Its name
        name: String,
        /// The file
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Take a scenario file in
    Import {
        /// The file
        file: PathBuf,
        /// Its name; the file's where not given
        #[arg(long)]
        name: Option<String>,
    },
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    let by_name = |id: String| ById { id };
    let one = |row: &ScenarioRow| {
        output::answer(context, row, || table(std::slice::from_ref(row)).text())
    };
    match command {
        Command::Save {
            name,
            scenario: Some(path),
            note,
            ..
        } => {
            let input = ScenarioImport {
                path: path.to_string_lossy().into_owned(),
                name: Some(name),
            };
            let row = forecast::scenario_import(app, input)?;
            let row = match note {
                None => row,
                Some(note) => forecast::scenario_save(
                    app,
                    ScenarioSave {
                        id: Some(row.id),
                        name: row.name,
                        assumptions: None,
                        note: Some(note),
                    },
                )?,
            };
            one(&row)?;
        }
        Command::Save {
            name,
            program,
            months,
            changes,
            note,
            ..
        } => {
            let mut assumptions = forecast::assumptions(app, AssumptionsInput { program, months })?;
            for change in &changes {
                forecast::change(&mut assumptions, change)?;
            }
            let id = forecast::scenario_id(app, &name)?;
            let input = ScenarioSave {
                id,
                name,
                assumptions: Some(assumptions),
                note,
            };
            one(&forecast::scenario_save(app, input)?)?;
        }
        Command::List(list) => {
            let input = ListInput {
                limit: list.limit,
                after: list.after,
                ..ListInput::default()
            };
            output::page(
                context,
                list.format,
                &forecast::scenario_list(app, input)?,
                table,
            )?;
        }
        Command::Compare {
            names,
            program,
            paths,
            seed,
        } => {
            let input = CompareInput {
                scenarios: names,
                program,
                paths,
                seed,
                job: None,
            };
            let result = forecast::scenario_compare(app, input)?;
            output::answer(context, &result, || compared(&result))?;
        }
        Command::Show { name } => {
            let shown = forecast::scenario_show(app, by_name(name))?;
            output::answer(context, &shown, || {
                format!(
                    "{}\n{}",
                    table(std::slice::from_ref(&shown.scenario)).text(),
                    super::months(&shown.forecast)
                )
            })?;
        }
        Command::Rename { name, to } => {
            let id = forecast::scenario_show(app, by_name(name))?.scenario.id;
            let input = ScenarioSave {
                id: Some(id),
                name: to,
                assumptions: None,
                note: None,
            };
            one(&forecast::scenario_save(app, input)?)?;
        }
        Command::Duplicate { name } => one(&forecast::scenario_duplicate(app, by_name(name))?)?,
        Command::Remove { name } => {
            let gone = forecast::scenario_remove(app, by_name(name.clone()))?;
            output::answer(context, &gone, || {
                format!("Removed {name}. `perennial book undo` brings it back.")
            })?;
        }
        Command::Export { name, out } => {
            let input = ScenarioFile {
                id: name,
                path: out.to_string_lossy().into_owned(),
            };
            let written = forecast::scenario_export(app, input)?;
            output::answer(context, &written, || {
                format!("Wrote {}.", written.files.join(", "))
            })?;
        }
        Command::Import { file, name } => {
            let input = ScenarioImport {
                path: file.to_string_lossy().into_owned(),
                name,
            };
            one(&forecast::scenario_import(app, input)?)?;
        }
    }
    Ok(Outcome::Done)
}

fn table(rows: &[ScenarioRow]) -> Table {
    let mut table = Table::new(&[
        "Name", "From", "Program", ">Months", "Currency", "Saved", "Note",
    ]);
    for row in rows {
        table.row([
            row.name.clone(),
            row.kind.clone(),
            output::maybe(row.program.as_deref()),
            row.months.to_string(),
            row.currency.clone(),
            row.saved_at.clone(),
            row.note.clone(),
        ]);
    }
    table
}

fn compared(result: &Comparison) -> String {
    let mut table = Table::new(&[
        "Scenario",
        ">Net",
        ">Low",
        ">High",
        ">Against the first",
        ">More than it",
    ]);
    for one in &result.scenarios {
        table.row([
            one.name.clone(),
            format!("{} {}", one.total, one.currency),
            one.band.low.clone(),
            one.band.high.clone(),
            output::maybe(one.difference.as_deref()),
            output::maybe(one.better.as_deref()),
        ]);
    }
    let mut names = vec!["Month".to_owned()];
    names.extend(result.scenarios.iter().map(|one| format!(">{}", one.name)));
    let heading: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut months = Table::new(&heading);
    for month in &result.months {
        let mut cells = vec![month.month.clone()];
        cells.extend(month.net.iter().map(|net| output::maybe(net.as_deref())));
        months.row(cells);
    }
    let sentences: String = result.sentences.iter().map(|s| format!("{s}\n")).collect();
    format!("{}\n{}\n{sentences}", table.text(), months.text())
}
