//! Which of five languages a text is written in, by its small words.

use std::ops::Range;

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
