//! Which media queries hold on a screen.

/// A window a page is read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    /// A computer: 1280 by 800 pixels, with a mouse.
    Wide,
    /// A telephone: 390 by 844 pixels, with a finger.
    Narrow,
}

impl View {
    fn size(self) -> (f32, f32) {
        match self {
            Self::Wide => (1280.0, 800.0),
            Self::Narrow => (390.0, 844.0),
        }
    }
}

/// Whether a list of media queries (what stands after `@media`) holds in a window.
pub(super) fn holds(list: &str, view: View) -> bool {
    let list = list.trim().to_ascii_lowercase();
    list.is_empty() || list.split(',').any(|query| query_holds(query.trim(), view))
}

fn query_holds(query: &str, view: View) -> bool {
    let (negated, query) = match query.strip_prefix("not ") {
        Some(rest) => (true, rest),
        None => (false, query.strip_prefix("only ").unwrap_or(query)),
    };
    let all = query
        .split(" and ")
        .all(|part| part.split(" or ").any(|one| part_holds(one.trim(), view)));
    all != negated
}

/// A type such as `screen`, or a condition in parentheses. What is unknown is taken to hold.
fn part_holds(part: &str, view: View) -> bool {
    let Some(inner) = part.strip_prefix('(') else {
        return !matches!(
            part,
            "print" | "speech" | "tty" | "tv" | "aural" | "braille"
        );
    };
    let inner = inner.trim_end_matches(')').trim_start_matches('(').trim();
    let (width, height) = view.size();
    let wide = view == View::Wide;
    if let Some((name, value)) = inner.split_once(':') {
        let value = value.trim();
        let pixels = || super::value::pixels(value, 16.0);
        return match name.trim() {
            "min-width" | "min-device-width" => pixels().is_none_or(|n| width >= n),
            "max-width" | "max-device-width" => pixels().is_none_or(|n| width <= n),
            "min-height" | "min-device-height" => pixels().is_none_or(|n| height >= n),
            "max-height" | "max-device-height" => pixels().is_none_or(|n| height <= n),
            "orientation" => (value == "landscape") == wide,
            "prefers-color-scheme" => value == "light",
            "prefers-reduced-motion" | "prefers-contrast" | "prefers-reduced-transparency" => {
                value == "no-preference"
            }
            "hover" | "any-hover" => (value == "hover") == wide,
            "pointer" | "any-pointer" => (value == "fine") == wide,
            "forced-colors" | "inverted-colors" => value == "none",
            "scripting" => value == "enabled",
            _ => true,
        };
    }
    if inner.contains(['<', '>']) {
        for (name, size) in [("width", width), ("height", height)] {
            if let Some((left, right)) = inner.split_once(name) {
                return compares(left, right, size);
            }
        }
    }
    true
}

/// `400px <=` and `< 700px` around a length's name.
fn compares(left: &str, right: &str, size: f32) -> bool {
    const SIGNS: [char; 3] = ['<', '>', '='];
    let holds = |low: f32, sign: &str, high: f32| match sign {
        "<" => low < high,
        "<=" => low <= high,
        ">" => low > high,
        ">=" => low >= high,
        _ => true,
    };
    let pixels = |text: &str| super::value::pixels(text, 16.0);
    let (left, right) = (left.trim(), right.trim());
    let before = left.trim_end_matches(SIGNS);
    let after = right.trim_start_matches(SIGNS);
    pixels(before).is_none_or(|n| holds(n, &left[before.len()..], size))
        && pixels(after).is_none_or(|n| holds(size, &right[..right.len() - after.len()], n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_windows_apart() {
        for (list, wide, narrow) in [
            ("", true, true),
            ("all", true, true),
            ("screen", true, true),
            ("print", false, false),
            ("not print", true, true),
            ("print, screen", true, true),
            ("(min-width: 1px)", true, true),
            ("screen and (max-width: 600px)", false, true),
            ("only screen and (min-width: 48em)", true, false),
            ("(min-width: 700px) and (max-width: 1000px)", false, false),
            ("(width <= 600px)", false, true),
            ("(400px <= width <= 2000px)", true, false),
            ("(orientation: portrait)", false, true),
            ("(prefers-color-scheme: dark)", false, false),
            ("(hover: none)", false, true),
            ("(min-resolution: 2dppx)", true, true),
        ] {
            assert_eq!(holds(list, View::Wide), wide, "{list}");
            assert_eq!(holds(list, View::Narrow), narrow, "{list}");
        }
    }
}
