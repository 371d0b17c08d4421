//! An e-mail as it is written: a subject line, an empty line, the body.

/// The parts of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mail<'a> {
    /// The subject without its name, with the span of its characters.
    pub subject: Option<(&'a str, (usize, usize))>,
    /// All that follows the head.
    pub body: &'a str,
}

/// Takes a mail apart; without a subject line all of it is body.
pub(crate) fn parse(text: &str) -> Mail<'_> {
    let text_start = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']);
    let mut offset = text.len() - text_start.len();
    let mut subject = None;
    let mut body = offset;
    for line in text_start.split_inclusive('\n') {
        let trimmed = line.trim_end();
        if trimmed.is_empty() {
            body = offset + line.len();
            break;
        }
        let Some((name, value)) = trimmed.split_once(':') else {
            break;
        };
        let name = name.trim().to_lowercase();
        let head = [
            "subject",
            "betreff",
            "asunto",
            "objet",
            "assunto",
            "from",
            "to",
            "date",
            "reply-to",
            "cc",
            "preheader",
            "preview",
            "von",
            "an",
            "de",
            "para",
            "a",
        ];
        if !head.contains(&name.as_str()) {
            break;
        }
        if matches!(
            name.as_str(),
            "subject" | "betreff" | "asunto" | "objet" | "assunto"
        ) && subject.is_none()
        {
            let value_trimmed = value.trim();
            let at = offset + trimmed.len() - value.trim_start().len();
            let start = text[..at].chars().count();
            subject = Some((
                value_trimmed,
                (start, start + value_trimmed.chars().count()),
            ));
        }
        offset += line.len();
        body = offset;
    }
    Mail {
        subject,
        body: &text[body.min(text.len())..],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_a_mail_apart() {
        let mail = parse("From: a@b.example\nSubject: Hällo you\n\nBody\n");
        assert_eq!(mail.subject, Some(("Hällo you", (27, 36))));
        assert_eq!(mail.body, "Body\n");
        assert_eq!(parse("Just text: yes").body, "Just text: yes");
    }
}
