//! A mail in a file (`.eml`, RFC 5322 with MIME): who wrote what, and when. Attachments are named and left out.

use crate::Failure;
use chrono::{DateTime, Utc};
use mail_parser::{MessageParser, MimeHeaders as _};

/// Largest file of a mail that is read.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;

/// Letters of a mail's words that are kept at most; more is cut and said.
pub const MAX_BODY: usize = 200_000;

/// Letters of a subject, a name or an address that are kept at most.
pub const MAX_LINE: usize = 500;

/// A mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mail {
    /// Its subject, on one line.
    pub subject: String,
    /// The sender's name.
    pub name: String,
    /// The sender's address.
    pub address: String,
    /// When it was sent, where its headers say so.
    pub at: Option<DateTime<Utc>>,
    /// Its own identity, as its headers say.
    pub message_id: Option<String>,
    /// Its words as plain text.
    pub text: String,
    /// The words were longer than what is kept.
    pub cut: bool,
    /// Names of its attachments.
    pub attachments: Vec<String>,
}

/// Reads a mail.
///
/// # Errors
/// `mail.too_large`, and `mail.not_a_mail` where neither a sender nor a date nor a subject is found.
pub fn read(bytes: &[u8]) -> Result<Mail, Failure> {
    if bytes.len() > MAX_BYTES {
        return Err(Failure::refused(
            "mail.too_large",
            "The file is larger than 32 MB, which no mail is.",
        ));
    }
    let not_a_mail = || {
        Failure::refused(
            "mail.not_a_mail",
            "The file holds no mail: no sender, no date and no subject.",
        )
        .hint("Save the mail from your mail program as a file that ends in .eml.")
    };
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(not_a_mail)?;
    let sender = message.from().and_then(|from| from.first());
    if sender.is_none() && message.date().is_none() && message.subject().is_none() {
        return Err(not_a_mail());
    }
    let words = message.body_text(0).unwrap_or_default();
    let (text, cut) = first(&clean(&words), MAX_BODY);
    Ok(Mail {
        subject: line(message.subject().unwrap_or_default()),
        name: line(sender.and_then(|one| one.name()).unwrap_or_default()),
        address: line(sender.and_then(|one| one.address()).unwrap_or_default()),
        at: message
            .date()
            .and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0)),
        message_id: message.message_id().map(line).filter(|id| !id.is_empty()),
        text,
        cut,
        attachments: message
            .attachments()
            .take(100)
            .map(|part| line(part.attachment_name().unwrap_or_default()))
            .filter(|name| !name.is_empty())
            .collect(),
    })
}

/// Plain text with single line ends, no control characters, and no more than one blank line in a row.
fn clean(text: &str) -> String {
    let mut clean = String::new();
    let mut blank = 0;
    for row in text.replace("\r\n", "\n").replace('\r', "\n").lines() {
        let row: String = row
            .chars()
            .filter(|c| !c.is_control() || *c == '\t')
            .collect();
        let row = row.trim_end();
        blank = if row.is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            clean.push_str(row);
            clean.push('\n');
        }
    }
    clean.trim().to_owned()
}

/// Text on one line, of bounded length.
fn line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    first(&words.join(" "), MAX_LINE).0
}

/// The first so many letters, and whether there were more.
fn first(text: &str, letters: usize) -> (String, bool) {
    match text.char_indices().nth(letters) {
        Some((at, _)) => (text.get(..at).unwrap_or_default().to_owned(), true),
        None => (text.to_owned(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::fmt::Write as _;

    const ANNOUNCEMENT: &str = "From: =?utf-8?Q?Jos=C3=A9?= from Kartra <partners@kartra.example>\r\n\
        To: anna@blog.example\r\n\
        Subject: New commission\r\n on annual plans\r\n\
        Date: Mon, 2 Mar 2026 23:30:00 -0500\r\n\
        Message-ID: <abc.1@kartra.example>\r\n\
        MIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=x\r\n\r\n\
        --x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n\
        --y\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        Dear partner,=0D=0A\r\n\r\n\r\n\r\nfrom April it is 30 %. Sch=F6n.\r\n\
        --y\r\nContent-Type: text/html\r\n\r\n<p>Dear partner</p>\r\n--y--\r\n\
        --x\r\nContent-Type: application/pdf; name=terms.pdf\r\nContent-Disposition: attachment; filename=terms.pdf\r\n\
        Content-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--x--\r\n";

    #[test]
    fn a_mail_says_who_wrote_what_and_when() {
        let mail = read(ANNOUNCEMENT.as_bytes()).unwrap();
        assert_eq!(mail.subject, "New commission on annual plans");
        assert_eq!(mail.name, "José from Kartra");
        assert_eq!(mail.address, "partners@kartra.example");
        assert_eq!(mail.at.unwrap().to_rfc3339(), "2026-03-03T04:30:00+00:00");
        assert_eq!(mail.message_id.as_deref(), Some("abc.1@kartra.example"));
        assert_eq!(mail.text, "Dear partner,\n\nfrom April it is 30 %. Schön.");
        assert_eq!(mail.attachments, ["terms.pdf"]);
    }

    #[test]
    fn html_alone_is_read_as_text() {
        let mail = read(
            b"From: a@b.example\r\nSubject: Hi\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\
            <html><head><style>p{color:red}</style><script>alert(1)</script></head>\
            <body><p>Terms &amp; conditions</p><p>change</p></body></html>",
        )
        .unwrap();
        assert!(mail.text.contains("Terms & conditions"), "{}", mail.text);
        assert!(!mail.text.contains('<') && !mail.text.contains("alert"));
    }

    #[test]
    fn what_is_no_mail_is_refused() {
        for bytes in [
            &b""[..],
            b"Date,Amount\n2026-03-01,3\n",
            b"\x89PNG\r\n\x1a\n\0\0",
        ] {
            assert_eq!(read(bytes).unwrap_err().code, "mail.not_a_mail");
        }
        assert_eq!(
            read(&vec![b'a'; MAX_BYTES + 1]).unwrap_err().code,
            "mail.too_large"
        );
    }

    #[test]
    fn a_very_long_mail_is_cut_and_said() {
        let long = format!(
            "From: a@b.example\nSubject: {}\n\n{}",
            "s".repeat(5000),
            "ä ".repeat(MAX_BODY)
        );
        let mail = read(long.as_bytes()).unwrap();
        assert!(mail.cut && mail.text.chars().count() <= MAX_BODY);
        assert_eq!(mail.subject.chars().count(), MAX_LINE);
    }

    #[test]
    fn parts_within_parts_come_to_an_end() {
        let mut deep = String::from("From: a@b.example\r\nSubject: deep\r\n");
        for level in 0..5000 {
            write!(
                deep,
                "Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"
            )
            .unwrap();
        }
        let mut nested = String::new();
        for _ in 0..5000 {
            nested.push_str("From: a@b.example\r\nContent-Type: message/rfc822\r\n\r\n");
        }
        for text in [
            deep,
            nested,
            format!(
                "From: a@b.example\r\nContent-Type: text/html\r\n\r\n{}",
                "<div>".repeat(100_000)
            ),
        ] {
            let _ = read(text.as_bytes());
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
            let _ = read(&bytes);
        }

        #[test]
        fn any_change_of_a_mail_is_read_or_refused(
            changes in proptest::collection::vec((0..1000_usize, any::<u8>()), 0..30),
            cut in 0..1200_usize,
        ) {
            let mut bytes = ANNOUNCEMENT.as_bytes().to_vec();
            for (at, byte) in changes {
                if let Some(place) = bytes.get_mut(at) {
                    *place = byte;
                }
            }
            bytes.truncate(cut);
            if let Ok(mail) = read(&bytes) {
                prop_assert!(!mail.subject.contains('\n'));
                prop_assert!(mail.text.chars().all(|c| !c.is_control() || c == '\n' || c == '\t'));
            }
        }
    }
}
