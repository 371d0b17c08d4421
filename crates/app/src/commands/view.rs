//! Filters of lists that the user keeps under a name.

use crate::{
    App, Failure,
    dto::{ById, Page, SavedView},
};
use perennial_store::table::view::{self, View};

/// Lists that keep views.
const PLACES: &[&str] = &["ledger"];
/// Letters of a name at most.
const LONGEST: usize = 60;

/// The saved views of a list, by name.
///
/// # Errors
/// Where there is no such list.
pub fn list(app: &App, input: ById) -> Result<Page<SavedView>, Failure> {
    let place = place(&input.id)?;
    let views = app.read(|read| view::list(read, place))?;
    Ok(Page {
        total: u64::try_from(views.len()).ok(),
        items: views
            .into_iter()
            .map(|view| SavedView {
                place: view.place,
                name: view.name,
                query: view.query,
            })
            .collect(),
        next: None,
    })
}

/// Saves a list's filters under a name, in place of a view of that name.
///
/// # Errors
/// Where there is no such list or no name.
pub fn save(app: &App, input: SavedView) -> Result<Page<SavedView>, Failure> {
    let place = place(&input.place)?;
    let name = input.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(Failure::refused(
            "view.name",
            format!("A view needs a name of at most {LONGEST} letters."),
        ));
    }
    let kept = View {
        place: place.to_owned(),
        name: name.to_owned(),
        query: input.query.trim().to_owned(),
    };
    app.edit(format!("Saved the view {name}"), |write| {
        view::save(write, &kept)
    })?;
    list(
        app,
        ById {
            id: place.to_owned(),
        },
    )
}

/// Forgets a view.
///
/// # Errors
/// Where there is none of that name.
pub fn remove(app: &App, input: SavedView) -> Result<Page<SavedView>, Failure> {
    let place = place(&input.place)?;
    let name = input.name.trim();
    app.edit(format!("Removed the view {name}"), |write| {
        view::remove(write, place, name)
    })?;
    list(
        app,
        ById {
            id: place.to_owned(),
        },
    )
}

fn place(name: &str) -> Result<&'static str, Failure> {
    PLACES
        .iter()
        .copied()
        .find(|place| *place == name.trim())
        .ok_or_else(|| Failure::refused("view.place", format!("“{name}” keeps no views.")))
}
