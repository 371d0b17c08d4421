//! Setting blocks on pages: where each line of text and each rule stands.

use super::face::{Faces, Weight};
use super::table::{GAP, SIZE, Table};
use super::{Block, Codes, Pdf, wrap};

/// The white edge of a page, in points.
const MARGIN: f32 = 56.0;
/// Kept free above the lower edge for the footer.
const FOOT: f32 = 72.0;
const BODY: f32 = 9.5;
const LEADING: f32 = 1.42;
/// Where the value of a fact begins.
const FACT: f32 = 130.0;
/// Where the text of a list item begins.
const INDENT: f32 = 18.0;

/// What a line is drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Text,
    Pale,
    Accent,
    Line,
}

/// One thing on a page, measured in points from its upper left corner.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// A line of text, standing on `y`.
    Text {
        x: f32,
        y: f32,
        size: f32,
        weight: Weight,
        ink: Ink,
        text: String,
    },
    /// A line across.
    Rule {
        x: f32,
        y: f32,
        width: f32,
        thick: f32,
        ink: Ink,
    },
}

pub(super) type Page = Vec<Mark>;

/// The pages of a document, at least one.
pub(super) fn pages(pdf: &Pdf, faces: &Faces) -> Vec<Page> {
    let (width, height) = pdf.paper.size();
    let mut setter = Setter {
        faces,
        room: width - 2.0 * MARGIN,
        bottom: height - FOOT,
        y: MARGIN,
        pages: vec![Page::new()],
    };
    for block in &pdf.blocks {
        setter.block(block);
    }
    let mut pages = setter.pages;
    let count = pages.len();
    for (index, page) in pages.iter_mut().enumerate() {
        footer(
            page,
            faces,
            (width, height),
            &pdf.footer,
            &format!("{} / {count}", index + 1),
        );
    }
    pages
}

fn footer(page: &mut Page, faces: &Faces, (width, height): (f32, f32), left: &str, right: &str) {
    let y = height - FOOT / 2.0;
    let size = 7.5;
    page.push(Mark::Rule {
        x: MARGIN,
        y: y - 14.0,
        width: width - 2.0 * MARGIN,
        thick: 0.5,
        ink: Ink::Line,
    });
    let number = faces.width(Weight::Regular, size, right);
    let room = width - 2.0 * MARGIN - number - GAP;
    let lines = wrap::lines(faces, Weight::Regular, size, room, left);
    for (x, text) in [
        (MARGIN, lines.into_iter().next().unwrap_or_default()),
        (width - MARGIN - number, right.to_owned()),
    ] {
        page.push(Mark::Text {
            x,
            y,
            size,
            weight: Weight::Regular,
            ink: Ink::Pale,
            text,
        });
    }
}

struct Setter<'a> {
    faces: &'a Faces,
    room: f32,
    bottom: f32,
    /// The upper edge of what comes next.
    y: f32,
    pages: Vec<Page>,
}

/// How a text is set.
#[derive(Clone, Copy)]
struct Style {
    size: f32,
    weight: Weight,
    ink: Ink,
}

const PLAIN: Style = Style {
    size: BODY,
    weight: Weight::Regular,
    ink: Ink::Text,
};
const PALE: Style = Style {
    ink: Ink::Pale,
    ..PLAIN
};

impl Setter<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Paragraph(text) => {
                self.text(PLAIN, MARGIN, self.room, text);
                self.y += 6.0;
            }
            Block::Note(text) => {
                self.text(Style { size: 8.0, ..PALE }, MARGIN, self.room, text);
                self.y += 5.0;
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Items { numbered, items } => self.items(*numbered, items),
            Block::Table(table) => self.table(table),
            Block::Codes(codes) => self.codes(codes),
            Block::Rule => {
                self.need(10.0);
                self.y += 4.0;
                self.rule(MARGIN, self.room, 0.5, Ink::Line);
                self.y += 8.0;
            }
            Block::Space(points) => self.y += points.max(0.0),
            Block::Break => self.new_page(),
        }
    }

    fn heading(&mut self, level: u8, text: &str) {
        let (size, above, below) = match level {
            1 => (20.0, 0.0, 8.0),
            2 => (12.5, 14.0, 5.0),
            _ => (10.0, 8.0, 3.0),
        };
        // A heading never stands alone at the foot of a page.
        self.need(above + size * LEADING + below + 4.0 * BODY * LEADING);
        if self.y > MARGIN {
            self.y += above;
        }
        let style = Style {
            size,
            weight: Weight::SemiBold,
            ink: if level == 1 { Ink::Accent } else { Ink::Text },
        };
        self.text(style, MARGIN, self.room, text);
        self.y += below;
    }

    fn facts(&mut self, facts: &[(String, String)]) {
        for (name, value) in facts {
            let names = self.lines(PALE, FACT - GAP, name);
            let values = self.lines(PLAIN, self.room - FACT, value);
            let many = names.len().max(values.len());
            for index in 0..many {
                self.need(BODY * LEADING);
                if let Some(name) = names.get(index) {
                    self.line(PALE, MARGIN, name);
                }
                if let Some(value) = values.get(index) {
                    self.line(PLAIN, MARGIN + FACT, value);
                }
                self.y += BODY * LEADING;
            }
            self.y += 1.5;
        }
        self.y += 6.0;
    }

    fn items(&mut self, numbered: bool, items: &[String]) {
        for (index, item) in items.iter().enumerate() {
            self.need(BODY * LEADING);
            let mark = if numbered {
                format!("{}.", index + 1)
            } else {
                "•".to_owned()
            };
            self.line(PALE, MARGIN, &mark);
            self.text(PLAIN, MARGIN + INDENT, self.room - INDENT, item);
            self.y += 1.5;
        }
        self.y += 6.0;
    }

    fn table(&mut self, table: &Table) {
        let widths = table.widths(self.faces, self.room);
        let step = SIZE * LEADING;
        self.need(4.0 * (step + 6.0));
        self.header(table, &widths);
        for row in &table.rows {
            let style = Style {
                size: SIZE,
                weight: row.weight(),
                ink: Ink::Text,
            };
            let mut cells: Vec<std::vec::IntoIter<String>> = row
                .cells
                .iter()
                .zip(&widths)
                .map(|(cell, width)| self.lines(style, width + 0.01, cell).into_iter())
                .collect();
            let mut left = cells.iter().map(ExactSizeIterator::len).max().unwrap_or(0);
            let high = step.mul_add(count(left), 6.0);
            if self.y + high > self.bottom && high < self.bottom - MARGIN - 2.0 * (step + 6.0) {
                self.new_page();
                self.header(table, &widths);
            }
            if row.total {
                self.rule(MARGIN, self.room, 0.8, Ink::Text);
            }
            self.y += 3.0;
            while left > 0 {
                if self.y + step > self.bottom {
                    self.new_page();
                    self.header(table, &widths);
                    self.y += 3.0;
                }
                let line: Vec<String> = cells
                    .iter_mut()
                    .map(|cell| cell.next().unwrap_or_default())
                    .collect();
                self.cells(style, table, &widths, &line);
                self.y += step;
                left -= 1;
            }
            self.y += 3.0;
            self.rule(MARGIN, self.room, 0.4, Ink::Line);
        }
        self.y += 10.0;
    }

    fn codes(&mut self, codes: &Codes) {
        let columns = codes.columns.clamp(1, 8);
        let width = (self.room - GAP * count(columns - 1)) / count(columns);
        let style = Style { size: 7.5, ..PLAIN };
        for row in codes.items.chunks(columns) {
            let labels: Vec<Vec<String>> = row
                .iter()
                .map(|code| {
                    let lines = code.lines.iter();
                    lines
                        .flat_map(|line| self.lines(style, width, line).into_iter().take(2))
                        .collect()
                })
                .collect();
            let most = labels.iter().map(Vec::len).max().unwrap_or(0);
            let high = (style.size * LEADING).mul_add(count(most), width + 6.0);
            self.need(high);
            let top = self.y;
            for (index, (code, lines)) in row.iter().zip(labels).enumerate() {
                let left = (width + GAP).mul_add(count(index), MARGIN);
                for mark in code.marks(left, top, width) {
                    self.mark(mark);
                }
                self.y = top + width + 2.0;
                for line in lines {
                    self.line(style, left, &line);
                    self.y += style.size * LEADING;
                }
            }
            self.y = top + high + 10.0;
        }
    }

    fn header(&mut self, table: &Table, widths: &[f32]) {
        let style = Style {
            size: SIZE,
            weight: Weight::SemiBold,
            ink: Ink::Pale,
        };
        let names: Vec<Vec<String>> = table
            .columns
            .iter()
            .zip(widths)
            .map(|(column, width)| self.lines(style, width + 0.01, &column.name))
            .collect();
        for index in 0..names.iter().map(Vec::len).max().unwrap_or(0) {
            let line: Vec<String> = names
                .iter()
                .map(|name| name.get(index).cloned().unwrap_or_default())
                .collect();
            self.cells(style, table, widths, &line);
            self.y += SIZE * LEADING;
        }
        self.y += 3.0;
        self.rule(MARGIN, self.room, 0.8, Ink::Pale);
    }

    fn cells(&mut self, style: Style, table: &Table, widths: &[f32], line: &[String]) {
        let mut x = MARGIN;
        for ((text, width), column) in line.iter().zip(widths).zip(&table.columns) {
            if !text.is_empty() {
                let shift = if column.figures {
                    width - self.faces.width(style.weight, style.size, text)
                } else {
                    0.0
                };
                self.line(style, x + shift, text);
            }
            x += width + GAP;
        }
    }

    /// Lines of text from here on down, over pages where needed.
    fn text(&mut self, style: Style, x: f32, width: f32, text: &str) {
        for line in self.lines(style, width, text) {
            self.need(style.size * LEADING);
            self.line(style, x, &line);
            self.y += style.size * LEADING;
        }
    }

    fn lines(&self, style: Style, width: f32, text: &str) -> Vec<String> {
        wrap::lines(self.faces, style.weight, style.size, width, text)
    }

    /// One line whose upper edge is here.
    fn line(&mut self, style: Style, x: f32, text: &str) {
        if text.is_empty() {
            return;
        }
        let y = self.y + style.size * 1.05;
        self.mark(Mark::Text {
            x,
            y,
            size: style.size,
            weight: style.weight,
            ink: style.ink,
            text: text.to_owned(),
        });
    }

    fn rule(&mut self, x: f32, width: f32, thick: f32, ink: Ink) {
        let y = self.y;
        self.mark(Mark::Rule {
            x,
            y,
            width,
            thick,
            ink,
        });
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// Turns the page where less than this is left.
    fn need(&mut self, high: f32) {
        if self.y + high > self.bottom && self.y > MARGIN {
            self.new_page();
        }
    }

    fn new_page(&mut self) {
        self.pages.push(Page::new());
        self.y = MARGIN;
    }
}

/// A number of lines or columns, of which a page holds few.
pub(super) fn count(many: usize) -> f32 {
    f32::from(u16::try_from(many).unwrap_or(u16::MAX))
}
