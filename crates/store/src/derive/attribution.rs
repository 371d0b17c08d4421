//! Which link a row came through: by a link's own code among the sub-IDs, else by equal sub-IDs, else by the first rule
//! for ready-made IDs that means one of them.

use crate::{Read, StoreError, rows::col};
use perennial_domain::attribution::IdPattern;
use std::{collections::HashMap, rc::Rc};

/// What separates the parts of a sub-ID key; see `perennial_domain::attribution`.
const SEPARATOR: char = '\u{1f}';

/// A program and one of its links.
type OfProgram = (Rc<str>, Rc<str>);

/// The links, by what reports give back of them.
pub(super) struct LinkMap {
    by_code: HashMap<String, Rc<str>>,
    /// Oldest first: of two links that look alike in reports, the older one stands.
    by_key: HashMap<String, Vec<OfProgram>>,
    /// In the order they are tried.
    rules: Vec<Rule>,
}

/// A rule for ready-made IDs.
struct Rule {
    pattern: IdPattern,
    program: Option<String>,
    link: Rc<str>,
}

impl LinkMap {
    pub(super) fn read(read: &Read<'_>) -> Result<Self, StoreError> {
        let mut statement = read.0.prepare_cached(
            "SELECT id, program, code, sub_id_key FROM link ORDER BY created_at, id",
        )?;
        let mut rows = statement.query([])?;
        let mut map = Self {
            by_code: HashMap::new(),
            by_key: HashMap::new(),
            rules: rules(read)?,
        };
        while let Some(row) = rows.next()? {
            let id: Rc<str> = col::<String>(row, "id")?.into();
            let program: Rc<str> = col::<String>(row, "program")?.into();
            map.by_code.insert(
                col::<String>(row, "code")?.trim().to_lowercase(),
                Rc::clone(&id),
            );
            let key: String = col(row, "sub_id_key")?;
            if !key.is_empty() {
                map.by_key.entry(key).or_default().push((program, id));
            }
        }
        Ok(map)
    }

    /// The link of a row. Equal sub-IDs count only within the row's program, where that is known.
    pub(super) fn find(&self, key: &str, program: Option<&str>) -> Option<Rc<str>> {
        if key.is_empty() {
            return None;
        }
        if let Some(link) = key.split(SEPARATOR).find_map(|part| self.by_code.get(part)) {
            return Some(Rc::clone(link));
        }
        let fits = |of: &str| program.is_none_or(|program| program == of);
        let equal = self.by_key.get(key).into_iter().flatten();
        if let Some((_, link)) = equal.into_iter().find(|(of, _)| fits(of)) {
            return Some(Rc::clone(link));
        }
        // A rule for one program says nothing of rows whose program is not known.
        self.rules
            .iter()
            .find(|rule| {
                rule.program.as_deref().is_none_or(|of| program == Some(of))
                    && rule.pattern.fits(key)
            })
            .map(|rule| Rc::clone(&rule.link))
    }
}

fn rules(read: &Read<'_>) -> Result<Vec<Rule>, StoreError> {
    let mut statement = read
        .0
        .prepare_cached("SELECT pattern, program, link FROM id_rule ORDER BY position")?;
    let mut rows = statement.query([])?;
    let mut rules = Vec::new();
    while let Some(row) = rows.next()? {
        let text: String = col(row, "pattern")?;
        rules.push(Rule {
            pattern: IdPattern::parse(&text).ok_or(StoreError::Unreadable(text))?,
            program: col(row, "program")?,
            link: col::<String>(row, "link")?.into(),
        });
    }
    Ok(rules)
}
