//! What a rule is and what it reports.

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know, nothing to do.
    Info,
    /// Worth a look; it may be fine.
    Warning,
    /// Breaks a term or a law as far as the words show.
    Error,
}

impl Severity {
    /// The word of the command line and of files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's fixed id, such as `disclosure-missing`.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// A plain explanation.
    pub message: String,
    /// Start and end (exclusive) in Unicode scalar values of the text given; none where a thing is absent.
    pub span: Option<(usize, usize)>,
    /// A proposed fix.
    pub fix: String,
    /// The law or term behind the rule.
    pub source: String,
    /// The physical line of a keyword list, 1 being the first; none elsewhere.
    pub line: Option<usize>,
    /// The keyword as it stands in the list; none elsewhere.
    pub keyword: Option<String>,
}

impl Finding {
    /// An error of a rule, without a place yet.
    pub fn of(rule: &RuleInfo, message: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            rule: rule.id,
            severity: rule.severity,
            message: message.into(),
            span: None,
            fix: fix.into(),
            source: rule.source.to_owned(),
            line: None,
            keyword: None,
        }
    }

    /// The same finding at a place.
    #[must_use]
    pub fn at(mut self, span: (usize, usize)) -> Self {
        self.span = Some(span);
        self
    }

    /// The same finding with another weight.
    #[must_use]
    pub fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// What a rule demands and why: the data behind the generated documentation page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// The fixed id.
    pub id: &'static str,
    /// The pack it belongs to (`kartra`, `law-us`, …).
    pub pack: &'static str,
    /// The weight of an ordinary finding.
    pub severity: Severity,
    /// What the rule demands.
    pub demands: &'static str,
    /// Why it exists.
    pub why: &'static str,
    /// The law or term.
    pub source: &'static str,
    /// A text the rule objects to.
    pub bad: &'static str,
    /// A text the rule is content with.
    pub good: &'static str,
}
