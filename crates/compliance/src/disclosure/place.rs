//! Whether clear words stand where they are read in time.

use super::Spoken;
use crate::pattern::one;
use crate::prose::Prose;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Why clear words are read too late, or by few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the sentences below say it")]
pub enum Late {
    AfterLink,
    Deep,
    Afterword,
    Footer,
    More,
    Details,
    Noscript,
    Invisible,
    Tiny,
    Pale,
    Buried,
}

impl Late {
    /// What is wrong with the place, to be read after "The disclosure".
    pub fn phrase(self) -> &'static str {
        match self {
            Self::AfterLink => "comes after the first paid link",
            Self::Deep => "comes after more than 300 words",
            Self::Afterword => "stands in a postscript or a later edit",
            Self::Footer => "stands in the footer",
            Self::More => "is hidden behind a \"more\"",
            Self::Details => "is folded away until the reader opens it",
            Self::Noscript => "is shown only to readers without JavaScript",
            Self::Invisible => "is hidden by the page's styles",
            Self::Tiny => "is set too small to read",
            Self::Pale => "is too pale to read",
            Self::Buried => "is a label that does not stand first",
        }
    }
}

/// A stretch of the text with a place of its own.
#[derive(Clone, Debug)]
pub struct Zone {
    /// Bytes of the prose.
    pub range: Range<usize>,
    /// Why words in it are late; none for a menu, whose words are not counted.
    pub why: Option<Late>,
}

/// Words a reader takes in before the disclosure counts as buried.
const DEEP: usize = 300;

static AFTERWORD: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"^[^a-z0-9]*(?:p ?[~.]? ?s|ps|pps|p~p~s|p~ ?d|p~p~d|edit(?:ed)?|eta|update[d]?|nachtrag|bearbeitet|postscript|posdata|editado|actualizacion|modifie|mise a jour|maj|post-scriptum|edicao|edicion|atualizacao|adendo)(?: ?[0-9/]*)?(?: ?[.:~)\-]|(?: \([^)]*\))? ?:| -)",
    )
});
static MORE: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?m)^[^a-z0-9\n\x01]*(?:(?:see|show|read|view|load|tap for|click for|expand for) more|more|mehr (?:anzeigen|lesen|ansehen|dazu)|weiterlesen|ver mas|leer mas|mostrar mas|ver mais|ler mais|leia mais|mostrar mais|voir plus|afficher (?:plus|la suite)|lire (?:plus|la suite)|(?:en )?savoir plus|continue reading|keep reading|read on)[^a-z0-9\n\x01]*$|(?:\.\.|\. ?)[ (\[]*(?:see more|show more|read more|more|mehr|mehr anzeigen|ver mas|ver mais|voir plus)[)\]]*\s*$|\.{2,} ?[(\[]?(?:see |show |read )?more(?-u:\b)|[(\[](?:see|show|read|click for) more[)\]]",
    )
});
static FOOTER: LazyLock<Regex> = LazyLock::new(|| {
    one(
        r"(?m)^[^a-z0-9\n\x01]*(?:footer|fusszeile|pie de pagina|pied de page|rodape|fine print|kleingedrucktes|impressum)(?: ?[:\-)\]]|\n|$)|^-- ?$",
    )
});

/// Why words are late; none where they are in time.
pub(super) fn late(
    prose: &Prose,
    spoken: &Spoken,
    first_link: usize,
    zones: &[Zone],
) -> Option<Late> {
    let at = spoken.range.start;
    if let Some(why) = zones
        .iter()
        .filter(|zone| zone.range.contains(&at))
        .find_map(|zone| zone.why)
    {
        return Some(why);
    }
    if at > first_link {
        return Some(Late::AfterLink);
    }
    let line = prose.line(at);
    if AFTERWORD.is_match(&prose.text[line]) {
        return Some(Late::Afterword);
    }
    let before = &prose.text[..at];
    if FOOTER.is_match(before) {
        return Some(Late::Footer);
    }
    if MORE.is_match(before) {
        return Some(Late::More);
    }
    let menus: usize = zones
        .iter()
        .filter(|zone| zone.why.is_none() && zone.range.start < at)
        .filter_map(|zone| prose.text.get(zone.range.start..zone.range.end.min(at)))
        .map(|text| text.split_whitespace().count())
        .sum();
    if before.split_whitespace().count().saturating_sub(menus) > DEEP {
        return Some(Late::Deep);
    }
    spoken.buried.then_some(Late::Buried)
}
