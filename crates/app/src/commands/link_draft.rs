//! Links that are written but not saved, and links as they cross the boundary.

use super::program::{find, link_refused};
use crate::{App, Failure, dto::LinkDto};
use chrono::{DateTime, Utc};
use perennial_domain::{
    campaign::Campaign,
    channel::Channel,
    ids::{DestinationId, LinkId},
    link::{Composed, Link, LinkRequest, code_of, compose},
    program::{Destination, DestinationKind, Program},
};
use perennial_store::table::{link::LinkRow, program};

/// Names and rows that links are made from.
pub(super) struct Parts {
    /// The program.
    pub program: Program,
    /// Its destinations.
    pub destinations: Vec<Destination>,
}

/// A link that is written but not saved.
pub(super) struct Draft {
    /// The link.
    pub link: Link,
    /// Whether it carries the affiliate's identity.
    pub identified: bool,
    /// The channel it is for.
    pub channel: Channel,
    campaign: Option<String>,
    destination: Option<String>,
}

impl Parts {
    /// Reads a program and its destinations.
    pub(super) fn load(app: &App, name: &str) -> Result<Self, Failure> {
        let program = find(app, name)?;
        let destinations = app.read(|read| program::destinations(read, program.id))?;
        Ok(Self {
            program,
            destinations,
        })
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
        } = compose(&self.program.link_style, &request).map_err(|error| link_refused(&error))?;
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
    dto(LinkRow {
        link: draft.link.clone(),
        created_at,
        program: program.slug.clone(),
        destination: draft.destination.clone(),
        channel: draft.channel.name.clone(),
        channel_kind: draft.channel.kind.word().to_owned(),
        campaign: draft.campaign.clone(),
        referrals: 0,
        earned: Vec::new(),
    })
}

/// A saved link as it crosses the boundary.
pub(super) fn dto(row: LinkRow) -> LinkDto {
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
        created_at: row
            .created_at
            .to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        referrals: row.referrals,
        earned: row.earned.into_iter().map(Into::into).collect(),
        revision: row.link.revision,
    }
}
