use super::*;
use proptest::prelude::*;

fn json(text: &str) -> Json {
    Json::parse(text).unwrap()
}

fn usd(text: &str) -> Option<Money> {
    Money::parse(text, Currency::USD).ok()
}

fn known() -> Known {
    let mut known = Known::new(None);
    known.customer(&json(
        r#"{"key":"cus_1","customer_key":"anna@x","created_at":1700000000000,"sub_ids":["blog","k3f"],"shared_id":"s"}"#,
    ));
    known.customer(&json(
        r#"{"key":"cus_2","created_at":1700000000000,"shared_id":"spring"}"#,
    ));
    known.sale(&json(
        r#"{"key":"tran_2","amount":9900,"currency":"USD","customer":{"key":"cus_1"},"product_key":"starter-monthly","created_at":1702600000000}"#,
    ));
    known.sale(&json(
        r#"{"key":"tran_1","amount":9900,"currency":"USD","customer":{"key":"cus_1"},"product_key":"starter-monthly","created_at":1700000500000}"#,
    ));
    known.sale(&json(
        r#"{"key":"tran_3","amount":9000,"currency":"EUR","amount_usd":9800,"customer_key":"cus_2","created_at":1700000500000}"#,
    ));
    known
}

fn read(text: &str) -> ConversionFacts {
    conversion(&json(text), &known(), None).unwrap()
}

#[test]
fn a_reward_is_joined_with_its_transaction_and_customer() {
    let facts = read(
        r#"{"key":"rwrd_1","amount":3960,"currency":"USD","created_at":1700000600000,"updated_at":1700000700000,
            "status":"approved","payment_status":"available","transaction":{"key":"tran_1"},
            "company":{"key":"co_1","name":"Kartra"},"more":{"unheard":"of"}}"#,
    );
    assert_eq!(facts.commission, usd("39.60"));
    assert_eq!(facts.sale, usd("99.00"));
    assert_eq!(facts.plan_text.as_deref(), Some("starter-monthly"));
    assert_eq!(facts.program_text.as_deref(), Some("Kartra"));
    assert_eq!(facts.customer_ref.as_deref(), Some("cus_1"));
    assert_eq!(facts.sub_ids, ["blog", "k3f"]);
    assert_eq!(
        (facts.kind, facts.approval, facts.payment),
        (Kind::Sale, Approval::Approved, Payment::Unpaid)
    );
    assert_eq!(facts.occurred_at.timestamp_millis(), 1_700_000_600_000);
    assert!(facts.raw.contains("unheard"));
}

#[test]
fn a_later_transaction_of_a_customer_is_a_rebill() {
    let later = read(
        r#"{"key":"r","amount":3960,"currency":"USD","created_at":1702600000001,"transaction":"tran_2"}"#,
    );
    assert_eq!(later.kind, Kind::Rebill);
    let named = read(
        r#"{"key":"r","amount":1,"currency":"USD","created_at":1702600000001,"transaction_key":"tran_1","customer_key":"anna@x"}"#,
    );
    assert_eq!(
        (named.kind, named.customer_ref.as_deref()),
        (Kind::Sale, Some("cus_1"))
    );
}

#[test]
fn what_is_taken_back_is_a_refund() {
    let refund = read(
        r#"{"key":"r","amount":-3960,"currency":"USD","created_at":1702600000001,"reward_status":"declined","decline_reason":"Refunded"}"#,
    );
    assert_eq!(
        (refund.kind, refund.commission),
        (Kind::Refund, usd("-39.60"))
    );
    assert_eq!(
        (refund.approval, refund.reason.as_deref()),
        (Approval::Reversed, Some("Refunded"))
    );
    let back =
        read(r#"{"key":"r","amount":-1,"currency":"USD","created_at":1,"type":"chargeback"}"#);
    assert_eq!(back.kind, Kind::Chargeback);
}

#[test]
fn words_that_are_not_known_stay_verbatim() {
    let facts = read(
        r#"{"key":"r","amount":1,"currency":"USD","created_at":1,"status":"Limbo","payment_status":"merging"}"#,
    );
    assert_eq!(
        (facts.approval, facts.approval_text.as_deref()),
        (Approval::Other, Some("Limbo"))
    );
    assert_eq!(
        (facts.payment, facts.payment_text.as_deref()),
        (Payment::Other, Some("merging"))
    );
}

#[test]
fn minor_units_are_those_of_the_currency() {
    for (currency, amount, shown) in [
        ("JPY", "3960", "3960"),
        ("KWD", "3960", "3.960"),
        ("usd", "5", "0.05"),
        ("USD", "\"-7\"", "-0.07"),
    ] {
        let facts = read(&format!(
            r#"{{"key":"r","amount":{amount},"currency":"{currency}","created_at":1}}"#
        ));
        assert_eq!(facts.commission.unwrap().to_plain(), shown, "{currency}");
    }
}

#[test]
fn a_foreign_sale_is_converted_by_nobody_but_the_network() {
    let facts = read(
        r#"{"key":"r","amount":1000,"currency":"USD","created_at":1,"transaction":{"key":"tran_3"}}"#,
    );
    assert_eq!(
        (facts.sale, facts.sub_ids),
        (usd("98.00"), vec!["spring".to_owned()])
    );
    let facts = read(
        r#"{"key":"r","amount":1000,"currency":"GBP","created_at":1,"transaction":{"key":"tran_3"}}"#,
    );
    assert_eq!(facts.sale, None);
}

#[test]
fn a_broken_record_is_refused_with_its_field() {
    for (text, field) in [
        (r#"{"amount":1,"currency":"USD","created_at":1}"#, "key"),
        (r#"{"key":"r","currency":"USD","created_at":1}"#, "amount"),
        (
            r#"{"key":"r","amount":{"value":1},"currency":"USD","created_at":1}"#,
            "amount",
        ),
        (
            r#"{"key":"r","amount":"12,5","currency":"USD","created_at":1}"#,
            "amount",
        ),
        (
            r#"{"key":"r","amount":0.00001,"currency":"USD","created_at":1}"#,
            "amount",
        ),
        (
            r#"{"key":"r","amount":99999999999999999999,"currency":"USD","created_at":1}"#,
            "amount",
        ),
        (r#"{"key":"r","amount":1,"created_at":1}"#, "currency"),
        (
            r#"{"key":"r","amount":1,"currency":"XXL","created_at":1}"#,
            "currency",
        ),
        (r#"{"key":"r","amount":1,"currency":"USD"}"#, "created_at"),
        (
            r#"{"key":"r","amount":1,"currency":"USD","created_at":"yesterday"}"#,
            "created_at",
        ),
        (
            r#"{"key":"r","amount":1,"currency":"USD","created_at":99999999999999999}"#,
            "created_at",
        ),
        ("null", "key"),
        ("[1]", "key"),
    ] {
        let refused = conversion(&json(text), &known(), None).unwrap_err();
        assert_eq!(
            (refused.field.as_str(), refused.conversion),
            (field, true),
            "{text}"
        );
        assert!(!refused.reason.is_empty() && !refused.text.is_empty());
    }
}

#[test]
fn a_payout_is_read() {
    let facts = payout(
        &json(r#"{"key":"pay_1","amount":12500,"currency":"USD","status":"successful","sent_at":1538352000000}"#),
        None,
    )
    .unwrap();
    assert_eq!(
        (Some(facts.amount), facts.status_text.as_str()),
        (usd("125.00"), "successful")
    );
    assert_eq!(facts.sent_at.unwrap().timestamp_millis(), 1_538_352_000_000);
    assert_eq!(
        payout(&json(r#"{"key":"pay_1"}"#), None).unwrap_err().field,
        "payout.currency"
    );
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        "-?[0-9]{1,25}(\\.[0-9]{1,12})?".prop_map(Json::Number),
        ".{0,12}".prop_map(Json::Text),
    ];
    let names = prop_oneof![
        Just("key"),
        Just("amount"),
        Just("currency"),
        Just("created_at"),
        Just("updated_at"),
        Just("status"),
        Just("payment_status"),
        Just("transaction"),
        Just("customer"),
        Just("sub_ids"),
        Just("product"),
        Just("company"),
    ];
    leaf.prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Json::List),
            proptest::collection::vec((names.clone().prop_map(str::to_owned), inner), 0..8)
                .prop_map(Json::Object),
        ]
    })
}

proptest! {
    #[test]
    fn no_record_brings_it_down(item in any_json(), other in any_json()) {
        let mut known = known();
        known.customer(&other);
        known.sale(&other);
        let _ = conversion(&item, &known, Some(Currency::USD));
        let _ = payout(&item, None);
    }

    #[test]
    fn every_whole_number_of_cents_is_exact(cents in -1_000_000_000_000_i64..1_000_000_000_000) {
        let text = format!(r#"{{"key":"r","amount":{cents},"currency":"USD","created_at":1}}"#);
        prop_assert_eq!(read(&text).commission.unwrap().micros(), cents * 10_000);
    }
}
