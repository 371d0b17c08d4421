//! Pictures that the window drew.

use super::dto;

dto! {
    /// A picture to be written into a file.
    pub struct PictureSave {
        /// Where; the ending (.svg or .png) decides the format.
        pub path: String,
        /// The file's bytes.
        pub bytes: Vec<u8>,
    }
}
