//! A protected name, however it is spelled: in another script, with digits, spaced, or misspelt.

use std::ops::Range;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// How a name was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// The name itself, also inside a longer word, spaced or with look-alike letters.
    Name,
    /// One letter off.
    Misspelt,
}

/// The Latin letter that a character looks like; lower case. None for what is not seen at all.
fn look(c: char) -> Option<char> {
    Some(match c {
        'а' | 'А' | 'α' | 'Α' | 'ɑ' | '@' | '4' | 'ᴀ' => 'a',
        'к' | 'К' | 'κ' | 'Κ' | 'ĸ' | 'ᴋ' | 'қ' | 'Қ' => 'k',
        'г' | 'Ꮁ' | 'ʀ' | 'ᴦ' | 'ɾ' | 'ɼ' => 'r',
        'т' | 'Т' | 'τ' | 'Τ' | 'ᴛ' | '7' | '†' => 't',
        'е' | 'Е' | 'ε' | 'Ε' | '3' => 'e',
        'о' | 'О' | 'ο' | 'Ο' | '0' => 'o',
        'і' | 'І' | 'ι' | 'Ι' | '1' | 'ı' => 'i',
        'ѕ' | 'Ѕ' | '5' | '$' => 's',
        'с' | 'С' => 'c',
        'р' | 'Р' | 'ρ' | 'Ρ' => 'p',
        'х' | 'Х' | 'χ' => 'x',
        'у' | 'У' | 'γ' => 'y',
        'н' | 'Н' => 'h',
        'в' | 'В' | 'β' => 'b',
        'м' | 'М' => 'm',
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => return None,
        c => c,
    })
}

/// The look of a text in plain lower-case letters, with the index of each in the characters given.
fn skeleton(chars: &[char], digits: bool) -> Vec<(char, usize)> {
    let mut out = Vec::with_capacity(chars.len());
    for (at, &c) in chars.iter().enumerate() {
        if c.is_ascii_alphabetic() {
            out.push((c.to_ascii_lowercase(), at));
            continue;
        }
        let looked = if c.is_ascii_digit() && !digits {
            Some(c)
        } else {
            look(c)
        };
        let Some(looked) = looked else { continue };
        decompose_compatible(looked, |part| {
            if !is_combining_mark(part) {
                let part = look(part).unwrap_or(part);
                out.extend(part.to_lowercase().map(|lower| (lower, at)));
            }
        });
    }
    out
}

/// Words that contain the letters of "kartra" by chance: karts that race, cars that trade.
const OTHER_ENDS: &[&str] = &[
    "ce", "ces", "ced", "cer", "cers", "cing", "ck", "cks", "ckday", "de", "der", "ders", "ding",
    "ining", "iner", "iners", "iler", "ilers", "nsport", "nsporter", "nsfer", "vel", "mpoline",
    "llye", "nnen", "il", "ils", "dition", "mp",
];

/// Ordinary words one letter away from a name.
const OTHER_WORDS: &[&str] = &[
    "kartka", "kartya", "karte", "karten", "karma", "karate", "karts", "mantra", "tantra", "kasra",
];

/// Where a name stands in a keyword, in characters; the first place, the surest sort.
pub fn in_keyword(keyword: &str, brand: &str) -> Option<(Match, Range<usize>)> {
    let chars: Vec<char> = keyword.chars().collect();
    let name: Vec<char> = brand.chars().collect();
    if name.is_empty() {
        return None;
    }
    let seen = skeleton(&chars, true);
    let words = words(&seen);
    // Inside one word.
    for word in &words {
        if let Some(at) = inside(&seen[word.clone()], &name) {
            let found = word.start + at..word.start + at + name.len();
            return Some((Match::Name, seen[found.start].1..seen[found.end - 1].1 + 1));
        }
    }
    // Spread over several words, beginning and ending with one.
    for (i, first) in words.iter().enumerate() {
        let mut joined: Vec<char> = Vec::new();
        for (count, word) in words[i..].iter().enumerate().take(name.len() + 2) {
            joined.extend(seen[word.clone()].iter().map(|(c, _)| *c));
            if count > 0
                && (joined == name || joined.strip_suffix(&['s']).is_some_and(|rest| rest == name))
            {
                return Some((Match::Name, seen[first.start].1..seen[word.end - 1].1 + 1));
            }
            if joined.len() > name.len() {
                break;
            }
        }
    }
    if name.len() < 5 {
        return None;
    }
    for (i, word) in words.iter().enumerate() {
        let letters: Vec<char> = seen[word.clone()].iter().map(|(c, _)| *c).collect();
        let stem = letters.strip_suffix(&['\'', 's']).unwrap_or(&letters);
        let close = one_off(stem, &name) || doubled(stem, &name) || swapped_c(stem, &name);
        if !close {
            continue;
        }
        let text: String = stem.iter().collect();
        if !OTHER_WORDS.contains(&text.as_str()) && !ordinary(&text, &words, i, &seen) {
            return Some((
                Match::Misspelt,
                seen[word.start].1..seen[word.end - 1].1 + 1,
            ));
        }
    }
    None
}

/// The town of Katra and the Swedish, Polish or Czech map: the words beside them tell.
fn ordinary(word: &str, words: &[Range<usize>], at: usize, seen: &[(char, usize)]) -> bool {
    let beside: &[&str] = match word {
        "katra" => &[
            "hotel", "hotels", "temple", "vaishno", "devi", "train", "trains", "station",
            "weather", "jammu", "delhi", "railway", "india", "taxi", "bus", "flight", "map",
            "tourism", "to", "yatra", "kashmir", "vande", "bharat",
        ],
        "karta" => &[
            "over",
            "sverige",
            "stockholm",
            "goteborg",
            "europa",
            "polska",
            "polski",
            "graficzna",
            "kredytowa",
            "sim",
            "podarunkowa",
            "na",
            "mapa",
            "goteborgs",
            "malmo",
            "varlden",
            "world",
            "charta",
            "platnicza",
            "huf",
            "hindu",
            "ostersjon",
            "paris",
            "london",
            "spanien",
            "italien",
            "hrvatska",
            "hrvatske",
            "europe",
        ],
        _ => return false,
    };
    words.iter().enumerate().any(|(i, word)| {
        let text: String = seen[word.clone()].iter().map(|(c, _)| *c).collect();
        i != at && beside.contains(&text.as_str())
    })
}

fn words(seen: &[(char, usize)]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (i, (c, _)) in seen.iter().enumerate() {
        if c.is_alphanumeric() || *c == '\'' {
            start.get_or_insert(i);
        } else if let Some(from) = start.take() {
            found.push(from..i);
        }
    }
    if let Some(from) = start {
        found.push(from..seen.len());
    }
    found
}

/// Where a name stands inside a word, unless the word is another that shares its letters.
fn inside(word: &[(char, usize)], name: &[char]) -> Option<usize> {
    word.windows(name.len())
        .position(|window| window.iter().zip(name).all(|((c, _), letter)| c == letter))
        .filter(|at| {
            let rest: String = word[at + name.len()..].iter().map(|(c, _)| *c).collect();
            !(name.iter().collect::<String>() == "kartra" && OTHER_ENDS.contains(&rest.as_str()))
        })
}

/// One insertion, deletion, substitution or swap of neighbours away, and not the same.
fn one_off(a: &[char], b: &[char]) -> bool {
    if a == b {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (ra, rb) = (&a[same..], &b[same..]);
    match (ra, rb) {
        ([], [_]) | ([_], []) => true,
        ([first, second, more @ ..], [one, two, rest @ ..])
            if first == two && second == one && more == rest =>
        {
            true
        }
        ([_, more @ ..], [_, rest @ ..]) if more == rest => true,
        ([_, more @ ..], _) if more == rb => true,
        (_, [_, rest @ ..]) if ra == rest => true,
        _ => false,
    }
}

/// The name with letters typed more than once: "karrttra".
fn doubled(word: &[char], name: &[char]) -> bool {
    if word.len() <= name.len() || word.len() > name.len() * 3 {
        return false;
    }
    let mut single: Vec<char> = word.to_vec();
    single.dedup();
    single == name
}

/// The name as it sounds: "cartra", "qartra", and those one more letter off are left alone.
fn swapped_c(word: &[char], name: &[char]) -> bool {
    if word.len() < name.len() || word.len() > name.len() + 4 {
        return false;
    }
    let text: String = word.iter().collect();
    let sound = text
        .replacen("ch", "k", 1)
        .replacen("kh", "k", 1)
        .replace(['c', 'q'], "k")
        .replace("ah", "a");
    text != sound && sound.chars().eq(name.iter().copied())
}

/// Whether a word may contain a protected name, however it is spelled; a quick look before a thorough one.
pub(crate) fn perhaps_in(word: &str, brand: &str) -> bool {
    let name: Vec<char> = brand.chars().collect();
    // A character of another script may stand for more than one letter.
    if name.is_empty() || word.is_ascii() && word.len() < name.len() {
        return false;
    }
    let chars: Vec<char> = word.chars().collect();
    let letters: Vec<char> = skeleton(&chars, true)
        .into_iter()
        .map(|(c, _)| c)
        .filter(|c| c.is_alphanumeric())
        .collect();
    letters
        .windows(name.len())
        .any(|window| window == name.as_slice())
}

/// Whether an account's name contains a protected name.
pub fn in_handle(handle: &str, brand: &str) -> bool {
    let chars: Vec<char> = handle.chars().collect();
    let name: Vec<char> = brand.chars().collect();
    if name.is_empty() {
        return false;
    }
    let seen = skeleton(&chars, true);
    let words = words(&seen);
    if words
        .iter()
        .any(|word| inside(&seen[word.clone()], &name).is_some())
    {
        return true;
    }
    // "kar.tra_tips": the parts joined, beginning where a part begins.
    words.iter().enumerate().any(|(i, _)| {
        let mut joined: Vec<char> = Vec::new();
        words[i..].iter().take(name.len()).any(|word| {
            joined.extend(seen[word.clone()].iter().map(|(c, _)| *c));
            joined == name
        })
    })
}

/// Whether a host bears a look-alike of one of the names.
pub fn in_host(host: &str, names: &[&str]) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let labels = &labels[..labels.len().saturating_sub(1).max(1)];
    labels.iter().any(|label| {
        let chars: Vec<char> = label.chars().collect();
        names.iter().any(|name| {
            let name: Vec<char> = name.chars().collect();
            [skeleton(&chars, true), skeleton(&chars, false)]
                .iter()
                .any(|seen| {
                    let whole: Vec<char> = seen
                        .iter()
                        .map(|(c, _)| *c)
                        .filter(|c| c.is_alphanumeric())
                        .collect();
                    let joined: Vec<(char, usize)> = whole.iter().map(|c| (*c, 0)).collect();
                    inside(&joined, &name).is_some()
                        || whole
                            .strip_prefix(&['t', 'r', 'y'])
                            .is_some_and(|rest| one_off(rest, &name))
                        || words(seen).iter().any(|word| {
                            let part: Vec<char> =
                                seen[word.clone()].iter().map(|(c, _)| *c).collect();
                            let text: String = part.iter().collect();
                            !OTHER_WORDS.contains(&text.as_str())
                                && (one_off(&part, &name)
                                    || doubled(&part, &name)
                                    || swapped_c(&part, &name))
                        })
                })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_name_in_any_dress() {
        for keyword in [
            "kartra",
            "KARTRA pricing",
            "mykartracrm",
            "kartra's",
            "kartra.com",
            "k a r t r a",
            "kar tra login",
            "k.a.r.t.r.a",
            "kаrtra",
            "k4rtra",
            "kartr@",
            "ｋａｒｔｒａ",
            "kar-tra",
            "kártra",
        ] {
            assert_eq!(
                in_keyword(keyword, "kartra").map(|m| m.0),
                Some(Match::Name),
                "{keyword}"
            );
        }
        for keyword in [
            "katra",
            "kartar crm",
            "cartra",
            "krtra",
            "karttra",
            "kartrra login",
            "khartra",
        ] {
            assert_eq!(
                in_keyword(keyword, "kartra").map(|m| m.0),
                Some(Match::Misspelt),
                "{keyword}"
            );
        }
        for keyword in [
            "karte",
            "kartrennen",
            "kart racing",
            "kartracing",
            "go kart track",
            "oskar trading",
            "mantra",
            "katra hotels",
            "funnel software",
            "karta sverige",
            "kart rennen",
            "cartera",
        ] {
            assert_eq!(in_keyword(keyword, "kartra"), None, "{keyword}");
        }
    }

    #[test]
    fn knows_look_alike_hosts() {
        for host in [
            "try.kartra.co",
            "try-kartra.com",
            "kаrtra.com",
            "katra.com",
            "trykartra.com",
            "try.kartra.com.evil.net",
        ] {
            assert!(in_host(host, &["kartra", "krtra"]), "{host}");
        }
        for host in ["karte.de", "example.com", "kartrennen.de", "kartracing.com"] {
            assert!(!in_host(host, &["kartra", "krtra"]), "{host}");
        }
    }
}
