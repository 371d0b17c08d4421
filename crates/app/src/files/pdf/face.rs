//! The embedded faces, and how wide a text is in them.

use super::PdfError;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Feature, UnicodeBuffer, ttf_parser::Tag};

static REGULAR: &[u8] = include_bytes!("../../../fonts/IBMPlexSans-Regular.ttf");
static SEMIBOLD: &[u8] = include_bytes!("../../../fonts/IBMPlexSans-SemiBold.ttf");

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    SemiBold,
}

/// Both faces, ready to measure and to embed.
pub(super) struct Faces {
    regular: Face,
    semibold: Face,
}

pub(super) struct Face {
    shaper: rustybuzz::Face<'static>,
    font: Font,
}

/// A line of text as glyphs.
#[derive(Debug, Clone)]
pub(super) struct Shaped {
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    /// In parts of the font size.
    pub width: f32,
}

impl Faces {
    pub fn load() -> Result<Self, PdfError> {
        Ok(Self {
            regular: Face::load(REGULAR)?,
            semibold: Face::load(SEMIBOLD)?,
        })
    }

    pub fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::SemiBold => &self.semibold,
        }
    }

    /// The width of a text in points.
    pub fn width(&self, weight: Weight, size: f32, text: &str) -> f32 {
        self.of(weight).shape(text).width * size
    }
}

impl Face {
    fn load(data: &'static [u8]) -> Result<Self, PdfError> {
        Ok(Self {
            shaper: rustybuzz::Face::from_slice(data, 0).ok_or(PdfError::Font)?,
            font: Font::new(data.into(), 0).ok_or(PdfError::Font)?,
        })
    }

    pub fn font(&self) -> Font {
        self.font.clone()
    }

    /// The glyphs of one line. A line with figures is set without kerning, so that columns of figures stay columns.
    pub fn shape(&self, text: &str) -> Shaped {
        let text: String = text
            .chars()
            .map(|one| if one.is_control() { ' ' } else { one })
            .collect();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        let figures = text.bytes().any(|byte| byte.is_ascii_digit());
        let kerning = Feature::new(Tag::from_bytes(b"kern"), u32::from(!figures), ..);
        let shaped = rustybuzz::shape(&self.shaper, &[kerning], buffer);
        let em = part(self.shaper.units_per_em());
        let infos = shaped.glyph_infos();
        let mut starts: Vec<usize> = infos.iter().map(|info| at(info.cluster)).collect();
        starts.sort_unstable();
        starts.dedup();
        let glyphs: Vec<KrillaGlyph> = infos
            .iter()
            .zip(shaped.glyph_positions())
            .map(|(info, place)| {
                let start = at(info.cluster);
                let next = starts.partition_point(|one| *one <= start);
                let end = starts.get(next).copied().unwrap_or(text.len());
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    part(place.x_advance) / em,
                    part(place.x_offset) / em,
                    part(place.y_offset) / em,
                    part(place.y_advance) / em,
                    start..end,
                    None,
                )
            })
            .collect();
        let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
        Shaped {
            text,
            glyphs,
            width,
        }
    }
}

/// Units of a font, which are 16 bits wide in every font file.
fn part(units: i32) -> f32 {
    f32::from(i16::try_from(units).unwrap_or(i16::MAX))
}

fn at(cluster: u32) -> usize {
    usize::try_from(cluster).unwrap_or(usize::MAX)
}
