//! Whom one writes to at a program.

use crate::{
    App, Failure,
    dto::{ById, ContactDto, ContactList, ContactSave, Empty, Page},
};
use perennial_domain::notebook::Contact;
use perennial_store::table::{contact, program};

/// The contacts by name.
///
/// # Errors
/// Where the program is not known.
pub fn list(app: &App, input: ContactList) -> Result<Page<ContactDto>, Failure> {
    let program = super::notebook::program(app, input.program.as_deref())?;
    let (rows, programs) = app.read(|read| {
        Ok((
            contact::list(read, program, &input.search)?,
            program::list(read)?,
        ))
    })?;
    let slug = |row: &Contact| {
        programs
            .iter()
            .find(|program| program.id == row.program)
            .map_or_else(String::new, |program| program.slug.clone())
    };
    let items: Vec<ContactDto> = rows.into_iter().map(|row| dto(slug(&row), row)).collect();
    Ok(Page {
        total: u64::try_from(items.len()).ok(),
        items,
        next: None,
    })
}

/// Adds or changes a contact.
///
/// # Errors
/// Where the program or the contact is not known, the name is empty or the address is none.
pub fn save(app: &App, input: ContactSave) -> Result<ContactDto, Failure> {
    let given = super::notebook::program(app, input.program.as_deref())?;
    let (mut row, new) = if let Some(id) = &input.id {
        (one(app, id)?, false)
    } else {
        let program = given.ok_or_else(|| {
            Failure::refused("contact.no_program", "Say at which program this person is.")
                .hint("See `perennial program list`.")
        })?;
        let row = Contact {
            id: app.id(),
            program,
            name: String::new(),
            mail: String::new(),
            role: String::new(),
            note: String::new(),
            revision: 1,
        };
        (row, true)
    };
    row.program = given.unwrap_or(row.program);
    let text =
        |given: Option<String>, kept: String| given.map_or(kept, |text| text.trim().to_owned());
    row.name = text(input.name, row.name);
    row.mail = text(input.mail, row.mail);
    row.role = text(input.role, row.role);
    row.note = text(input.note, row.note);
    if row.name.is_empty() {
        return Err(Failure::refused(
            "contact.no_name",
            "A contact needs a name.",
        ));
    }
    if !row.mail.is_empty() && !is_address(&row.mail) {
        return Err(Failure::refused(
            "contact.bad_mail",
            format!("“{}” is not an email address.", row.mail),
        )
        .hint("Write it as name@host.example, or leave it empty."));
    }
    let label = if new {
        format!("Added the contact {}", row.name)
    } else {
        format!("Changed the contact {}", row.name)
    };
    app.edit(label, |write| contact::save(write, &row))?;
    let programs = app.read(program::list)?;
    let slug = programs
        .into_iter()
        .find(|program| program.id == row.program)
        .map_or_else(String::new, |program| program.slug);
    Ok(dto(slug, row))
}

/// Takes a contact out.
///
/// # Errors
/// Where there is no such contact.
pub fn remove(app: &App, input: ById) -> Result<Empty, Failure> {
    let row = one(app, &input.id)?;
    app.edit(format!("Took out the contact {}", row.name), |write| {
        contact::remove(write, row.id)
    })?;
    Ok(Empty {})
}

/// The one contact of an id, an address or a name.
fn one(app: &App, name: &str) -> Result<Contact, Failure> {
    let mut found = app.read(|read| contact::named(read, name))?;
    match (found.pop(), found.is_empty()) {
        (Some(row), true) => Ok(row),
        _ => Err(Failure::refused(
            "contact.several",
            format!("Several contacts answer to “{name}”."),
        )
        .hint("Give the id, which `perennial contact list --json` prints.")),
    }
}

/// Whether it looks like an address: one `@` with something on both sides, no blanks.
fn is_address(mail: &str) -> bool {
    mail.len() <= 254
        && !mail.contains(|c: char| c.is_whitespace() || c.is_control())
        && mail.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && host.contains('.')
                && !host.contains('@')
                && !host.starts_with('.')
                && !host.ends_with('.')
        })
}

fn dto(program: String, row: Contact) -> ContactDto {
    ContactDto {
        id: row.id.to_string(),
        program,
        name: row.name,
        mail: row.mail,
        role: row.role,
        note: row.note,
    }
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn addresses_are_told_from_other_words() {
        for good in ["mia@kartra.example", "a.b+c@d.co.uk"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "mia",
            "mia@",
            "@kartra.com",
            "a@b@c.d",
            "a b@c.d",
            "a@localhost",
            "a@.d",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
    }
}
