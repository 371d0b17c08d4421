//! Lengths and colours of CSS, and how well one colour is read on another.

/// A colour with its opacity, each from 0 to 1.
pub(super) type Rgba = [f32; 4];

/// A length in pixels; `em` is the size of the text around it.
pub(super) fn pixels(value: &str, em: f32) -> Option<f32> {
    let value = value.trim();
    let fixed = match value {
        "0" => Some(0.0),
        "xx-small" => Some(9.0),
        "x-small" => Some(10.0),
        "small" => Some(13.0),
        "medium" => Some(16.0),
        "large" => Some(18.0),
        "x-large" => Some(24.0),
        "xx-large" => Some(32.0),
        "smaller" => Some(em / 1.2),
        "larger" => Some(em * 1.2),
        _ => None,
    };
    if fixed.is_some() {
        return fixed;
    }
    if let Some(inner) = value
        .strip_prefix("clamp(")
        .or_else(|| value.strip_prefix("max("))
        .and_then(|v| v.strip_suffix(')'))
    {
        return inner
            .split(',')
            .next_back()
            .and_then(|part| pixels(part, em));
    }
    let end = value
        .find(|c: char| c.is_ascii_alphabetic() || c == '%')
        .unwrap_or(value.len());
    let number: f32 = value[..end].trim().parse().ok()?;
    Some(match &value[end..] {
        "" | "px" => number,
        "pt" => number * 4.0 / 3.0,
        "em" => number * em,
        "rem" | "pc" => number * 16.0,
        "%" => number * em / 100.0,
        "ex" | "ch" => number * em / 2.0,
        "vw" | "vh" => number * 10.0,
        "cm" => number * 37.8,
        "mm" => number * 3.78,
        "in" => number * 96.0,
        _ => return None,
    })
}

/// A colour; none where the value is none this knows.
pub(super) fn color(value: &str) -> Option<Rgba> {
    let value = value.trim();
    if let Some(hex) = value.strip_prefix('#') {
        let digits: Vec<f32> = hex
            .chars()
            .map(|c| c.to_digit(16))
            .collect::<Option<Vec<_>>>()?
            .into_iter()
            .map(byte)
            .collect();
        let short = |at: usize| digits.get(at).map(|digit| digit * 17.0 / 255.0);
        let long = |at: usize| Some((digits.get(at)? * 16.0 + digits.get(at + 1)?) / 255.0);
        return match digits.len() {
            3 | 4 => Some([short(0)?, short(1)?, short(2)?, short(3).unwrap_or(1.0)]),
            6 | 8 => Some([long(0)?, long(2)?, long(4)?, long(6).unwrap_or(1.0)]),
            _ => None,
        };
    }
    if let Some((kind, inner)) = value.split_once('(') {
        let numbers: Vec<(f32, bool)> = inner
            .trim_end_matches(')')
            .split([',', ' ', '/'])
            .filter(|part| !part.is_empty())
            .map(|part| {
                let percent = part.ends_with('%');
                part.trim_end_matches(['%', 'd', 'e', 'g'])
                    .parse()
                    .ok()
                    .map(|number| (number, percent))
            })
            .collect::<Option<Vec<_>>>()?;
        let alpha = numbers
            .get(3)
            .map_or(1.0, |(n, percent)| if *percent { n / 100.0 } else { *n });
        let [first, second, third] = [numbers.first()?, numbers.get(1)?, numbers.get(2)?];
        return match kind.trim() {
            "rgb" | "rgba" => {
                let part =
                    |(n, percent): &(f32, bool)| if *percent { n / 100.0 } else { n / 255.0 };
                Some([part(first), part(second), part(third), alpha])
            }
            "hsl" | "hsla" => {
                let [r, g, b] = from_hsl(first.0, second.0 / 100.0, third.0 / 100.0);
                Some([r, g, b, alpha])
            }
            _ => None,
        };
    }
    let name = |hex: &str| color(hex);
    match value {
        "transparent" => Some([0.0, 0.0, 0.0, 0.0]),
        "white" | "snow" | "ivory" | "floralwhite" | "ghostwhite" | "mintcream" | "azure" => {
            name("#fff")
        }
        "black" => name("#000"),
        "whitesmoke" => name("#f5f5f5"),
        "gainsboro" => name("#dcdcdc"),
        "lightgray" | "lightgrey" => name("#d3d3d3"),
        "silver" => name("#c0c0c0"),
        "darkgray" | "darkgrey" => name("#a9a9a9"),
        "gray" | "grey" => name("#808080"),
        "dimgray" | "dimgrey" => name("#696969"),
        "lightyellow" | "cornsilk" | "lemonchiffon" | "beige" | "linen" | "oldlace"
        | "seashell" | "aliceblue" | "lavenderblush" => name("#fafae6"),
        "lavender" => name("#e6e6fa"),
        "yellow" => name("#ff0"),
        "red" => name("#f00"),
        "blue" => name("#00f"),
        "green" => name("#008000"),
        "navy" => name("#000080"),
        "darkblue" => name("#00008b"),
        "orange" => name("#ffa500"),
        "pink" => name("#ffc0cb"),
        "purple" => name("#800080"),
        "maroon" | "brown" => name("#800000"),
        "teal" => name("#008080"),
        "cyan" | "aqua" => name("#0ff"),
        "lime" => name("#0f0"),
        _ => None,
    }
}

fn byte(digit: u32) -> f32 {
    f32::from(u8::try_from(digit).unwrap_or(0))
}

fn from_hsl(hue: f32, saturation: f32, lightness: f32) -> [f32; 3] {
    let chroma = saturation * lightness.min(1.0 - lightness);
    let part = |n: f32| {
        let k = (n + hue / 30.0).rem_euclid(12.0);
        lightness - chroma * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    };
    [part(0.0), part(8.0), part(4.0)]
}

/// One colour seen through its opacity over another.
pub(super) fn over(top: Rgba, bottom: [f32; 3], opacity: f32) -> [f32; 3] {
    let alpha = (top[3] * opacity).clamp(0.0, 1.0);
    std::array::from_fn(|i| top[i] * alpha + bottom[i] * (1.0 - alpha))
}

/// The contrast ratio of WCAG 2.1, from 1 to 21.
pub(super) fn contrast(a: [f32; 3], b: [f32; 3]) -> f32 {
    let light = |c: [f32; 3]| {
        let linear = |v: f32| {
            if v <= 0.04045 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2])
    };
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_follows_wcag() {
        let gray = color("#777").unwrap();
        let ratio = contrast([gray[0], gray[1], gray[2]], [1.0; 3]);
        assert!((ratio - 4.48).abs() < 0.01, "{ratio}");
        assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 0.01);
    }

    #[test]
    fn reads_colours_and_lengths() {
        assert_eq!(color("rgb(255 0 0 / 50%)"), Some([1.0, 0.0, 0.0, 0.5]));
        assert_eq!(color("hsl(0, 0%, 100%)"), Some([1.0, 1.0, 1.0, 1.0]));
        assert_eq!(pixels("0.5em", 16.0), Some(8.0));
        assert_eq!(pixels("9pt", 16.0), Some(12.0));
    }
}
