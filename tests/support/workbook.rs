//! Small Excel workbooks, written by hand.

use std::{
    fmt::Write as _,
    io::{Cursor, Write as _},
};
use zip::{ZipWriter, write::SimpleFileOptions};

const MAIN: &str = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A cell of a sheet.
pub enum Cell<'a> {
    /// Text.
    Text(&'a str),
    /// A number, as it is stored.
    Number(&'a str),
    /// A serial day in a cell that is shown as a date.
    Date(&'a str),
    /// Nothing.
    Empty,
}

/// A workbook of one sheet a name; `is_1904` counts days from 1904.
pub fn workbook(sheets: &[(&str, &[&[Cell<'_>]])], is_1904: bool) -> Vec<u8> {
    let bodies: Vec<(String, String)> = sheets
        .iter()
        .map(|(name, rows)| ((*name).to_owned(), sheet(rows)))
        .collect();
    archive(&bodies, is_1904, 0)
}

/// A workbook whose sheets are given as the XML within `sheetData`. An `@` in it stands for that many megabytes of `x`.
pub fn archive(sheets: &[(String, String)], is_1904: bool, megabytes: usize) -> Vec<u8> {
    filled(sheets, is_1904, &vec![b'x'; 1 << 20], megabytes)
}

/// The same with an `@` standing for the filler, so many times.
pub fn filled(sheets: &[(String, String)], is_1904: bool, filler: &[u8], times: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: String| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        let (before, after) = text.split_once('@').unwrap_or((&text, ""));
        zip.write_all(before.as_bytes()).unwrap();
        if !after.is_empty() {
            for _ in 0..times {
                zip.write_all(filler).unwrap();
            }
        }
        zip.write_all(after.as_bytes()).unwrap();
    };
    put(
        "[Content_Types].xml",
        format!(
            "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
        ),
    );
    put(
        "_rels/.rels",
        format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"r\" Type=\"{DOCUMENT}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    let mut list = String::new();
    for (index, (name, _)) in sheets.iter().enumerate() {
        write!(
            list,
            "<sheet name=\"{name}\" sheetId=\"{0}\" r:id=\"s{0}\"/>",
            index + 1
        )
        .unwrap();
    }
    let epoch = if is_1904 {
        "<workbookPr date1904=\"1\"/>"
    } else {
        ""
    };
    put(
        "xl/workbook.xml",
        format!(
            "<workbook {MAIN} xmlns:r=\"{DOCUMENT}\">{epoch}<sheets>{list}</sheets></workbook>"
        ),
    );
    let mut targets = String::new();
    for number in 1..=sheets.len() {
        write!(
            targets,
            "<Relationship Id=\"s{number}\" Type=\"{DOCUMENT}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        )
        .unwrap();
    }
    put(
        "xl/_rels/workbook.xml.rels",
        format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"st\" Type=\"{DOCUMENT}/styles\" Target=\"styles.xml\"/>{targets}</Relationships>"
        ),
    );
    put(
        "xl/styles.xml",
        format!(
            "<styleSheet {MAIN}><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
        ),
    );
    for (index, (_, body)) in sheets.iter().enumerate() {
        put(
            &format!("xl/worksheets/sheet{}.xml", index + 1),
            format!("<worksheet {MAIN}><sheetData>{body}</sheetData></worksheet>"),
        );
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook that a password protects, as far as anyone sees without it: the older container with the entries that
/// encryption leaves in it.
pub fn protected() -> Vec<u8> {
    const SECTOR: usize = 512;
    const FAT: u32 = 0xFFFF_FFFD;
    const END: u32 = 0xFFFF_FFFE;
    const FREE: u32 = 0xFFFF_FFFF;
    let words = |values: &[u32]| -> Vec<u8> {
        let mut sector: Vec<u8> = values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect();
        while sector.len() < SECTOR {
            sector.extend(FREE.to_le_bytes());
        }
        sector
    };
    let mut file = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    file.resize(24, 0);
    for half in [0x3E_u16, 3, 0xFFFE, 9, 6, 0, 0, 0] {
        file.extend(half.to_le_bytes());
    }
    // One sector of the table, the directory in sector 1, small streams from 4,096 bytes, none of those.
    for word in [0, 1, 1, 0, 4096, END, 0, END, 0, 0] {
        file.extend(u32::to_le_bytes(word));
    }
    file.resize(SECTOR, 0xFF);
    // The table itself, the directory, nine sectors of the package.
    let mut chain = vec![FAT, END];
    chain.extend(3..11);
    chain.push(END);
    file.extend(words(&chain));
    let entry = |name: &str, kind: u8, start: u32, size: u32| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(entry.len() + 2).unwrap();
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        entry.resize(116, 0xFF);
        entry.extend(start.to_le_bytes());
        entry.extend(u64::from(size).to_le_bytes());
        entry
    };
    file.extend(entry("Root Entry", 5, END, 0));
    file.extend(entry("EncryptionInfo", 2, END, 0));
    file.extend(entry("EncryptedPackage", 2, 2, 9 * 512));
    file.extend(vec![0; 128]);
    file.extend((0..9 * SECTOR).map(|n| u8::try_from(n * 7 % 251).unwrap()));
    file
}

fn sheet(rows: &[&[Cell<'_>]]) -> String {
    let mut text = String::new();
    for (row, cells) in rows.iter().enumerate() {
        write!(text, "<row r=\"{}\">", row + 1).unwrap();
        for (column, cell) in cells.iter().enumerate() {
            let at = format!(
                "{}{}",
                char::from(b'A' + u8::try_from(column).unwrap()),
                row + 1
            );
            match cell {
                Cell::Text(value) => write!(
                    text,
                    "<c r=\"{at}\" t=\"inlineStr\"><is><t>{value}</t></is></c>"
                ),
                Cell::Number(value) => write!(text, "<c r=\"{at}\"><v>{value}</v></c>"),
                Cell::Date(value) => write!(text, "<c r=\"{at}\" s=\"1\"><v>{value}</v></c>"),
                Cell::Empty => Ok(()),
            }
            .unwrap();
        }
        text += "</row>";
    }
    text
}
