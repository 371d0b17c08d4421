//! Character references: numbers, and the names that pages in five languages use.

use super::token::place;

const NAMED: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("shy", "\u{ad}"),
    ("hellip", "…"),
    ("mdash", "—"),
    ("ndash", "–"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("sbquo", "‚"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("bdquo", "„"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("euro", "€"),
    ("pound", "£"),
    ("cent", "¢"),
    ("yen", "¥"),
    ("sect", "§"),
    ("deg", "°"),
    ("middot", "·"),
    ("bull", "•"),
    ("times", "×"),
    ("rarr", "→"),
    ("larr", "←"),
    ("iexcl", "¡"),
    ("iquest", "¿"),
    ("ordf", "ª"),
    ("ordm", "º"),
    ("zwnj", "\u{200c}"),
    ("zwj", "\u{200d}"),
    ("ensp", " "),
    ("emsp", " "),
    ("thinsp", " "),
    ("agrave", "à"),
    ("aacute", "á"),
    ("acirc", "â"),
    ("atilde", "ã"),
    ("auml", "ä"),
    ("aring", "å"),
    ("aelig", "æ"),
    ("ccedil", "ç"),
    ("egrave", "è"),
    ("eacute", "é"),
    ("ecirc", "ê"),
    ("euml", "ë"),
    ("igrave", "ì"),
    ("iacute", "í"),
    ("icirc", "î"),
    ("iuml", "ï"),
    ("ntilde", "ñ"),
    ("ograve", "ò"),
    ("oacute", "ó"),
    ("ocirc", "ô"),
    ("otilde", "õ"),
    ("ouml", "ö"),
    ("oslash", "ø"),
    ("ugrave", "ù"),
    ("uacute", "ú"),
    ("ucirc", "û"),
    ("uuml", "ü"),
    ("yacute", "ý"),
    ("yuml", "ÿ"),
    ("szlig", "ß"),
    ("oelig", "œ"),
    ("Agrave", "À"),
    ("Aacute", "Á"),
    ("Acirc", "Â"),
    ("Atilde", "Ã"),
    ("Auml", "Ä"),
    ("Aring", "Å"),
    ("AElig", "Æ"),
    ("Ccedil", "Ç"),
    ("Egrave", "È"),
    ("Eacute", "É"),
    ("Ecirc", "Ê"),
    ("Euml", "Ë"),
    ("Igrave", "Ì"),
    ("Iacute", "Í"),
    ("Icirc", "Î"),
    ("Iuml", "Ï"),
    ("Ntilde", "Ñ"),
    ("Ograve", "Ò"),
    ("Oacute", "Ó"),
    ("Ocirc", "Ô"),
    ("Otilde", "Õ"),
    ("Ouml", "Ö"),
    ("Oslash", "Ø"),
    ("Ugrave", "Ù"),
    ("Uacute", "Ú"),
    ("Ucirc", "Û"),
    ("Uuml", "Ü"),
    ("Yacute", "Ý"),
    ("OElig", "Œ"),
    ("colon", ":"),
    ("sol", "/"),
    ("period", "."),
    ("num", "#"),
    ("quest", "?"),
    ("equals", "="),
    ("commat", "@"),
    ("dollar", "$"),
    ("excl", "!"),
    ("percnt", "%"),
    ("lpar", "("),
    ("rpar", ")"),
    ("comma", ","),
    ("hyphen", "‐"),
    ("dash", "‐"),
    ("NewLine", "\n"),
    ("Tab", "\t"),
];

/// Adds the character at a place, decoded where it is a reference; the place after it. In an attribute a name
/// without its semicolon before `=` or a letter is text, as `&copy=1` in an address is.
pub(super) fn decode_at(
    chars: &[char],
    at: usize,
    attribute: bool,
    out: &mut Vec<(char, u32)>,
) -> usize {
    let c = chars[at];
    if c != '&' {
        out.push((c, place(at)));
        return at + 1;
    }
    if chars.get(at + 1) == Some(&'#') {
        let hex = matches!(chars.get(at + 2), Some('x' | 'X'));
        let start = at + if hex { 3 } else { 2 };
        let digits: String = chars[start.min(chars.len())..]
            .iter()
            .take(8)
            .take_while(|c| c.is_ascii_hexdigit() && (hex || c.is_ascii_digit()))
            .collect();
        if let Some(decoded) = u32::from_str_radix(&digits, if hex { 16 } else { 10 })
            .ok()
            .and_then(char::from_u32)
        {
            out.push((decoded, place(at)));
            let end = start + digits.len();
            return if chars.get(end) == Some(&';') {
                end + 1
            } else {
                end
            };
        }
    } else {
        let name: String = chars[at + 1..]
            .iter()
            .take(10)
            .take_while(|c| c.is_ascii_alphanumeric())
            .collect();
        let end = at + 1 + name.len();
        let semicolon = chars.get(end) == Some(&';');
        if let Some((_, text)) = NAMED.iter().find(|(known, _)| *known == name)
            && (semicolon || !attribute && name.len() <= 6)
        {
            out.extend(text.chars().map(|c| (c, place(at))));
            return if semicolon { end + 1 } else { end };
        }
    }
    out.push(('&', place(at)));
    at + 1
}
