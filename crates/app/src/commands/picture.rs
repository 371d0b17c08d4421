//! Pictures that the window drew, such as charts, written into files.

use crate::{
    App, Failure,
    dto::{PictureSave, Written},
    files,
};
use std::path::Path;

/// What every PNG begins with.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Writes a picture into a file. Only pictures: the bytes have to be what the ending says.
///
/// # Errors
/// Where the ending is neither .svg nor .png, where the bytes are something else, or where the file cannot be written.
pub fn save(_: &App, input: PictureSave) -> Result<Written, Failure> {
    let path = Path::new(&input.path);
    check(path, &input.bytes)?;
    files::write(path, &input.bytes)?;
    Ok(Written {
        files: vec![input.path],
    })
}

fn check(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let ending = path
        .extension()
        .and_then(|text| text.to_str())
        .unwrap_or_default()
        .to_lowercase();
    let fits = match ending.as_str() {
        "svg" => bytes.starts_with(b"<svg"),
        "png" => bytes.starts_with(PNG),
        other => {
            return Err(Failure::refused(
                "picture.format",
                format!("“{other}” is not a picture format here."),
            )
            .hint("Choose a file name that ends in .svg or .png."));
        }
    };
    if fits {
        Ok(())
    } else {
        Err(Failure::refused(
            "picture.content",
            "What was to be written is not such a picture. Nothing was written.",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_pictures_alone() {
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        assert!(check(Path::new("months.SVG"), svg).is_ok());
        assert!(check(Path::new("months.png"), b"\x89PNG\r\n\x1a\n....").is_ok());
        for (name, bytes) in [
            ("months.png", &svg[..]),
            ("months.svg", b"#!/bin/sh"),
            ("months", svg),
            (".bashrc", svg),
        ] {
            assert!(check(Path::new(name), bytes).is_err(), "{name}");
        }
    }
}
