//! Rules that map ready-made IDs of reports to a channel and a campaign.

use super::link_draft::Parts;
use crate::{
    App, Failure,
    dto::{ById, Empty, IdRuleAdd, IdRuleDto, IdRules, ListInput, UnassignedId},
};
use perennial_domain::{attribution::IdPattern, ids::IdRuleId, link::Link};
use perennial_store::table::{
    campaign, channel,
    id_rule::{self, IdRuleRow},
    link,
};

/// Sub-IDs without a rule that are shown.
const UNASSIGNED: u32 = 50;

/// The rules in the order they are tried, and what none of them means yet.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn list(app: &App, input: ListInput) -> Result<IdRules, Failure> {
    let (rules, unassigned) =
        app.read(|read| Ok((id_rule::list(read)?, id_rule::unassigned(read, UNASSIGNED)?)))?;
    let page = super::whole(rules.into_iter().map(dto).collect(), &input);
    Ok(IdRules {
        items: page.items,
        next: page.next,
        unassigned: unassigned
            .into_iter()
            .map(|(sub_ids, rows)| UnassignedId { sub_ids, rows })
            .collect(),
    })
}

/// Makes a rule. Rows of the ledger that it means count for its channel and campaign from now on.
///
/// # Errors
/// Where the pattern means nothing or is there already, or a name is not known.
pub fn add(app: &App, input: IdRuleAdd) -> Result<IdRuleDto, Failure> {
    let pattern = IdPattern::parse(&input.pattern).ok_or_else(|| {
        Failure::refused(
            "id_rule.pattern",
            format!("“{}” means no IDs.", input.pattern.trim()),
        )
        .hint("Write an ID such as yt-01, or yt-* for all that begin so.")
    })?;
    let pattern = pattern.to_string();
    let parts = Parts::load(app, &input.program)?;
    let (channel, campaign, known) = app.read(|read| {
        let campaign = input
            .campaign
            .as_deref()
            .filter(|name| !name.trim().is_empty());
        Ok((
            channel::get(read, &input.channel)?,
            campaign.map(|name| campaign::get(read, name)).transpose()?,
            id_rule::list(read)?,
        ))
    })?;
    let same = |row: &IdRuleRow| {
        row.pattern == pattern && row.program.as_deref() == Some(parts.program.slug.as_str())
    };
    if known.iter().any(same) {
        return Err(Failure::refused(
            "id_rule.taken",
            format!("There is a rule for “{pattern}” already."),
        )
        .hint("Remove that one first."));
    }
    let id = app.id();
    let stands_for = Link {
        id,
        program: parts.program.id,
        destination: None,
        channel: channel.id,
        campaign: campaign.as_ref().map(|row| row.id),
        label: pattern.clone(),
        code: perennial_domain::link::code_of(id),
        url: parts.any_address().replace(
            "{identity}",
            parts.program.identity.as_deref().unwrap_or_default(),
        ),
        sub_ids: Vec::new(),
        note: String::new(),
        archived: true,
        revision: 1,
    };
    let (rule, now): (IdRuleId, _) = (app.id(), app.now());
    app.edit(format!("Made a rule for the ID {pattern}"), |write| {
        link::insert(write, &stands_for, now)?;
        id_rule::insert(write, rule, &pattern, Some(parts.program.id), id)
    })?;
    Ok(dto(app.read(|read| id_rule::get(read, &rule.to_string()))?))
}

/// Takes a rule out; rows that it spoke for are unassigned again.
///
/// # Errors
/// Where there is no such rule.
pub fn remove(app: &App, input: ById) -> Result<Empty, Failure> {
    let rule = app.read(|read| id_rule::get(read, &input.id))?;
    app.edit(
        format!("Removed the rule for the ID {}", rule.pattern),
        |write| id_rule::remove(write, &rule),
    )?;
    Ok(Empty {})
}

fn dto(row: IdRuleRow) -> IdRuleDto {
    IdRuleDto {
        id: row.id.to_string(),
        pattern: row.pattern,
        program: row.program,
        link: row.code,
        channel: row.channel,
        campaign: row.campaign,
        rows: row.rows,
    }
}
