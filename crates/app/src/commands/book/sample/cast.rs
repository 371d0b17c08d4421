//! What the sample's affiliate made: campaigns, their logs, links.

use chrono::{DateTime, Utc};
use perennial_domain::{
    campaign::{Campaign, LogEntry},
    link::Link,
};

/// Rows ready to be saved; a link with the time it was made.
#[derive(Default)]
pub(super) struct Made {
    pub campaigns: Vec<Campaign>,
    pub entries: Vec<LogEntry>,
    pub links: Vec<(DateTime<Utc>, Link)>,
}

/// Days after the start, what, kind of channel, spend, minutes.
type Entry = (u64, &'static str, &'static str, Option<&'static str>, u32);

pub(super) struct CampaignPlan {
    pub name: &'static str,
    pub kinds: &'static [&'static str],
    /// Days ago.
    pub started: u64,
    /// How long, where it has an end.
    pub days: Option<u64>,
    pub goal: &'static str,
    pub budget: Option<&'static str>,
    pub log: &'static [Entry],
}

pub(super) const CAMPAIGNS: &[CampaignPlan] = &[
    CampaignPlan {
        name: "Launch week (sample)",
        kinds: &["email", "blog", "social"],
        started: 320,
        days: Some(10),
        goal: "Tell the list about the new funnel templates; 10 trials.",
        budget: None,
        log: &[
            (0, "Announcement mail to the whole list", "email", None, 90),
            (2, "Review post with screenshots", "blog", None, 240),
            (5, "Answers to questions from the mail", "email", None, 60),
            (9, "Last-day reminder", "social", None, 20),
        ],
    },
    CampaignPlan {
        name: "Tutorial series (sample)",
        kinds: &["youtube", "funnel", "facebook-group"],
        started: 190,
        days: None,
        goal: "One tutorial a month; people who build along start a trial.",
        budget: Some("400.00"),
        log: &[
            (
                0,
                "Part 1: a membership site in an afternoon",
                "youtube",
                Some("60.00"),
                420,
            ),
            (31, "Part 2: mail sequences", "youtube", Some("60.00"), 380),
            (58, "Bridge page with the checklist", "funnel", None, 150),
            (
                63,
                "Part 3: surveys and quizzes",
                "youtube",
                Some("75.00"),
                400,
            ),
            (
                90,
                "Live questions in the group",
                "facebook-group",
                None,
                75,
            ),
        ],
    },
    CampaignPlan {
        name: "Paid test (sample)",
        kinds: &["facebook-ads", "google-ads", "funnel"],
        started: 75,
        days: Some(42),
        goal: "Find out whether cold traffic pays at all; stop at 600 USD.",
        budget: Some("600.00"),
        log: &[
            (
                0,
                "Two ad sets, broad audience",
                "facebook-ads",
                Some("120.00"),
                120,
            ),
            (
                9,
                "Stopped the weaker set",
                "facebook-ads",
                Some("90.00"),
                30,
            ),
            (
                14,
                "Search ads for “online course software”",
                "google-ads",
                Some("140.00"),
                100,
            ),
            (
                35,
                "Looked at the numbers; paused",
                "google-ads",
                Some("85.50"),
                45,
            ),
        ],
    },
];

/// Kind of channel, label, campaign by its place above, age in days.
pub(super) const LINKS: &[(&str, &str, Option<usize>, u64)] = &[
    ("blog", "Review post", Some(0), 540),
    ("blog", "Comparison table", None, 470),
    ("email", "Welcome mail", None, 540),
    ("email", "Launch announcement", Some(0), 320),
    ("youtube", "Setup tutorial", None, 500),
    ("youtube", "Tutorial part 1", Some(1), 190),
    ("quora", "Answer on funnels", None, 430),
    ("reddit", "Tools thread", None, 300),
    ("social", "Pinned post", None, 520),
    ("facebook-group", "Weekly tip", Some(1), 180),
    ("facebook-ads", "Carousel", Some(2), 75),
    ("funnel", "Bridge page", Some(1), 130),
];
