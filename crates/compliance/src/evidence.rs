//! What proves that a term was kept: a dated copy, named by its content.

/// The sort of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EvidenceKind {
    /// A note in one's own words.
    Note,
    /// The address of a page.
    Url,
    /// A copy of a page as it was read.
    Page,
    /// A file: a screenshot, a document.
    File,
}

impl EvidenceKind {
    /// Every sort, in the order it is offered.
    pub const ALL: &'static [Self] = &[Self::Note, Self::Url, Self::Page, Self::File];

    /// The word of files and of the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Url => "url",
            Self::Page => "page",
            Self::File => "file",
        }
    }

    /// The sort of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }
}

/// The visible text of a page, the part of a snapshot that people compare.
pub fn visible_text(page: &str) -> String {
    crate::page::visible_text(page)
}
