//! Squares of dark and light that a camera reads, with words under them.

use super::layout::{Ink, Mark, count};

/// White modules around a code; a camera needs four.
const QUIET: usize = 4;

/// A grid of codes.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    pub(super) columns: usize,
    pub(super) items: Vec<Code>,
}

/// One code.
#[derive(Debug, Clone)]
pub struct Code {
    /// Modules on a side.
    pub side: usize,
    /// Whether each module is dark, row by row.
    pub dark: Vec<bool>,
    /// What stands under it; each line is cut after two lines of print.
    pub lines: Vec<String>,
}

impl Codes {
    /// An empty grid of so many columns, 1 to 8.
    #[must_use]
    pub fn new(columns: usize) -> Self {
        Self {
            columns,
            items: Vec::new(),
        }
    }

    /// One more code.
    pub fn push(&mut self, code: Code) -> &mut Self {
        self.items.push(code);
        self
    }
}

impl Code {
    /// What is drawn in a square: a bar for each run of dark modules in a row.
    pub(super) fn marks(&self, left: f32, top: f32, width: f32) -> Vec<Mark> {
        let module = width / count(self.side + 2 * QUIET);
        let mut marks = Vec::new();
        for (row, modules) in self.dark.chunks(self.side.max(1)).enumerate() {
            let mut column = 0;
            while let Some(begin) = modules.iter().skip(column).position(|dark| *dark) {
                let begin = column + begin;
                let run = modules.iter().skip(begin).take_while(|dark| **dark).count();
                marks.push(Mark::Rule {
                    x: module.mul_add(count(begin + QUIET), left),
                    y: module.mul_add(count(row + QUIET), top),
                    width: module * count(run),
                    // A hair more than a module, so that no light line shows between two rows.
                    thick: module * 1.02,
                    ink: Ink::Text,
                });
                column = begin + run;
            }
        }
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_drawn_once() {
        let code = Code {
            side: 3,
            dark: vec![true, true, false, false, false, false, true, false, true],
            lines: Vec::new(),
        };
        let marks = code.marks(0.0, 0.0, 110.0);
        let widths: Vec<f32> = marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Rule { width, .. } => Some((width / 10.0).round()),
                Mark::Text { .. } => None,
            })
            .collect();
        assert_eq!(widths, [2.0, 1.0, 1.0]);
    }
}
