//! Templates: how links of one channel are written and named, seen before it holds.

use super::{
    link_draft::{Parts, naming_refused, shows},
    program::link_refused,
};
use crate::{
    App, Failure,
    dto::{
        ById, Empty, ListInput, NamingDto, Page, SlotDto, TemplateDto, TemplatePreview,
        TemplateSave, TemplateStart,
    },
};
use perennial_domain::{
    channel::{Channel, ChannelKind},
    ids::LinkId,
    link::{LinkRequest, Slot, code_of, compose},
    link_template::{LinkTemplate, Naming, usual_utm},
};
use perennial_store::table::{
    channel,
    link_template::{self, TemplateRow},
};

/// The templates, by program and channel.
///
/// # Errors
/// Where no book is open or it cannot be read.
pub fn list(app: &App, input: ListInput) -> Result<Page<TemplateDto>, Failure> {
    let rows = app.read(link_template::list)?;
    Ok(super::whole(rows.into_iter().map(dto).collect(), &input))
}

/// Where to begin: the template that holds now, else the program's own way with the UTM parameters that suit the channel.
///
/// # Errors
/// Where the program or the channel is not known.
pub fn start(app: &App, input: TemplateStart) -> Result<TemplateDto, Failure> {
    let parts = Parts::load(app, &input.program)?;
    let channel = named(app, input.channel.as_deref())?;
    let id = channel.as_ref().map(|row| row.id);
    let known = parts.templates.iter().find(|row| row.channel == id);
    let template = known.cloned().unwrap_or_else(|| LinkTemplate {
        id: app.id(),
        program: parts.program.id,
        channel: id,
        sub_ids: parts.program.link_style.sub_ids.clone(),
        utm: if parts.program.link_style.utm.is_empty() {
            channel
                .as_ref()
                .map(|row| usual_utm(row.kind))
                .unwrap_or_default()
        } else {
            parts.program.link_style.utm.clone()
        },
        naming: Naming::default(),
        revision: 1,
    });
    Ok(dto(TemplateRow {
        template,
        program: parts.program.slug,
        channel: channel.map(|row| row.name),
    }))
}

/// Saves a template; there is one for a program and channel.
///
/// # Errors
/// Where the program or channel is not known, or no link can be written by it.
pub fn save(app: &App, input: TemplateSave) -> Result<TemplateDto, Failure> {
    let parts = Parts::load(app, &input.program)?;
    let channel = named(app, input.channel.as_deref())?;
    let mut template = made(app, &input, &parts, channel.as_ref())?;
    let known = parts
        .templates
        .iter()
        .find(|row| row.channel == template.channel);
    template.id = known.map_or(template.id, |row| row.id);
    let label = match &channel {
        Some(channel) => format!(
            "Set how links of {} for {} are written",
            parts.program.name, channel.name
        ),
        None => format!("Set how links of {} are written", parts.program.name),
    };
    app.edit(label, |write| link_template::put(write, &template))?;
    let id = template.id.to_string();
    Ok(dto(app.read(|read| link_template::get(read, &id))?))
}

/// Takes a template out; the program's own way holds again.
///
/// # Errors
/// Where there is no such template.
pub fn remove(app: &App, input: ById) -> Result<Empty, Failure> {
    let row = app.read(|read| link_template::get(read, &input.id))?;
    app.edit("Took a template of links out", |write| {
        link_template::remove(write, &row.template.id.to_string())
    })?;
    Ok(Empty {})
}

/// A link as the template would write it, and what reports will show of it.
///
/// # Errors
/// Where the program or channel is not known, or no link can be written by it.
pub fn preview(app: &App, input: TemplateSave) -> Result<TemplatePreview, Failure> {
    let parts = Parts::load(app, &input.program)?;
    let channel = named(app, input.channel.as_deref())?;
    let template = made(app, &input, &parts, channel.as_ref())?;
    let style = template.applied(&parts.program.link_style);
    let label = input.label.trim();
    let refused = template
        .naming
        .check(label, !input.campaign.trim().is_empty());
    let address = parts.any_address();
    let code = code_of(app.id::<LinkId>());
    let (name, kind) = match &channel {
        Some(channel) => (channel.name.as_str(), channel.kind),
        None => ("My channel", ChannelKind::Other),
    };
    let request = LinkRequest {
        destination: &address,
        identity: Some(parts.program.identity.as_deref().unwrap_or("your-code")),
        program: &parts.program.slug,
        channel: name,
        kind: kind.word(),
        campaign: input.campaign.trim(),
        label,
        code: &code,
        any_host: true,
    };
    let made = compose(&style, &request).map_err(|error| link_refused(&error))?;
    Ok(TemplatePreview {
        shows: shows(&style, &made.url),
        url: made.url,
        refused: refused.err().map(|error| naming_refused(&error).message),
    })
}

fn named(app: &App, name: Option<&str>) -> Result<Option<Channel>, Failure> {
    let name = name.map(str::trim).filter(|text| !text.is_empty());
    name.map(|name| app.read(|read| channel::get(read, name)))
        .transpose()
}

fn made(
    app: &App,
    input: &TemplateSave,
    parts: &Parts,
    channel: Option<&Channel>,
) -> Result<LinkTemplate, Failure> {
    let slots = |given: &[SlotDto]| {
        given
            .iter()
            .map(|slot| Slot {
                param: slot.param.trim().to_owned(),
                template: slot.template.trim().to_owned(),
                allowed: slot.allowed.clone(),
            })
            .filter(|slot| !slot.param.is_empty() || !slot.template.is_empty())
            .collect()
    };
    let naming = input.naming.clone();
    let template = LinkTemplate {
        id: app.id(),
        program: parts.program.id,
        channel: channel.map(|row| row.id),
        sub_ids: slots(&input.sub_ids),
        utm: slots(&input.utm),
        naming: Naming {
            label_required: naming.label_required,
            campaign_required: naming.campaign_required,
            label_plain: naming.label_plain,
            label_max: naming.label_max.filter(|most| *most > 0),
            label_begins: naming
                .label_begins
                .iter()
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty())
                .collect(),
        },
        revision: 1,
    };
    template.check().map_err(|error| {
        Failure::refused(
            "link_template.refused",
            format!("The template cannot be used: {error}."),
        )
    })?;
    Ok(template)
}

fn dto(row: TemplateRow) -> TemplateDto {
    let slots = |slots: Vec<Slot>| {
        slots
            .into_iter()
            .map(|slot| SlotDto {
                param: slot.param,
                template: slot.template,
                allowed: slot.allowed,
            })
            .collect()
    };
    let naming = row.template.naming;
    TemplateDto {
        id: row.template.id.to_string(),
        program: row.program,
        channel: row.channel,
        sub_ids: slots(row.template.sub_ids),
        utm: slots(row.template.utm),
        naming: NamingDto {
            label_required: naming.label_required,
            campaign_required: naming.campaign_required,
            label_plain: naming.label_plain,
            label_max: naming.label_max,
            label_begins: naming.label_begins,
        },
    }
}
