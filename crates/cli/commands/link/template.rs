//! How links of a channel are written and named.

use crate::{
    args::List,
    context::Context,
    output::{self, Table},
};
use clap::{Args, Subcommand};
use perennial_app::{
    App, Failure,
    commands::link_template,
    dto::{ById, NamingDto, SlotDto, TemplateDto, TemplateSave, TemplateStart},
};

/// How links of a channel are written and named.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The templates
    List {
        #[command(flatten)]
        list: List,
    },
    /// Where to begin: what holds now for a program and channel
    Show {
        /// The program
        #[arg(long, value_name = "ID")]
        program: String,
        /// The channel; all others where not named
        #[arg(long, value_name = "NAME")]
        channel: Option<String>,
    },
    /// Save a template
    Set(Made),
    /// A link as the template would write it, and what reports will show
    Preview(Made),
    /// Take a template out
    Remove {
        /// Its id
        id: String,
    },
}

/// A template on the command line.
#[derive(Debug, Args)]
pub struct Made {
    /// The program
    #[arg(long, value_name = "ID")]
    program: String,
    /// The channel; all others where not named
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,
    /// A sub-ID parameter and its template, such as sid1={channel}; values it may take after it: sid1={label}:a,b
    #[arg(long = "sub-id", value_name = "NAME=TEMPLATE")]
    sub_ids: Vec<String>,
    /// A UTM parameter and its template, such as utm_source={channel}
    #[arg(long = "utm", value_name = "NAME=TEMPLATE")]
    utm: Vec<String>,
    /// Every link has a label
    #[arg(long)]
    label_required: bool,
    /// Every link belongs to a campaign
    #[arg(long)]
    campaign_required: bool,
    /// Labels are lower-case letters, digits and hyphens
    #[arg(long)]
    label_plain: bool,
    /// Characters of a label at most
    #[arg(long, value_name = "N")]
    label_max: Option<u32>,
    /// A label begins with one of these
    #[arg(long, value_name = "TEXT")]
    label_begins: Vec<String>,
    /// A label to try it with
    #[arg(long, default_value = "")]
    label: String,
    /// A campaign to try it with
    #[arg(long, default_value = "")]
    campaign: String,
}

impl Made {
    fn input(self) -> Result<TemplateSave, Failure> {
        let slots = |given: Vec<String>| {
            given
                .iter()
                .map(|text| slot(text))
                .collect::<Result<Vec<_>, _>>()
        };
        Ok(TemplateSave {
            sub_ids: slots(self.sub_ids)?,
            utm: slots(self.utm)?,
            program: self.program,
            channel: self.channel,
            naming: NamingDto {
                label_required: self.label_required,
                campaign_required: self.campaign_required,
                label_plain: self.label_plain,
                label_max: self.label_max,
                label_begins: self.label_begins,
            },
            label: self.label,
            campaign: self.campaign,
        })
    }
}

fn slot(text: &str) -> Result<SlotDto, Failure> {
    let (param, rest) = text.split_once('=').ok_or_else(|| {
        Failure::refused(
            "link_template.refused",
            format!("“{text}” is no parameter."),
        )
        .hint("Write it as sid1={channel}.")
    })?;
    let (template, allowed) = rest.split_once(':').unwrap_or((rest, ""));
    Ok(SlotDto {
        param: param.to_owned(),
        template: template.to_owned(),
        allowed: super::many::names(allowed),
    })
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context, app: &App) -> Result<(), Failure> {
    match command {
        Command::List { list } => {
            let page = link_template::list(app, list.input())?;
            output::page(context, list.format, &page, table)
        }
        Command::Show { program, channel } => {
            let template = link_template::start(app, TemplateStart { program, channel })?;
            output::answer(context, &template, || text(&template))
        }
        Command::Set(made) => {
            let template = link_template::save(app, made.input()?)?;
            output::answer(context, &template, || text(&template))
        }
        Command::Preview(made) => {
            let preview = link_template::preview(app, made.input()?)?;
            output::answer(context, &preview, || {
                let mut text = format!("{}\n", preview.url);
                for shown in &preview.shows {
                    text += &format!("  {} = {} ({})\n", shown.param, shown.value, shown.place);
                }
                text + preview.refused.as_deref().unwrap_or_default()
            })
        }
        Command::Remove { id } => {
            let removed = link_template::remove(app, ById { id })?;
            output::answer(context, &removed, || "Taken out.".to_owned())
        }
    }
}

fn written(slots: &[SlotDto]) -> String {
    let parts: Vec<String> = slots
        .iter()
        .map(|slot| format!("{}={}", slot.param, slot.template))
        .collect();
    parts.join(" ")
}

fn text(template: &TemplateDto) -> String {
    format!(
        "{} · {}\n{}\n{}\n",
        template.program,
        template.channel.as_deref().unwrap_or("all other channels"),
        written(&template.sub_ids),
        written(&template.utm)
    )
}

fn table(rows: &[TemplateDto]) -> Table {
    let mut table = Table::new(&["Id", "Program", "Channel", "Sub-IDs", "UTM"]);
    for row in rows {
        table.row([
            row.id.clone(),
            row.program.clone(),
            output::maybe(row.channel.as_deref()),
            written(&row.sub_ids),
            written(&row.utm),
        ]);
    }
    table
}
