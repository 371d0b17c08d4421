//! Wording for a disclosure, per channel, language and length. Every one passes this crate's own rules.

use crate::lang::Language;
use crate::options::Options;
use crate::rule::Finding;
use crate::text::check_text;
use perennial_domain::channel::ChannelKind;

/// How much room there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Length {
    /// A label, for posts of a line or two.
    Label,
    /// One sentence.
    Short,
    /// A paragraph, for pages and mails.
    Long,
}

impl Length {
    /// Every length, the shortest first.
    pub const ALL: &'static [Self] = &[Self::Label, Self::Short, Self::Long];

    /// The word of files and of the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Short => "short",
            Self::Long => "long",
        }
    }
}

/// Wording to put before the first paid link.
pub fn wording(channel: ChannelKind, language: Language, length: Length) -> &'static str {
    use Language as L;
    match (length, place(channel), language) {
        (Length::Label, _, L::English) => "#ad",
        (Length::Label, _, L::German) => "Werbung:",
        (Length::Label, _, L::Spanish) => "Publicidad:",
        (Length::Label, _, L::French) => "Publicité :",
        (Length::Label, _, L::Portuguese) => "Publicidade:",
        (Length::Short, Place::Group, L::English) => {
            "The admins of this group are paid a commission if you buy through this link."
        }
        (Length::Short, Place::Group, L::German) => {
            "Die Admins dieser Gruppe erhalten eine Provision, wenn du über diesen Link kaufst."
        }
        (Length::Short, Place::Group, L::Spanish) => {
            "Los administradores de este grupo reciben una comisión si compras con este enlace."
        }
        (Length::Short, Place::Group, L::French) => {
            "Les administrateurs de ce groupe touchent une commission si vous achetez par ce lien."
        }
        (Length::Short, Place::Group, L::Portuguese) => {
            "Os administradores deste grupo recebem uma comissão se você comprar por este link."
        }
        (Length::Short, Place::Ad, L::English) => "Ad: I earn a commission if you buy.",
        (Length::Short, Place::Ad, L::German) => {
            "Anzeige: Ich erhalte eine Provision, wenn du kaufst."
        }
        (Length::Short, Place::Ad, L::Spanish) => "Publicidad: recibo una comisión si compras.",
        (Length::Short, Place::Ad, L::French) => {
            "Publicité : je touche une commission si vous achetez."
        }
        (Length::Short, Place::Ad, L::Portuguese) => {
            "Publicidade: recebo uma comissão se você comprar."
        }
        (Length::Short, _, L::English) => "I earn a commission if you buy through my links.",
        (Length::Short, _, L::German) => {
            "Wenn du über meine Links kaufst, erhalte ich eine Provision."
        }
        (Length::Short, _, L::Spanish) => "Si compras con mis enlaces, recibo una comisión.",
        (Length::Short, _, L::French) => "Si vous achetez par mes liens, je touche une commission.",
        (Length::Short, _, L::Portuguese) => {
            "Se você comprar pelos meus links, recebo uma comissão."
        }
        (Length::Long, _, L::English) => {
            "I am an affiliate of the tools I link to: I earn a commission if you buy through my links. You pay the same price, and I only link to what I would use myself."
        }
        (Length::Long, _, L::German) => {
            "Ich bin Affiliate der Programme, auf die ich verlinke: Wenn du über meine Links kaufst, erhalte ich eine Provision. Für dich bleibt der Preis gleich."
        }
        (Length::Long, _, L::Spanish) => {
            "Soy afiliado de las herramientas que enlazo: si compras con mis enlaces, recibo una comisión. Tú pagas el mismo precio."
        }
        (Length::Long, _, L::French) => {
            "Je suis affilié des outils que je cite : si vous achetez par mes liens, je touche une commission. Vous payez le même prix."
        }
        (Length::Long, _, L::Portuguese) => {
            "Sou afiliado das ferramentas que indico: se você comprar pelos meus links, recebo uma comissão. Você paga o mesmo preço."
        }
    }
}

/// Everything the rules object to in somebody's own wording: it is judged as it stands before a paid link, and nothing
/// but the wording is there to disclose. Spans are characters of the wording; a finding about the link itself has none.
#[must_use]
pub fn check_own(wording: &str, channel: ChannelKind, options: &Options) -> Vec<Finding> {
    let wording = wording.trim_end();
    let length = wording.chars().count();
    let link = options.pack.link_forms.first().map_or_else(
        || "https://example.com/link".to_owned(),
        |form| {
            format!(
                "https://{}{}link",
                form.host.replace("*.", "name."),
                form.path_prefix
            )
        },
    );
    let mut findings = check_text(&format!("{wording}\n\n{link}"), channel, options);
    // A wording is no whole mail.
    findings.retain(|finding| !finding.rule.starts_with("spam-"));
    for finding in &mut findings {
        finding.span = finding.span.filter(|(_, end)| *end <= length);
    }
    findings
}

enum Place {
    Group,
    Ad,
    Any,
}

fn place(channel: ChannelKind) -> Place {
    match channel {
        ChannelKind::FacebookGroup => Place::Group,
        ChannelKind::FacebookAds | ChannelKind::GoogleAds => Place::Ad,
        _ => Place::Any,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ones_own_wording_is_judged_by_the_same_rules() {
        let rules = |wording: &str| -> Vec<&'static str> {
            check_own(wording, ChannelKind::Blog, &Options::default())
                .iter()
                .map(|finding| finding.rule)
                .collect()
        };
        assert!(rules("Kartra pays me when you buy through my links.\n").is_empty());
        assert_eq!(rules("Aff"), ["disclosure-unclear"]);
        assert_eq!(rules("I like it a lot."), ["disclosure-missing"]);
        assert_eq!(
            rules("P.S. I earn a commission."),
            ["disclosure-not-prominent"]
        );
        for &channel in ChannelKind::ALL {
            for &language in Language::ALL {
                for &length in Length::ALL {
                    let own = wording(channel, language, length);
                    assert_eq!(check_own(own, channel, &Options::default()), [], "{own}");
                }
            }
        }
    }

    #[test]
    fn every_wording_passes_the_rules() {
        let rest = |language| match language {
            Language::English => {
                "This is the tool that I use for my pages, and it is quick to learn"
            }
            Language::German => {
                "Das ist das Werkzeug, mit dem ich meine Seiten baue, und es ist schnell gelernt"
            }
            Language::Spanish => {
                "Esta es la herramienta con la que hago mis páginas y se aprende muy rápido"
            }
            Language::French => {
                "Voici l'outil avec lequel je fais mes pages, et il est facile à prendre en main"
            }
            Language::Portuguese => {
                "Esta é a ferramenta com que faço as minhas páginas e não é difícil de aprender"
            }
        };
        for &channel in ChannelKind::ALL {
            for &language in Language::ALL {
                for &length in Length::ALL {
                    let text = format!(
                        "{} {}: https://try.kartra.com/abc",
                        wording(channel, language, length),
                        rest(language)
                    );
                    let wrong: Vec<_> = check_text(&text, channel, &Options::default())
                        .into_iter()
                        .filter(|finding| !finding.rule.starts_with("spam"))
                        .collect();
                    assert!(wrong.is_empty(), "{text}\n{wrong:?}");
                }
            }
        }
    }
}
