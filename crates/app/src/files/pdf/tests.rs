use super::face::{Faces, Weight};
use super::layout::{Mark, pages};
use super::*;
use proptest::prelude::*;

fn texts(page: &[Mark]) -> Vec<(f32, f32, f32, String)> {
    page.iter()
        .filter_map(|mark| match mark {
            Mark::Text {
                x, y, size, text, ..
            } => Some((*x, *y, *size, text.clone())),
            Mark::Rule { .. } => None,
        })
        .collect()
}

#[test]
fn figures_end_at_one_edge_whatever_their_length() {
    let faces = Faces::load().unwrap();
    let mut pdf = Pdf::new("t");
    let mut table = Table::new(vec![Column::text("What"), Column::figures("Amount")]);
    for amount in ["1.00", "−123,456,789.00", "39.60"] {
        table.row(["x", amount]);
    }
    pdf.table(table);
    let set = pages(&pdf, &faces);
    let edges: Vec<f32> = texts(&set[0])
        .into_iter()
        .filter(|(_, _, _, text)| text.ends_with('0'))
        .map(|(x, _, size, text)| x + faces.width(Weight::Regular, size, &text))
        .collect();
    assert_eq!(edges.len(), 3);
    assert!(
        edges.windows(2).all(|two| (two[0] - two[1]).abs() < 0.05),
        "{edges:?}"
    );
}

#[test]
fn a_long_table_repeats_its_header_and_numbers_its_pages() {
    let faces = Faces::load().unwrap();
    let mut pdf = Pdf::new("t");
    let mut table = Table::new(vec![
        Column::text("Sale of the day"),
        Column::figures("Amount"),
    ]);
    for row in 0..200 {
        table.row([format!("row {row}"), "1.00".to_owned()]);
    }
    pdf.heading("A year").table(table);
    let set = pages(&pdf, &faces);
    assert!(set.len() > 3);
    for (index, page) in set.iter().enumerate() {
        let texts = texts(page);
        assert!(texts.iter().any(|one| one.3 == "Sale of the day"));
        assert!(
            texts
                .iter()
                .any(|one| one.3 == format!("{} / {}", index + 1, set.len()))
        );
    }
    let rows = set
        .iter()
        .flat_map(|page| texts(page))
        .filter(|one| one.3.starts_with("row "));
    assert_eq!(rows.count(), 200);
}

#[test]
fn equal_content_gives_equal_bytes_and_the_text_is_in_the_properties() {
    let make = || {
        let mut pdf = Pdf::new("Zażółć gęślą jaźń");
        pdf.heading("Zażółć").paragraph("Ünïcode, 12,50 €");
        pdf.finish().unwrap()
    };
    let bytes = make();
    assert!(bytes.starts_with(b"%PDF-1."));
    assert!(bytes.trim_ascii_end().ends_with(b"%%EOF"));
    assert_eq!(bytes, make());
}

#[test]
fn accents_and_signs_of_money_are_in_the_font() {
    let faces = Faces::load().unwrap();
    let text = "ÀéñőşŁžđĞßøåæœ €£¥₹ −–… “” · × ÷ ≈ → №";
    for weight in [Weight::Regular, Weight::SemiBold] {
        let shaped = faces.of(weight).shape(text);
        assert!(
            shaped
                .glyphs
                .iter()
                .all(|glyph| glyph.glyph_id.to_u32() != 0)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn every_text_stays_on_its_page(
        cells in proptest::collection::vec(("\\PC{0,60}", "[0-9]{1,14}", "[a-z/.?=&]{0,200}"), 0..8),
        words in "\\PC{0,300}",
    ) {
        let faces = Faces::load().unwrap();
        let mut pdf = Pdf::new("t");
        let mut table = Table::new(vec![Column::text("A"), Column::figures("B"), Column::text("C")]);
        for (a, b, c) in &cells {
            table.row([a, b, c]);
        }
        pdf.paragraph(words.clone()).facts(&[(words.clone(), words.clone())]).steps(&[words]).table(table);
        let (width, height) = Paper::A4.size();
        for page in pages(&pdf, &faces) {
            for (x, y, size, text) in texts(&page) {
                let end = x + faces.width(Weight::Regular, size, &text);
                prop_assert!(x > 40.0 && y > 40.0 && y < height - 20.0, "{x} {y} {text}");
                prop_assert!(end < width - 30.0, "{end} {text}");
            }
        }
        prop_assert!(pdf.finish().is_ok());
    }
}
