//! Programs and terms as they cross the boundary.

use crate::{
    App, Failure,
    dto::{
        Amount, ClaimDto, DestinationDto, JoiningDto, LinkStyleDto, PlanDto, PlanSetDto,
        ProgramDetail, ProgramRow, ProvenanceDto, SalesTierDto, SaysDto, SlotDto, TermsDto,
        TermsVersionDto,
    },
};
use chrono::NaiveDate;
use perennial_domain::{
    Money, MoneyError, commission,
    ledger::Tier,
    link::Slot,
    program::{
        Destination, Joining, Plan, PlanSet, Program, SecondTierBase, TermKey, Terms, TermsVersion,
        terms_on,
    },
};
use perennial_store::table::{
    audit, program,
    terms::{self, ClaimRow},
};

/// Everything the book says of one program.
pub struct Book {
    /// The program.
    pub program: Program,
    /// Its dated terms.
    pub versions: Vec<TermsVersion>,
    /// Its plan sets.
    pub sets: Vec<PlanSet>,
    /// What sources say against each other.
    pub claims: Vec<ClaimRow>,
    /// Steps taken on the way in.
    pub joining: Vec<Joining>,
    /// Where its links lead.
    pub destinations: Vec<Destination>,
}

impl Book {
    /// Reads it.
    ///
    /// # Errors
    /// Where the book cannot be read.
    pub fn load(app: &App, row: Program) -> Result<Self, Failure> {
        app.read(|read| {
            Ok(Self {
                versions: terms::versions(read, row.id)?,
                sets: terms::plan_sets(read, row.id)?,
                claims: terms::claims(read, row.id)?,
                joining: program::joining(read, row.id)?,
                destinations: program::destinations(read, row.id)?,
                program: row,
            })
        })
    }

    /// What holds on a day.
    ///
    /// # Errors
    /// Where the terms in the book do not hold together.
    pub fn on(&self, day: NaiveDate) -> Result<Terms, Failure> {
        terms_on(&self.versions, &self.sets, day).map_err(|error| {
            Failure::refused(
                "terms.unusable",
                format!("The terms of {}: {error}.", self.program.name),
            )
            .hint("Set the term from a date on.")
        })
    }
}

/// A program in a list.
///
/// # Errors
/// Where its terms do not hold together.
pub fn row(book: &Book, today: NaiveDate) -> Result<ProgramRow, Failure> {
    let terms = book.on(today)?;
    let undecided = claims(book, &terms)
        .iter()
        .filter(|claim| !claim.decided)
        .count();
    Ok(ProgramRow {
        id: book.program.slug.clone(),
        uid: book.program.id.to_string(),
        name: book.program.name.clone(),
        network: book.program.network.clone(),
        website: book.program.website.clone(),
        builtin: book.program.builtin,
        identity: book.program.identity.clone(),
        joining: book.joining.last().map(|step| step.step.word().to_owned()),
        direct_rate: terms.direct.to_string(),
        second_tier_rate: terms.second_tier.map(|rate| rate.to_string()),
        undecided: u32::try_from(undecided).unwrap_or(u32::MAX),
        archived: book.program.archived,
        revision: book.program.revision,
    })
}

/// A program with everything.
///
/// # Errors
/// Where its terms do not hold together.
pub fn detail(book: &Book, today: NaiveDate) -> Result<ProgramDetail, Failure> {
    let terms = book.on(today)?;
    let plan_sets = book.sets.iter().map(|set| {
        Ok(PlanSetDto {
            version: set.version.clone(),
            source: set.source.clone(),
            plans: plans(set, &terms)?,
        })
    });
    Ok(ProgramDetail {
        program: row(book, today)?,
        terms: self::terms(book, today)?,
        versions: book.versions.iter().map(version).collect(),
        plan_sets: plan_sets
            .collect::<Result<_, MoneyError>>()
            .map_err(|error| unusable(book, &error))?,
        claims: claims(book, &terms),
        joining: book.joining.iter().map(joining).collect(),
        destinations: book.destinations.iter().map(destination).collect(),
        link_style: LinkStyleDto {
            hosts: book.program.link_style.hosts.clone(),
            tracking_hosts: book.program.link_style.tracking_hosts.clone(),
            identity_param: book.program.link_style.identity_param.clone(),
            sub_ids: slots(&book.program.link_style.sub_ids),
            utm: slots(&book.program.link_style.utm),
        },
    })
}

/// What holds on a day.
///
/// # Errors
/// Where the terms do not hold together.
pub fn terms(book: &Book, day: NaiveDate) -> Result<TermsDto, Failure> {
    let terms = book.on(day)?;
    let plans = match &terms.plans {
        Some(set) => plans(set, &terms).map_err(|error| unusable(book, &error))?,
        None => Vec::new(),
    };
    let sources = terms.provenance.iter().map(|(key, from)| {
        let from = ProvenanceDto {
            value: from.text.clone(),
            from: from.from.to_string(),
            version: from.version.clone(),
            source: from.source.clone(),
            own: from.own,
        };
        (key.word().to_owned(), from)
    });
    Ok(TermsDto {
        program: book.program.slug.clone(),
        on: day.to_string(),
        currency: terms.currency.code().to_owned(),
        direct_rate: terms.direct.to_string(),
        second_tier_rate: terms.second_tier.map(|rate| rate.to_string()),
        second_tier_base: match terms.second_tier_base {
            SecondTierBase::Price => "price".to_owned(),
            SecondTierBase::Commission => "commission".to_owned(),
        },
        max_months: terms.max_months,
        cookie_days: terms.cookie_days,
        trial_days: terms.trial_days,
        hold_days: terms.hold_days,
        minimum: terms.minimum.into(),
        run_day: terms.run_day,
        plan_version: terms.plans.as_ref().map(|set| set.version.clone()),
        plans,
        sales_tier: None,
        sources: sources.collect(),
    })
}

/// Where the affiliate stands on a day, where the rate depends on the sales of the twelve months before.
///
/// # Errors
/// Where the terms do not hold together or the book cannot be read.
pub fn sales_tier(app: &App, book: &Book, day: NaiveDate) -> Result<Option<SalesTierDto>, Failure> {
    let terms = book.on(day)?;
    if terms.rules.sales_tiers.is_empty() {
        return Ok(None);
    }
    let volume = app.read(|read| audit::volume(read, book.program.id, terms.currency, day))?;
    let now = commission::sales_tier(&terms.rules.sales_tiers, volume.amount());
    let amount = |decimal| Money::new(decimal, terms.currency).ok().map(Amount::from);
    Ok(Some(SalesTierDto {
        volume: volume.into(),
        rate: now.rate.unwrap_or(terms.direct).to_string(),
        next_from: now.next.and_then(|(from, _)| amount(from)),
        next_rate: now.next.map(|(_, rate)| rate.to_string()),
        missing: now.next.and_then(|_| amount(now.missing)),
    }))
}

/// The name of a term for people.
pub fn label(key: TermKey) -> &'static str {
    match key {
        TermKey::Currency => "currency",
        TermKey::DirectRate => "commission",
        TermKey::SecondTierRate => "second-tier commission",
        TermKey::SecondTierBase => "base of the second tier",
        TermKey::MaxMonths => "how long a referral earns",
        TermKey::CookieDays => "cookie window (days)",
        TermKey::TrialDays => "trial (days)",
        TermKey::HoldDays => "hold (days)",
        TermKey::Minimum => "smallest payout",
        TermKey::RunDay => "payout day of the month",
        TermKey::PlanVersion => "plans on sale",
        TermKey::PlanRates => "commission of single plans",
        TermKey::FirstPayments => "commission of first payments",
        TermKey::SalesTiers => "commission by sales of twelve months",
        TermKey::Level => "your level",
        TermKey::LevelRates => "commission by level",
        TermKey::TrialPrice => "price of a paid trial",
        TermKey::TrialRate => "commission of a trial's payment",
        TermKey::Proration => "what a change of plan charges",
        TermKey::PartialRefund => "what a partial refund takes back",
        TermKey::ChargebackFee => "fee of a chargeback",
        TermKey::MinSales => "sales before anything is released",
        TermKey::SplitRelease => "release in parts",
        TermKey::HoldUntilDay => "hold until a day of the month",
        TermKey::PayoutFee => "fee of a payout",
        TermKey::PayoutLead => "days a payout takes to arrive",
    }
}

fn unusable(book: &Book, error: &MoneyError) -> Failure {
    Failure::refused(
        "terms.unusable",
        format!("The terms of {}: {error}.", book.program.name),
    )
}

fn plans(set: &PlanSet, terms: &Terms) -> Result<Vec<PlanDto>, MoneyError> {
    let one = |plan: &Plan| {
        Ok(PlanDto {
            id: set.id(plan),
            version: set.version.clone(),
            name: plan.name.clone(),
            term: plan.term.word().to_owned(),
            tier: plan.tier,
            price: plan.price.into(),
            direct: commission::promise_of_plan(terms, plan, Tier::Direct)?
                .unwrap_or_else(|| Money::zero(plan.price.currency()))
                .into(),
            second_tier: commission::promise_of_plan(terms, plan, Tier::Second)?.map(Into::into),
        })
    };
    set.plans.iter().map(one).collect()
}

/// Terms on which sources differ; one is decided when a value of the user's own stands today.
fn claims(book: &Book, terms: &Terms) -> Vec<ClaimDto> {
    let mut found: Vec<ClaimDto> = Vec::new();
    for claim in &book.claims {
        let key = claim.key.word();
        let says = SaysDto {
            value: claim.value.clone(),
            says: claim.says.clone(),
            source: claim.source.clone(),
        };
        if let Some(known) = found.iter_mut().find(|known| known.key == key) {
            known.says.push(says);
            continue;
        }
        let stands = terms.provenance.get(&claim.key);
        found.push(ClaimDto {
            key: key.to_owned(),
            label: label(claim.key).to_owned(),
            current: stands.map(|from| from.text.clone()).unwrap_or_default(),
            decided: stands.is_some_and(|from| from.own),
            says: vec![says],
        });
    }
    found
}

fn version(version: &TermsVersion) -> TermsVersionDto {
    let values = version
        .values
        .iter()
        .map(|(key, text)| (key.word().to_owned(), text.clone()));
    TermsVersionDto {
        from: version.from.to_string(),
        version: version.version.clone(),
        source: version.source.clone(),
        note: version.note.clone(),
        own: version.own,
        values: values.collect(),
    }
}

fn joining(step: &Joining) -> JoiningDto {
    JoiningDto {
        step: step.step.word().to_owned(),
        on: step.on.to_string(),
        terms_version: step.terms_version.clone(),
        note: step.note.clone(),
    }
}

fn destination(row: &Destination) -> DestinationDto {
    DestinationDto {
        id: row.id.to_string(),
        name: row.name.clone(),
        kind: row.kind.word().to_owned(),
        url: row.url.clone(),
        archived: row.archived,
    }
}

fn slots(slots: &[Slot]) -> Vec<SlotDto> {
    slots
        .iter()
        .map(|slot| SlotDto {
            param: slot.param.clone(),
            template: slot.template.clone(),
            allowed: slot.allowed.clone(),
        })
        .collect()
}
