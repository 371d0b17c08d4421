//! Printed pages: a small typesetter for the documents that go to other people.
//!
//! A document is a list of blocks from top to bottom. [`Pdf::finish`] sets them on pages, with a footer and page numbers,
//! and writes a PDF that carries its own fonts. Figures are of one width, so right-aligned columns line up.
//!
//! ```
//! use perennial_app::files::pdf::{Column, Pdf, Table};
//!
//! let mut page = Pdf::new("Commissions of May");
//! page.footer("Made with Perennial on 2026-06-01");
//! page.heading("Commissions of May");
//! page.facts(&[("Program", "Kartra"), ("Currency", "USD")]);
//! let mut table = Table::new(vec![Column::text("Sale"), Column::figures("Commission")]);
//! table.row(["Starter, 2026-05-03", "39.60"]);
//! table.total(["Together", "39.60"]);
//! page.table(table);
//! assert!(page.finish()?.starts_with(b"%PDF"));
//! # Ok::<(), perennial_app::files::pdf::PdfError>(())
//! ```

mod codes;
mod face;
mod layout;
mod table;
#[cfg(test)]
mod tests;
mod wrap;
mod write;

pub use codes::{Code, Codes};
pub use table::{Column, Table};

use chrono::NaiveDateTime;

/// Why no document came about.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A font that ships with Perennial cannot be read; the build is broken.
    #[error("a font of the document cannot be read")]
    Font,
    /// The PDF cannot be written as asked.
    #[error("the document cannot be written: {0}")]
    Write(String),
}

/// The sheet of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 210 × 297 mm, lying.
    A4Landscape,
    /// 8.5 × 11 inches.
    Letter,
}

/// A document: blocks from top to bottom.
#[derive(Debug, Clone)]
pub struct Pdf {
    title: String,
    footer: String,
    language: String,
    made: Option<NaiveDateTime>,
    paper: Paper,
    blocks: Vec<Block>,
}

#[derive(Debug, Clone)]
enum Block {
    /// 1 is the document's title, 2 a section, 3 a part of it.
    Heading(u8, String),
    Paragraph(String),
    Note(String),
    Facts(Vec<(String, String)>),
    Items {
        numbered: bool,
        items: Vec<String>,
    },
    Table(Table),
    Codes(Codes),
    Rule,
    Space(f32),
    Break,
}

impl Pdf {
    /// An empty document in English on A4; the title stands in its properties.
    #[must_use]
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            footer: String::new(),
            language: "en".into(),
            made: None,
            paper: Paper::default(),
            blocks: Vec::new(),
        }
    }

    /// What stands at the left of every page's foot; the page number stands at its right.
    pub fn footer(&mut self, text: impl Into<String>) -> &mut Self {
        self.footer = text.into();
        self
    }

    /// The language of the text as a BCP 47 tag, for screen readers.
    pub fn language(&mut self, tag: impl Into<String>) -> &mut Self {
        self.language = tag.into();
        self
    }

    /// When it was made (UTC); without it the document carries no time, so equal content gives equal bytes.
    pub fn made(&mut self, at: NaiveDateTime) -> &mut Self {
        self.made = Some(at);
        self
    }

    /// The sheet of paper.
    pub fn paper(&mut self, paper: Paper) -> &mut Self {
        self.paper = paper;
        self
    }

    /// The document's own heading.
    pub fn heading(&mut self, text: impl Into<String>) -> &mut Self {
        self.block(Block::Heading(1, text.into()))
    }

    /// The heading of a section.
    pub fn section(&mut self, text: impl Into<String>) -> &mut Self {
        self.block(Block::Heading(2, text.into()))
    }

    /// The heading of a part of a section.
    pub fn part(&mut self, text: impl Into<String>) -> &mut Self {
        self.block(Block::Heading(3, text.into()))
    }

    /// Running text; a line break in it is kept.
    pub fn paragraph(&mut self, text: impl Into<String>) -> &mut Self {
        self.block(Block::Paragraph(text.into()))
    }

    /// Smaller, paler text: a source, a remark.
    pub fn note(&mut self, text: impl Into<String>) -> &mut Self {
        self.block(Block::Note(text.into()))
    }

    /// Lines of a name and what it is.
    pub fn facts(&mut self, lines: &[(impl ToString, impl ToString)]) -> &mut Self {
        self.block(Block::Facts(
            lines
                .iter()
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
        ))
    }

    /// Numbered steps.
    pub fn steps(&mut self, items: &[impl ToString]) -> &mut Self {
        self.items(true, items)
    }

    /// A list without numbers.
    pub fn list(&mut self, items: &[impl ToString]) -> &mut Self {
        self.items(false, items)
    }

    /// A table; its header is repeated at the top of every page it reaches.
    pub fn table(&mut self, table: Table) -> &mut Self {
        self.block(Block::Table(table))
    }

    /// Codes to be scanned, in rows; none is cut by the end of a page.
    pub fn codes(&mut self, codes: Codes) -> &mut Self {
        self.block(Block::Codes(codes))
    }

    /// A thin line over the whole width.
    pub fn rule(&mut self) -> &mut Self {
        self.block(Block::Rule)
    }

    /// Empty space, in points.
    pub fn space(&mut self, points: f32) -> &mut Self {
        self.block(Block::Space(points))
    }

    /// What follows starts on a new page.
    pub fn page_break(&mut self) -> &mut Self {
        self.block(Block::Break)
    }

    /// Sets the pages and writes them.
    ///
    /// # Errors
    /// Where the document cannot be written; see [`PdfError`].
    pub fn finish(&self) -> Result<Vec<u8>, PdfError> {
        let faces = face::Faces::load()?;
        write::write(self, &layout::pages(self, &faces), &faces)
    }

    /// How many pages it takes.
    ///
    /// # Errors
    /// Where a font cannot be read; see [`PdfError`].
    pub fn page_count(&self) -> Result<usize, PdfError> {
        Ok(layout::pages(self, &face::Faces::load()?).len())
    }

    fn items(&mut self, numbered: bool, items: &[impl ToString]) -> &mut Self {
        self.block(Block::Items {
            numbered,
            items: items.iter().map(ToString::to_string).collect(),
        })
    }

    fn block(&mut self, block: Block) -> &mut Self {
        self.blocks.push(block);
        self
    }
}

impl Paper {
    /// Width and height in points.
    fn size(self) -> (f32, f32) {
        match self {
            Paper::A4 => (595.28, 841.89),
            Paper::A4Landscape => (841.89, 595.28),
            Paper::Letter => (612.0, 792.0),
        }
    }
}
