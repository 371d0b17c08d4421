//! What the names of elements and classes mean to a reader.

use crate::link;

/// Elements without an inside.
pub(super) const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "frame",
];
/// Elements that begin a line of their own.
pub(super) const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "head",
    "noscript",
    "template",
];
/// Their content is fallback, a picture or another page's.
pub(super) const NOWHERE: &[&str] = &[
    "head", "title", "script", "style", "template", "iframe", "object", "svg", "canvas", "audio",
    "video", "map", "noembed", "noframes", "datalist", "del", "s", "strike", "applet", "frameset",
];
/// Classes that hide by the custom of common style libraries.
pub(super) const HIDING: &[&str] = &[
    "hidden",
    "d-none",
    "sr-only",
    "visually-hidden",
    "screen-reader-text",
    "invisible",
    "opacity-0",
    "is-hidden",
    "hide",
    "visuallyhidden",
    "display-none",
    "u-hidden",
];

/// The first web address in a script attribute.
pub(super) fn address_in(code: &str) -> Option<String> {
    let cleaned: Vec<char> = code
        .chars()
        .map(|c| {
            if matches!(c, '\'' | '"' | ';') {
                ' '
            } else {
                c
            }
        })
        .collect();
    link::find(&cleaned)
        .into_iter()
        .find_map(|found| found.address)
        .map(|address| {
            if address.scheme {
                address.whole
            } else {
                format!("https://{}", address.whole)
            }
        })
}
