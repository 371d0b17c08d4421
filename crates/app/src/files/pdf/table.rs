//! Tables: what they hold, and how wide their columns become.

use super::face::{Faces, Weight};
use super::layout::count;
use super::wrap;

/// Between two columns, in points.
pub(super) const GAP: f32 = 12.0;
/// The size of a table's text, in points.
pub(super) const SIZE: f32 = 8.5;
/// A word wider than this may be broken to make room.
const LONGEST_WORD: f32 = 90.0;

/// A column of a [`Table`].
#[derive(Debug, Clone)]
pub struct Column {
    pub(super) name: String,
    pub(super) figures: bool,
}

impl Column {
    /// Text, aligned to the left; it wraps where the page is narrow.
    #[must_use]
    pub fn text(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            figures: false,
        }
    }

    /// Figures, aligned to the right; never wrapped as long as the page is wide enough.
    #[must_use]
    pub fn figures(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            figures: true,
        }
    }
}

/// Rows under a header that is repeated on every page.
#[derive(Debug, Clone)]
pub struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
}

#[derive(Debug, Clone)]
pub(super) struct Row {
    pub cells: Vec<String>,
    pub total: bool,
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(columns: Vec<Column>) -> Self {
        Self {
            columns,
            rows: Vec::new(),
        }
    }

    /// A row; missing cells are empty, those beyond the last column are left out.
    pub fn row<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) -> &mut Self {
        self.push(cells, false)
    }

    /// A row of sums: heavier, under a line.
    pub fn total<T: Into<String>>(&mut self, cells: impl IntoIterator<Item = T>) -> &mut Self {
        self.push(cells, true)
    }

    fn push<T: Into<String>>(
        &mut self,
        cells: impl IntoIterator<Item = T>,
        total: bool,
    ) -> &mut Self {
        let mut cells: Vec<String> = cells.into_iter().map(Into::into).collect();
        cells.resize(self.columns.len(), String::new());
        self.rows.push(Row { cells, total });
        self
    }

    /// The width of each column in points, together with the gaps no more than `room`.
    pub(super) fn widths(&self, faces: &Faces, room: f32) -> Vec<f32> {
        let gaps = GAP * count(self.columns.len().saturating_sub(1));
        let room = room - gaps;
        let natural: Vec<f32> = self.measured(|weight, text| {
            text.lines()
                .map(|line| faces.width(weight, SIZE, line))
                .fold(0.0, f32::max)
        });
        let together: f32 = natural.iter().sum();
        if together <= room {
            return self.stretched(natural, room - together);
        }
        let least: Vec<f32> = self
            .measured(|weight, text| wrap::widest_word(faces, weight, SIZE, text))
            .into_iter()
            .zip(&natural)
            .zip(&self.columns)
            .map(|((word, natural), column)| {
                if column.figures {
                    *natural
                } else {
                    word.min(LONGEST_WORD)
                }
            })
            .collect();
        let tight: f32 = least.iter().sum();
        if tight >= room {
            return least.iter().map(|one| one * room / tight).collect();
        }
        let share = (room - tight) / (together - tight);
        natural
            .iter()
            .zip(&least)
            .map(|(natural, least)| least + (natural - least) * share)
            .collect()
    }

    /// For each column the widest of what `width` says of its cells.
    fn measured(&self, width: impl Fn(Weight, &str) -> f32) -> Vec<f32> {
        let mut widest: Vec<f32> = self
            .columns
            .iter()
            .map(|column| width(Weight::SemiBold, &column.name))
            .collect();
        for row in &self.rows {
            for (widest, cell) in widest.iter_mut().zip(&row.cells) {
                *widest = widest.max(width(row.weight(), cell));
            }
        }
        widest
    }

    /// Text columns take up what is left over, so that figures stand at the right edge.
    fn stretched(&self, mut widths: Vec<f32>, left: f32) -> Vec<f32> {
        let texts: f32 = widths
            .iter()
            .zip(&self.columns)
            .filter(|(_, column)| !column.figures)
            .map(|(width, _)| *width)
            .sum();
        if texts > 0.0 {
            for (width, column) in widths.iter_mut().zip(&self.columns) {
                if !column.figures {
                    *width += left * *width / texts;
                }
            }
        }
        widths
    }
}

impl Row {
    pub fn weight(&self) -> Weight {
        if self.total {
            Weight::SemiBold
        } else {
            Weight::Regular
        }
    }
}
