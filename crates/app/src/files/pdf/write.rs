//! Drawing set pages into a PDF.

use super::face::Faces;
use super::layout::{Ink, Mark, Page};
use super::{Pdf, PdfError};
use chrono::{Datelike, NaiveDateTime, Timelike};
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;

pub(super) fn write(pdf: &Pdf, pages: &[Page], faces: &Faces) -> Result<Vec<u8>, PdfError> {
    let (width, height) = pdf.paper.size();
    let mut document = Document::new();
    let mut metadata = Metadata::new()
        .title(pdf.title.clone())
        .language(pdf.language.clone())
        .creator("Perennial".to_owned());
    if let Some(made) = pdf.made {
        metadata = metadata.creation_date(instant(made));
    }
    document.set_metadata(metadata);
    for marks in pages {
        let settings = PageSettings::from_wh(width, height)
            .ok_or_else(|| PdfError::Write("the page has no size".into()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for mark in marks {
            draw(&mut surface, mark, faces);
        }
        surface.finish();
        page.finish();
    }
    document
        .finish()
        .map_err(|error| PdfError::Write(error.to_string()))
}

fn draw(surface: &mut Surface, mark: &Mark, faces: &Faces) {
    match mark {
        Mark::Text {
            x,
            y,
            size,
            weight,
            ink,
            text,
        } => {
            let face = faces.of(*weight);
            let shaped = face.shape(text);
            surface.set_fill(Some(fill(*ink)));
            surface.draw_glyphs(
                Point::from_xy(*x, *y),
                &shaped.glyphs,
                face.font(),
                &shaped.text,
                *size,
                false,
            );
        }
        Mark::Rule {
            x,
            y,
            width,
            thick,
            ink,
        } => {
            let Some(rect) = Rect::from_xywh(*x, *y, *width, *thick) else {
                return;
            };
            let mut path = PathBuilder::new();
            path.push_rect(rect);
            if let Some(path) = path.finish() {
                surface.set_fill(Some(fill(*ink)));
                surface.draw_path(&path);
            }
        }
    }
}

fn fill(ink: Ink) -> Fill {
    let colour = match ink {
        Ink::Text => rgb::Color::new(26, 29, 27),
        Ink::Pale => rgb::Color::new(94, 102, 97),
        Ink::Accent => rgb::Color::new(24, 92, 55),
        Ink::Line => rgb::Color::new(214, 219, 216),
    };
    Fill {
        paint: colour.into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::default(),
    }
}

fn instant(at: NaiveDateTime) -> DateTime {
    let small = |value: u32| u8::try_from(value).unwrap_or(0);
    DateTime::new(u16::try_from(at.year()).unwrap_or(0))
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}
