//! How links of one channel are written where that differs from the program's way, and how they are named.

use crate::{
    channel::ChannelKind,
    ids::{ChannelId, LinkTemplateId, ProgramId},
    link::{LinkStyle, Slot},
};
use std::collections::BTreeSet;
use thiserror::Error;

/// A template: it replaces the parameters of the program's own way, for all channels or for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkTemplate {
    /// Identity.
    pub id: LinkTemplateId,
    /// The program.
    pub program: ProgramId,
    /// The channel; every channel without a template of its own where none.
    pub channel: Option<ChannelId>,
    /// Sub-ID parameters, in order.
    pub sub_ids: Vec<Slot>,
    /// UTM parameters, in order.
    pub utm: Vec<Slot>,
    /// How links are named.
    pub naming: Naming,
    /// Counts edits.
    pub revision: i64,
}

/// Rules for the names of links. A link that breaks one is refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Naming {
    /// Every link has a label.
    pub label_required: bool,
    /// Every link belongs to a campaign.
    pub campaign_required: bool,
    /// Labels are lower-case letters, digits and hyphens.
    pub label_plain: bool,
    /// Characters of a label at most; any number where none.
    pub label_max: Option<u32>,
    /// A label begins with one of these; with anything where empty.
    pub label_begins: Vec<String>,
}

/// A rule of names that a link breaks.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NamingError {
    /// No label.
    #[error("links of this channel need a label")]
    NoLabel,
    /// No campaign.
    #[error("links of this channel need a campaign")]
    NoCampaign,
    /// A letter that is not allowed.
    #[error("“{0}” is not plain: use lower-case letters, digits and hyphens")]
    NotPlain(String),
    /// Too long.
    #[error("“{label}” has {length} characters; at most {most} are allowed")]
    TooLong {
        /// The label.
        label: String,
        /// Its length, in characters.
        length: usize,
        /// What is allowed.
        most: u32,
    },
    /// Begins otherwise.
    #[error("“{label}” begins with none of: {allowed}")]
    Begins {
        /// The label.
        label: String,
        /// What it may begin with.
        allowed: String,
    },
}

/// A template that cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TemplateError {
    /// A parameter without a name, or one with a character that no parameter has.
    #[error("“{0}” is no name of a parameter")]
    Param(String),
    /// One parameter twice.
    #[error("the parameter {0} is there twice")]
    Twice(String),
    /// A name in braces that stands for nothing.
    #[error(
        "{0} stands for nothing; use {{channel}}, {{kind}}, {{campaign}}, {{label}}, {{program}} or {{link}}"
    )]
    Unknown(String),
}

impl Naming {
    /// Checks a label and the presence of a campaign.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn check(&self, label: &str, campaign: bool) -> Result<(), NamingError> {
        let label = label.trim();
        if self.campaign_required && !campaign {
            return Err(NamingError::NoCampaign);
        }
        if label.is_empty() {
            return if self.label_required {
                Err(NamingError::NoLabel)
            } else {
                Ok(())
            };
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.label_plain && !label.chars().all(plain) {
            return Err(NamingError::NotPlain(label.to_owned()));
        }
        let length = label.chars().count();
        if let Some(most) = self.label_max
            && length > usize::try_from(most).unwrap_or(usize::MAX)
        {
            return Err(NamingError::TooLong {
                label: label.to_owned(),
                length,
                most,
            });
        }
        let begins = |begin: &String| label.starts_with(begin.as_str());
        if !self.label_begins.is_empty() && !self.label_begins.iter().any(begins) {
            return Err(NamingError::Begins {
                label: label.to_owned(),
                allowed: self.label_begins.join(", "),
            });
        }
        Ok(())
    }
}

impl LinkTemplate {
    /// Checks that links can be written by it.
    ///
    /// # Errors
    /// See [`TemplateError`].
    pub fn check(&self) -> Result<(), TemplateError> {
        let mut seen = BTreeSet::new();
        for slot in self.sub_ids.iter().chain(&self.utm) {
            let name = slot.param.as_str();
            let fine = |c: char| c.is_ascii_alphanumeric() || "-_.~[]".contains(c);
            if name.is_empty() || !name.chars().all(fine) {
                return Err(TemplateError::Param(slot.param.clone()));
            }
            if !seen.insert(name) {
                return Err(TemplateError::Twice(slot.param.clone()));
            }
            let mut rest = slot.template.as_str();
            while let Some((_, after)) = rest.split_once('{') {
                let (name, tail) = after.split_once('}').unwrap_or((after, ""));
                if !NAMES.contains(&name) {
                    return Err(TemplateError::Unknown(format!("{{{name}}}")));
                }
                rest = tail;
            }
        }
        Ok(())
    }

    /// The program's way with the parameters of this template.
    #[must_use]
    pub fn applied(&self, style: &LinkStyle) -> LinkStyle {
        LinkStyle {
            sub_ids: self.sub_ids.clone(),
            utm: self.utm.clone(),
            ..style.clone()
        }
    }
}

const NAMES: [&str; 6] = ["program", "channel", "kind", "campaign", "label", "link"];

/// The UTM parameters that suit a kind of channel, to begin with.
pub fn usual_utm(kind: ChannelKind) -> Vec<Slot> {
    let medium = match kind.word() {
        "email" => "email",
        "facebook-ads" | "google-ads" => "cpc",
        "youtube" => "video",
        "quora" | "reddit" | "social" | "facebook-group" => "social",
        _ => "referral",
    };
    [
        ("utm_source", "{channel}"),
        ("utm_medium", medium),
        ("utm_campaign", "{campaign}"),
        ("utm_content", "{label}"),
    ]
    .into_iter()
    .map(|(param, template)| Slot {
        param: param.to_owned(),
        template: template.to_owned(),
        allowed: Vec::new(),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn template(slots: &[(&str, &str)]) -> LinkTemplate {
        LinkTemplate {
            id: LinkTemplateId(Uuid::nil()),
            program: ProgramId(Uuid::nil()),
            channel: None,
            sub_ids: slots
                .iter()
                .map(|(param, template)| Slot {
                    param: (*param).to_owned(),
                    template: (*template).to_owned(),
                    allowed: Vec::new(),
                })
                .collect(),
            utm: Vec::new(),
            naming: Naming::default(),
            revision: 1,
        }
    }

    #[test]
    fn a_template_that_cannot_work_is_refused_by_name() {
        assert_eq!(
            template(&[("sid1", "{channel}-{label}"), ("sid2", "fixed")]).check(),
            Ok(())
        );
        assert_eq!(
            template(&[("sid1", "{chanel}")]).check(),
            Err(TemplateError::Unknown("{chanel}".into()))
        );
        assert!(matches!(
            template(&[("a b", "x")]).check(),
            Err(TemplateError::Param(_))
        ));
        assert!(matches!(
            template(&[("s", "x"), ("s", "y")]).check(),
            Err(TemplateError::Twice(_))
        ));
    }

    #[test]
    fn names_are_held_to_their_rules() {
        let naming = Naming {
            label_required: true,
            campaign_required: true,
            label_plain: true,
            label_max: Some(12),
            label_begins: vec!["yt-".into(), "fb-".into()],
        };
        assert_eq!(naming.check("yt-review", true), Ok(()));
        assert_eq!(
            naming.check("yt-review", false),
            Err(NamingError::NoCampaign)
        );
        assert_eq!(naming.check(" ", true), Err(NamingError::NoLabel));
        assert!(matches!(
            naming.check("yt-Review", true),
            Err(NamingError::NotPlain(_))
        ));
        assert!(matches!(
            naming.check("yt-a-long-review", true),
            Err(NamingError::TooLong { .. })
        ));
        assert!(matches!(
            naming.check("review", true),
            Err(NamingError::Begins { .. })
        ));
        assert_eq!(Naming::default().check("Anything at all", false), Ok(()));
    }

    #[test]
    fn every_kind_of_channel_has_usual_parameters() {
        for kind in ChannelKind::ALL {
            let mut made = template(&[]);
            made.utm = usual_utm(*kind);
            assert_eq!(made.check(), Ok(()));
        }
    }
}
