//! Templates of links.

use super::program::{slots_from, slots_json};
use crate::{
    Read, StoreError, Write,
    rows::{col, parse},
};
use perennial_domain::{
    ids::{ChannelId, ProgramId},
    link_template::{LinkTemplate, Naming},
};
use rusqlite::{OptionalExtension as _, Row};
use serde_json::{Value, json};

/// A template with the names around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateRow {
    /// The template.
    pub template: LinkTemplate,
    /// Short name of its program.
    pub program: String,
    /// Name of its channel.
    pub channel: Option<String>,
}

const COLUMNS: &str = "t.*, p.slug AS program_slug, c.name AS channel_name
    FROM link_template t JOIN program p ON p.id = t.program LEFT JOIN channel c ON c.id = t.channel";

/// Writes a template; there is one for a program and channel.
///
/// # Errors
/// Where the book cannot be written.
pub fn put(write: &Write<'_>, template: &LinkTemplate) -> Result<(), StoreError> {
    let slots = json!({"sub_ids": slots_json(&template.sub_ids), "utm": slots_json(&template.utm)});
    let naming = json!({
        "label_required": template.naming.label_required,
        "campaign_required": template.naming.campaign_required,
        "label_plain": template.naming.label_plain,
        "label_max": template.naming.label_max,
        "label_begins": template.naming.label_begins,
    });
    write.0.execute(
        "INSERT INTO link_template (id, program, channel, slots, naming) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (program, coalesce(channel, '')) DO UPDATE SET slots = excluded.slots, naming = excluded.naming,
             revision = revision + 1",
        (
            template.id.to_string(),
            template.program.to_string(),
            template.channel.map(|id| id.to_string()),
            slots.to_string(),
            naming.to_string(),
        ),
    )?;
    Ok(())
}

/// Takes a template out.
///
/// # Errors
/// Where the book cannot be written.
pub fn remove(write: &Write<'_>, id: &str) -> Result<(), StoreError> {
    write
        .0
        .execute("DELETE FROM link_template WHERE id = ?1", [id])?;
    Ok(())
}

/// A template.
///
/// # Errors
/// [`StoreError::NoSuch`].
pub fn get(read: &Read<'_>, id: &str) -> Result<TemplateRow, StoreError> {
    let sql = format!("SELECT {COLUMNS} WHERE t.id = ?1");
    let mut statement = read.0.prepare_cached(&sql)?;
    let found = statement
        .query_row([id.trim()], |row| Ok(template_row(row)))
        .optional()?;
    found.ok_or_else(|| StoreError::NoSuch {
        noun: "template",
        name: id.to_owned(),
    })?
}

/// Every template, by program and channel. There are few.
///
/// # Errors
/// Where the book cannot be read.
pub fn list(read: &Read<'_>) -> Result<Vec<TemplateRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} ORDER BY p.name, c.name");
    let mut statement = read.0.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut templates = Vec::new();
    while let Some(row) = rows.next()? {
        templates.push(template_row(row)?);
    }
    Ok(templates)
}

/// The templates of a program: that of each channel, and that of all others.
///
/// # Errors
/// Where the book cannot be read.
pub fn of_program(read: &Read<'_>, program: ProgramId) -> Result<Vec<LinkTemplate>, StoreError> {
    let sql = format!("SELECT {COLUMNS} WHERE t.program = ?1");
    let mut statement = read.0.prepare_cached(&sql)?;
    let mut rows = statement.query([program.to_string()])?;
    let mut templates = Vec::new();
    while let Some(row) = rows.next()? {
        templates.push(template_row(row)?.template);
    }
    Ok(templates)
}

fn template_row(row: &Row<'_>) -> Result<TemplateRow, StoreError> {
    let unreadable = || StoreError::Unreadable("a template of links".to_owned());
    let json = |name: &str| -> Result<Value, StoreError> {
        serde_json::from_str(&col::<String>(row, name)?).map_err(|_| unreadable())
    };
    let (slots, naming) = (json("slots")?, json("naming")?);
    let yes = |name: &str| naming[name].as_bool().unwrap_or(false);
    Ok(TemplateRow {
        template: LinkTemplate {
            id: parse(&col::<String>(row, "id")?)?,
            program: parse(&col::<String>(row, "program")?)?,
            channel: col::<Option<String>>(row, "channel")?
                .map(|id| parse::<ChannelId>(&id))
                .transpose()?,
            sub_ids: slots_from(&slots["sub_ids"]).ok_or_else(unreadable)?,
            utm: slots_from(&slots["utm"]).ok_or_else(unreadable)?,
            naming: Naming {
                label_required: yes("label_required"),
                campaign_required: yes("campaign_required"),
                label_plain: yes("label_plain"),
                label_max: naming["label_max"]
                    .as_u64()
                    .and_then(|most| most.try_into().ok()),
                label_begins: naming["label_begins"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|text| text.as_str().map(str::to_owned))
                    .collect(),
            },
            revision: col(row, "revision")?,
        },
        program: col(row, "program_slug")?,
        channel: col(row, "channel_name")?,
    })
}
