//! The screen in memory, read from the file the X server keeps it in (the XWD format).

use std::{
    fs,
    hash::{DefaultHasher, Hasher as _},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use crate::task::{Failed, Outcome};

/// Rows at the top that are left out: the menu bar is drawn before the page is.
const TOP: usize = 48;

/// The screen.
pub struct Screen(PathBuf);

impl Screen {
    /// The screen whose file lies in a folder.
    pub fn below(folder: &Path) -> Self {
        Self(folder.join("Xvfb_screen0"))
    }

    /// A mark that changes with what is shown, and whether a page is painted.
    pub fn look(&self) -> Outcome<(u64, bool)> {
        let bytes = fs::read(&self.0)
            .map_err(|error| Failed::new(format!("{}: {error}.", self.0.display())))?;
        let rows =
            pixels(&bytes).ok_or_else(|| Failed::new("The screen's file is not understood."))?;
        let mut mark = DefaultHasher::new();
        mark.write(rows);
        Ok((mark.finish(), colours(rows) > 2))
    }

    /// Waits until nothing is shown.
    pub fn empty(&self, patience: Duration) -> Outcome {
        let begun = Instant::now();
        while self.look()?.1 {
            if begun.elapsed() > patience {
                return Err(Failed::new("A window stayed on the screen."));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

/// The pixels below the top rows. Header: its length at byte 0, bytes a line at 48, colours of 12 bytes at 76.
fn pixels(bytes: &[u8]) -> Option<&[u8]> {
    let word = |at: usize| -> Option<usize> {
        let word: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(word)).ok()
    };
    let begin = word(0)? + word(76)? * 12 + word(48)? * TOP;
    bytes.get(begin..)
}

/// How many colours there are, as far as three: a window without a page has one, and the screen behind it another.
fn colours(rows: &[u8]) -> usize {
    let mut seen: Vec<&[u8]> = Vec::new();
    for pixel in rows.chunks_exact(4) {
        if seen.last() != Some(&pixel) && !seen.contains(&pixel) {
            seen.push(pixel);
            if seen.len() > 2 {
                break;
            }
        }
    }
    seen.len()
}
