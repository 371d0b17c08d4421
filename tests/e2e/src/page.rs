//! Pointing at things the way a person would.

use serde_json::{Value, json};

/// How a thing is found.
#[derive(Clone, Debug)]
pub struct Target {
    how: &'static str,
    role: &'static str,
    words: String,
    exact: bool,
}

/// Ways of pointing at a thing.
#[derive(Debug)]
pub struct By;

impl By {
    /// By its role and name: `By::role("button", "Add program")`.
    pub fn role(role: &'static str, name: &str) -> Target {
        Target {
            how: "role",
            role,
            words: name.to_owned(),
            exact: false,
        }
    }

    /// A field by its label.
    pub fn label(label: &str) -> Target {
        Target {
            how: "label",
            role: "",
            words: label.to_owned(),
            exact: false,
        }
    }

    /// By text that stands on it.
    pub fn text(text: &str) -> Target {
        Target {
            how: "text",
            role: "",
            words: text.to_owned(),
            exact: false,
        }
    }

    /// By the id the page gives it for tests, where nothing is written on it.
    pub fn test_id(id: &str) -> Target {
        Target {
            how: "testid",
            role: "",
            words: id.to_owned(),
            exact: true,
        }
    }
}

impl Target {
    /// Its words are all that is written on it, not a part.
    #[must_use]
    pub fn exactly(mut self) -> Self {
        self.exact = true;
        self
    }

    pub(crate) fn arguments(&self) -> Vec<Value> {
        vec![
            json!(self.how),
            json!(self.role),
            json!(self.words),
            json!(self.exact),
        ]
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let how = if self.role.is_empty() {
            self.how
        } else {
            self.role
        };
        write!(f, "{how} “{}”", self.words)
    }
}
