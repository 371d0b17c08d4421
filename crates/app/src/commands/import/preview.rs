//! A look into a report: how it is written, what its columns may mean, and how its first rows would land.

use super::{reading, source};
use crate::{
    App, Failure,
    dto::{
        Amount, FoundWord, ImportOptions, ImportPreview, ImportPreviewInput, MappedColumn,
        MappingField, PreviewRow, Refused,
    },
    files,
};
use chrono_tz::Tz;
use perennial_connectors::csv::{self, Field, Row, RowRefusal};
use perennial_domain::Money;

/// Looks into a report file.
///
/// # Errors
/// Where it cannot be read, is empty or no text.
pub fn preview(app: &App, input: ImportPreviewInput) -> Result<ImportPreview, Failure> {
    let file = source::file_name(&input.path);
    let mut options = reading::options(app, &input.options)?;
    let zone = options.zone;
    let choice = reading::choice(app, &input.options, &file)?;
    let all = reading::choice(app, &ImportOptions::default(), &file)?;
    let opened = source::open(app, &input.path, &input.options, &mut options)?;
    let peek = csv::peek(opened.bytes, &options, &choice.mappings, choice.chosen)
        .map_err(|error| reading::failure(&error, &file))?;
    let suggested = csv::suggest(&peek.header);
    let (sheets, sheet) = opened.sheets.clone().unwrap_or_default();
    let currency = !peek.needs_currency;
    Ok(ImportPreview {
        file,
        format: if opened.sheets.is_some() {
            "workbook"
        } else {
            "text"
        }
        .to_owned(),
        sheets,
        sheet,
        encoding: peek.dialect.encoding,
        delimiter: match peek.dialect.delimiter {
            '\t' => "tab".to_owned(),
            delimiter => delimiter.to_string(),
        },
        decimal: peek.dialect.decimal.mark().to_string(),
        thousands: peek.thousands.word().to_owned(),
        date_order: peek.dialect.date_order.word().to_owned(),
        date_proven: peek.date_proven,
        time_zone: peek.zone.name().to_owned(),
        header_line: peek.header_line,
        header: peek.header,
        rows: peek.rows,
        draft: files::mapping::draft(&peek.mapping),
        profile: peek.profile,
        profiles: all
            .mappings
            .into_iter()
            .map(|mapping| mapping.name)
            .collect(),
        fields: Field::ALL
            .iter()
            .map(|field| MappingField {
                name: field.word().to_owned(),
                label: field.label().to_owned(),
                required: field.required(),
            })
            .collect(),
        suggested: suggested
            .into_iter()
            .map(|(field, column)| MappedColumn {
                field: field.word().to_owned(),
                column,
            })
            .collect(),
        needs_currency: peek.needs_currency,
        words: peek
            .words
            .into_iter()
            .map(|(field, word, meaning, count)| FoundWord {
                field: field.to_owned(),
                word,
                meaning: meaning.map(str::to_owned),
                count,
            })
            .collect(),
        sample: peek
            .sample
            .into_iter()
            .map(|row| match row {
                Ok(row) => landing(row, zone, currency),
                Err(refusal) => refused(refusal),
            })
            .collect(),
    })
}

/// A row that would land; without a currency of its own its amounts have none.
fn landing(row: Row, zone: Tz, currency: bool) -> PreviewRow {
    let amount = |money: Money| {
        let mut amount = Amount::from(money);
        if !currency {
            amount.currency.clear();
        }
        amount
    };
    let facts = row.facts;
    PreviewRow {
        line: row.line,
        native_id: facts.native_id,
        occurred_at: Some(super::instant(facts.occurred_at)),
        occurred_on: Some(
            facts
                .occurred_at
                .with_timezone(&zone)
                .date_naive()
                .to_string(),
        ),
        program: facts.program_text,
        kind: Some(facts.kind.word().to_owned()),
        approval: Some(facts.approval.word().to_owned()),
        payment: Some(facts.payment.word().to_owned()),
        sale: facts.sale.map(amount),
        commission: facts.commission.map(amount),
        sub_ids: facts.sub_ids,
        refused: None,
    }
}

fn refused(refusal: RowRefusal) -> PreviewRow {
    PreviewRow {
        line: refusal.line,
        native_id: refusal.native_id,
        occurred_at: None,
        occurred_on: None,
        program: None,
        kind: None,
        approval: None,
        payment: None,
        sale: None,
        commission: None,
        sub_ids: Vec::new(),
        refused: Some(Refused {
            line: Some(refusal.line),
            column: refusal.column,
            reason: refusal.reason,
            text: refusal.text,
        }),
    }
}
