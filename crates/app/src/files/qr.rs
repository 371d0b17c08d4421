//! QR codes, as SVG and PNG.

use crate::Failure;
use qrcode::{EcLevel, QrCode, render::svg};

/// Pixels of one module in a PNG.
const MODULE: u32 = 8;
/// Modules of white around the code (ISO/IEC 18004 asks for four).
const QUIET: u32 = 4;

/// The code as an SVG document.
///
/// # Errors
/// `link.too_long_for_qr`.
pub fn svg(text: &str) -> Result<String, Failure> {
    Ok(code(text)?
        .render::<svg::Color>()
        .quiet_zone(true)
        .min_dimensions(256, 256)
        .build())
}

/// The code as a black-and-white PNG.
///
/// # Errors
/// `link.too_long_for_qr`.
pub fn png(text: &str) -> Result<Vec<u8>, Failure> {
    let code = code(text)?;
    let modules = u32::try_from(code.width()).unwrap_or_default();
    let side = (modules + 2 * QUIET) * MODULE;
    let colors = code.to_colors();
    let dark = |x: u32, y: u32| -> bool {
        let at = |pixel: u32| {
            (pixel / MODULE)
                .checked_sub(QUIET)
                .filter(|module| *module < modules)
        };
        let Some((column, row)) = at(x).zip(at(y)) else {
            return false;
        };
        let index = usize::try_from(row * modules + column).unwrap_or(usize::MAX);
        colors.get(index) == Some(&qrcode::Color::Dark)
    };
    let pixels: Vec<u8> = (0..side)
        .flat_map(|y| (0..side).map(move |x| (x, y)))
        .map(|(x, y)| if dark(x, y) { 0 } else { 255 })
        .collect();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&pixels))
        .map_err(|error| {
            Failure::resource("link.qr", format!("The QR code cannot be drawn: {error}."))
        })?;
    Ok(out)
}

/// The modules of a code, row by row, and how many stand on a side.
///
/// # Errors
/// `link.too_long_for_qr`.
pub fn modules(text: &str) -> Result<(usize, Vec<bool>), Failure> {
    let code = code(text)?;
    let dark = code
        .to_colors()
        .into_iter()
        .map(|color| color == qrcode::Color::Dark)
        .collect();
    Ok((code.width(), dark))
}

/// Base64 as data URLs take it.
pub fn base64(bytes: &[u8]) -> String {
    data_encoding::BASE64.encode(bytes)
}

/// A format that there is not.
pub fn unknown_format(format: &str) -> Failure {
    Failure::refused(
        "link.qr_format",
        format!("“{format}” is not a picture format here."),
    )
    .hint("Choose a file name that ends in .svg or .png.")
}

fn code(text: &str) -> Result<QrCode, Failure> {
    QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| {
        Failure::refused(
            "link.too_long_for_qr",
            "The link is too long for a QR code.",
        )
        .hint("Shorten the label or the campaign's name.")
    })
}
