//! `perennial second-tier`.

use crate::{
    args::List,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::{Args, Subcommand};
use perennial_app::{
    Failure,
    commands::second_tier,
    dto::{ById, Recruit, RecruitSave, SecondTierList, SecondTierTree},
};

/// Affiliates you recruited, and what their sales bring you.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The affiliates, those who recruited before those they recruited
    List(Rows),
    /// The same as a tree, with what the second tier adds to the forecast
    Tree(Rows),
    /// Add an affiliate you recruited
    Add(Add),
    /// Change one
    Edit {
        /// Its id or name
        id: String,
        #[command(flatten)]
        change: Change,
    },
    /// Take one out; rows of the ledger stay
    Remove {
        /// Its id or name
        id: String,
    },
}

/// Which rows.
#[derive(Debug, Args)]
pub struct Rows {
    /// Of one program
    #[arg(long, value_name = "ID")]
    program: Option<String>,
    /// Also those put aside
    #[arg(long)]
    archived: bool,
    #[command(flatten)]
    list: List,
}

/// Somebody new.
#[derive(Debug, Args)]
pub struct Add {
    /// What to call them
    name: String,
    /// The program they were recruited for
    #[arg(long, value_name = "ID")]
    program: String,
    /// The network's word for them, where its rows carry it
    #[arg(long)]
    code: Option<String>,
    /// Who recruited them, where it was not you
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Since when
    #[arg(long, value_name = "DATE")]
    joined: Option<String>,
    /// In your words
    #[arg(long, default_value = "")]
    note: String,
}

/// What changes; what is not given stays.
#[derive(Debug, Args)]
pub struct Change {
    /// What to call them
    #[arg(long)]
    name: Option<String>,
    /// The network's word for them; empty for none
    #[arg(long)]
    code: Option<String>,
    /// Who recruited them; empty where it was you
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Since when; empty for unknown
    #[arg(long, value_name = "DATE")]
    joined: Option<String>,
    /// In your words
    #[arg(long)]
    note: Option<String>,
    /// Put them aside (true) or back (false)
    #[arg(long)]
    archived: Option<bool>,
}

impl Rows {
    fn input(&self) -> SecondTierList {
        SecondTierList {
            program: self.program.clone(),
            limit: self.list.limit,
            after: self.list.after.clone(),
            archived: self.archived,
        }
    }
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    match command {
        Command::List(rows) => {
            let page = second_tier::list(app, rows.input())?;
            output::page(context, rows.list.format, &page, table)?;
        }
        Command::Tree(rows) => {
            let tree = second_tier::tree(app, rows.input())?;
            output::page_of(context, rows.list.format, &tree, || table(&tree.items))?;
            if !context.json {
                notes(&tree);
            }
        }
        Command::Add(add) => {
            let input = RecruitSave {
                id: None,
                program: Some(add.program),
                name: add.name,
                code: add.code,
                recruited_by: add.by,
                joined_on: add.joined,
                note: add.note,
                archived: false,
            };
            let made = second_tier::save(app, input)?;
            output::answer(context, &made, || said(&made, "Added"))?;
        }
        Command::Edit { id, change } => {
            let all = SecondTierList {
                archived: true,
                limit: Some(100_000),
                ..SecondTierList::default()
            };
            let known = second_tier::list(app, all)?.items.into_iter().find(|one| {
                one.id.as_deref() == Some(&id)
                    || (one.id.is_some() && one.name.as_deref() == Some(&id))
            });
            let known = known.unwrap_or_else(|| Recruit::unknown(&id));
            let input = RecruitSave {
                id: known.id.or(Some(id)),
                program: None,
                name: change.name.or(known.name).unwrap_or_default(),
                code: change.code.or(known.code),
                recruited_by: change.by.or(known.recruited_by),
                joined_on: change.joined.or(known.joined_on),
                note: change.note.unwrap_or(known.note),
                archived: change.archived.unwrap_or(known.archived),
            };
            let made = second_tier::save(app, input)?;
            output::answer(context, &made, || said(&made, "Changed"))?;
        }
        Command::Remove { id } => {
            second_tier::remove(app, ById { id: id.clone() })?;
            output::answer(context, &serde_json::json!({ "removed": id }), || {
                format!("Took out {id}.")
            })?;
        }
    }
    Ok(Outcome::Done)
}

fn said(recruit: &Recruit, what: &str) -> String {
    format!("{what} {}.", output::maybe(recruit.name.as_deref()))
}

fn notes(tree: &SecondTierTree) {
    for sums in &tree.sums {
        output::note(&format!(
            "The second tier brought {} of {} sales.",
            output::amount(&sums.earned),
            sums.sales
        ));
    }
    for ahead in &tree.ahead {
        output::note(&format!(
            "{}: {} of the {} expected in the next {} months.",
            ahead.program,
            output::amount(&ahead.second_tier),
            output::amount(&ahead.total),
            ahead.months
        ));
    }
}

fn table(items: &[Recruit]) -> Table {
    let mut table = Table::new(&[
        "Affiliate",
        "Program",
        "Code",
        "Since",
        ">Sales",
        ">Earned",
        ">Below",
        "Id",
    ]);
    for item in items {
        let indent = usize::try_from(item.depth).unwrap_or_default();
        let name = output::maybe(item.name.as_deref());
        let list = |amounts: Vec<String>| {
            if amounts.is_empty() {
                "–".to_owned()
            } else {
                amounts.join(", ")
            }
        };
        table.row([
            format!("{}{name}", "  ".repeat(indent)),
            output::maybe(item.program.as_deref()),
            output::maybe(item.code.as_deref()),
            output::maybe(item.joined_on.as_deref()),
            item.sums
                .iter()
                .map(|sums| sums.sales)
                .sum::<u64>()
                .to_string(),
            list(
                item.sums
                    .iter()
                    .map(|sums| output::amount(&sums.earned))
                    .collect(),
            ),
            list(item.below.iter().map(output::amount).collect()),
            output::maybe(item.id.as_deref()),
        ]);
    }
    table
}
