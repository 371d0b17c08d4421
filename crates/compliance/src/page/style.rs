//! What an element's styles do to the words inside it.

use super::css::Declaration;
use super::value::{Rgba, color, contrast, over, pixels};
use crate::disclosure::Late;

/// The look of the text in an element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    font: f32,
    color: Rgba,
    behind: [f32; 3],
    opacity: f32,
    /// `visibility: hidden`, which a child may undo.
    invisible: bool,
    /// Hidden for good, whatever a child says.
    gone: bool,
    indented: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            font: 16.0,
            color: [0.0, 0.0, 0.0, 1.0],
            behind: [1.0; 3],
            opacity: 1.0,
            invisible: false,
            gone: false,
            indented: false,
        }
    }
}

/// Pixels of `<font size>`: 1 to 7, or steps up and down from 3.
fn old_size(value: &str, inherited: f32) -> f32 {
    const SIZES: [f32; 7] = [10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0];
    let value = value.trim();
    let Ok(number) = value.parse::<i32>() else {
        return inherited;
    };
    let step = if value.starts_with(['+', '-']) {
        3 + number
    } else {
        number
    };
    let index = usize::try_from(step.clamp(1, 7) - 1).unwrap_or(0);
    SIZES.get(index).copied().unwrap_or(inherited)
}

/// Smaller text than this is not read.
const TINY: f32 = 10.0;
/// Less contrast than this is not read; WCAG asks for 3 even of large text.
const PALE: f32 = 3.0;

impl Look {
    /// The look of an element inside another. `hints` are the old attributes `color`, `text`, `bgcolor` and `size`,
    /// which any declaration overrules.
    pub fn within(
        self,
        name: &str,
        hints: &[(&str, String)],
        declarations: &[Declaration],
    ) -> Self {
        let mut look = self;
        if matches!(name, "small" | "sub" | "sup") {
            look.font = self.font / 1.2;
        } else if matches!(name, "h1" | "h2" | "h3") {
            look.font = look.font.max(18.0);
        }
        if name == "a" {
            look.color = [0.0, 0.0, 0.93, 1.0];
        }
        let mut spot = Spot::default();
        for (hint, value) in hints {
            match (name, *hint) {
                ("font", "color") | ("body", "text") => {
                    look.take("color", &value.to_lowercase(), self, &mut spot);
                }
                ("font", "size") => look.font = old_size(value, self.font),
                (_, "bgcolor") => {
                    look.take("background-color", &value.to_lowercase(), self, &mut spot);
                }
                _ => {}
            }
        }
        for declaration in declarations {
            look.take(&declaration.name, &declaration.value, self, &mut spot);
        }
        look.gone |= spot.hides();
        look
    }

    fn take(&mut self, name: &str, value: &str, parent: Self, spot: &mut Spot) {
        match name {
            "display" => spot.display = value == "none",
            "visibility" => self.invisible = matches!(value, "hidden" | "collapse"),
            "content-visibility" => spot.display |= value == "hidden",
            "opacity" => {
                if let Some(n) = number(value) {
                    self.opacity = parent.opacity * n.clamp(0.0, 1.0);
                }
            }
            "filter" => {
                if let Some(n) = value
                    .strip_prefix("opacity(")
                    .and_then(|v| number(v.trim_end_matches(')')))
                {
                    self.opacity = parent.opacity * n.clamp(0.0, 1.0);
                }
            }
            "font-size" => {
                if let Some(size) = pixels(value, parent.font) {
                    self.font = size;
                }
            }
            "font" => {
                let size = value.split_whitespace().find_map(|word| {
                    let word = word.split('/').next().unwrap_or_default();
                    word.starts_with(|c: char| c.is_ascii_digit())
                        .then(|| {
                            word.ends_with(|c: char| !c.is_ascii_digit())
                                .then(|| pixels(word, parent.font))
                                .flatten()
                        })
                        .flatten()
                });
                self.font = size.unwrap_or(self.font);
            }
            "color" | "-webkit-text-fill-color" => {
                if value == "inherit" {
                    self.color = parent.color;
                } else if let Some(c) = color(value) {
                    self.color = c;
                }
            }
            "background-color" | "background" => {
                let found = color(value).or_else(|| value.split_whitespace().find_map(color));
                if let Some(c) = found {
                    self.behind = over(c, parent.behind, 1.0);
                }
            }
            "text-indent" => self.indented = pixels(value, self.font).is_some_and(|n| n <= -500.0),
            _ => spot.take(name, value, self.font),
        }
    }

    /// Why words with this look are not read; none where they are.
    pub fn late(self) -> Option<Late> {
        let seen = over(self.color, self.behind, self.opacity);
        if self.gone
            || self.invisible
            || self.indented
            || self.opacity < 0.1
            || self.font < 1.0
            || self.color[3] < 0.05
        {
            Some(Late::Invisible)
        } else if self.font < TINY {
            Some(Late::Tiny)
        } else if contrast(seen, self.behind) < PALE {
            Some(Late::Pale)
        } else {
            None
        }
    }

    /// Hidden by an attribute or a class.
    pub fn hide(&mut self) {
        self.gone = true;
    }
}

fn number(value: &str) -> Option<f32> {
    match value.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f32>().ok().map(|n| n / 100.0),
        None => value.parse().ok(),
    }
}

/// Whether a `transform` without spaces moves the box out of the window.
fn moved_away(transform: &str, em: f32) -> bool {
    transform.split("translate").skip(1).any(|rest| {
        let Some((_, inner)) = rest.split_once('(') else {
            return false;
        };
        let inner = inner.split(')').next().unwrap_or_default();
        inner.split(',').any(|part| match part.strip_suffix('%') {
            Some(percent) => percent
                .parse::<f32>()
                .is_ok_and(|n| n <= -200.0 || n >= 1000.0),
            None => pixels(part, em).is_some_and(|n| n <= -500.0 || n >= 5000.0),
        })
    })
}

/// Where an element's box is and what of it is cut off; not inherited.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is one property of CSS")]
struct Spot {
    display: bool,
    placed: bool,
    away: bool,
    clipped: bool,
    cut: bool,
    flat: bool,
    shrunk: bool,
    /// It stays in its place of the window, and that place lies before the edge.
    fixed: bool,
    outside: bool,
}

impl Spot {
    fn take(&mut self, name: &str, value: &str, em: f32) {
        let far = || pixels(value, em).is_some_and(|n| n <= -500.0 || n >= 5000.0);
        match name {
            "position" => {
                self.placed = matches!(value, "absolute" | "fixed" | "relative" | "sticky");
                self.fixed = value == "fixed";
            }
            "left" | "right" | "top" | "bottom" | "inset" | "inset-inline-start" => {
                self.away |= far();
                self.outside |= pixels(value, em).is_some_and(|n| n <= -100.0);
            }
            "margin-left" | "margin-top" | "margin-right" | "margin" => {
                let pulled = value
                    .split_whitespace()
                    .any(|part| pixels(part, em).is_some_and(|n| n <= -500.0));
                self.away |= pulled;
                self.placed |= pulled;
            }
            "clip" => self.clipped = value.contains("rect(0") || value.contains("rect(1px"),
            "clip-path" | "-webkit-clip-path" => {
                let text = value.replace(' ', "");
                self.clipped |= text.contains("inset(50%")
                    || text.contains("inset(100%")
                    || text.contains("circle(0")
                    || text.contains("polygon(00");
            }
            "overflow" | "overflow-y" | "overflow-x" => {
                self.cut = matches!(value, "hidden" | "clip");
            }
            "height" | "max-height" | "width" | "max-width" => {
                self.flat |= pixels(value, em).is_some_and(|n| n <= 1.0);
            }
            "transform" | "scale" => {
                let text = value.replace(' ', "");
                self.shrunk |= text.contains("scale(0)")
                    || text.contains("scale(0,")
                    || text.contains("scalex(0)")
                    || text.contains("scaley(0)")
                    || text == "0"
                    || moved_away(&text, em);
            }
            _ => {}
        }
    }

    fn hides(self) -> bool {
        self.display
            || self.shrunk
            || self.clipped
            || self.placed && self.away
            || self.fixed && self.outside
            || self.cut && self.flat
    }
}
