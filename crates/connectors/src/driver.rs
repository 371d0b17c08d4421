//! Carrying questions and answers between a network's state machine and the wire.

use crate::http::{HttpError, Line, Request};
use perennial_domain::ledger::{ConversionFacts, PayoutFacts};
use thiserror::Error;

/// Times that a page which makes no sense is asked for again.
const PAGE_REPEATS: u32 = 2;

/// A record that cannot be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedRecord {
    /// Whether it would have been a conversion; else it is a payout or something that only explains conversions.
    pub conversion: bool,
    /// The source's own id, where it could be read.
    pub native_id: Option<String>,
    /// The field at fault.
    pub field: String,
    /// Why.
    pub reason: String,
    /// The record as it came, shortened.
    pub text: String,
}

/// What is to be kept together, with the place to go on from in the same transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Landing {
    /// Conversions, each once.
    pub conversions: Vec<ConversionFacts>,
    /// Payouts, each once.
    pub payouts: Vec<PayoutFacts>,
    /// What was refused.
    pub refused: Vec<RefusedRecord>,
    /// Where a later run can go on if this one is cut off now; none where it would have to begin anew.
    pub resume: Option<String>,
}

/// What a sync wants next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// An answer to this question; the same question again until its page is taken.
    Ask(Request),
    /// Keep this.
    Land(Landing),
    /// Nothing: everything was fetched.
    Done,
}

/// What a network says against a question in an answer whose status looks good.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Objection {
    /// The key or the account is not accepted.
    #[error("the network did not accept the key ({0})")]
    SignIn(String),
    /// Too many questions.
    #[error("the network allows no more questions for now ({0})")]
    TooMany(String),
    /// Anything else, in the network's words.
    #[error("the network refused the question ({0})")]
    Refused(String),
}

/// A page that cannot be what was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PageError {
    /// The network objects, in its words.
    #[error(transparent)]
    Objection(#[from] Objection),
    /// Not JSON after all, or cut short.
    #[error("a page is not well-formed")]
    Malformed,
    /// Something in it is missing.
    #[error("a page has no “{0}”")]
    Missing(&'static str),
    /// The network serves the same page again and again.
    #[error("the network serves the same page again and again")]
    NoProgress,
}

impl PageError {
    /// Whether asking again is of no use.
    fn stands(&self) -> bool {
        matches!(
            self,
            Self::Objection(Objection::SignIn(_) | Objection::Refused(_))
        )
    }
}

/// One sync of one network as a state machine: it neither sends nor waits nor stores.
pub trait Run: Send {
    /// What it wants next.
    fn step(&mut self) -> Step;

    /// Takes the answer to the last question.
    ///
    /// # Errors
    /// [`PageError`]; the state is as before.
    fn page(&mut self, body: &str) -> Result<(), PageError>;

    /// The sync ends early: what came and was held back, to be kept as far as it is known.
    fn abandoned(&mut self) -> Option<Landing> {
        None
    }

    /// The last question failed for good. True where the run can go on without its answer, or in another way.
    fn failed(&mut self, error: &HttpError) -> bool;
}

/// Why a sync ended early.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Trouble {
    /// On the way.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// In an answer.
    #[error(transparent)]
    Page(#[from] PageError),
}

/// Runs a sync to its end. `land` keeps what comes, as it comes.
///
/// # Errors
/// What `land` returns; it ends the sync at once.
pub fn drive<E>(
    run: &mut dyn Run,
    line: &mut Line<'_>,
    mut land: impl FnMut(Landing) -> Result<(), E>,
) -> Result<Option<Trouble>, E> {
    let mut repeats = 0;
    let trouble: Trouble = loop {
        let request = match run.step() {
            Step::Ask(request) => request,
            Step::Land(landing) => {
                land(landing)?;
                continue;
            }
            Step::Done => return Ok(None),
        };
        match line.ask(&request) {
            Ok(body) => match run.page(&body) {
                Ok(()) => repeats = 0,
                Err(error) if repeats >= PAGE_REPEATS || error.stands() => {
                    break error.into();
                }
                Err(_) => {
                    if let Err(stopped) = line.rest(repeats) {
                        break stopped.into();
                    }
                    repeats += 1;
                }
            },
            Err(error) if run.failed(&error) => repeats = 0,
            Err(error) => break error.into(),
        }
    };
    if let Some(landing) = run.abandoned() {
        land(landing)?;
    }
    Ok(Some(trouble))
}
