//! Breaking text into lines.

use super::face::{Faces, Weight};

/// The lines of a text that is set `size` high and no wider than `width` points. Breaks in the text are kept; a word that
/// is wider than a line (a long address) is broken where the line ends. There is at least one line.
pub(super) fn lines(
    faces: &Faces,
    weight: Weight,
    size: f32,
    width: f32,
    text: &str,
) -> Vec<String> {
    let measure = |text: &str| faces.width(weight, size, text);
    let space = measure(" ");
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        let mut used = 0.0;
        for word in paragraph.split_whitespace() {
            let wide = measure(word);
            if !line.is_empty() && used + space + wide > width {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            if line.is_empty() && wide > width {
                let mut pieces = broken(word, width, measure);
                line = pieces.pop().unwrap_or_default();
                lines.append(&mut pieces);
                used = measure(&line);
                continue;
            }
            if !line.is_empty() {
                line.push(' ');
                used += space;
            }
            line.push_str(word);
            used += wide;
        }
        lines.push(line);
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// A long word in pieces, each no wider than a line, broken after a mark of an address where one is near the end.
fn broken(word: &str, width: f32, measure: impl Fn(&str) -> f32) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for letter in word.chars() {
        piece.push(letter);
        if piece.chars().nth(1).is_some() && measure(&piece) > width {
            piece.pop();
            let cut = piece
                .rfind(['/', '?', '&', '-', '_', '=', '.', ','])
                .map(|at| at + 1)
                .filter(|at| *at * 2 > piece.len() && *at < piece.len());
            let mut rest = cut.map(|at| piece.split_off(at)).unwrap_or_default();
            pieces.push(std::mem::take(&mut piece));
            rest.push(letter);
            piece = rest;
        }
    }
    pieces.push(piece);
    pieces
}

/// The widest word of a text, in points: a column narrower than this breaks words.
pub(super) fn widest_word(faces: &Faces, weight: Weight, size: f32, text: &str) -> f32 {
    text.split_whitespace()
        .map(|word| faces.width(weight, size, word))
        .fold(0.0, f32::max)
}
