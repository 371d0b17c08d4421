//! Which of five languages a text is written in, by its small words.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

/// A language the rules can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Language {
    English,
    German,
    Spanish,
    French,
    Portuguese,
}

impl Language {
    /// Every language, in the order it is offered.
    pub const ALL: &'static [Self] = &[
        Self::English,
        Self::German,
        Self::Spanish,
        Self::French,
        Self::Portuguese,
    ];

    /// Its ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::Portuguese => "pt",
        }
    }

    /// The language of a code such as `de` or `de-AT`.
    pub fn parse(code: &str) -> Option<Self> {
        let short = code
            .split(['-', '_'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        Self::ALL
            .iter()
            .copied()
            .find(|language| language.code() == short)
    }
}

const ENGLISH: &[&str] = &[
    "the", "and", "you", "your", "with", "for", "this", "that", "is", "are", "it", "of", "to",
    "my", "we", "our", "have", "has", "was", "what", "here", "how", "all", "if", "when", "but",
    "not", "they", "from", "i", "by", "get", "can", "will", "just", "one", "more", "about", "been",
    "than", "start", "try", "new", "it's", "i'm", "in", "on", "at",
];
const GERMAN: &[&str] = &[
    "der", "die", "das", "und", "ich", "nicht", "mit", "ist", "ein", "eine", "einen", "einem",
    "einer", "du", "sie", "wir", "es", "auf", "fur", "den", "dem", "zu", "von", "im", "mein",
    "meine", "meinen", "dein", "deine", "uber", "auch", "hier", "wenn", "dass", "habe", "haben",
    "wird", "sind", "nur", "noch", "bei", "aus", "mir", "dir", "euch", "ihr", "man", "kann",
    "seit", "alle", "ohne", "zum", "zur", "war", "hat", "oder", "aber", "jetzt", "ganz", "sehr",
    "geht", "probier", "kein", "keine", "wie", "sich", "diese", "dieser", "dieses", "als", "nach",
    "schon", "mal",
];
const SPANISH: &[&str] = &[
    "el", "la", "los", "las", "y", "de", "que", "en", "un", "una", "con", "para", "por", "mi",
    "mis", "tu", "es", "no", "se", "lo", "te", "os", "me", "del", "al", "su", "como", "mas",
    "pero", "este", "esta", "sin", "muy", "ya", "yo", "aqui", "desde", "hace", "todo", "todos",
    "llevo", "mucho", "tambien", "si", "cuando", "porque", "son", "le", "nos", "he", "ano", "hoy",
    "puedes", "prueba", "soy", "tus", "donde",
];
const FRENCH: &[&str] = &[
    "le", "la", "les", "et", "de", "des", "du", "un", "une", "est", "je", "j'ai", "nous", "vous",
    "pour", "avec", "dans", "que", "qui", "mon", "ma", "mes", "votre", "vos", "ce", "cette", "sur",
    "par", "pas", "ne", "au", "aux", "en", "il", "elle", "on", "plus", "tout", "tous", "ici",
    "depuis", "sans", "tres", "mais", "si", "c'est", "son", "sa", "ses", "suis", "voici", "et",
    "ou", "bien", "tu", "ton", "ta", "tes", "leur", "notre", "nos", "comme", "meme", "fait",
];
const PORTUGUESE: &[&str] = &[
    "o", "a", "os", "as", "e", "de", "que", "em", "um", "uma", "com", "para", "por", "meu",
    "minha", "meus", "minhas", "do", "da", "dos", "das", "no", "na", "nos", "nas", "nao", "voce",
    "eu", "se", "mais", "mas", "este", "esta", "sem", "muito", "ja", "aqui", "ha", "tudo",
    "tambem", "quando", "porque", "sao", "ao", "pelo", "pela", "seu", "sua", "isso", "uso", "foi",
    "ser", "tem", "ate", "pra", "hoje", "sou", "voces", "meses", "minutos", "pode",
];

fn words(language: Language) -> &'static [&'static str] {
    match language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
        Language::Spanish => SPANISH,
        Language::French => FRENCH,
        Language::Portuguese => PORTUGUESE,
    }
}

/// Small words that English shares by chance.
const SHARED: &[&str] = &[
    "die", "am", "man", "war", "hat", "mal", "also", "in", "on", "as", "do", "no", "me", "so",
    "he", "a", "e", "i", "o", "y", "son", "sa", "pour", "tu", "ton", "ma", "par", "as", "des",
    "plus", "tout", "fait", "des", "sur", "con", "del", "des", "ser", "com", "uso", "sin", "ha",
    "na", "pra", "te", "se", "la", "le", "les", "en", "es", "mis", "si", "al", "der", "den", "ist",
    "du", "an", "at", "all", "will", "start", "not", "of", "one", "is",
];

/// The words that only one language has, and which.
fn telling() -> &'static HashMap<&'static str, usize> {
    static TELLING: OnceLock<HashMap<&'static str, usize>> = OnceLock::new();
    TELLING.get_or_init(|| {
        let mut found = HashMap::new();
        for (at, language) in Language::ALL.iter().enumerate() {
            for &word in words(*language) {
                let elsewhere = Language::ALL
                    .iter()
                    .any(|other| other != language && words(*other).contains(&word));
                if !elsewhere && !SHARED.contains(&word) {
                    found.insert(word, at);
                }
            }
        }
        found
    })
}

/// Which languages a folded text may hold a sentence in: all, unless one is plain and another has not a single word of
/// its own in it.
pub(crate) fn spoken(text: &str) -> [bool; 5] {
    const PLAIN: usize = 6;
    let telling = telling();
    let mut hits = [0_usize; 5];
    for token in text.split(|c: char| !c.is_alphanumeric() && c != '\'') {
        if let Some(hit) = telling.get(token).and_then(|at| hits.get_mut(*at)) {
            *hit += 1;
        }
    }
    let plain = hits.iter().any(|hit| *hit >= PLAIN);
    hits.map(|hit| !plain || hit > 0)
}

/// The language of folded text outside of a byte range; none where the words do not tell.
pub fn detect(text: &str, except: &Range<usize>) -> Option<Language> {
    // Enough to tell, and a page of megabytes costs no more than a letter.
    const ENOUGH: usize = 1500;
    let mut scores = [0_u32; 5];
    let rest = [
        &text[..except.start.min(text.len())],
        text.get(except.end..).unwrap_or_default(),
    ];
    let tokens = rest.iter().flat_map(|part| {
        part.split(|c: char| !c.is_alphanumeric() && c != '\'')
            .filter(|word| !word.is_empty())
    });
    for token in tokens.take(ENOUGH) {
        for (score, language) in scores.iter_mut().zip(Language::ALL) {
            if words(*language).contains(&token) {
                *score += 1;
            }
        }
    }
    let best = *scores.iter().max()?;
    let mut leaders = Language::ALL
        .iter()
        .zip(scores)
        .filter(|(_, score)| *score == best);
    let (leader, _) = leaders.next()?;
    let runner_up = Language::ALL
        .iter()
        .zip(scores)
        .filter(|(l, _)| *l != leader)
        .map(|(_, s)| s)
        .max()?;
    (best >= 2 && best > runner_up).then_some(*leader)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_speaks_one_language_and_a_mixed_one_two() {
        let plain =
            "the page builder is what i like and you will have your first page in an hour with it";
        assert_eq!(spoken(plain), [true, false, false, false, false]);
        let mixed = format!("{plain} ich bekomme eine provision");
        assert_eq!(spoken(&mixed), [true, true, false, false, false]);
        assert_eq!(spoken("verdiene 200 euro am tag"), [true; 5]);
    }

    #[test]
    fn tells_five_languages_apart() {
        for (text, language) in [
            (
                "my pages load faster since i moved to the new tool",
                Language::English,
            ),
            (
                "mit dem neuen werkzeug laden meine seiten schneller",
                Language::German,
            ),
            (
                "llevo un ano con la herramienta y mis paginas cargan mas rapido",
                Language::Spanish,
            ),
            (
                "depuis un an, je gere mes formations avec cet outil",
                Language::French,
            ),
            (
                "uso a ferramenta ha um ano e as automacoes me poupam horas",
                Language::Portuguese,
            ),
        ] {
            assert_eq!(detect(text, &(0..0)), Some(language), "{text}");
        }
        assert_eq!(detect("kartra funnel crm", &(0..0)), None);
    }
}
