//! Whether a campaign is fit to go out: what stands in the way, and how much of what is asked is in order.

/// How the acceptance of a program's terms stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Signed {
    /// What was accepted still asks the same.
    Current,
    /// The terms changed in what they ask since they were accepted.
    Changed,
    /// No version was accepted yet.
    Never,
}

/// One item of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemState {
    /// The program's short name.
    pub program: String,
    /// The item.
    pub id: String,
    /// What it demands, as a line to tick.
    pub demand: String,
    /// Whether nothing should go out before it is done.
    pub required: bool,
    /// Whether it is done or does not apply.
    pub settled: bool,
    /// Whether it was settled once and the terms changed since.
    pub reopened: bool,
}

/// The last check of one page, text or list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckState {
    /// Which copy holds it.
    pub id: String,
    /// Where: an address or a name.
    pub place: String,
    /// Findings that must change and that nobody accepted.
    pub errors: u32,
    /// Findings worth a look that nobody accepted.
    pub warnings: u32,
}

/// One program that the campaign promotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermsState {
    /// Its short name.
    pub program: String,
    /// Its name for people.
    pub name: String,
    /// How its terms stand.
    pub signed: Signed,
}

/// What stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blocker {
    /// A required item is open.
    ItemOpen {
        /// The program.
        program: String,
        /// The item.
        item: String,
        /// What it demands.
        demand: String,
    },
    /// An item was settled under terms that asked for something else.
    TermsChanged {
        /// The program.
        program: String,
        /// Its name for people.
        name: String,
        /// Items that are open again.
        reopened: u32,
    },
    /// Terms were never accepted.
    TermsNotAccepted {
        /// The program.
        program: String,
        /// Its name for people.
        name: String,
    },
    /// The last check found what must change.
    CheckFailed {
        /// The copy.
        check: String,
        /// Where.
        place: String,
        /// How many findings.
        errors: u32,
    },
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fitness {
    /// What stands in the way; nothing may go out before it is gone.
    pub blockers: Vec<Blocker>,
    /// From 0 to 100: how much of what is asked is in order; none where nothing is asked.
    pub score: Option<u8>,
}

/// What a required item, the acceptance of terms and a checked place weigh; any other item weighs one.
const HEAVY: u32 = 3;

/// Judges a campaign. The score is the share of the weights that are in order: an item that is settled, terms whose
/// acceptance stands, a place whose last check found nothing that must change (two thirds of its weight where something
/// is worth a look). It rounds down, so 100 says that everything is in order.
#[must_use]
pub fn judge(terms: &[TermsState], items: &[ItemState], checks: &[CheckState]) -> Fitness {
    let mut blockers = Vec::new();
    let (mut reached, mut asked) = (0_u32, 0_u32);
    let mut weigh = |got: u32, of: u32| {
        reached = reached.saturating_add(got);
        asked = asked.saturating_add(of);
    };
    for one in terms {
        weigh(
            if one.signed == Signed::Current {
                HEAVY
            } else {
                0
            },
            HEAVY,
        );
        let reopened = items
            .iter()
            .filter(|item| item.program == one.program && item.reopened && !item.settled)
            .count();
        if one.signed == Signed::Never {
            blockers.push(Blocker::TermsNotAccepted {
                program: one.program.clone(),
                name: one.name.clone(),
            });
        }
        if one.signed == Signed::Changed || reopened > 0 {
            blockers.push(Blocker::TermsChanged {
                program: one.program.clone(),
                name: one.name.clone(),
                reopened: u32::try_from(reopened).unwrap_or(u32::MAX),
            });
        }
    }
    for item in items {
        let weight = if item.required { HEAVY } else { 1 };
        weigh(if item.settled { weight } else { 0 }, weight);
        if item.required && !item.settled {
            blockers.push(Blocker::ItemOpen {
                program: item.program.clone(),
                item: item.id.clone(),
                demand: item.demand.clone(),
            });
        }
    }
    for check in checks {
        let got = match (check.errors, check.warnings) {
            (0, 0) => HEAVY,
            (0, _) => HEAVY - 1,
            _ => 0,
        };
        weigh(got, HEAVY);
        if check.errors > 0 {
            blockers.push(Blocker::CheckFailed {
                check: check.id.clone(),
                place: check.place.clone(),
                errors: check.errors,
            });
        }
    }
    let score = (asked > 0)
        .then(|| u64::from(reached) * 100 / u64::from(asked))
        .and_then(|percent| u8::try_from(percent).ok());
    Fitness { blockers, score }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(signed: Signed) -> TermsState {
        TermsState {
            program: "kartra".to_owned(),
            name: "Kartra".to_owned(),
            signed,
        }
    }

    fn item(required: bool, settled: bool, reopened: bool) -> ItemState {
        ItemState {
            program: "kartra".to_owned(),
            id: "kartra.disclose-everywhere".to_owned(),
            demand: "Show the disclosure".to_owned(),
            required,
            settled,
            reopened,
        }
    }

    fn check(errors: u32, warnings: u32) -> CheckState {
        CheckState {
            id: "1".to_owned(),
            place: "https://ana.example/".to_owned(),
            errors,
            warnings,
        }
    }

    #[test]
    fn all_in_order_is_a_hundred_and_blocks_nothing() {
        let fit = judge(
            &[terms(Signed::Current)],
            &[item(true, true, false), item(false, true, false)],
            &[check(0, 0)],
        );
        assert_eq!((fit.score, fit.blockers.len()), (Some(100), 0));
        assert_eq!(judge(&[], &[], &[]).score, None);
    }

    #[test]
    fn what_is_optional_or_only_worth_a_look_lowers_the_score_and_blocks_nothing() {
        let fit = judge(
            &[terms(Signed::Current)],
            &[item(true, true, false), item(false, false, false)],
            &[check(0, 4)],
        );
        // 3 + 3 + 0 + 2 of 3 + 3 + 1 + 3
        assert_eq!((fit.score, fit.blockers.len()), (Some(80), 0));
    }

    #[test]
    fn each_thing_in_the_way_is_named() {
        let fit = judge(
            &[terms(Signed::Changed)],
            &[item(true, false, true), item(false, false, true)],
            &[check(2, 0)],
        );
        assert_eq!(fit.score, Some(0));
        assert!(matches!(
            fit.blockers.as_slice(),
            [
                Blocker::TermsChanged { reopened: 2, .. },
                Blocker::ItemOpen { .. },
                Blocker::CheckFailed { errors: 2, .. }
            ]
        ));
        let never = judge(&[terms(Signed::Never)], &[], &[]);
        assert!(matches!(
            never.blockers.as_slice(),
            [Blocker::TermsNotAccepted { .. }]
        ));
    }
}
