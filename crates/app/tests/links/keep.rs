//! The library, templates, rules, places, other tools' files, and what is handed over.

use super::Desk;
use perennial_app::{
    commands::{
        book, campaign, id_rule, import, ledger, link, link_deep, link_import, link_sheet,
        link_shelf, link_template, placement,
    },
    dto::{
        CampaignSave, Empty, IdRuleAdd, ImportInput, LedgerList, LinkAddress, LinkBulkEdit,
        LinkColumns, LinkImport, LinkList, LinkNew, ListInput, NamingDto, PathInput, PlacementDone,
        PlacementList, PlacementSave, QrSheet, SlotDto, TemplateSave,
    },
};

const LINKS: &str = "hosts = [\"acme.example\", \"www.acme.example\"]\nidentity_param = \"ref\"\nsub_ids = [{ param = \"sid1\", template = \"{channel}\" }, { param = \"sid2\", template = \"{link}\" }]";

fn list(desk: &Desk, input: LinkList) -> Vec<String> {
    let page = link::list(&desk.app, input).unwrap();
    page.items.into_iter().map(|row| row.code).collect()
}

/// The book holds together.
fn sound(desk: &Desk) {
    let report = book::check(&desk.app, Empty {}).unwrap();
    let wrong: Vec<_> = report.checks.iter().filter(|check| !check.ok).collect();
    assert!(report.ok, "{wrong:?}");
}

#[test]
fn many_links_are_kept_in_one_step_and_found_by_it() {
    let desk = Desk::new(LINKS);
    let codes: Vec<String> = (0..4)
        .map(|n| desk.link(&format!("https://acme.example/{n}")))
        .collect();
    let edit = LinkBulkEdit {
        ids: codes[..3].to_vec(),
        add_tags: vec!["#Evergreen".into(), "evergreen".into(), " Video ".into()],
        folder: Some("Launches".into()),
        expires_on: Some("2026-03-01".into()),
        ..LinkBulkEdit::default()
    };
    let done = link_shelf::bulk_edit(&desk.app, edit).unwrap();
    assert_eq!(done.links, 3);
    let by = |tag: &str| LinkList {
        tag: Some(tag.into()),
        ..LinkList::default()
    };
    assert_eq!(list(&desk, by("EVERGREEN")).len(), 3);
    assert_eq!(
        list(
            &desk,
            LinkList {
                folder: Some("launches".into()),
                ..LinkList::default()
            }
        )
        .len(),
        3
    );
    assert_eq!(
        list(
            &desk,
            LinkList {
                state: Some("expired".into()),
                ..LinkList::default()
            }
        )
        .len(),
        3
    );
    assert_eq!(
        list(
            &desk,
            LinkList {
                search: "evergr laun".into(),
                ..LinkList::default()
            }
        )
        .len(),
        3
    );
    let shelves = link_shelf::shelves(&desk.app, Empty {}).unwrap();
    assert_eq!(shelves.tags.len(), 2);
    assert_eq!(
        (shelves.folders[0].name.as_str(), shelves.folders[0].links),
        ("Launches", 3)
    );

    let all = LinkBulkEdit {
        which: Some(by("video")),
        archived: Some(true),
        remove_tags: vec!["evergreen".into()],
        ..LinkBulkEdit::default()
    };
    assert_eq!(link_shelf::bulk_edit(&desk.app, all).unwrap().links, 3);
    assert_eq!(list(&desk, LinkList::default()).len(), 1);
    book::undo(&desk.app, Empty {}).unwrap();
    assert_eq!(list(&desk, by("evergreen")).len(), 3);
    book::undo(&desk.app, Empty {}).unwrap();
    assert_eq!(list(&desk, by("video")), Vec::<String>::new());
    sound(&desk);
    let nothing = LinkBulkEdit {
        ids: codes,
        ..LinkBulkEdit::default()
    };
    assert_eq!(
        link_shelf::bulk_edit(&desk.app, nothing).unwrap_err().code,
        "link.nothing_to_change"
    );
}

#[test]
fn a_template_writes_links_and_holds_their_names_to_its_rules() {
    let desk = Desk::new(LINKS);
    let slot = |param: &str, template: &str| SlotDto {
        param: param.into(),
        template: template.into(),
        allowed: Vec::new(),
    };
    let template = TemplateSave {
        program: "acme".into(),
        channel: Some("Blog".into()),
        sub_ids: vec![slot("sid1", "b-{label}"), slot("sid2", "{link}")],
        utm: vec![
            slot("utm_source", "{channel}"),
            slot("utm_medium", "referral"),
        ],
        naming: NamingDto {
            label_required: true,
            label_plain: true,
            label_begins: vec!["post-".into()],
            ..NamingDto::default()
        },
        label: "post-1".into(),
        campaign: String::new(),
    };
    let preview = link_template::preview(&desk.app, template.clone()).unwrap();
    let shown: Vec<(&str, &str, &str)> = preview
        .shows
        .iter()
        .map(|row| (row.param.as_str(), row.value.as_str(), row.place.as_str()))
        .collect();
    assert!(shown.contains(&("sid1", "b-post-1", "report")), "{shown:?}");
    assert!(shown.contains(&("utm_medium", "referral", "analytics")));
    assert_eq!(preview.refused, None);
    let wrong = TemplateSave {
        label: "Header".into(),
        ..template.clone()
    };
    assert!(
        link_template::preview(&desk.app, wrong)
            .unwrap()
            .refused
            .is_some()
    );

    link_template::save(&desk.app, template.clone()).unwrap();
    link_template::save(&desk.app, template).unwrap();
    assert_eq!(
        link_template::list(&desk.app, ListInput::default())
            .unwrap()
            .items
            .len(),
        1
    );
    let new = |label: &str| {
        link::new(
            &desk.app,
            LinkNew {
                program: "acme".into(),
                channels: vec!["Blog".into()],
                campaign: None,
                label: label.into(),
                destination: Some("https://acme.example/".into()),
                any_host: false,
            },
        )
    };
    assert_eq!(new("Header").unwrap_err().code, "link.naming");
    let made = new("post-2").unwrap();
    assert!(
        made.links[0].url.contains("sid1=b-post-2"),
        "{}",
        made.links[0].url
    );
    assert_eq!(made.shows[0].value, "b-post-2");
    let bad = TemplateSave {
        program: "acme".into(),
        channel: None,
        sub_ids: vec![slot("sid1", "{chanel}")],
        utm: Vec::new(),
        naming: NamingDto::default(),
        label: String::new(),
        campaign: String::new(),
    };
    assert_eq!(
        link_template::save(&desk.app, bad).unwrap_err().code,
        "link_template.refused"
    );
}

#[test]
fn a_rule_gives_ready_made_ids_a_channel_and_a_campaign() {
    let desk = Desk::new(LINKS);
    let spring = CampaignSave {
        id: None,
        name: "Spring".into(),
        channels: vec!["Blog".into()],
        starts_on: None,
        ends_on: None,
        goal: String::new(),
        budget: None,
        archived: false,
    };
    campaign::save(&desk.app, spring).unwrap();
    let file = desk.file(
        "awin.csv",
        "id,publisher_id,sale_amount,commission,date,commission_status,currency,advertiser_name,click_ref\n\
         1,9,100.00,40.00,2026-02-01T10:00:00,1,USD,Acme,YT-01\n\
         2,9,100.00,40.00,2026-02-02T10:00:00,1,USD,Acme,other\n",
    );
    import::run(
        &desk.app,
        ImportInput {
            path: file,
            ..serde_json::from_str("{\"path\":\"\"}").unwrap()
        },
    )
    .unwrap();
    let rules = || id_rule::list(&desk.app, ListInput::default()).unwrap();
    assert_eq!(rules().unassigned.len(), 2);
    let rule = IdRuleAdd {
        pattern: "yt-*".into(),
        program: "acme".into(),
        channel: "Blog".into(),
        campaign: Some("Spring".into()),
    };
    assert_eq!(id_rule::add(&desk.app, rule.clone()).unwrap().rows, 1);
    assert_eq!(
        id_rule::add(&desk.app, rule).unwrap_err().code,
        "id_rule.taken"
    );
    let rows = |campaign: &str| {
        let input: LedgerList =
            serde_json::from_value(serde_json::json!({"campaign": campaign})).unwrap();
        ledger::list(&desk.app, input).unwrap().items.len()
    };
    assert_eq!(rows("Spring"), 1);
    sound(&desk);
    assert_eq!(
        list(&desk, LinkList::default()).len(),
        0,
        "what stands for a rule is not offered as a link"
    );
    book::undo(&desk.app, Empty {}).unwrap();
    assert_eq!((rows("Spring"), rules().unassigned.len()), (0, 2));
    sound(&desk);
}

#[test]
#[allow(clippy::too_many_lines, reason = "one story, told to its end")]
fn other_tools_files_come_in_as_one_step() {
    let desk = Desk::new(LINKS);
    let pretty = desk.file(
        "pretty.csv",
        "\"id\",\"url\",\"slug\",\"name\",\"group_id\",\"redirect_type\",\"track_me\",\"nofollow\",\"param_forwarding\",\"google_tracking\",\"delay\",\"created_at\",\"last_updated_at\"\n\
         \"1\",\"https://acme.example/plans?ref=anna&sid1=blog\",\"acme\",\"Acme plans\",\"0\",\"301\",\"1\",\"1\",\"off\",\"\",\"\",\"2024-01-01\",\"2024-01-01\"\n\
         \"2\",\"https://acme.example/plans?ref=anna&sid1=blog\",\"acme2\",\"Twice\",\"0\",\"301\",\"1\",\"1\",\"off\",\"\",\"\",\"2024-01-01\",\"2024-01-01\"\n\
         \"3\",\"javascript:alert(1)\",\"bad\",\"Bad\",\"0\",\"301\",\"1\",\"1\",\"off\",\"\",\"\",\"2024-01-01\",\"2024-01-01\"\n\
         \"4\",\"https://elsewhere.example/\",\"far\",\"Far\",\"0\",\"301\",\"1\",\"1\",\"off\",\"\",\"\",\"2024-01-01\",\"2024-01-01\"\n",
    );
    let input = |path: &str, dry_run| LinkImport {
        path: path.to_owned(),
        source: None,
        columns: None,
        program: None,
        channel: Some("Blog".into()),
        folder: Some("Old links".into()),
        dry_run,
        job: None,
    };
    let looked = link_import::look(
        &desk.app,
        PathInput {
            path: pretty.clone(),
        },
    )
    .unwrap();
    assert_eq!(looked.source.as_deref(), Some("pretty-links"));
    let planned = link_import::import(&desk.app, input(&pretty, true)).unwrap();
    assert_eq!(
        (
            planned.read,
            planned.new,
            planned.same,
            planned.refused.len()
        ),
        (4, 1, 1, 2)
    );
    assert_eq!(planned.refused[0].line, Some(4));
    assert!(
        list(&desk, LinkList::default()).is_empty(),
        "a dry run writes nothing"
    );
    let done = link_import::import(&desk.app, input(&pretty, false)).unwrap();
    assert_eq!((done.new, done.same), (planned.new, planned.same));
    let row = link::list(&desk.app, LinkList::default())
        .unwrap()
        .items
        .remove(0);
    assert_eq!(row.url, "https://acme.example/plans?ref=anna&sid1=blog");
    assert_eq!(
        (row.label.as_str(), row.note.as_str(), row.folder.as_str()),
        ("Acme plans", "acme", "Old links")
    );
    assert_eq!(row.sub_ids, ["blog"]);
    assert_eq!(
        link_import::import(&desk.app, input(&pretty, false))
            .unwrap()
            .new,
        0
    );
    book::undo(&desk.app, Empty {}).unwrap();
    assert!(list(&desk, LinkList::default()).is_empty());

    let thirsty = desk.file(
        "thirsty.csv",
        "Link Name,Destination URL,Slug,Categories\nHeader,https://acme.example/a,header,Tools;Email\n",
    );
    let done = link_import::import(&desk.app, input(&thirsty, false)).unwrap();
    assert_eq!((done.source.as_str(), done.new), ("thirsty-affiliates", 1));
    assert_eq!(done.sample[0].tags, ["Tools", "Email"]);

    let own = desk.file(
        "own.csv",
        "Short link;Ziel;Name\nabc.example/x;https://acme.example/b;Zwei\n",
    );
    assert_eq!(
        link_import::import(&desk.app, input(&own, true))
            .unwrap_err()
            .code,
        "link.unknown_file"
    );
    let mapped = LinkImport {
        columns: Some(LinkColumns {
            address: "Ziel".into(),
            label: Some("Name".into()),
            short: Some("Short link".into()),
            ..LinkColumns::default()
        }),
        ..input(&own, false)
    };
    assert_eq!(link_import::import(&desk.app, mapped).unwrap().new, 1);
    for (name, content, code) in [
        ("empty.csv", &b""[..], "link.empty_file"),
        ("header.csv", b"a,b\n", "link.unknown_file"),
        ("binary.csv", b"a\0b\n", "link.malformed_file"),
    ] {
        let path = desk.file(name, content);
        assert_eq!(
            link_import::import(&desk.app, input(&path, true))
                .unwrap_err()
                .code,
            code
        );
    }
}

#[test]
fn the_register_says_what_must_be_replaced() {
    let desk = Desk::new(LINKS);
    let (old, new) = (
        desk.link("https://acme.example/old"),
        desk.link("https://acme.example/new"),
    );
    let place = |link: &str, place: &str| PlacementSave {
        id: None,
        link: Some(link.to_owned()),
        kind: Some("email".into()),
        place: Some(place.to_owned()),
        since: Some("2026-01-05".into()),
        note: None,
    };
    let welcome = placement::save(&desk.app, place(&old, "Welcome email 3")).unwrap();
    placement::save(&desk.app, place(&old, "Newsletter 12")).unwrap();
    let to_replace = || {
        let input = PlacementList {
            replace: true,
            ..PlacementList::default()
        };
        placement::list(&desk.app, input).unwrap().items
    };
    assert!(to_replace().is_empty());
    let archive = LinkBulkEdit {
        ids: vec![old],
        archived: Some(true),
        ..LinkBulkEdit::default()
    };
    assert_eq!(
        link_shelf::bulk_edit(&desk.app, archive)
            .unwrap()
            .to_replace,
        2
    );
    assert_eq!(to_replace().len(), 2);
    assert_eq!(to_replace()[0].replace.as_deref(), Some("archived"));
    let done = PlacementDone {
        id: welcome.id,
        by: Some(new.clone()),
    };
    let now = placement::done(&desk.app, done).unwrap();
    assert_eq!(
        (now.link.as_str(), now.place.as_str(), now.since.as_str()),
        (new.as_str(), "Welcome email 3", "2026-03-02")
    );
    assert_eq!(to_replace().len(), 1);
    let past = PlacementList {
        past: true,
        search: "welcome".into(),
        ..PlacementList::default()
    };
    assert_eq!(placement::list(&desk.app, past).unwrap().items.len(), 2);
    book::undo(&desk.app, Empty {}).unwrap();
    assert_eq!(to_replace().len(), 2);
    for (kind, text, code) in [
        ("page", " ", "placement.empty"),
        ("wall", "x", "placement.kind"),
    ] {
        let wrong = PlacementSave {
            kind: Some(kind.into()),
            ..place(&new, text)
        };
        assert_eq!(placement::save(&desk.app, wrong).unwrap_err().code, code);
    }
}

#[test]
fn what_is_handed_over_is_looked_at_first() {
    let desk = Desk::new(LINKS);
    let asked = |address: &str| {
        link_deep::asked(
            &desk.app,
            LinkAddress {
                address: address.to_owned(),
            },
        )
    };
    let good = asked("perennial://link/new?url=https%3A%2F%2Facme.example%2Fplans%3Fa%3D1&channel=blog&label=Header%20link").unwrap();
    assert_eq!(good.url, "https://acme.example/plans?a=1");
    assert_eq!(
        (
            good.program.as_deref(),
            good.channel.as_deref(),
            good.label.as_str()
        ),
        (Some("acme"), Some("Blog"), "Header link")
    );
    assert!(
        list(&desk, LinkList::default()).is_empty(),
        "nothing is made by it"
    );
    for bad in [
        "",
        "https://acme.example/",
        "perennial://book/open?url=https://acme.example",
        "perennial://link/new",
        "perennial://link/new?url=javascript:alert(1)",
        "perennial://link/new?url=file:///etc/passwd",
        "perennial://link/new?url=https://user:pass@acme.example/",
        "perennial://link/new?url=https://a.example&url=https://b.example",
        &format!(
            "perennial://link/new?url=https://a.example/{}",
            "x".repeat(5000)
        ),
    ] {
        assert_eq!(asked(bad).unwrap_err().code, "link.deep", "{bad}");
    }
}

#[test]
fn codes_are_set_on_pages_to_print() {
    let desk = Desk::new(LINKS);
    let codes: Vec<String> = (0..14)
        .map(|n| desk.link(&format!("https://acme.example/{n}")))
        .collect();
    let out = desk.file("sheet.pdf", "");
    let sheet = |ids: Vec<String>, columns| QrSheet {
        ids,
        out: out.clone(),
        paper: None,
        columns: Some(columns),
    };
    link_sheet::qr_sheet(&desk.app, sheet(codes.clone(), 3)).unwrap();
    let pdf = std::fs::read(&out).unwrap();
    assert!(
        pdf.starts_with(b"%PDF") && pdf.len() > 10_000,
        "{}",
        pdf.len()
    );
    assert_eq!(
        link_sheet::qr_sheet(&desk.app, sheet(codes, 9))
            .unwrap_err()
            .code,
        "link.sheet_columns"
    );
    assert_eq!(
        link_sheet::qr_sheet(&desk.app, sheet(vec!["nope".into()], 3))
            .unwrap_err()
            .code,
        "link.unknown"
    );
}
