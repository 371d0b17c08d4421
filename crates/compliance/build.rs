//! Hashes the rules' sources, so that their version changes with them and nobody has to think of it.
#![allow(
    clippy::expect_used,
    reason = "a build that cannot read its own sources must stop"
)]

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=src");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the folder"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    files.sort();
    let mut hash = Fnv::new();
    for file in files {
        let name = file
            .strip_prefix(&root)
            .expect("the file lies in the folder");
        for part in name.components() {
            hash.take(part.as_os_str().to_string_lossy().as_bytes());
        }
        let text = fs::read_to_string(&file).expect("sources are text");
        // The same sources give the same version where lines end otherwise.
        hash.take(text.replace("\r\n", "\n").as_bytes());
    }
    println!("cargo::rustc-env=RULES_DIGEST={:08x}", hash.short());
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            sources(&path, into);
        } else {
            into.push(path);
        }
    }
}

/// FNV-1a of 64 bits: the standard library's hash may change from one compiler to the next.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn take(&mut self, bytes: &[u8]) {
        // The length parts one piece from the next.
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        for byte in length.to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn short(&self) -> u64 {
        (self.0 >> 32) ^ (self.0 & 0xffff_ffff)
    }
}
