//! Bundles that are whole, and files that pretend to be one.

use super::*;

fn made(folder: &Path, name: &str) -> PathBuf {
    let place = folder.join(name);
    let mut writing = Writing::begin(&place, "Spring", "1").unwrap();
    writing
        .add("report.md", "The report", b"# Compliance\n")
        .unwrap();
    writing
        .add(
            "snapshots/a.html",
            "What was published",
            &b"<p>words</p>".repeat(1000),
        )
        .unwrap();
    let (files, bytes, sha256) = writing.finish().unwrap();
    assert_eq!(
        (files, bytes),
        (2, std::fs::metadata(&place).unwrap().len())
    );
    assert_eq!(sha256, hex(&Sha256::digest(std::fs::read(&place).unwrap())));
    place
}

/// A ZIP file of any files, with the manifest as given.
fn zipped(folder: &Path, files: &[(&str, &[u8])]) -> PathBuf {
    let place = folder.join("other.zip");
    let mut archive = ZipWriter::new(File::create(&place).unwrap());
    for (name, content) in files {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap();
    place
}

fn manifest(files: &str) -> String {
    format!(
        r#"{{"format":"{FORMAT}","version":1,"campaign":"Spring","made_with":"x","rules_version":"1","files":[{files}]}}"#
    )
}

fn line(path: &str, content: &[u8]) -> String {
    format!(
        r#"{{"path":"{path}","bytes":{},"sha256":"{}","what":""}}"#,
        content.len(),
        hex(&Sha256::digest(content))
    )
}

#[test]
fn equal_content_gives_equal_bytes_that_verify() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (made(folder.path(), "1.zip"), made(folder.path(), "2.zip"));
    assert_eq!(std::fs::read(&one).unwrap(), std::fs::read(&two).unwrap());
    let found = verify(&one).unwrap();
    assert_eq!(
        (found.campaign.as_str(), found.files, found.problems.len()),
        ("Spring", 2, 0)
    );
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        2,
        "nothing unfinished is left"
    );
    drop(Writing::begin(&folder.path().join("3.zip"), "Spring", "1").unwrap());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[test]
fn every_changed_byte_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = std::fs::read(made(folder.path(), "1.zip")).unwrap();
    let place = folder.path().join("changed.zip");
    let mut passed = Vec::new();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x55;
        std::fs::write(&place, &changed).unwrap();
        if verify(&place).is_ok_and(|found| found.problems.is_empty()) {
            passed.push(at);
        }
    }
    // Versions, flags and times beside the files may differ; nothing within one may.
    let mut archive = ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let mut seen = 0;
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).unwrap();
        let start = usize::try_from(file.data_start().unwrap()).unwrap();
        let end = start + usize::try_from(file.compressed_size()).unwrap();
        assert!(
            passed.iter().all(|at| !(start..end).contains(at)),
            "{passed:?}"
        );
        seen += end - start;
    }
    assert!(seen > 300, "{seen}");
    for end in [0, 1, 21, 22, bytes.len() / 2, bytes.len() - 1] {
        std::fs::write(&place, &bytes[..end]).unwrap();
        assert_eq!(verify(&place).unwrap_err().code, "bundle.unreadable");
    }
}

#[test]
fn what_is_missing_besides_or_elsewhere_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let problems =
        |files: &[(&str, &[u8])]| verify(&zipped(folder.path(), files)).unwrap().problems;
    let one = manifest(&line("a.txt", b"a"));
    assert_eq!(
        problems(&[("manifest.json", one.as_bytes()), ("a.txt", b"a")]),
        [""; 0]
    );
    assert_eq!(
        problems(&[("manifest.json", one.as_bytes())]),
        ["a.txt is missing."]
    );
    assert_eq!(
        problems(&[
            ("manifest.json", one.as_bytes()),
            ("a.txt", b"a"),
            ("b.txt", b"b")
        ]),
        ["b.txt is not in the manifest."]
    );
    assert_eq!(
        problems(&[("manifest.json", one.as_bytes()), ("a.txt", b"b")]),
        ["a.txt is not what the manifest says: its SHA-256 is another."]
    );
    assert_eq!(
        problems(&[
            ("manifest.json", one.as_bytes()),
            ("a.txt", &vec![b'a'; 200_000])
        ]),
        ["a.txt has another size than the manifest says."]
    );
    for path in ["../a.txt", "/a.txt", "a//b", "C:a", ""] {
        let outside = manifest(&line(path, b"a"));
        assert!(
            !problems(&[("manifest.json", outside.as_bytes())]).is_empty(),
            "{path}"
        );
    }
    for text in [
        "",
        "{}",
        "[]",
        &one.replace("\"version\":1", "\"version\":2"),
    ] {
        let place = zipped(folder.path(), &[("manifest.json", text.as_bytes())]);
        assert_eq!(
            verify(&place).unwrap_err().code,
            "bundle.unreadable",
            "{text}"
        );
    }
    let place = zipped(folder.path(), &[("a.txt", b"a")]);
    assert_eq!(verify(&place).unwrap_err().code, "bundle.unreadable");
}

#[test]
fn two_files_of_one_name_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let one = manifest(&line("a.txt", b"a"));
    let place = zipped(
        folder.path(),
        &[
            ("manifest.json", one.as_bytes()),
            ("a.txt", b"a"),
            ("b.txt", b"b"),
        ],
    );
    let mut bytes = std::fs::read(&place).unwrap();
    while let Some(at) = bytes.windows(5).position(|five| five == b"b.txt") {
        bytes[at] = b'a';
    }
    std::fs::write(&place, bytes).unwrap();
    assert!(!verify(&place).unwrap().problems.is_empty());
}

#[test]
fn a_file_that_unpacks_without_end_is_not_unpacked() {
    let folder = tempfile::tempdir().unwrap();
    let bomb = vec![0_u8; 8 * 1024 * 1024];
    let small = manifest(r#"{"path":"a.bin","bytes":10,"sha256":"00","what":""}"#);
    let place = zipped(
        folder.path(),
        &[("manifest.json", small.as_bytes()), ("a.bin", &bomb)],
    );
    assert!(std::fs::metadata(&place).unwrap().len() < 64 * 1024);
    assert_eq!(
        verify(&place).unwrap().problems,
        ["a.bin has another size than the manifest says."]
    );
}
