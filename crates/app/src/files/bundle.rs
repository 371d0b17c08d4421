//! A bundle for an auditor: a ZIP file whose `manifest.json` names every other file with its size and SHA-256. Equal
//! content gives equal bytes: names are written in the order given, times are those of an empty calendar.

use crate::Failure;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, write::SimpleFileOptions};

/// The manifest's own name.
const MANIFEST: &str = "manifest.json";
/// What the manifest says it is.
const FORMAT: &str = "perennial-compliance-bundle";
/// The form that is written; a reader knows this one alone.
const VERSION: u32 = 1;
/// Files in a bundle at most.
const MAX_FILES: usize = 20_000;
/// Bytes of one file at most.
const MAX_FILE: u64 = 64 * 1024 * 1024;
/// Bytes of the manifest at most.
const MAX_MANIFEST: u64 = 16 * 1024 * 1024;
/// Bytes of all files at most.
const MAX_ALL: u64 = 4 * 1024 * 1024 * 1024;
/// Problems that are told at most.
const MAX_PROBLEMS: usize = 50;

/// What the bundle says of itself.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: String,
    version: u32,
    campaign: String,
    made_with: String,
    rules_version: String,
    files: Vec<Entry>,
}

/// One file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    bytes: u64,
    sha256: String,
    what: String,
}

/// What verifying found.
#[derive(Debug, PartialEq, Eq)]
pub struct Verified {
    /// The campaign that the manifest names.
    pub campaign: String,
    /// Files that the manifest names.
    pub files: usize,
    /// Their bytes, as the manifest says.
    pub bytes: u64,
    /// What is wrong, in plain words; empty where nothing is.
    pub problems: Vec<String>,
}

/// A bundle that is being written, beside its place until it is whole.
pub struct Writing {
    /// None once it was finished.
    archive: Option<ZipWriter<BufWriter<File>>>,
    place: PathBuf,
    unfinished: PathBuf,
    manifest: Manifest,
}

impl Writing {
    /// Begins a bundle.
    ///
    /// # Errors
    /// Where the file cannot be made.
    pub fn begin(place: &Path, campaign: &str, rules_version: &str) -> Result<Self, Failure> {
        let mut name = place.as_os_str().to_owned();
        name.push(".part");
        let unfinished = PathBuf::from(name);
        let file = File::create(&unfinished).map_err(|error| unwritable(place, &error))?;
        Ok(Self {
            archive: Some(ZipWriter::new(BufWriter::new(file))),
            place: place.to_owned(),
            unfinished,
            manifest: Manifest {
                format: FORMAT.to_owned(),
                version: VERSION,
                campaign: campaign.to_owned(),
                made_with: concat!("perennial ", env!("CARGO_PKG_VERSION")).to_owned(),
                rules_version: rules_version.to_owned(),
                files: Vec::new(),
            },
        })
    }

    /// Adds a file.
    ///
    /// # Errors
    /// Where it cannot be written, or there are too many.
    pub fn add(&mut self, path: &str, what: &str, content: &[u8]) -> Result<(), Failure> {
        if self.manifest.files.len() >= MAX_FILES {
            return Err(Failure::refused(
                "bundle.too_large",
                format!("A bundle has {MAX_FILES} files at most."),
            )
            .hint("Remove copies that nobody needs any more."));
        }
        self.put(path, content)?;
        self.manifest.files.push(Entry {
            path: path.to_owned(),
            bytes: content.len() as u64,
            sha256: hex(&Sha256::digest(content)),
            what: what.to_owned(),
        });
        Ok(())
    }

    /// Writes the manifest and puts the file in its place; says how many files, how many bytes, and their SHA-256.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(mut self) -> Result<(usize, u64, String), Failure> {
        let text = serde_json::to_string_pretty(&self.manifest).map_err(|error| {
            Failure::refused(
                "file.json",
                format!("The manifest cannot be written: {error}."),
            )
        })?;
        self.put(MANIFEST, format!("{text}\n").as_bytes())?;
        let place = self.place.clone();
        let failed = |error: std::io::Error| unwritable(&place, &error);
        if let Some(archive) = self.archive.take() {
            let buffer = archive.finish().map_err(|error| broken(&place, &error))?;
            let file = buffer
                .into_inner()
                .map_err(|error| unwritable(&place, &error.into_error()))?;
            file.sync_all().map_err(failed)?;
        }
        let (bytes, sha256) = digest(&self.unfinished).map_err(failed)?;
        std::fs::rename(&self.unfinished, &self.place).map_err(failed)?;
        Ok((self.manifest.files.len(), bytes, sha256))
    }

    fn put(&mut self, path: &str, content: &[u8]) -> Result<(), Failure> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6))
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let Some(archive) = &mut self.archive else {
            return Ok(());
        };
        archive
            .start_file(path, options)
            .map_err(|error| broken(&self.place, &error))?;
        archive
            .write_all(content)
            .map_err(|error| unwritable(&self.place, &error))
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        // Closed before it is removed; nothing is there any more where it was put in its place. There is nobody to tell
        // where removing fails.
        self.archive = None;
        let _ = std::fs::remove_file(&self.unfinished);
    }
}

/// Verifies a bundle: it holds what its manifest names, byte for byte, and nothing besides. Reads no more than a bundle
/// may hold, whatever the file says of itself.
///
/// # Errors
/// Where the file cannot be read, is no ZIP file or has no manifest.
pub fn verify(path: &Path) -> Result<Verified, Failure> {
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let mut reader = BufReader::new(file);
    let told = told(&mut reader).map_err(|error| unreadable(path, &error))?;
    let no_bundle = |why: NoBundle| {
        Failure::refused(
            "bundle.unreadable",
            format!("{} is no bundle of Perennial's: {why}.", path.display()),
        )
        .hint("Choose a file that `perennial compliance bundle` wrote.")
    };
    let Some(told) = told else {
        return Err(no_bundle(NoBundle::End));
    };
    if told > MAX_FILES + 1 {
        return Err(no_bundle(NoBundle::Many));
    }
    let mut archive = ZipArchive::new(reader).map_err(|_| no_bundle(NoBundle::Zip))?;
    let manifest = manifest(&mut archive).map_err(no_bundle)?;
    let mut problems = Problems(Vec::new());
    if archive.len() != told {
        problems.add("Two files have the same name.".to_owned());
    }
    let mut named: BTreeMap<&str, &Entry> = BTreeMap::new();
    for entry in &manifest.files {
        if !harmless(&entry.path) || entry.path == MANIFEST {
            problems.add(format!(
                "The manifest names “{}”, which is no name of a file in a bundle.",
                entry.path
            ));
        }
        if named.insert(&entry.path, entry).is_some() {
            problems.add(format!("The manifest names {} twice.", entry.path));
        }
    }
    let mut read = 0_u64;
    for index in 0..archive.len() {
        let Some(name) = name(&mut archive, index) else {
            problems.add(format!("File {} cannot be read.", index + 1));
            continue;
        };
        if name == MANIFEST {
            continue;
        }
        let Some(entry) = named.remove(name.as_str()) else {
            problems.add(format!("{name} is not in the manifest."));
            continue;
        };
        read = read.saturating_add(check(
            &mut archive,
            index,
            entry,
            MAX_ALL.saturating_sub(read),
            &mut problems,
        ));
    }
    for path in named.keys() {
        problems.add(format!("{path} is missing."));
    }
    Ok(Verified {
        campaign: manifest.campaign,
        files: manifest.files.len(),
        bytes: manifest
            .files
            .iter()
            .fold(0, |sum, entry| sum.saturating_add(entry.bytes)),
        problems: problems.0,
    })
}

/// Why a file is no bundle at all.
#[derive(Debug, thiserror::Error)]
enum NoBundle {
    #[error("it does not end as a plain ZIP file does")]
    End,
    #[error("it has too many files")]
    Many,
    #[error("it is no ZIP file that can be read")]
    Zip,
    #[error("it has no manifest.json")]
    Missing,
    #[error("its manifest.json is damaged")]
    Damaged,
    #[error("its manifest.json is too large")]
    Large,
    #[error("its manifest.json is not in the known form")]
    Form,
}

struct Problems(Vec<String>);

impl Problems {
    fn add(&mut self, text: String) {
        if self.0.len() < MAX_PROBLEMS {
            self.0.push(text);
        }
    }
}

type Archive = ZipArchive<BufReader<File>>;

/// Compares one file with its line in the manifest; says how many bytes were read.
fn check(
    archive: &mut Archive,
    index: usize,
    entry: &Entry,
    left: u64,
    problems: &mut Problems,
) -> u64 {
    let path = &entry.path;
    let Ok(file) = archive.by_index(index) else {
        problems.add(format!("{path} cannot be read."));
        return 0;
    };
    let limit = MAX_FILE.min(left).min(entry.bytes);
    let mut hash = Sha256::new();
    match copy(file, limit.saturating_add(1), |part| hash.update(part)) {
        Err(_) => problems.add(format!("{path} is damaged.")),
        Ok(bytes) if bytes > limit && limit < entry.bytes => {
            problems.add(format!("{path} is larger than a file of a bundle may be."));
        }
        Ok(bytes) if bytes != entry.bytes => {
            problems.add(format!("{path} has another size than the manifest says."));
        }
        Ok(_) if hex(&hash.finalize()) != entry.sha256 => {
            problems.add(format!(
                "{path} is not what the manifest says: its SHA-256 is another."
            ));
        }
        Ok(bytes) => return bytes,
    }
    limit
}

fn manifest(archive: &mut Archive) -> Result<Manifest, NoBundle> {
    let file = archive.by_name(MANIFEST).map_err(|_| NoBundle::Missing)?;
    let mut text = Vec::new();
    let read = copy(file, MAX_MANIFEST + 1, |part| text.extend_from_slice(part))
        .map_err(|_| NoBundle::Damaged)?;
    if read > MAX_MANIFEST {
        return Err(NoBundle::Large);
    }
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| NoBundle::Form)?;
    if manifest.format != FORMAT || manifest.version != VERSION {
        return Err(NoBundle::Form);
    }
    Ok(manifest)
}

fn name(archive: &mut Archive, index: usize) -> Option<String> {
    let file = archive.by_index_raw(index).ok()?;
    Some(file.name().ok()?.into_owned())
}

/// Reads at most `limit` bytes, in parts.
fn copy(mut from: impl Read, limit: u64, mut take: impl FnMut(&[u8])) -> std::io::Result<u64> {
    let mut part = vec![0_u8; 64 * 1024];
    let mut read = 0_u64;
    let mut from = from.by_ref().take(limit);
    loop {
        let count = from.read(&mut part)?;
        if count == 0 {
            return Ok(read);
        }
        take(part.get(..count).unwrap_or_default());
        read = read.saturating_add(count as u64);
    }
}

/// A relative path below the bundle, of plain letters.
fn harmless(path: &str) -> bool {
    !path.is_empty()
        && path.len() <= 300
        && !path.contains(['\\', ':'])
        && !path.chars().any(char::is_control)
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// How many files the end of a plain ZIP file tells of; none where it has a comment or another end. Readers keep one of
/// two files with the same name, so only this number betrays the other.
fn told(reader: &mut (impl Read + Seek)) -> std::io::Result<Option<usize>> {
    let size = reader.seek(SeekFrom::End(0))?;
    let mut end = [0_u8; 22];
    if size < end.len() as u64 {
        return Ok(None);
    }
    reader.seek(SeekFrom::End(-22))?;
    reader.read_exact(&mut end)?;
    reader.rewind()?;
    let [b'P', b'K', 5, 6, _, _, _, _, _, _, low, high, .., 0, 0] = end else {
        return Ok(None);
    };
    Ok(Some(usize::from(u16::from_le_bytes([low, high]))))
}

fn digest(path: &Path) -> std::io::Result<(u64, String)> {
    let mut hash = Sha256::new();
    let bytes = copy(File::open(path)?, u64::MAX, |part| hash.update(part))?;
    Ok((bytes, hex(&hash.finalize())))
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::resource(
        "file.unwritable",
        format!("{} cannot be written: {error}.", path.display()),
    )
    .hint("Choose another place, or check the permissions.")
}

fn broken(path: &Path, error: &zip::result::ZipError) -> Failure {
    Failure::resource(
        "file.unwritable",
        format!("{} cannot be written: {error}.", path.display()),
    )
    .hint("Choose another place, or check the disk.")
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::resource(
        "file.unreadable",
        format!("{} cannot be read: {error}.", path.display()),
    )
    .hint("Check the name and the permissions.")
}

#[cfg(test)]
mod tests;
