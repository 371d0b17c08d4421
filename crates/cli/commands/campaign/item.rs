//! `perennial campaign item`: what is planned and published.

use crate::{
    args::Format,
    context::{Context, Outcome},
    output::{self, Table},
};
use clap::Subcommand;
use perennial_app::{
    App, Failure,
    commands::{compliance, content},
    dto::{
        ById, CampaignInput, ContentItemDto, ContentItems, ContentList, ContentMove, ContentSave,
    },
};

/// What stands in the way of publishing is named so far; the report has all of it.
const SHOWN: usize = 5;

/// What is planned and published for campaigns.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Plan a post, an email, a video …
    Add {
        /// The campaign
        campaign: String,
        /// Its title
        #[arg(long)]
        title: String,
        /// post, article, email, video, story, ad, podcast, event or other
        #[arg(long, default_value = "post")]
        kind: String,
        /// Where it goes
        #[arg(long, value_name = "NAME")]
        channel: Option<String>,
        /// The planned day
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// idea, draft, ready, published or done
        #[arg(long, default_value = "idea")]
        state: String,
        /// The day it was published, where it is out already
        #[arg(long, value_name = "DATE")]
        published: Option<String>,
        /// Where it can be seen
        #[arg(long)]
        url: Option<String>,
        /// A link that it uses, by its code; may be given several times
        #[arg(long = "link", value_name = "CODE")]
        links: Vec<String>,
        /// The swipe it is made from, by its title or id
        #[arg(long, value_name = "TITLE")]
        swipe: Option<String>,
        /// In your words
        #[arg(long)]
        note: Option<String>,
    },
    /// What is planned and published, the latest first
    List {
        /// Of this campaign
        campaign: Option<String>,
        /// In this state
        #[arg(long)]
        state: Option<String>,
        /// First day
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// Last day
        #[arg(long, value_name = "DATE")]
        to: Option<String>,
        /// Items at most
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
        /// How to print them
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Put an item into another state, or on another day
    Move {
        /// Its id, or its title where no other has it
        item: String,
        /// idea, draft, ready, published or done
        #[arg(long)]
        state: Option<String>,
        /// The day: of publication where it is out, otherwise the planned one
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// Where it can be seen
        #[arg(long)]
        url: Option<String>,
    },
    /// Take an item out
    Remove {
        /// Its id, or its title where no other has it
        item: String,
    },
}

/// Runs it.
///
/// # Errors
/// What the use case says.
pub fn run(command: Command, context: &Context) -> Result<Outcome, Failure> {
    let app = context.open()?;
    let item = match command {
        Command::Add {
            campaign,
            title,
            kind,
            channel,
            on,
            state,
            published,
            url,
            links,
            swipe,
            note,
        } => {
            let input = ContentSave {
                id: None,
                campaign: Some(campaign),
                channel,
                kind: Some(kind),
                title: Some(title),
                state: Some(state),
                planned_on: on,
                published_on: published,
                url,
                links: Some(links),
                swipe,
                note,
            };
            content::save(app, input)?
        }
        Command::Move {
            item,
            state,
            on,
            url,
        } => content::move_to(
            app,
            ContentMove {
                id: item,
                state,
                on,
                url,
            },
        )?,
        Command::Remove { item } => {
            let done = content::remove(app, ById { id: item })?;
            output::answer(context, &done, || "Taken out.".to_owned())?;
            return Ok(Outcome::Done);
        }
        Command::List {
            campaign,
            state,
            from,
            to,
            limit,
            format,
        } => {
            let input = ContentList {
                campaign,
                state,
                from,
                to,
                limit,
            };
            let found = content::list(app, input)?;
            output::page_of(context, format, &found, || table(&found))?;
            if found.more {
                output::note(
                    "There are more: give a higher --limit, or narrow by --from and --to.",
                );
            }
            return Ok(Outcome::Done);
        }
    };
    output::answer(context, &item, || {
        rows(std::slice::from_ref(&item), |_| String::new()).text()
    })?;
    if matches!(item.state.as_str(), "published" | "done") {
        warn(app, &item.campaign)?;
    }
    Ok(Outcome::Done)
}

/// Says what stands in the way of publishing; what goes out all the same goes out knowingly.
fn warn(app: &App, campaign: &str) -> Result<(), Failure> {
    let input = CampaignInput {
        campaign: campaign.to_owned(),
    };
    let standing = compliance::standing(app, input)?;
    if standing.ready {
        return Ok(());
    }
    output::note(&format!(
        "Before anything of {campaign} goes out, {} should be settled:",
        match standing.blockers.len() {
            1 => "1 thing".to_owned(),
            many => format!("{many} things"),
        }
    ));
    for blocker in standing.blockers.iter().take(SHOWN) {
        output::note(&format!("  {}", blocker.text));
    }
    output::note(&format!(
        "See all of it with: perennial compliance report \"{campaign}\""
    ));
    Ok(())
}

fn table(found: &ContentItems) -> Table {
    rows(&found.items, |campaign| {
        let lists = found
            .checklists
            .iter()
            .filter(|list| list.campaign == campaign);
        let texts: Vec<String> = lists
            .map(|list| format!("{} {}/{}", list.program, list.done, list.total))
            .collect();
        texts.join(", ")
    })
}

fn rows(items: &[ContentItemDto], checklist: impl Fn(&str) -> String) -> Table {
    let mut table = Table::new(&[
        "Day",
        "State",
        "Kind",
        "Title",
        "Campaign",
        "Channel",
        "Checklist",
        "Id",
    ]);
    for item in items {
        let day = item.published_on.as_deref().or(item.planned_on.as_deref());
        table.row([
            output::maybe(day),
            item.state.clone(),
            item.kind.clone(),
            item.title.clone(),
            item.campaign.clone(),
            output::maybe(item.channel.as_deref()),
            checklist(&item.campaign),
            item.id.clone(),
        ]);
    }
    table
}
