//! Small charts of characters, for people at a terminal.

use unicode_width::UnicodeWidthStr as _;

/// Cells of a bar.
const WIDTH: usize = 40;

/// One line of a chart.
pub struct Bar {
    /// What stands before it.
    pub label: String,
    /// Where the range begins, the middle, and where it ends.
    pub range: [f64; 3],
    /// What stands after it.
    pub value: String,
}

/// What a bar is drawn with: surely, likely, the middle.
struct Signs {
    sure: char,
    likely: char,
    middle: char,
}

/// Whether the terminal shows more than ASCII.
pub fn fine() -> bool {
    fine_by(|name| std::env::var(name).ok())
}

fn fine_by(variable: impl Fn(&str) -> Option<String>) -> bool {
    if cfg!(windows) {
        return variable("WT_SESSION").is_some();
    }
    // The first that is set decides, as everywhere in POSIX.
    let set = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty());
    set.is_some_and(|value| {
        let value = value.to_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    })
}

/// Ranges as bars from zero: solid as far as nine times of ten, lighter to where one time of ten it ends above.
pub fn ranges(bars: &[Bar], fine: bool) -> String {
    let signs = if fine {
        Signs {
            sure: '█',
            likely: '░',
            middle: '▓',
        }
    } else {
        Signs {
            sure: '#',
            likely: '.',
            middle: '|',
        }
    };
    let most = bars.iter().map(|bar| bar.range[2]).fold(0.0_f64, f64::max);
    let widest = bars.iter().map(|bar| bar.label.width()).max().unwrap_or(0);
    let values = bars.iter().map(|bar| bar.value.width()).max().unwrap_or(0);
    let mut text = String::new();
    for bar in bars {
        let [low, middle, high] = bar.range.map(|value| cells(value, most));
        let cell = |at: usize| {
            if at + 1 == middle {
                signs.middle
            } else if at < low {
                signs.sure
            } else if at < high {
                signs.likely
            } else {
                ' '
            }
        };
        let drawn: String = (0..WIDTH).map(cell).collect();
        let label = " ".repeat(widest - bar.label.width());
        let value = " ".repeat(values - bar.value.width());
        text += &format!("{}{label}  {drawn}  {value}{}\n", bar.label, bar.value);
    }
    text
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of 40 cells"
)]
fn cells(value: f64, most: f64) -> usize {
    if most <= 0.0 || !value.is_finite() {
        return 0;
    }
    ((value / most).clamp(0.0, 1.0) * WIDTH as f64).round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_its_range() {
        let bar = |label: &str, range: [f64; 3]| Bar {
            label: label.to_owned(),
            range,
            value: String::new(),
        };
        let text = ranges(
            &[bar("a", [10.0, 20.0, 40.0]), bar("bb", [0.0, 0.0, 0.0])],
            false,
        );
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0].matches('#').count(), 10);
        assert_eq!(lines[0].matches('|').count(), 1);
        assert!(lines[0].is_ascii());
        assert_eq!(lines[1].matches(['#', '.', '|']).count(), 0);
    }

    #[test]
    fn only_a_terminal_that_says_so_gets_more_than_ascii() {
        let with = |all: Option<&str>, lang: Option<&str>| {
            fine_by(|name| match name {
                "LC_ALL" => all.map(str::to_owned),
                "LANG" => lang.map(str::to_owned),
                _ => None,
            })
        };
        if !cfg!(windows) {
            assert!(with(None, Some("de_DE.UTF-8")));
            assert!(!with(Some("C"), Some("de_DE.UTF-8")));
            assert!(!with(None, None));
        }
    }
}
