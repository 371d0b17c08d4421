//! Links that are written but not saved, and links as they cross the boundary.

use super::program::{find, link_refused};
use crate::{
    App, Failure,
    dto::{LinkDto, ReportShows},
};
use chrono::{DateTime, NaiveDate, Utc};
use perennial_domain::{
    campaign::Campaign,
    channel::Channel,
    ids::{DestinationId, LinkId},
    link::{Composed, Link, LinkRequest, LinkStyle, check_address, code_of, compose},
    link_health::Health,
    link_template::{LinkTemplate, NamingError},
    program::{Destination, DestinationKind, Program},
};
use perennial_store::table::{link::LinkRow, link_shelf::Shelf, link_template, program};
use std::borrow::Cow;

/// Names and rows that links are made from.
pub(super) struct Parts {
    /// The program.
    pub program: Program,
    /// Its destinations.
    pub destinations: Vec<Destination>,
    /// Its templates.
    pub templates: Vec<LinkTemplate>,
}

/// A link that is written but not saved.
pub(super) struct Draft {
    /// The link.
    pub link: Link,
    /// Whether it carries the affiliate's identity.
    pub identified: bool,
    /// The channel it is for.
    pub channel: Channel,
    style: LinkStyle,
    campaign: Option<String>,
    destination: Option<String>,
}

impl Draft {
    /// What reports will show of it.
    pub(super) fn shows(&self) -> Vec<ReportShows> {
        shows(&self.style, &self.link.url)
    }
}

/// What reports will show of a link: its parameters as they come back.
pub(super) fn shows(style: &LinkStyle, url: &str) -> Vec<ReportShows> {
    let Ok(url) = check_address(url) else {
        return Vec::new();
    };
    let value = |param: &str| {
        url.query_pairs()
            .find(|(name, _)| name == param)
            .map(|(_, value)| value.into_owned())
    };
    let places = [(&style.sub_ids, "report"), (&style.utm, "analytics")];
    places
        .into_iter()
        .flat_map(|(slots, place)| slots.iter().map(move |slot| (slot, place)))
        .filter_map(|(slot, place)| {
            Some(ReportShows {
                param: slot.param.clone(),
                value: value(&slot.param)?,
                place: place.to_owned(),
            })
        })
        .collect()
}

/// A name that breaks a rule.
pub(super) fn naming_refused(error: &NamingError) -> Failure {
    let text = error.to_string();
    let mut letters = text.chars();
    let sentence: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    Failure::refused("link.naming", format!("{sentence}."))
        .hint("The rule is in the template of the program and channel.")
}

impl Parts {
    /// Reads a program and its destinations.
    pub(super) fn load(app: &App, name: &str) -> Result<Self, Failure> {
        let program = find(app, name)?;
        let (destinations, templates) = app.read(|read| {
            Ok((
                program::destinations(read, program.id)?,
                link_template::of_program(read, program.id)?,
            ))
        })?;
        Ok(Self {
            program,
            destinations,
            templates,
        })
    }

    /// The template that holds for a channel: its own, else that of all others.
    pub(super) fn template(&self, channel: &Channel) -> Option<&LinkTemplate> {
        let of = |id| self.templates.iter().find(|row| row.channel == id);
        of(Some(channel.id)).or_else(|| of(None))
    }

    /// An address of the program, to try things with; `{identity}` may stand in it.
    pub(super) fn any_address(&self) -> String {
        let open = || self.destinations.iter().filter(|row| !row.archived);
        open()
            .find(|row| row.kind == DestinationKind::Main)
            .or_else(|| open().next())
            .map(|row| row.url.clone())
            .or_else(|| self.program.website.clone())
            .unwrap_or_else(|| "https://program.example/".to_owned())
    }

    /// Writes one link.
    pub(super) fn draft(
        &self,
        id: LinkId,
        channel: &Channel,
        campaign: Option<&Campaign>,
        label: &str,
        destination: Option<&str>,
        any_host: bool,
    ) -> Result<Draft, Failure> {
        let (saved, address) = self.destination(destination)?;
        let mut style = Cow::Borrowed(&self.program.link_style);
        if let Some(template) = self.template(channel) {
            template
                .naming
                .check(label, campaign.is_some())
                .map_err(|error| naming_refused(&error))?;
            style = Cow::Owned(template.applied(&style));
        }
        let code = code_of(id);
        let request = LinkRequest {
            destination: &address,
            identity: self.program.identity.as_deref(),
            program: &self.program.slug,
            channel: &channel.name,
            kind: channel.kind.word(),
            campaign: campaign.map(|row| row.name.as_str()).unwrap_or_default(),
            label,
            code: &code,
            any_host,
        };
        let Composed {
            url,
            sub_ids,
            identified,
        } = compose(&style, &request).map_err(|error| link_refused(&error))?;
        Ok(Draft {
            link: Link {
                id,
                program: self.program.id,
                destination: saved.map(|row| row.id),
                channel: channel.id,
                campaign: campaign.map(|row| row.id),
                label: label.trim().to_owned(),
                code,
                url,
                sub_ids,
                note: String::new(),
                archived: false,
                revision: 1,
            },
            identified,
            style: style.into_owned(),
            channel: channel.clone(),
            campaign: campaign.map(|row| row.name.clone()),
            destination: saved.map(|row| row.name.clone()),
        })
    }

    /// A saved destination by name or id, else an address; the main one where nothing is said.
    fn destination(&self, given: Option<&str>) -> Result<(Option<&Destination>, String), Failure> {
        let given = given.map(str::trim).filter(|text| !text.is_empty());
        let Some(given) = given else {
            let active = || self.destinations.iter().filter(|row| !row.archived);
            let main = active()
                .find(|row| row.kind == DestinationKind::Main)
                .or_else(|| active().next());
            return main.map(|row| (Some(row), row.url.clone())).ok_or_else(|| {
                Failure::refused(
                    "link.no_destination",
                    format!("{} has no destination yet.", self.program.name),
                )
                .hint("Add one in the program, or give an address (--destination).")
            });
        };
        let id: Option<DestinationId> = given.parse().ok();
        let saved = self
            .destinations
            .iter()
            .find(|row| Some(row.id) == id || row.name.to_lowercase() == given.to_lowercase());
        Ok(saved.map_or_else(
            || (None, given.to_owned()),
            |row| (Some(row), row.url.clone()),
        ))
    }
}

/// What a user should know before such a link goes out.
pub(super) fn warnings(program: &Program, drafts: &[Draft]) -> Vec<String> {
    let mut warnings = Vec::new();
    if drafts.iter().any(|draft| !draft.identified) {
        let cause = match &program.identity {
            None => "your affiliate code is not set",
            Some(_) => "this address does not carry your affiliate code",
        };
        warnings.push(format!(
            "{}: {cause}, so these links earn nothing yet.",
            program.name
        ));
    }
    warnings
}

/// A draft as it will be listed.
pub(super) fn draft_dto(program: &Program, draft: &Draft, created_at: DateTime<Utc>) -> LinkDto {
    let row = LinkRow {
        link: draft.link.clone(),
        created_at,
        program: program.slug.clone(),
        destination: draft.destination.clone(),
        channel: draft.channel.name.clone(),
        channel_kind: draft.channel.kind.word().to_owned(),
        campaign: draft.campaign.clone(),
        referrals: 0,
        earned: Vec::new(),
        shelf: Shelf::default(),
        health: Health::default(),
    };
    dto(row, created_at.date_naive())
}

/// A saved link as it crosses the boundary.
pub(super) fn dto(row: LinkRow, today: NaiveDate) -> LinkDto {
    LinkDto {
        id: row.link.id.to_string(),
        code: row.link.code,
        url: row.link.url,
        program: row.program,
        destination: row.destination,
        channel: row.channel,
        channel_kind: row.channel_kind,
        campaign: row.campaign,
        label: row.link.label,
        sub_ids: row.link.sub_ids,
        note: row.link.note,
        archived: row.link.archived,
        created_at: instant(row.created_at),
        referrals: row.referrals,
        earned: row.earned.into_iter().map(Into::into).collect(),
        tags: row.shelf.tags,
        folder: row.shelf.folder,
        expired: row.shelf.expires_on.is_some_and(|day| day < today),
        expires_on: row.shelf.expires_on.map(|day| day.to_string()),
        state: row.health.state.word().to_owned(),
        failures: row.health.failures,
        checked_at: row.health.checked_at.map(instant),
        revision: row.link.revision,
    }
}

/// An instant as it crosses the boundary.
pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
