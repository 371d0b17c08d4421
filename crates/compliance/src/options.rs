//! What a check is told: the markets one sells to and the program one promotes.

/// A market whose law counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Market {
    /// United States: FTC rules and CAN-SPAM.
    Us,
    /// United Kingdom: ASA and CMA.
    Uk,
    /// European Union: the Unfair Commercial Practices Directive.
    Eu,
}

impl Market {
    /// Every market, in the order it is offered.
    pub const ALL: &'static [Self] = &[Self::Us, Self::Uk, Self::Eu];

    /// The word of the command line and of files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Uk => "uk",
            Self::Eu => "eu",
        }
    }

    /// The name people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Us => "United States",
            Self::Uk => "United Kingdom",
            Self::Eu => "European Union",
        }
    }

    /// The market of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|market| market.word() == word)
    }
}

/// How a program's paid links look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkForm {
    /// The host in lower case; `*.` in front stands for one or more labels.
    pub host: String,
    /// What the path starts with, a slash first; at least one more character must follow.
    pub path_prefix: String,
}

/// What the rules need to know of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramPack {
    /// The program's short name in files and on the command line.
    pub slug: String,
    /// The name people read.
    pub name: String,
    /// Protected names in lower case, letters and digits only.
    pub brands: Vec<String>,
    /// Names close to the brand that the program itself uses in hosts.
    pub host_names: Vec<String>,
    /// Account names of the company itself, lower case, without the @.
    pub own_handles: Vec<String>,
    /// How its paid links look.
    pub link_forms: Vec<LinkForm>,
    /// Its own domains; their other hosts are ordinary links.
    pub domains: Vec<String>,
}

impl ProgramPack {
    /// Kartra's program, the built-in one.
    pub fn kartra() -> Self {
        crate::packs::kartra::pack()
    }

    /// A program of the user's own: its name is the brand, its hosts pay with any path.
    pub fn custom(slug: &str, name: &str, hosts: &[String]) -> Self {
        let brand: String = name
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        let hosts: Vec<String> = hosts.iter().map(|host| host.to_lowercase()).collect();
        Self {
            slug: slug.to_owned(),
            name: name.to_owned(),
            brands: if brand.is_empty() {
                Vec::new()
            } else {
                vec![brand.clone()]
            },
            host_names: Vec::new(),
            own_handles: if brand.is_empty() {
                Vec::new()
            } else {
                vec![brand]
            },
            link_forms: hosts
                .iter()
                .map(|host| LinkForm {
                    host: host.clone(),
                    path_prefix: "/".to_owned(),
                })
                .collect(),
            domains: hosts,
        }
    }
}

/// What a text is judged by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The markets the user chose; they decide which laws are named.
    pub markets: Vec<Market>,
    /// The program promoted.
    pub pack: ProgramPack,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            markets: vec![Market::Us],
            pack: ProgramPack::kartra(),
        }
    }
}
