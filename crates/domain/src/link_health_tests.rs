use super::*;
use crate::link::Slot;
use proptest::prelude::*;

fn slot(param: &str) -> Slot {
    Slot {
        param: param.to_owned(),
        template: "{channel}".to_owned(),
        allowed: Vec::new(),
    }
}

fn kartra() -> LinkStyle {
    LinkStyle {
        hosts: vec![
            "kartra.com".into(),
            ".kartra.com".into(),
            ".krtra.com".into(),
        ],
        tracking_hosts: vec!["try.kartra.com".into(), ".krtra.com".into()],
        identity_param: None,
        sub_ids: vec![slot("sid1"), slot("sid2")],
        utm: vec![slot("utm_source")],
    }
}

fn acme() -> LinkStyle {
    LinkStyle {
        hosts: vec!["acme.example".into(), "www.acme.example".into()],
        identity_param: Some("ref".to_owned()),
        sub_ids: vec![slot("sid1")],
        ..LinkStyle::default()
    }
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn asked(link: &str, style: &LinkStyle, allowed: bool) -> Option<String> {
    match question(&url(link), style, allowed) {
        Question::Ask(address) => Some(address),
        Question::TrackedOnly => None,
    }
}

fn chain(addresses: &[&str], end: End) -> Chain {
    Chain {
        addresses: addresses.iter().map(|text| (*text).to_owned()).collect(),
        end,
        requests: 1,
    }
}

#[test]
fn the_tracked_address_is_asked_only_where_that_is_allowed() {
    let tracked = "https://try.kartra.com/anna?sid1=blog";
    assert_eq!(asked(tracked, &kartra(), false), None);
    assert_eq!(asked(tracked, &kartra(), true).as_deref(), Some(tracked));
    assert_eq!(
        asked(
            "https://acme.example/plans?ref=anna&plan=gold&sid1=blog#top",
            &acme(),
            false
        )
        .as_deref(),
        Some("https://acme.example/plans?plan=gold")
    );
    assert_eq!(
        asked(
            "https://my.blog.example/go/kartra?sid1=blog",
            &kartra(),
            false
        )
        .as_deref(),
        Some("https://my.blog.example/go/kartra?sid1=blog")
    );
    let unknown = LinkStyle::default();
    assert_eq!(asked("https://go.example/x", &unknown, false), None);
    assert!(is_tracked(&url(tracked), &kartra()));
    assert!(is_tracked(&url("https://acme.example/?ref=anna"), &acme()));
    assert!(!is_tracked(&url("https://acme.example/"), &acme()));
}

#[test]
fn the_end_of_the_chain_decides() {
    let link = url("https://acme.example/plans?ref=anna");
    let verdict = |end| judge(&link, &acme(), &chain(&["https://acme.example/plans"], end));
    assert_eq!(verdict(End::Answered(200)), Verdict::Fine);
    assert_eq!(
        verdict(End::Answered(404)),
        Verdict::Failed(vec![Problem::Gone(404)])
    );
    assert_eq!(
        verdict(End::Answered(403)),
        Verdict::Unverifiable(Doubt::KeptOut(403))
    );
    assert_eq!(
        verdict(End::Busy(429)),
        Verdict::Unverifiable(Doubt::Busy(429))
    );
    assert_eq!(
        verdict(End::Unreachable),
        Verdict::Failed(vec![Problem::Unreachable])
    );
}

#[test]
fn the_last_host_is_the_programs_or_it_is_said() {
    let link = url("https://my.blog.example/go/kartra");
    let lands = |last: &str| {
        judge(
            &link,
            &kartra(),
            &chain(&["https://my.blog.example/go/kartra", last], End::Halted),
        )
    };
    assert_eq!(lands("https://try.kartra.com/anna"), Verdict::Fine);
    assert_eq!(
        lands("https://parked.example/"),
        Verdict::Failed(vec![Problem::ForeignHost("parked.example".into())])
    );
    for fake in [
        "kartra.com.evil.example",
        "kartra-login.com",
        "katra.com",
        "kratra.com",
        "kartraa.com",
    ] {
        assert_eq!(
            lands(&format!("https://{fake}/anna")),
            Verdict::Failed(vec![Problem::LookAlike(fake.to_owned())]),
            "{fake}"
        );
    }
}

#[test]
fn parameters_that_are_lost_on_the_way_are_named() {
    let link = "https://my.blog.example/go/kartra?sid1=blog&sid2=spring";
    let lands = |last: &str| judge(&url(link), &kartra(), &chain(&[link, last], End::Halted));
    assert_eq!(
        lands("https://try.kartra.com/anna?sid1=blog&sid2=spring"),
        Verdict::Fine
    );
    assert_eq!(
        lands("https://try.kartra.com/anna?sid1=blog"),
        Verdict::Failed(vec![Problem::Lost("sid2".into())])
    );
    // Behind the tracking host they have done their work.
    let through = chain(
        &[
            link,
            "https://try.kartra.com/anna?sid1=blog&sid2=spring",
            "https://www.kartra.com/",
        ],
        End::Answered(200),
    );
    assert_eq!(judge(&url(link), &kartra(), &through), Verdict::Fine);
}

#[test]
fn three_failures_over_time_raise_the_alarm() {
    let at = |hours: i64| DateTime::UNIX_EPOCH + TimeDelta::hours(hours);
    let gone = Verdict::Failed(vec![Problem::Gone(404)]);
    let healthy = Health::default().after(&Verdict::Fine, None, at(0));
    let mut health = healthy;
    for _ in 0..5 {
        health = health.after(&gone, None, at(1));
    }
    assert_eq!((health.state, health.failures), (HealthState::Healthy, 1));
    health = health.after(&gone, None, at(2)).after(&gone, None, at(3));
    assert_eq!((health.state, health.failures), (HealthState::Broken, 3));
    assert_eq!(health.failing_since, Some(at(1)));
    let busy = Verdict::Unverifiable(Doubt::Busy(429));
    assert_eq!(health.after(&busy, None, at(4)).state, HealthState::Broken);
    let again = health.after(&Verdict::Fine, None, at(5));
    assert_eq!((again.state, again.failures), (HealthState::Healthy, 0));
}

#[test]
fn what_the_user_accepted_is_expected_until_it_changes() {
    let gone = Verdict::Failed(vec![Problem::Gone(404)]);
    let accepted = gone.fingerprint();
    let at = DateTime::UNIX_EPOCH;
    let health = Health::default().after(&gone, Some(&accepted), at);
    assert_eq!(health.state, HealthState::Expected);
    let other = Verdict::Failed(vec![Problem::Error(500)]);
    assert_eq!(health.after(&other, Some(&accepted), at).failures, 1);
    assert_eq!(
        health.after(&Verdict::Fine, Some(&accepted), at).state,
        HealthState::Healthy
    );
}

#[test]
fn the_internet_does_not_lead_into_the_house() {
    for inside in [
        "http://127.0.0.1/",
        "http://localhost:80/",
        "http://192.168.1.1/",
        "http://[::1]/",
        "http://router.local/",
    ] {
        assert!(is_private(&url(inside)), "{inside}");
    }
    assert!(!is_private(&url("https://kartra.com/")));
}

proptest! {
    #[test]
    fn a_question_never_names_the_affiliate(path in "[a-z]{0,8}", query in "([a-z]{1,4}=[a-z]{0,4}&){0,3}") {
        let link = url(&format!("https://acme.example/{path}?{query}ref=anna"));
        if let Question::Ask(address) = question(&link, &acme(), false) {
            prop_assert!(!is_tracked(&url(&address), &acme()), "{address}");
        }
    }

    #[test]
    fn only_three_counted_failures_break(gaps in proptest::collection::vec(0_i64..150, 1..12)) {
        let gone = Verdict::Failed(vec![Problem::Gone(404)]);
        let (mut now, mut health) = (DateTime::UNIX_EPOCH, Health::default());
        let mut counted: Vec<DateTime<Utc>> = Vec::new();
        for gap in gaps {
            now += TimeDelta::minutes(gap);
            health = health.after(&gone, None, now);
            if counted.last().is_none_or(|last| now - *last >= APART) {
                counted.push(now);
            }
            prop_assert_eq!(health.state == HealthState::Broken, counted.len() >= 3);
        }
    }

    #[test]
    fn no_host_panics(host in "\\PC{0,40}") {
        let _ = looks_alike(&kartra().hosts, &host);
    }
}
