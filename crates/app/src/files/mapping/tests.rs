use super::*;

#[test]
fn reads_columns_constants_and_words() {
    let mapping = read(
        "[columns]\ndate = 'When'\ncommission = 'Mine'\nsub_id = ['A', 'B']\nstatus = 'State'\n\
         [constants]\ncurrency = 'eur'\n[format]\ndecimal = ','\n[status]\napproved = ['Gut']\n",
        "portal",
    )
    .unwrap();
    assert_eq!(mapping.name, "portal");
    assert_eq!(mapping.currency.map(Currency::code), Some("EUR"));
    assert_eq!(
        mapping
            .columns
            .iter()
            .filter(|(field, _)| *field == Field::SubId)
            .count(),
        2
    );
    assert_eq!(
        mapping.approval_words[0],
        ("gut".to_owned(), Approval::Approved)
    );
}

#[test]
fn a_form_and_its_document_say_the_same() {
    let toml = "name = 'portal'\n[columns]\ndate = 'When'\ncommission = 'Mine “€”'\nsub_id = ['A', 'B']\n\
         [constants]\ncurrency = 'EUR'\nkind = 'rebill'\n[format]\ndecimal = ','\ntime_zone = 'Europe/Berlin'\n\
         [status]\napproved = ['Gut', 'bezahlt']\nreversed = ['storniert']\n";
    let mapping = read(toml, "x").unwrap();
    let again = read(&document(&draft(&mapping)).unwrap(), "x").unwrap();
    assert_eq!(draft(&again), draft(&mapping));
    assert_eq!(again.columns, mapping.columns);
    for profile in perennial_connectors::csv::profiles() {
        let again = read(&document(&draft(&profile)).unwrap(), "x").unwrap();
        assert_eq!(draft(&again), draft(&profile));
    }
}

#[test]
fn a_document_that_is_handed_on_names_its_header() {
    let toml = "[columns]\ndate = 'When'\ncommission = 'Mine'\n";
    let header = ["mine".to_owned(), "when \"x\"".to_owned()];
    let text = with_header(toml, "portal", &header).unwrap();
    assert_eq!(super::header(&text).unwrap(), header);
    assert_eq!(read(&text, "x").unwrap().name, "portal");
    assert_eq!(with_header(&text, "other", &[]).unwrap(), text);
}

#[test]
fn says_by_name_what_does_not_fit() {
    for (toml, key) in [
        ("[columns]\ndate = 'When'\n", "columns.commission"),
        (
            "[columns]\ndate = 'W'\ncommission = 'M'\ncolour = 'C'\n",
            "columns.colour",
        ),
        (
            "[columns]\ndate = 'W'\ncommission = 'M'\n[constants]\ncurrency = 'XYX'\n",
            "constants.currency",
        ),
        (
            "[columns]\ndate = 'W'\ncommission = 'M'\n[status]\ngood = ['G']\n",
            "status.good",
        ),
    ] {
        let failure = read(toml, "x").unwrap_err();
        assert_eq!(
            failure.place.and_then(|place| place.key).as_deref(),
            Some(key)
        );
    }
    assert!(
        read("[columns]\ndate = 'W'\ncommission = 'M'\n[colour]\n", "x")
            .unwrap_err()
            .message
            .contains("colour")
    );
}
