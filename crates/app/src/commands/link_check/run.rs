//! One run of checks: what may be asked is asked once, however many links lead there; hosts are asked beside each other.

use super::{EVERY, next, says};
use crate::{
    App, Failure,
    dto::{CheckedLink, LinkCheck, LinksChecked},
    jobs::Job,
};
use perennial_connectors::chain::Walker;
use perennial_domain::{
    ids::ProgramId,
    link::{LinkStyle, check_address},
    link_health::{
        Chain, Doubt, End, HealthState, Problem, Question, Verdict, is_tracked, judge, question,
    },
};
use perennial_store::table::{
    link,
    link_health::{self, HealthRow, Target},
    program, setting,
};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Mutex,
    thread,
};

/// Hosts asked beside each other.
const BESIDE: usize = 6;
/// Results that are written at once.
const CHUNK: usize = 500;

/// One address to ask, and what it stands for: the address, its program, and whether its tracked address may be asked.
type Errand = (String, ProgramId, bool);

/// Checks links, without a click of one's own.
///
/// # Errors
/// Where a link is not known, or no host at all can be reached: then nothing is noted.
pub fn check(app: &App, input: LinkCheck) -> Result<LinksChecked, Failure> {
    app.jobs
        .run(input.job.as_deref(), |job| run(app, &input, job))
}

fn run(app: &App, input: &LinkCheck, job: &Job) -> Result<LinksChecked, Failure> {
    let today = app.today()?;
    if input.due && !due(app)? {
        return Ok(nothing());
    }
    let (targets, styles, allowed) = app.read(|read| {
        let these = input
            .ids
            .iter()
            .map(|id| Ok(link::get(read, id)?.link.id))
            .collect::<Result<Vec<_>, perennial_store::StoreError>>()?;
        let styles: HashMap<ProgramId, LinkStyle> = program::list(read)?
            .into_iter()
            .map(|row| (row.id, row.link_style))
            .collect();
        Ok((
            link_health::targets(read, &these, input.all, today)?,
            styles,
            link_health::allowed(read)?,
        ))
    })?;
    let mut errands: HashMap<Errand, Vec<usize>> = HashMap::new();
    let mut verdicts: Vec<Option<Found>> = Vec::with_capacity(targets.len());
    for (index, target) in targets.iter().enumerate() {
        let style = styles.get(&target.program).cloned().unwrap_or_default();
        let allowed = allowed.contains(&target.program);
        let asked = check_address(&target.url)
            .ok()
            .map(|url| question(&url, &style, allowed));
        verdicts.push(match asked {
            Some(Question::Ask(address)) => {
                errands
                    .entry((address, target.program, allowed))
                    .or_default()
                    .push(index);
                None
            }
            Some(Question::TrackedOnly) => Some(Found {
                asked: None,
                chain: None,
                verdict: Verdict::Unverifiable(Doubt::TrackedOnly),
            }),
            None => Some(Found {
                asked: None,
                chain: None,
                verdict: Verdict::Failed(vec![Problem::Redirects]),
            }),
        });
    }
    let chains = ask(app, errands.keys(), &styles, job)?;
    let mut requests = 0;
    for (errand, indices) in errands {
        let Some(chain) = chains.get(&errand) else {
            continue;
        };
        requests += chain.requests;
        let style = styles.get(&errand.1).cloned().unwrap_or_default();
        for index in indices {
            let link = targets
                .get(index)
                .and_then(|target| check_address(&target.url).ok());
            let (Some(link), Some(place)) = (link, verdicts.get_mut(index)) else {
                continue;
            };
            *place = Some(Found {
                asked: Some(errand.0.clone()),
                verdict: judge(&link, &style, chain),
                chain: Some(chain.clone()),
            });
        }
    }
    let mut done = nothing();
    done.requests = requests;
    done.stopped = job.cancelled();
    note(app, &targets, &verdicts, &mut done)?;
    if let Some(limit) = input.limit {
        done.items
            .truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    }
    Ok(done)
}

/// What was found of one link.
struct Found {
    asked: Option<String>,
    chain: Option<Chain>,
    verdict: Verdict,
}

fn due(app: &App) -> Result<bool, Failure> {
    if app
        .read(|read| setting::get(read, EVERY))?
        .is_none_or(|text| text.is_empty())
    {
        return Ok(false);
    }
    let today = app.today()?;
    let last = app.read(|read| link_health::digest(read, today))?.last;
    Ok(next(app, last)?.is_some_and(|at| at <= app.now()))
}

fn nothing() -> LinksChecked {
    LinksChecked {
        checked: 0,
        healthy: 0,
        expected: 0,
        unverifiable: 0,
        broken: 0,
        failing: 0,
        requests: 0,
        stopped: false,
        items: Vec::new(),
    }
}

/// Asks every address once. Hosts are worked through beside each other, each by one worker, so that none is asked twice at
/// a time.
fn ask<'a>(
    app: &App,
    errands: impl Iterator<Item = &'a Errand>,
    styles: &HashMap<ProgramId, LinkStyle>,
    job: &Job,
) -> Result<HashMap<Errand, Chain>, Failure> {
    let mut hosts: BTreeMap<String, Vec<Errand>> = BTreeMap::new();
    let mut total = 0;
    for errand in errands {
        let host = check_address(&errand.0)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned))
            .unwrap_or_default();
        hosts.entry(host).or_default().push(errand.clone());
        total += 1;
    }
    for errands in hosts.values_mut() {
        errands.sort();
    }
    let (workers, count) = (hosts.len().min(BESIDE), hosts.len());
    let queue = Mutex::new(hosts.into_values().collect::<Vec<_>>());
    let chains: Mutex<HashMap<Errand, Chain>> = Mutex::default();
    let none = LinkStyle::default();
    let work = || -> std::io::Result<()> {
        let mut walker = Walker::new(&app.gateway)?;
        loop {
            let next = lock(&queue).pop();
            let Some(errands) = next else { return Ok(()) };
            for errand in errands {
                let style = styles.get(&errand.1).unwrap_or(&none);
                let chain = walker.walk(
                    &errand.0,
                    &|url| !errand.2 && is_tracked(url, style),
                    &|| job.cancelled(),
                );
                let Some(chain) = chain else { return Ok(()) };
                let mut chains = lock(&chains);
                chains.insert(errand, chain);
                job.report(chains.len() as u64, total);
            }
        }
    };
    let failed = thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or(Ok(())))
            .any(|result| result.is_err())
    });
    let chains = chains
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let silent: HashSet<Option<String>> = chains
        .values()
        .filter(|chain| chain.end == End::Unreachable && chain.addresses.len() == 1)
        .map(Chain::last_host)
        .collect();
    // Where nobody at all answers it is this computer that is cut off, and no link's fault.
    if failed || count > 1 && silent.len() == count {
        return Err(Failure::resource(
            "link.offline",
            "No site can be reached, so nothing was noted.",
        )
        .hint("Check the connection to the internet, then check the links again."));
    }
    Ok(chains)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Keeps what was found, and counts it.
fn note(
    app: &App,
    targets: &[Target],
    found: &[Option<Found>],
    done: &mut LinksChecked,
) -> Result<(), Failure> {
    let now = app.now();
    let mut rows = Vec::new();
    for (target, found) in targets.iter().zip(found) {
        let Some(found) = found else { continue };
        let health = target
            .health
            .after(&found.verdict, target.accepted.as_deref(), now);
        rows.push((
            target,
            HealthRow {
                health,
                asked: found.asked.clone(),
                last_host: found.chain.as_ref().and_then(Chain::last_host),
                status: found.chain.as_ref().and_then(Chain::status),
                fingerprint: found.verdict.fingerprint(),
                problems: says::kept(&found.verdict),
            },
            found,
        ));
    }
    let book = app.book()?;
    for chunk in rows.chunks(CHUNK) {
        book.note(|write| {
            chunk.iter().try_for_each(|(target, row, found)| {
                let chain = found.chain.as_ref().map(|chain| chain.addresses.as_slice());
                let says = says::verdict(&found.verdict);
                link_health::note(
                    write,
                    target.link,
                    row,
                    chain.unwrap_or_default(),
                    &says,
                    now,
                )
            })
        })?;
    }
    rows.sort_by_key(|(target, row, _)| (rank(row), target.code.clone()));
    for (target, row, found) in rows {
        done.checked += 1;
        match row.health.state {
            HealthState::Healthy => done.healthy += 1,
            HealthState::Expected => done.expected += 1,
            HealthState::Unverifiable => done.unverifiable += 1,
            HealthState::Broken => done.broken += 1,
            HealthState::Unchecked => {}
        }
        if row.health.failures > 0 && row.health.state != HealthState::Broken {
            done.failing += 1;
        }
        done.items.push(CheckedLink {
            id: target.link.to_string(),
            code: target.code.clone(),
            url: target.url.clone(),
            state: row.health.state.word().to_owned(),
            failures: row.health.failures,
            status: row.status,
            problems: says::problems(&row.problems),
            chain: found
                .chain
                .as_ref()
                .map(|chain| chain.addresses.clone())
                .unwrap_or_default(),
            says: says::verdict(&found.verdict),
            asked: row.asked,
            final_host: row.last_host,
        });
    }
    Ok(())
}

/// The worst first.
fn rank(row: &HealthRow) -> u8 {
    match row.health.state {
        HealthState::Broken => 0,
        _ if row.health.failures > 0 => 1,
        HealthState::Unverifiable => 2,
        HealthState::Unchecked => 3,
        HealthState::Expected => 4,
        HealthState::Healthy => 5,
    }
}
