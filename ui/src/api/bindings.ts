// Made by `cargo xtask bindings` from crates/app. Do not edit.

/** Terms that were read and accepted. */
export type AcceptTerms = {
  /** Slug. */
  program: string,
  /** Which version. */
  version: string,
  /** The day; today where null. */
  on: string | null,
};

/** Terms that were accepted. */
export type Acceptance = {
  /** The version. */
  version: string,
  /** The day. */
  on: string,
};

/** Forecasts that were kept, against what came. */
export type Accuracy = {
  /** Newest first. */
  snapshots: Array<SnapshotRow>,
  /** Every month that is over and was forecast, newest first. */
  months: Array<AccuracyMonth>,
  /** By how far ahead it was. */
  by_distance: Array<AccuracySummary>,
  /** ISO 4217. */
  currency: string,
  /** In a sentence. */
  sentence: string,
};

/** A month as it was forecast and as it came. */
export type AccuracyMonth = {
  /** When it was forecast. */
  made_on: string,
  /** `2026-03`. */
  month: string,
  /** Months ahead. */
  ahead: number,
  /** What was expected. */
  expected: string,
  /** Lower end of eight times of ten. */
  low: string,
  /** Upper end. */
  high: string,
  /** What came. */
  actual: string,
  /** What came less what was expected. */
  error: string,
  /** Whether it came within. */
  within: boolean,
};

/** All months so far ahead together. */
export type AccuracySummary = {
  /** Months ahead. */
  ahead: number,
  /** Months compared. */
  count: number,
  /** Mean of the errors: below zero where too much was expected. */
  bias: string,
  /** Mean size of the errors. */
  mean_error: string,
  /** Share that came within the range; 0.8 is what it should be. */
  within: string,
};

/** What a source says of a locked period since. */
export type AfterLockRow = {
  /** The row as the ledger has it; null where it is new, or a payment. */
  row: InboxRow | null,
  /** row or payout. */
  noun: string,
  /** The source's own id. */
  native_id: string | null,
  /** Its day. */
  on: string | null,
  /** What the source says the commission or the payment is. */
  amount: Amount | null,
  /** What it says of its approval. */
  approval: string | null,
};

/** An exact amount. */
export type Amount = {
  /** A decimal such as `39.60`. */
  amount: string,
  /** ISO 4217. */
  currency: string,
};

/** What the forecast of a program supposes; made from the book, changed by the user. */
export type Assumptions = {
  /** Slug. */
  program: string,
  /** First full month. The rest of the present month comes before it. */
  start: string,
  /** Months ahead, 1..=600. */
  months: number,
  /** ISO 4217. */
  currency: string,
  /** Share of trials that pay, 0..1 as a decimal. */
  trial_conversion: string,
  /** Days before the first payment. */
  trial_days: number,
  /** Chance that a first payment is refunded. */
  refund_probability: string,
  /** Days after the payment at which refunds are posted. */
  refund_after_days: number,
  /** Change of all new referrals from month to month, as a share: 0.02 is 2% more each month. Nothing is 0. */
  growth: string,
  /** Weight of each month of the year, January first, 1 being ordinary. Empty where all are alike. */
  season: Array<string>,
  /** One line a plan. */
  plans: Array<PlanAssumption>,
  /** What was looked at to make these, in sentences. */
  basis: Array<string>,
  /** How sure each of them is, and what it comes from. */
  evidence: Array<Evidence>,
};

/** Which assumptions. */
export type AssumptionsInput = {
  /** Slug; the first program with plans where null. */
  program: string | null,
  /** Months ahead; 24 where null. */
  months: number | null,
};

/** Something that needs the user. */
export type Attention = {
  /** Stable: `choose_terms`, `no_identity`, `vanished`, `unknown_words`, `sync_failed`, `checklist_open`, `refused_rows`, `reminder_due`. */
  code: string,
  /** In a sentence. */
  message: string,
  /** The area to go to. */
  area: string,
  /** What to open there. */
  target: string | null,
};

/** Decides a finding. */
export type AuditDecide = {
  /** The finding. */
  id: string,
  /** open, accepted, disputed or explained. */
  state: string,
  /** In the user's words; null leaves them. */
  note: string | null,
  /** For a dispute: until when an answer is asked for. */
  deadline: string | null,
};

/** One finding with its story. */
export type AuditDetail = {
  /** The finding. */
  finding: AuditItem,
  /** The row. */
  row: LedgerItem,
  /** Why the row stands as it does. */
  story: Array<string>,
  /** The address of the link it came through. */
  link_url: string | null,
  /** When the click was, RFC 3339, where the source says it. */
  click_at: string | null,
  /** Clicks on that link in the thirty days before, where they are known. */
  clicks: number | null,
  /** What was written about it, oldest first. */
  letters: Array<AuditLetter>,
};

/** Which findings. */
export type AuditInput = {
  /** Slug; all programs where null. */
  program: string | null,
  /** `short_paid`, `over_paid`, `missing_second_tier`, `late`, `rate_changed`, `vanished`, `shrunk`, `refund_without_sale`. */
  kind: string | null,
  /** open, accepted, disputed or explained. */
  state: string | null,
  /** Findings at most. */
  limit: number | null,
  /** Where the page begins. */
  after: string | null,
};

/** One finding. */
export type AuditItem = {
  /** Names the finding; commands take it. */
  id: string,
  /** The ledger row's id. */
  row: string,
  /** The source's own id of the row. */
  native_id: string | null,
  /** Slug of the program. */
  program: string | null,
  /** The plan. */
  plan: string | null,
  /** The row's day. */
  occurred_on: string,
  /** In which way it does not fit. */
  kind: string,
  /** What the customer paid. */
  sale: Amount | null,
  /** What the terms promise. */
  expected: Amount,
  /** What was reported. */
  reported: Amount,
  /** Reported less expected. */
  difference: Amount,
  /** The money at stake, never below nothing. */
  at_stake: Amount,
  /** The arithmetic in words, step by step. */
  computation: Array<string>,
  /** The version of the terms that decided. */
  terms: AuditTerms | null,
  /** open, accepted, disputed or explained. */
  state: string,
  /** What the state was before its amount changed; null where it is as decided. */
  state_before: string | null,
  /** In the user's words. */
  note: string,
  /** The day it was decided. */
  decided_on: string | null,
  /** For a dispute: until when an answer is asked for. */
  deadline: string | null,
};

/** Findings of one kind. */
export type AuditKind = {
  /** The kind. */
  kind: string,
  /** How many. */
  count: number,
  /** The money at stake, by currency. */
  at_stake: Array<Amount>,
};

/** What was written about a finding. */
export type AuditLetter = {
  /** UUID. */
  id: string,
  /** The day. */
  day: string,
  /** `me` or `program`. */
  who: string,
  /** What was written. */
  text: string,
};

/** Adds what was written about a finding. */
export type AuditLetterAdd = {
  /** The finding. */
  id: string,
  /** The day; today where null. */
  day: string | null,
  /** `me` or `program`. */
  who: string,
  /** What was written. */
  text: string,
};

/** Takes out what was written about a finding. */
export type AuditLetterRemove = {
  /** The finding. */
  id: string,
  /** The letter. */
  letter: string,
};

/** A page of findings, the most money first. */
export type AuditPage = {
  /** The findings. */
  items: Array<AuditItem>,
  /** Where the next page begins; null on the last one. */
  next: string | null,
  /** Findings in all under the filters. */
  total: number,
  /** What the audit came to, whatever the filters of kind and state. */
  summary: AuditSummary,
};

/** What an audit came to. */
export type AuditSummary = {
  /** Rows that were held against their terms. */
  judged: number,
  /** Rows that could not be judged, by why. */
  unjudged: Array<AuditUnjudged>,
  /** Rows that are due and unpaid, of programs of which the book has no payment: nobody can say whether they are late. */
  unpaid_unknown: number,
  /** Findings by kind, with the money at stake. */
  kinds: Array<AuditKind>,
  /** Findings that are open or disputed. */
  open: number,
  /** The money at stake in those, by currency. */
  at_stake: Array<Amount>,
};

/** The version of the terms that decided. */
export type AuditTerms = {
  /** The term. */
  key: string,
  /** Its name for people. */
  label: string,
  /** Its value. */
  value: string,
  /** The version. */
  version: string,
  /** First day it holds. */
  from: string,
  /** Where it is from. */
  source: string,
  /** Set by the user. */
  own: boolean,
};

/** Rows that could not be judged. */
export type AuditUnjudged = {
  /** Stable word. */
  reason: string,
  /** Why, in words. */
  why: string,
  /** How many. */
  count: number,
};

/** The forecast as it would have been, month after month of the past, against what came. */
export type Backtest = {
  /** Slug. */
  program: string,
  /** ISO 4217. */
  currency: string,
  /** Months from which it forecast. */
  origins: number,
  /** Months ahead at each. */
  horizon: number,
  /** This forecast, then the simple ones it has to beat. */
  models: Array<BacktestModel>,
  /** Each month that was forecast by this forecast. */
  points: Array<BacktestPoint>,
  /** In sentences. */
  sentences: Array<string>,
};

/** What a backtest is made of. */
export type BacktestInput = {
  /** Slug; the first program with plans where null. */
  program: string | null,
  /** Months ahead at each origin; 6 where null. */
  horizon: number | null,
  /** Simulated paths at each origin. */
  paths: number | null,
  /** One seed gives one result. */
  seed: number | null,
  /** A name to cancel it by. */
  job: string | null,
};

/** How one way of forecasting did. */
export type BacktestModel = {
  /** `perennial`, `naive`, `seasonal_naive` or `constant_churn`. */
  key: string,
  /** For people. */
  label: string,
  /** Months compared. */
  count: number,
  /** Mean of what was expected less what came, in money: above zero where too much was expected. */
  bias: string,
  /** Continuous ranked probability score, in money; smaller is better. */
  crps: string | null,
  /** Mean pinball loss over the 5%, 10%, 50%, 90% and 95% points, in money; smaller is better. */
  pinball: string | null,
  /** Mean absolute scaled error: below 1 beats “next month as this month”. */
  mase: string | null,
  /** Share of months within the range of eight times of ten. */
  coverage_80: string | null,
  /** Share of months within the range of nine times of ten. */
  coverage_90: string | null,
};

/** One month as it would have been forecast. */
export type BacktestPoint = {
  /** The last month that was known. */
  origin: string,
  /** The month forecast. */
  month: string,
  /** Months ahead. */
  ahead: number,
  /** The middle of what was expected. */
  expected: string,
  /** 5%. */
  low: string,
  /** 95%. */
  high: string,
  /** What came. */
  actual: string,
};

/** Counts that need attention, by area. */
export type Badges = {
  /** Programs. */
  programs: number,
  /** Earnings. */
  earnings: number,
  /** Compliance. */
  compliance: number,
  /** Connections. */
  connections: number,
  /** Notebook: reminders that are due. */
  notebook: number,
};

/** Where an amount will lie: below `low` one time of ten, above `high` one time of ten. */
export type Band = {
  /** 10%. */
  low: string,
  /** 50%. */
  middle: string,
  /** 90%. */
  high: string,
};

/** One month's range. */
export type BandMonth = {
  /** `2026-03`. */
  month: string,
  /** The range of its net. */
  band: Band,
};

/** Ranges to be simulated. */
export type BandsInput = {
  /** What is supposed. */
  assumptions: Assumptions,
  /** Simulated paths; a number that takes well under a second where null. */
  paths: number | null,
  /** One seed gives one result; 1 where null. */
  seed: number | null,
  /** A name to cancel it by. */
  job: string | null,
};

/** One import or sync. */
export type BatchRow = {
  /** UUID. */
  batch: string,
  /** `import`, `sync` or `sample`. */
  kind: string,
  /** Name of the connection. */
  connection: string,
  /** Name of the file. */
  file: string | null,
  /** How it was read. */
  profile: string | null,
  /** When, RFC 3339. */
  at: string,
  /** Its rows. */
  rows: RowCounts,
  /** Rows it flagged as vanished. */
  vanished: number,
  /** Sums of the new rows' commissions. */
  totals: Array<Amount>,
  /** When it was undone. */
  undone_at: string | null,
};

/** A batch that was undone. */
export type BatchUndone = {
  /** The batch. */
  batch: string,
  /** Rows taken out. */
  removed: number,
  /** Rows put back as they were. */
  restored: number,
};

/** What stands in the way of publishing. */
export type Blocker = {
  /** `terms_not_accepted`, `terms_changed`, `item_open` or `check_failed`. */
  kind: string,
  /** In plain words. */
  text: string,
  /** Slug of the program. */
  program: string | null,
  /** Item of the checklist. */
  item: string | null,
  /** The kept copy. */
  copy: string | null,
  /** What it is about: the program's name, what the item demands, or the place that was checked. */
  subject: string,
  /** How many items are open again, or findings must change. */
  count: number | null,
};

/** An open book. */
export type BookInfo = {
  /** Where it lies. */
  path: string,
  /** Its file's name without the ending. */
  name: string,
  /** Its schema. */
  schema: number,
  /** Bytes of the file. */
  bytes: number,
  /** Whether the first questions are answered. */
  set_up: boolean,
  /** Whether sample data is in it. */
  sample: boolean,
  /** Rows by noun. */
  counts: Counts,
  /** IANA name of the time zone that decides days. */
  time_zone: string,
  /** Today in that time zone. */
  today: string,
  /** What undo would turn around. */
  undo: string | null,
  /** What redo would do again. */
  redo: string | null,
};

/** A new book. */
export type BookNew = {
  /** Where. */
  path: string,
  /** With sample data. */
  sample: boolean,
};

/** What verifying a bundle found. */
export type BundleCheck = {
  /** Whether every file is as the manifest says, and there is none besides. */
  intact: boolean,
  /** The campaign it is about. */
  campaign: string,
  /** Files that the manifest names. */
  files: number,
  /** Their bytes. */
  bytes: number,
  /** What is wrong. */
  problems: Array<string>,
};

/** A bundle that was written. */
export type BundleDone = {
  /** Path of the ZIP file. */
  path: string,
  /** Files in it, without the manifest. */
  files: number,
  /** Bytes of the ZIP file. */
  bytes: number,
  /** SHA-256 of the ZIP file. */
  sha256: string,
};

/** A bundle to be written. */
export type BundleSave = {
  /** Campaign by name or id. */
  campaign: string,
  /** Path of the ZIP file. */
  path: string,
  /** Name of the job, to watch it. */
  job: string | null,
};

/** One thing by its id or unique name. */
export type ById = {
  /** The id, or the name where names are unique. */
  id: string,
};

/** What to compare. */
export type CampaignCompare = {
  /** `campaign` or `channel`. */
  by: string,
  /** Archived ones too. */
  archived: boolean,
};

/** Campaigns or channels side by side. */
export type CampaignComparison = {
  /** `campaign` or `channel`. */
  by: string,
  /** By name. */
  rows: Array<ComparedRow>,
  /** What counts for a row, in sentences. */
  method: Array<string>,
};

/** A campaign with everything. */
export type CampaignDetail = {
  /** As in the list. */
  campaign: CampaignRow,
  /** Newest first. */
  log: Array<LogEntryDto>,
  /** The links it uses. */
  links: Array<LinkDto>,
  /** Its results, one entry a currency, with how each number comes about. */
  figures: Array<CampaignFigures>,
};

/** Results of one currency, with how each number comes about. */
export type CampaignFigures = {
  /** ISO 4217. */
  currency: string,
  /** Commission so far. */
  commission: string,
  /** What its paying customers are expected to bring still, discounted to today. */
  to_come: string,
  /** Spent so far. */
  spend: string,
  /** Commission less spend. */
  profit: string,
  /** Profit with what is still to come. */
  profit_with_to_come: string,
  /** Whether the spend came back, and when. */
  payback: PaybackDto,
  /** Commission a click, where clicks are known. */
  epc: string | null,
  /** Profit an hour of work, where work was noted. */
  hourly: string | null,
  /** How each of them comes about. */
  how: Array<FigureHow>,
};

/** Which campaign. */
export type CampaignInput = {
  /** Name or id. */
  campaign: string,
};

/** Money of one currency. */
export type CampaignMoney = {
  /** ISO 4217. */
  currency: string,
  /** Commission so far. */
  commission: string,
  /** Spent so far. */
  spend: string,
  /** Commission less spend. */
  profit: string,
  /** What its paying customers are expected to bring still, discounted to today; null where it was not worked out. */
  to_come: string | null,
  /** Profit with what is still to come; null as above. */
  profit_with_to_come: string | null,
  /** Commission a click, where clicks are known. */
  epc: string | null,
};

/** A page for a partner to be written. */
export type CampaignReportSave = {
  /** Campaign by name or id. */
  campaign: string,
  /** The file. */
  path: string,
  /** Leave out what is nobody else's business: spend, profit, payback and the hour's worth. */
  without_costs: boolean,
};

/** What a campaign brought so far. Amounts of two currencies never add up: one entry each. */
export type CampaignResults = {
  /** Links it uses. */
  links: number,
  /** Clicks, where any are known. */
  clicks: number | null,
  /** New customers. */
  referrals: number,
  /** Log entries. */
  entries: number,
  /** Minutes of work. */
  minutes: number,
  /** Money by currency. */
  money: Array<CampaignMoney>,
};

/** A campaign in a list. */
export type CampaignRow = {
  /** UUID. */
  id: string,
  /** Name. */
  name: string,
  /** Names of its channels. */
  channels: Array<string>,
  /** First day. */
  starts_on: string | null,
  /** Last day. */
  ends_on: string | null,
  /** In the user's words. */
  goal: string,
  /** What may be spent. */
  budget: Amount | null,
  /** What it brought so far. */
  results: CampaignResults,
  /** No longer offered. */
  archived: boolean,
  /** Counts edits. */
  revision: number,
};

/** A campaign to be made or changed. */
export type CampaignSave = {
  /** Null for a new one. */
  id: string | null,
  /** Name. */
  name: string,
  /** Channels by name or id. */
  channels: Array<string>,
  /** First day. */
  starts_on: string | null,
  /** Last day. */
  ends_on: string | null,
  /** In the user's words. */
  goal: string,
  /** What may be spent. */
  budget: Amount | null,
  /** No longer offered. */
  archived: boolean,
};

/** One thing known of a program. */
export type CardField = {
  /** `commission`, `recurring`, `months` … */
  key: string,
  /** Its value; null where nothing is known. */
  value: string | null,
  /** In the user's words. */
  note: string,
  /** Where it is from. */
  source: string,
  /** When it was seen, or since when terms say so. */
  on: string | null,
  /** `user`, `terms` or null where nothing is known. */
  from: string | null,
};

/** A value of a card. */
export type CardPair = {
  /** Which. */
  key: string,
  /** The value; empty takes it out. */
  value: string,
};

/** What something is worth over 24 months. */
export type CardWorth = {
  /** One paying referral. */
  referral: Amount | null,
  /** A hundred clicks. */
  clicks: Amount | null,
  /** How it was worked out, or what is missing, in sentences. */
  how: Array<string>,
};

/** One step of the change history. */
export type Change = {
  /** Identity. */
  id: string,
  /** When, RFC 3339. */
  at: string,
  /** What was done. */
  label: string,
  /** Whether it is undone now. */
  undone: boolean,
};

/** A known row that is different now. */
export type ChangedRow = {
  /** The row as it is now. */
  row: InboxRow,
  /** What changed, before and after. */
  fields: Array<FieldChange>,
};

/** A new channel. */
export type ChannelAdd = {
  /** Name. */
  name: string,
  /** Word of its kind. */
  kind: string,
};

/** A channel. */
export type ChannelDto = {
  /** UUID. */
  id: string,
  /** Name. */
  name: string,
  /** Word of its kind. */
  kind: string,
  /** The kind's name for people. */
  kind_label: string,
  /** No longer offered. */
  archived: boolean,
};

/** One check. */
export type CheckLine = {
  /** Its name: `integrity`, `foreign_keys`, `identity`, `batch_totals`, `derived`. */
  name: string,
  /** Whether it holds. */
  ok: boolean,
  /** What was found, in a sentence. */
  detail: string,
};

/** What checking the book found. */
export type CheckReport = {
  /** Whether everything holds. */
  ok: boolean,
  /** One line for each check. */
  checks: Array<CheckLine>,
};

/** How one link stands after a check. */
export type CheckedLink = {
  /** UUID. */
  id: string,
  /** Short code. */
  code: string,
  /** The link's address. */
  url: string,
  /** What was asked; null where only the tracked address leads there. */
  asked: string | null,
  /** `unchecked`, `healthy`, `expected`, `unverifiable` or `broken`. */
  state: string,
  /** Failed checks in a row. */
  failures: number,
  /** Status of the last answer. */
  status: number | null,
  /** Host of the last address. */
  final_host: string | null,
  /** Every address of the chain. */
  chain: Array<string>,
  /** What is wrong. */
  problems: Array<LinkProblem>,
  /** The same in a sentence. */
  says: string,
};

/** A program's terms to be kept, for one terms version. */
export type Checklist = {
  /** Slug. */
  program: string,
  /** Name of the campaign. */
  campaign: string | null,
  /** The version it is for. */
  terms_version: string,
  /** The version that was accepted last. */
  accepted_version: string | null,
  /** When. */
  accepted_on: string | null,
  /** The items. */
  items: Array<ChecklistItemDto>,
  /** Items that are done or do not apply. */
  done: number,
  /** current, changed or never: how the acceptance of the terms stands. */
  signed: string,
};

/** Which checklist. */
export type ChecklistInput = {
  /** Slug. */
  program: string,
  /** Campaign by name or id; the program's own checklist where null. */
  campaign: string | null,
};

/** One thing to be kept. */
export type ChecklistItemDto = {
  /** Stable id. */
  id: string,
  /** What it demands. */
  demand: string,
  /** Why it matters. */
  why: string,
  /** Law or term it comes from. */
  source: string,
  /** open, done or `not_applicable`. */
  state: string,
  /** The day it was decided. */
  decided_on: string | null,
  /** In the user's words. */
  note: string,
  /** Decided under another version of the terms, so open again. */
  reopened: boolean,
  /** Nothing should go out before it is done. */
  required: boolean,
  /** What shows it. */
  evidence: Array<EvidenceDto>,
};

/** Decides an item. */
export type ChecklistSet = {
  /** Slug. */
  program: string,
  /** Campaign by name or id. */
  campaign: string | null,
  /** The item. */
  item: string,
  /** open, done or `not_applicable`. */
  state: string,
  /** In the user's words. */
  note: string,
  /** What shows it, to be added. */
  evidence: EvidenceAdd | null,
};

/** A term on which sources disagree. */
export type ClaimDto = {
  /** The term's key. */
  key: string,
  /** Its name for people. */
  label: string,
  /** What stands now. */
  current: string,
  /** Whether the user chose it. */
  decided: boolean,
  /** What the sources say. */
  says: Array<SaysDto>,
};

/** Of which link, named by itself or by a content item that uses it. */
export type ClickList = {
  /** Code or id of the link. */
  link: string | null,
  /** A content item by id or title: its link, where it uses one alone. */
  item: string | null,
};

/** A day of a link. */
export type ClickRemove = {
  /** Code or id of the link. */
  link: string,
  /** The day. */
  on: string,
};

/** How many clicks a link had. */
export type ClickSave = {
  /** Code or id of the link. */
  link: string | null,
  /** A content item by id or title: its link, where it uses one alone. */
  item: string | null,
  /** The day; today where null. */
  on: string | null,
  /** How many on that day, in place of what was noted for it. */
  clicks: number,
  /** It is how many there were up to that day in all; what was noted for earlier days is taken off. */
  so_far: boolean,
};

/** The clicks of a link. */
export type Clicks = {
  /** UUID of the link. */
  link: string,
  /** Its code. */
  code: string,
  /** By day, the latest first. */
  days: Array<ClicksOn>,
  /** Of all days. */
  total: number,
  /** New customers through the link. */
  referrals: number,
};

/** The clicks of a day. */
export type ClicksOn = {
  /** The day. */
  on: string,
  /** How many. */
  clicks: number,
};

/** One cohort after so many renewals. */
export type CohortCell = {
  /** Renewals. */
  renewals: number,
  /** Whose renewal had come due. */
  due: number,
  /** Who paid it. */
  paid: number,
  /** Share of the cohort that is still there, 0..1. */
  observed: string,
  /** What the fit says of that share. */
  fitted: string,
};

/** Customers who began in one month. */
export type CohortRow = {
  /** `2026-03`. */
  month: string,
  /** How many. */
  size: number,
  /** After 0, 1, 2 … renewals, as far as was observed. */
  cells: Array<CohortCell>,
};

/** Observed against fitted, cohort by cohort. */
export type CohortTable = {
  /** The groups that there are. */
  groups: Array<EvidenceGroup>,
  /** The one shown; null where there is none. */
  group: EvidenceGroup | null,
  /** Oldest first. */
  cohorts: Array<CohortRow>,
  /** The fitted share that is still there after 0, 1, 2 … renewals. */
  fitted: Array<string>,
  /** What was fitted, in a sentence. */
  fit: string,
  /** What was left out and why, in sentences. */
  notes: Array<string>,
};

/** Scenarios to be compared. */
export type CompareInput = {
  /** Ids or names, two to eight. `book` is the forecast from the book as it is. */
  scenarios: Array<string>,
  /** Slug for `book`; the first program with plans where null. */
  program: string | null,
  /** Simulated paths. */
  paths: number | null,
  /** One seed for all of them. */
  seed: number | null,
  /** A name to cancel it by. */
  job: string | null,
};

/** One month of all. */
export type ComparedMonth = {
  /** `2026-03`. */
  month: string,
  /** Expected net, in the order of the scenarios; null where one has no such month. */
  net: Array<string | null>,
  /** The ranges. */
  bands: Array<Band | null>,
};

/** One campaign or channel. */
export type ComparedRow = {
  /** UUID. */
  id: string,
  /** Name. */
  name: string,
  /** No longer offered. */
  archived: boolean,
  /** Links. */
  links: number,
  /** Clicks, where any are known. */
  clicks: number | null,
  /** New customers. */
  referrals: number,
  /** Minutes of work. */
  minutes: number,
  /** One entry a currency; amounts of two never add up. */
  figures: Array<CampaignFigures>,
};

/** One of them. */
export type ComparedScenario = {
  /** UUID; `book` for the forecast from the book. */
  id: string,
  /** Name. */
  name: string,
  /** ISO 4217. */
  currency: string,
  /** Net over its months. */
  total: string,
  /** Its range. */
  band: Band,
  /** Against the first; null for the first and where the currency differs. */
  difference: string | null,
  /** The range of that difference. */
  difference_band: Band | null,
  /** The chance that it brings more than the first. */
  better: string | null,
};

/** Scenarios side by side. All are drawn with the same random numbers, so what differs is the scenarios and not chance. */
export type Comparison = {
  /** In the order asked for. */
  scenarios: Array<ComparedScenario>,
  /** The months that any of them has, in order. */
  months: Array<ComparedMonth>,
  /** Paths drawn for each. */
  paths: number,
  /** Their seed. */
  seed: number,
  /** In sentences. */
  sentences: Array<string>,
};

/** The compliance report of a campaign. */
export type ComplianceReport = {
  /** Name of the campaign. */
  campaign: string,
  /** First day. */
  starts_on: string | null,
  /** Last day. */
  ends_on: string | null,
  /** Words of the markets. */
  markets: Array<string>,
  /** The rules of today. */
  rules_version: string,
  /** 0 to 100; null where nothing is asked. */
  score: number | null,
  /** Whether nothing stands in the way. */
  ready: boolean,
  /** What does. */
  blockers: Array<Blocker>,
  /** The programs it promotes. */
  programs: Array<ReportedProgram>,
  /** The latest copy of each page, text and list, with what was found. */
  checks: Array<ReportedCheck>,
  /** Copies in all. */
  copies: number,
  /** Findings that nobody accepted, in the latest copies. */
  open_findings: number,
  /** Findings that were accepted, in the latest copies. */
  accepted_findings: number,
  /** The one word of caution. */
  note: string,
};

/** One program or campaign. */
export type ComplianceRow = {
  /** Slug. */
  program: string,
  /** Name of the campaign; null for the program itself. */
  campaign: string | null,
  /** Version the checklist is for. */
  terms_version: string,
  /** Version accepted last. */
  accepted_version: string | null,
  /** Items done or not applicable. */
  done: number,
  /** Items in all. */
  total: number,
};

/** A report to be written. */
export type ComplianceSave = {
  /** Campaign by name or id. */
  campaign: string,
  /** A path that ends in .pdf, .md or .json. */
  path: string,
};

/** Whether a campaign is fit to go out. */
export type ComplianceStanding = {
  /** Its name. */
  campaign: string,
  /** 0 to 100; null where nothing is asked. */
  score: number | null,
  /** Whether nothing stands in the way. */
  ready: boolean,
  /** What does. */
  blockers: Array<Blocker>,
  /** Pages, texts and lists that were checked and kept. */
  checked: number,
};

/** Where compliance stands. */
export type ComplianceStatus = {
  /** One row for each program and each of its campaigns. */
  items: Array<ComplianceRow>,
  /** The one word of caution. */
  note: string,
};

/** A new connection. */
export type ConnectionAdd = {
  /** Network, in lower case. */
  network: string,
  /** Unique name. */
  name: string,
  /** The account at the network. */
  account: string,
  /** Slug of the program that everything of it belongs to. */
  program: string | null,
  /** Currency where the network reports none. */
  currency: string | null,
  /** In place of the network's own address. */
  base_url: string | null,
  /** The key; kept in the keychain alone. */
  secret: string | null,
  /** Leads to ask for, where the network answers for one at a time. */
  leads: Array<string>,
};

/** A configured network account. */
export type ConnectionDto = {
  /** UUID. */
  id: string,
  /** Unique name. */
  name: string,
  /** Network, in lower case. */
  network: string,
  /** The account at the network. */
  account: string,
  /** Slug of the program that everything of it belongs to. */
  program: string | null,
  /** Currency where the network reports none. */
  currency: string | null,
  /** In place of the network's own address. */
  base_url: string | null,
  /** Whether a key is kept for it: `yes`, `no`, or `no keychain`. */
  secret: string,
  /** When it last ran, RFC 3339. */
  last_run_at: string | null,
  /** What came of it, in a sentence. */
  last_outcome: string | null,
  /** The network's name for people. */
  title: string,
  /** `new` (never asked), `good`, `partial` (the last sync broke off) or `failed` (it brought nothing). */
  health: string,
  /** Why the last sync ended early, and the ways out. */
  error: SyncError | null,
  /** Hours between two syncs by schedule; null where it is off. */
  every_hours: number | null,
  /** When the schedule asks next, RFC 3339; it is due where that lies in the past. */
  next_run_at: string | null,
  /** Rows of the ledger that came over it. */
  rows: number,
  /** Leads that it asks for, where the network answers for one at a time. */
  leads: Array<string>,
};

/** What testing a connection said. */
export type ConnectionTested = {
  /** Whether it works. */
  ok: boolean,
  /** In a sentence. */
  message: string,
};

/** Expected net commission of the coming months under both. */
export type ConsequenceForecast = {
  /** The next 12 months, terms as they are. */
  year_before: Amount,
  /** The next 12 months, changed. */
  year_after: Amount,
  /** The next 24 months, terms as they are. */
  two_before: Amount,
  /** The next 24 months, changed. */
  two_after: Amount,
  /** From which day the forecast supposes the change. */
  from: string,
};

/** One affected commission. */
export type ConsequenceRow = {
  /** The ledger row's id. */
  row: string,
  /** The source's own id. */
  native_id: string | null,
  /** The day. */
  occurred_on: string,
  /** The plan. */
  plan: string | null,
  /** What was reported. */
  reported: Amount | null,
  /** Promised under the terms as they are. */
  before: Amount,
  /** Promised under the change. */
  after: Amount,
  /** Due under the terms as they are; null while too few sales are approved for anything to be released. */
  due_before: string | null,
  /** Due under the change; null as above. */
  due_after: string | null,
};

/** What affected commissions are promised in one currency. */
export type ConsequenceSum = {
  /** Under the terms as they are. */
  before: Amount,
  /** Under the change. */
  after: Amount,
  /** After less before. */
  difference: Amount,
};

/** A person at a program. */
export type ContactDto = {
  /** UUID. */
  id: string,
  /** Slug of the program. */
  program: string,
  /** Name. */
  name: string,
  /** Address, or nothing. */
  mail: string,
  /** What they do there. */
  role: string,
  /** In the user's words. */
  note: string,
};

/** Which contacts. */
export type ContactList = {
  /** Words to find. */
  search: string,
  /** Slug. */
  program: string | null,
};

/** A new contact, or what changes of one. What is null stays as it is. */
export type ContactSave = {
  /** The contact, by id, address or name; a new one where null. */
  id: string | null,
  /** Slug of the program. */
  program: string | null,
  /** Name. */
  name: string | null,
  /** Address. */
  mail: string | null,
  /** What they do there. */
  role: string | null,
  /** In the user's words. */
  note: string | null,
};

/** How far the checklist of a campaign is. */
export type ContentChecklist = {
  /** Name of the campaign. */
  campaign: string,
  /** Slug of the program. */
  program: string,
  /** Items done or not applicable. */
  done: number,
  /** Items in all. */
  total: number,
};

/** Something to be published. */
export type ContentItemDto = {
  /** UUID. */
  id: string,
  /** Name of its campaign. */
  campaign: string,
  /** Name of its channel. */
  channel: string | null,
  /** Word of the channel's kind. */
  channel_kind: string | null,
  /** `post`, `article`, `email`, `video`, `story`, `ad`, `podcast`, `event` or `other`. */
  kind: string,
  /** Title. */
  title: string,
  /** `idea`, `draft`, `ready`, `published` or `done`. */
  state: string,
  /** The planned day. */
  planned_on: string | null,
  /** The day it was published. */
  published_on: string | null,
  /** Where it can be seen. */
  url: string | null,
  /** The links it uses. */
  links: Array<ContentLink>,
  /** The swipe it is made from. */
  swipe: string | null,
  /** Its title. */
  swipe_title: string | null,
  /** In the user's words. */
  note: string,
  /** Counts edits. */
  revision: number,
};

/** Content items. */
export type ContentItems = {
  /** The latest first; those without a day before all others. */
  items: Array<ContentItemDto>,
  /** There are more than the limit. */
  more: boolean,
  /** Where the checklist of each campaign stands, for each program that it promotes. */
  checklists: Array<ContentChecklist>,
};

/** A link that a content item uses. */
export type ContentLink = {
  /** UUID. */
  id: string,
  /** Its code. */
  code: string,
  /** Its label. */
  label: string,
};

/** Which content items. */
export type ContentList = {
  /** Campaign by name or id; all that are not archived where null. */
  campaign: string | null,
  /** `idea`, `draft`, `ready`, `published` or `done`. */
  state: string | null,
  /** First day. */
  from: string | null,
  /** Last day. */
  to: string | null,
  /** Items at most; 500 where null. */
  limit: number | null,
};

/** Another state or another day. */
export type ContentMove = {
  /** The item's id, or its title where no other has it. */
  id: string,
  /** The state; null leaves it. */
  state: string | null,
  /** The day it stands on: of publication where it is out, otherwise the planned one; null leaves it. */
  on: string | null,
  /** Where it can be seen; null leaves it. */
  url: string | null,
};

/** A content item to be added or changed. What is null stays as it is; an empty text takes it away. */
export type ContentSave = {
  /** Null for a new one. */
  id: string | null,
  /** Campaign by name or id; needed for a new one. */
  campaign: string | null,
  /** Channel by name or id. */
  channel: string | null,
  /** `post` where null. */
  kind: string | null,
  /** Needed for a new one. */
  title: string | null,
  /** `idea` where null. */
  state: string | null,
  /** The planned day. */
  planned_on: string | null,
  /** The day it was published; today where the state says that it is out and no day is known. */
  published_on: string | null,
  /** Where it can be seen. */
  url: string | null,
  /** All links that it uses, by code or id. */
  links: Array<string> | null,
  /** The swipe it is made from, by title or id. */
  swipe: string | null,
  /** In the user's words. */
  note: string | null,
};

/** Sums of several currencies in one, with the rates beside them. */
export type Converted = {
  /** ISO 4217. */
  currency: string,
  /** Not reversed. */
  earned: Amount,
  /** Earned and on hold. */
  reserve: Amount,
  /** Earned, matured, not yet paid. */
  due: Amount,
  /** Paid out. */
  paid: Amount,
  /** The rates it took. */
  rates: Array<RateDto>,
};

/** Rows by noun. */
export type Counts = {
  /** Programs. */
  programs: number,
  /** Links. */
  links: number,
  /** Campaigns. */
  campaigns: number,
  /** Ledger rows. */
  conversions: number,
};

/** A deposit that the user saw. */
export type DepositAdd = {
  /** The payout that it is: its id or the network's own. */
  payout: string,
  /** What arrived. */
  amount: Amount,
  /** What was withheld before, in the same currency. */
  fee: string | null,
  /** The day. */
  on: string,
  /** Who sent it and what they wrote. */
  reference: string,
  /** `EUR/USD=1.0858@2026-01-15`, or the number alone for the day it arrived; needed for another currency. */
  rate: string | null,
  /** Who says so; needed with a rate. */
  rate_source: string | null,
};

/** Leaves a deposit aside as no payout, or takes that back. */
export type DepositAside = {
  /** The deposit. */
  id: string,
  /** Whether it is none. */
  aside: boolean,
};

/** Money that arrived. */
export type DepositDto = {
  /** UUID. */
  id: string,
  /** The day. */
  on: string,
  /** What arrived. */
  amount: Amount,
  /** What was withheld before. */
  fee: Amount,
  /** Who sent it. */
  who: string,
  /** What they wrote. */
  reference: string,
  /** Name of the account's mapping; empty where it was entered by hand. */
  account: string,
  /** The statement that has it. */
  statement: string | null,
  /** The payout that it is. */
  payout: string | null,
  /** It is no payout. */
  aside: boolean,
  /** The rate between its currency and the payout's. */
  rate: RateDto | null,
};

/** Which deposits. */
export type DepositList = {
  /** all, open or matched; open where null. */
  which: string | null,
  /** Words to find. */
  search: string,
  /** Rows at most. */
  limit: number | null,
  /** Where the page begins. */
  after: string | null,
};

/** A deposit that may be a payout's. */
export type DepositProposal = {
  /** The deposit. */
  deposit: DepositDto,
  /** 0 to 100. */
  points: number,
  /** Why: amount, `amount_with_fee`, `amount_after_fee`, `amount_nearly`, `amount_at_rate`, `other_currency`, `days_few`, `days_some`, `days_many`, number, name. */
  reasons: Array<string>,
};

/** Says which payout a deposit is. */
export type DepositTie = {
  /** The deposit. */
  deposit: string,
  /** The payout; null takes the deposit away from the one it is. */
  payout: string | null,
  /** As in `DepositAdd`. */
  rate: string | null,
  /** Who says so. */
  rate_source: string | null,
};

/** A page that links lead to. */
export type DestinationDto = {
  /** UUID. */
  id: string,
  /** Name. */
  name: string,
  /** `main`, `trial`, `landing`, `funnel`, `other`. */
  kind: string,
  /** Address; `{identity}` stands for the affiliate's code. */
  url: string,
  /** No longer offered. */
  archived: boolean,
};

/** Adds a destination, or changes the one of the id. */
export type DestinationSave = {
  /** The program. */
  program: string,
  /** Null for a new one. */
  id: string | null,
  /** Name. */
  name: string,
  /** Kind. */
  kind: string,
  /** Address. */
  url: string,
  /** No longer offered. */
  archived: boolean,
};

/** One line of a comparison. */
export type DiffLine = {
  /** same, gone, new or skipped. */
  kind: string,
  /** The line; empty where lines are skipped. */
  text: string,
  /** How many lines are skipped. */
  skipped: number,
};

/** Writes a finding's dossier. */
export type DossierSave = {
  /** The finding. */
  id: string,
  /** Where; the ending (.pdf or .md) decides the format. */
  path: string,
};

/** A row that another source may have already. */
export type DuplicateRow = {
  /** UUID of the row of this batch; in a dry run it says nothing. */
  id: string,
  /** Its line in the file; null for a sync. */
  line: number | null,
  /** The row of this batch. */
  row: InboxRow,
  /** The row that the ledger had already. */
  other: InboxRow,
  /** Name of the connection that the other row came through. */
  other_connection: string,
  /** Why they may be one: `order` (the same order number), `customer` (the same day, amount and customer), `day` (the same day and amount). */
  reason: string,
  /** `open`, `take` (both stay) or `skip` (the row of this batch is left out). */
  decision: string,
};

/** Earnings by a key. */
export type EarningsInput = {
  /** month, program, plan, channel, campaign or link. */
  by: string,
  /** First month; from the first row where null. */
  from: string | null,
  /** Last month; to the last row where null. */
  to: string | null,
  /** Slug; all where null. */
  program: string | null,
};

/** One row per key and currency. */
export type EarningsReport = {
  /** The rows. */
  rows: Array<EarningsRow>,
};

/** earned = reserve + due + paid. */
export type EarningsRow = {
  /** Not reversed. */
  earned: Amount,
  /** Earned and on hold. */
  reserve: Amount,
  /** Earned, matured, not yet paid. */
  due: Amount,
  /** Paid out. */
  paid: Amount, } & ({ [key in string]: string | null });

/** No input. */
export type Empty = Record<string, never>;

/** An entry with all its words. */
export type EntryDetail = {
  /** The entry. */
  entry: EntryDto,
  /** Its words. */
  body: string,
  /** What to know of what was taken in, in sentences. */
  notes: Array<string>,
};

/** An entry of the notebook, in a list. */
export type EntryDto = {
  /** UUID. */
  id: string,
  /** Slug of the program. */
  program: string | null,
  /** The day it was written. */
  on: string,
  /** Title; of a mail its subject. */
  title: string,
  /** Who wrote it. */
  sender: string,
  /** How it begins. */
  excerpt: string,
  /** written or mail. */
  origin: string,
  /** Tags, sorted. */
  tags: Array<string>,
  /** Name of the terms' version that it is about. */
  terms_version: string | null,
  /** The first day of that version. */
  terms_from: string | null,
  /** Title of the swipe that it is about. */
  swipe: string | null,
  /** Name of the campaign that it is about. */
  campaign: string | null,
};

/** Which entries of the notebook. */
export type EntryList = {
  /** Words to find in title, sender, words and tags. */
  search: string,
  /** Slug. */
  program: string | null,
  /** With this tag. */
  tag: string | null,
  /** Rows at most. */
  limit: number | null,
  /** Where the page begins. */
  after: string | null,
};

/** A new entry, or what changes of one. What is null stays as it is; what is empty is taken away. */
export type EntrySave = {
  /** The entry; a new one where null. */
  id: string | null,
  /** Slug of the program. */
  program: string | null,
  /** The day; today for a new one where null. */
  on: string | null,
  /** Title; the first line of the words where none is given. */
  title: string | null,
  /** Who wrote it. */
  sender: string | null,
  /** Its words. */
  body: string | null,
  /** Tags. */
  tags: Array<string> | null,
  /** Name of a version of the program's terms. */
  terms_version: string | null,
  /** Title of a swipe. */
  swipe: string | null,
  /** Name of a campaign. */
  campaign: string | null,
};

/** How sure an assumption is, and what it comes from. */
export type Evidence = {
  /** The assumption: `refund_probability`, `growth`, `plans.2021/starter-monthly.renewal`. */
  key: string,
  /** For people: `Starter monthly: renewal`. */
  label: string,
  /** What was taken. */
  value: string,
  /** Nine times of ten the truth lies above this. */
  low: string,
  /** Nine times of ten the truth lies below this. */
  high: string,
  /** `book` (the user's own history), `mixed` (history and a common value) or `prior` (a common value alone). */
  from: string,
  /** What was seen, in a sentence. */
  sentence: string,
  /** Where the common value comes from; null where none was used. */
  source: string | null,
};

/** Evidence to be added. */
export type EvidenceAdd = {
  /** text, url or file. */
  kind: string,
  /** The text, the address or the file's path. */
  text: string,
};

/** A picture to be added to a copy. */
export type EvidenceAttach = {
  /** The copy. */
  id: string,
  /** Path of a PNG, JPEG or WebP file. */
  path: string,
};

/** A kept copy with everything. */
export type EvidenceDetail = {
  /** As in the list. */
  copy: EvidenceRow,
  /** The words that readers see, the first 100,000 characters. */
  text: string,
  /** Whether there are more. */
  cut: boolean,
  /** SHA-256 of all these words. */
  text_sha256: string,
  /** Words of the markets. */
  markets: Array<string>,
  /** What was found. */
  findings: Array<KeptFinding>,
  /** Whether the content still has the hash it was kept under. */
  intact: boolean,
  /** SHA-256 of the picture. */
  picture_sha256: string | null,
  /** The copy of the same place before this one. */
  previous: string | null,
};

/** What changed between two copies. */
export type EvidenceDiff = {
  /** The earlier one. */
  before: EvidenceRow,
  /** The later one. */
  after: EvidenceRow,
  /** Whether they are the same, byte for byte. */
  same: boolean,
  /** Findings that are gone. */
  gone: Array<KeptFinding>,
  /** Findings that are new. */
  new: Array<KeptFinding>,
  /** Findings that stayed. */
  stayed: number,
  /** The words, line by line. */
  lines: Array<DiffLine>,
  /** Whether there are more lines than are shown. */
  cut: boolean,
};

/** What shows that an item is kept. */
export type EvidenceDto = {
  /** UUID. */
  id: string,
  /** text, url or file. */
  kind: string,
  /** The text, the address or the file's name. */
  text: string,
  /** SHA-256 of a file. */
  sha256: string | null,
  /** Bytes of a file. */
  bytes: number | null,
  /** The day. */
  on: string,
};

/** A copy to be written as files. */
export type EvidenceExport = {
  /** The copy. */
  id: string,
  /** The folder. */
  folder: string,
};

/** A group of customers. */
export type EvidenceGroup = {
  /** `monthly`, a plan's id, a channel's name. */
  key: string,
  /** For people. */
  label: string,
  /** `month` or `year`: what one period of it is. */
  period: string,
  /** Customers in it. */
  customers: number,
};

/** Which part of the history. */
export type EvidenceInput = {
  /** Slug; the first program with plans where null. */
  program: string | null,
  /** `term`, `plan`, `tier`, `channel` or `campaign`: what makes a group; `term` where null. */
  by: string | null,
  /** One group by its key; the first where null. (Cohorts alone.) */
  group: string | null,
};

/** Two copies. */
export type EvidencePair = {
  /** The earlier one. */
  before: string,
  /** The later one. */
  after: string,
};

/** Which kept copies. */
export type EvidenceQuery = {
  /** Part of the place; empty for all. */
  search: string,
  /** Campaign by name or id; all where null. */
  campaign: string | null,
  /** Rows at most. */
  limit: number | null,
  /** Where the page begins. */
  after: string | null,
};

/** A dated copy of what was published. */
export type EvidenceRow = {
  /** UUID. */
  id: string,
  /** page, text or keywords. */
  kind: string,
  /** The address or the name that was asked for. */
  place: string,
  /** Where a page was in the end. */
  address: string | null,
  /** When it was read, RFC 3339 UTC. */
  taken_at: string,
  /** Slug of the program whose rules it was checked by. */
  program: string | null,
  /** Name of the campaign. */
  campaign: string | null,
  /** Word of the channel's kind, of a text. */
  channel: string | null,
  /** The program's terms that held. */
  terms_version: string,
  /** The rules it was checked by. */
  rules_version: string,
  /** SHA-256 of the content. */
  sha256: string,
  /** Bytes of the content. */
  bytes: number,
  /** Findings that must change and were not accepted. */
  errors: number,
  /** Findings worth a look that were not accepted. */
  warnings: number,
  /** Findings that were accepted. */
  accepted: number,
  /** Name of the picture that was added. */
  picture: string | null,
};

/** Explains a part of the difference. */
export type ExplainAdd = {
  /** The payout. */
  payout: string,
  /** missing, carried, fee or exchange. */
  kind: string,
  /** With its sign, a decimal of the payout's currency; a fee is below zero. */
  amount: string,
  /** In the user's words. */
  note: string,
};

/** A number of the forecast. */
export type ExplainInput = {
  /** What is supposed; made from the book where null. */
  assumptions: Assumptions | null,
  /** Slug, where the assumptions are null. */
  program: string | null,
  /** `month`, `rest`, `total`, `payout`, `at_risk`, `actual`, `assumption`, `residual`, `wall`, `cohort`, `goal`, `channel`, `accuracy` or `scenario`. */
  what: string,
  /** The month, the run day, the assumption's key; of residual `plan:ID:direct`, `campaign:NAME` or `channel:NAME`, with `@0.10` for the discount; of a cohort its month and what groups it (`2026-03 channel`); of a goal `2026-12 5000`; of a channel its name, empty for none; of accuracy the months ahead; of a scenario its id, or `book`. */
  key: string,
  /** One plan's part alone; of a cohort its group; of a goal a plan (` second` behind it for its second tier) or `channel:NAME`; of a channel a month; of a scenario another one that it is compared with. */
  plan: string | null,
};

/** What is behind a number. */
export type Explanation = {
  /** `Net of March 2026`. */
  title: string,
  /** The number; an amount without its currency. */
  value: string,
  /** How it was worked out, in sentences. */
  sentences: Array<string>,
  /** The arithmetic, line by line. */
  lines: Array<ExplanationLine>,
  /** The rows of the ledger behind it; null where there are none. */
  rows: LedgerList | null,
  /** The assumptions behind it. */
  assumptions: Array<Evidence>,
  /** The method's key. */
  method: string,
};

/** A part of the difference that was explained. */
export type ExplanationDto = {
  /** UUID. */
  id: string,
  /** missing, carried, fee or exchange. */
  kind: string,
  /** With its sign. */
  amount: Amount,
  /** In the user's words. */
  note: string,
};

/** One line of arithmetic. */
export type ExplanationLine = {
  /** What. */
  label: string,
  /** How much. */
  value: string,
};

/** An export of everything. */
export type ExportInput = {
  /** The folder. */
  dir: string,
  /** `csv` or `json`. */
  format: string,
};

/** A failure as people and programs see it. */
export type Failure = {
  /** Stable, dotted: `import.malformed_row`. */
  code: string,
  /** One sentence. */
  message: string,
  /** What to do next. */
  hints: Array<string>,
  /** Where it is. */
  where?: Place,
};

/** One field of it. */
export type FieldChange = {
  /** `approval`, `payment`, `commission`, `sale`, `vanished` or `record` (something else in the record). */
  field: string,
  /** As it was. */
  before: string | null,
  /** As it is. */
  after: string | null,
};

/** A field of a form. */
export type FieldHelp = {
  /** Its name. */
  label: string,
  /** Where to find what belongs there. */
  help: string,
  /** Whether it must be filled in. */
  required: boolean,
};

/** How a number comes about. */
export type FigureHow = {
  /** The field's name: `commission`, `to_come`, `spend`, `profit`, `profit_with_to_come`, `payback`, `epc`, `hourly`. */
  key: string,
  /** In a sentence. */
  text: string,
};

/** What a person says of a finding. */
export type FindingAccept = {
  /** The copy it stands in. */
  id: string,
  /** The rule. */
  rule: string,
  /** The words it is about, as in the copy. */
  excerpt: string,
  /** Why it is fine; null takes it back. */
  reason: string | null,
};

/** One finding. */
export type FindingDto = {
  /** Stable id: `disclosure-missing`. */
  rule: string,
  /** error, warning or info. */
  severity: string,
  /** In plain words. */
  message: string,
  /** From and to, in Unicode scalar values; null where it is about the whole. */
  span: [number, number] | null,
  /** What to write or do instead. */
  fix: string,
  /** Law or term it comes from. */
  source: string,
  /** Line, for keyword lists. */
  where?: FindingPlace,
  /** The keyword, for keyword lists. */
  keyword?: string,
};

/** Where in a list. */
export type FindingPlace = {
  /** Physical line, from 1. */
  line: number,
};

/** What a check found. */
export type Findings = {
  /** In the order of the text. */
  findings: Array<FindingDto>,
};

/** The ranges. */
export type ForecastBands = {
  /** The full months, as in the forecast. */
  months: Array<BandMonth>,
  /** The sum of all full months. */
  total: Band,
  /** The payouts. */
  payouts: PayoutCalendar,
  /** Paths drawn. */
  paths: number,
  /** Their seed. */
  seed: number,
  /** How it was worked out. */
  method: string,
};

/** One channel. */
export type ForecastChannel = {
  /** Its name; null for customers who came through none. */
  channel: string | null,
  /** New referrals of the first full month. */
  new_now: string,
  /** Eight times of ten they are on average at least so many. */
  new_low: string,
  /** And at most so many. */
  new_high: string,
  /** Customers who pay today. */
  active: number,
  /** Net of all full months from those who pay today. */
  contracted: string,
  /** Net of all full months from referrals still to come. */
  assumed: string,
  /** Both. */
  net: string,
  /** What the book says of it. */
  sentence: string,
};

/** One month. */
export type ForecastChannelMonth = {
  /** `2026-03`. */
  month: string,
  /** Expected net by channel, in the order of the channels. */
  channels: Array<string>,
};

/** The months ahead, divided by the channel that customers came through. Everything adds up to the forecast. */
export type ForecastChannels = {
  /** The channels, those that bring the most first. */
  channels: Array<ForecastChannel>,
  /** The full months, as in the forecast. */
  months: Array<ForecastChannelMonth>,
  /** Sum of all channels: the forecast's. */
  total: string,
  /** ISO 4217. */
  currency: string,
};

/** The months ahead. */
export type ForecastDone = {
  /** The months, full ones. */
  months: Array<ForecastMonth>,
  /** What is still expected of the present month, from tomorrow to its end. */
  rest: ForecastMonth | null,
  /** Sum of all full months, net. */
  total: string,
  /** Standard deviation of that sum. */
  total_sd: string,
  /** ISO 4217. */
  currency: string,
};

/** Chart data to be written as CSV. */
export type ForecastExport = {
  /** `months`, `bands`, `payouts`, `actuals`, `cohorts`, `survival`, `tornado`, `wall`, `residual`, `accuracy` or `backtest`. */
  what: string,
  /** The path. */
  path: string,
  /** What is supposed; made from the book where null. */
  assumptions: Assumptions | null,
  /** Slug, where the assumptions are null. */
  program: string | null,
  /** Of cohorts and survival: what makes a group. */
  by: string | null,
  /** Of cohorts: the group. */
  group: string | null,
};

/** One month. */
export type ForecastMonth = {
  /** `2026-03`. */
  month: string,
  /** Expected net commission. */
  net: string,
  /** Of it, from referrals that pay today. */
  contracted: string,
  /** Of it, from referrals still to come. */
  assumed: string,
  /** Of the net, own sales. */
  direct: string,
  /** Of the net, the second tier. */
  second_tier: string,
  /** Expected commissions taken back, already out of the net. */
  clawback: string,
  /** Standard deviation of net. */
  sd: string,
  /** Expected paying referrals at the month's end. */
  active_paying: string,
  /** By plan. */
  plans: Array<ForecastPlanMonth>,
};

/** Something that the reader should know. */
export type ForecastNotice = {
  /** Stable: `no_history`, `little_history`, `left_out`, `late_entry`. */
  code: string,
  /** In a sentence. */
  message: string,
};

/** Everything that the forecast opens with. */
export type ForecastOpened = {
  /** What it supposes. */
  assumptions: Assumptions,
  /** The months ahead. */
  forecast: ForecastDone,
  /** The months behind, oldest first. */
  actuals: Array<MonthActual>,
  /** What the reader should know before trusting it. */
  notices: Array<ForecastNotice>,
  /** The day of the newest kept snapshot. */
  snapshot: string | null,
};

/** One plan's part of a month. */
export type ForecastPlanMonth = {
  /** `2021/starter-monthly`. */
  plan: string,
  /** Net from referrals that pay today. */
  contracted: string,
  /** Net from referrals still to come. */
  assumed: string,
};

/** A word of the file. */
export type FoundWord = {
  /** `approval`, `payment` or `kind`. */
  field: string,
  /** Verbatim. */
  word: string,
  /** What it counts as; null where it is not known, and then it stays as it is and counts nowhere. */
  meaning: string | null,
  /** How often it came in the first rows. */
  count: number,
};

/** What a goal takes. */
export type Goal = {
  /** Slug. */
  program: string,
  /** `2026-12`. */
  month: string,
  /** The net that is wanted. */
  wanted: string,
  /** What is expected of that month as things are. */
  expected: string,
  /** What is missing; 0 where nothing is. */
  missing: string,
  /** The chance to reach it as things are. */
  probability: string,
  /** ISO 4217. */
  currency: string,
  /** By plan: what it would take from this plan alone. */
  plans: Array<GoalPlan>,
  /** By channel: what it would take through this channel alone, its mix of plans staying. */
  channels: Array<GoalChannel>,
  /** Every plan's new referrals raised alike; null where there are none to raise. */
  mix: GoalMix | null,
  /** In sentences. */
  sentences: Array<string>,
};

/** What a goal takes through one channel alone. */
export type GoalChannel = {
  /** Its name; null for customers who came through none. */
  channel: string | null,
  /** New referrals a month as supposed, on average until the goal's month. */
  new_now: string,
  /** New referrals a month that the goal takes, so that it is expected; null where it is out of reach. */
  new_needed: string | null,
  /** What one more a month adds to the goal's month. */
  each: string,
  /** The chance to reach it with so many; null where it was not worked out. */
  probability: string | null,
};

/** A goal: so much net in a month. */
export type GoalInput = {
  /** What is supposed; made from the book where null. */
  assumptions: Assumptions | null,
  /** Slug, where the assumptions are null. */
  program: string | null,
  /** Net commission of that month. */
  net: string,
  /** `2026-12`. */
  by: string,
  /** Simulated paths. */
  paths: number | null,
  /** One seed gives one result. */
  seed: number | null,
  /** A name to cancel it by. */
  job: string | null,
};

/** What a goal takes from all plans alike. */
export type GoalMix = {
  /** The factor on every plan's new referrals. */
  factor: string,
  /** New referrals a month in all, with it. */
  new_needed: string,
  /** The chance to reach it so. */
  probability: string,
  /** The factor that reaches it eight times of ten; null where none was found. */
  factor_sure: string | null,
};

/** What a goal takes from one plan alone. */
export type GoalPlan = {
  /** `2021/starter-monthly`. */
  plan: string,
  /** For people. */
  name: string,
  /** `direct` or `second`. */
  tier: string,
  /** New referrals a month as supposed. */
  new_now: string,
  /** New referrals a month that the goal takes, so that it is expected; null where it is out of reach. */
  new_needed: string | null,
  /** What one more a month adds to the goal's month. */
  each: string,
  /** The chance to reach it with so many; null where it was not worked out. */
  probability: string | null,
};

/** Makes a rule. */
export type IdRuleAdd = {
  /** The IDs it means. */
  pattern: string,
  /** Slug of the program. */
  program: string,
  /** Name of the channel. */
  channel: string,
  /** Name of the campaign. */
  campaign: string | null,
};

/** A rule for ready-made IDs. */
export type IdRuleDto = {
  /** UUID. */
  id: string,
  /** The IDs it means; `*` at the beginning or end stands for anything. */
  pattern: string,
  /** Only rows of this program. */
  program: string | null,
  /** Code of the archived link that stands for it. */
  link: string,
  /** Name of the channel. */
  channel: string,
  /** Name of the campaign. */
  campaign: string | null,
  /** Rows of the ledger that it speaks for. */
  rows: number,
};

/** The rules, and what none of them means yet. */
export type IdRules = {
  /** In the order they are tried. */
  items: Array<IdRuleDto>,
  /** Where the next page begins; null on the last one. */
  next: string | null,
  /** Sub-IDs of reports that no link and no rule speaks for, the most frequent first. */
  unassigned: Array<UnassignedId>,
};

/** What an import did, or would do. */
export type ImportDone = {
  /** The batch; null in a dry run. */
  batch: string | null,
  /** Name of the file. */
  file: string,
  /** How it was read. */
  profile: string,
  /** Nothing was written. */
  dry_run: boolean,
  /** Every data row is one of these. */
  rows: RowCounts,
  /** Rows that did not land. */
  refused: Array<Refused>,
  /** Lines that are no data: title, header, blank, totals. */
  skipped: Array<Skipped>,
  /** Rows of the book that the file no longer has. */
  vanished: Array<Vanished>,
  /** Words that are not known. */
  unknown: Array<UnknownWord>,
  /** Sums of the new rows' commissions. */
  totals: Array<Amount>,
  /** Sums of the vanished rows' commissions. */
  vanished_totals: Array<Amount>,
  /** Known rows that are different now, the first 1,000 of them. */
  changes: Array<ChangedRow>,
  /** How many known rows are reversed now. */
  reversed: number,
  /** New rows that another source may have already, and what becomes of each. A row that is left out counts as `same`. */
  duplicates: Array<DuplicateRow>,
  /** The file that the refused rows were written into. */
  refused_file: string | null,
};

/** A file to be imported. */
export type ImportInput = {
  /** The file. */
  path: string,
  /** How it is to be read. */
  options: ImportOptions,
  /** Only say what would happen. */
  dry_run: boolean,
  /** Name under which progress is asked for. */
  job: string | null,
  /** Leave out every row that another source has already. */
  skip_duplicates?: boolean,
  /** Choices for single rows; they stand before `skip_duplicates`. */
  decisions?: Array<LineChoice>,
  /** A file to write the refused rows into, so that they can be mended and imported alone. */
  refused_file?: string | null,
};

/** How a file is to be read; what is null is detected. */
export type ImportOptions = {
  /** A built-in profile or a saved mapping. */
  profile: string | null,
  /** A mapping as a TOML document, in place of a profile. */
  map: string | null,
  /** Currency of a file that names none. */
  currency: string | null,
  /** Program that the rows belong to. */
  program: string | null,
  /** `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`. */
  encoding: string | null,
  /** `,`, `;`, tab or `|`. */
  delimiter: string | null,
  /** `.` or `,`. */
  decimal: string | null,
  /** A mapping as the wizard holds it, in place of a profile. */
  draft?: MappingDraft | null,
  /** Line of the header, from 1. */
  header_line?: number,
  /** Between thousands: `,`, `.`, `'`, `space` or `none`; what reports write is accepted where null. */
  thousands?: string | null,
  /** `day-first` or `month-first`. */
  date_order?: string | null,
  /** Zone of times that name none, such as `America/New_York`. */
  time_zone?: string | null,
  /** The sheet of a workbook; the first that holds anything where null. */
  sheet?: string | null,
};

/** What is in a file, before anything is imported. */
export type ImportPreview = {
  /** Name of the file. */
  file: string,
  /** Detected or chosen. */
  encoding: string,
  /** Detected or chosen. */
  delimiter: string,
  /** Detected or chosen. */
  decimal: string,
  /** Line of the header, from 1. */
  header_line: number,
  /** Columns. */
  header: Array<string>,
  /** The first rows. */
  rows: Array<Array<string>>,
  /** The profile or saved mapping that fits. */
  profile: string | null,
  /** Profiles and saved mappings to choose from. */
  profiles: Array<string>,
  /** Fields that a mapping may name. */
  fields: Array<MappingField>,
  /** Columns guessed for a mapping, as field and column. */
  suggested: Array<MappedColumn>,
  /** The file names no currency: one must be chosen. */
  needs_currency: boolean,
  /** `text` or `workbook`. */
  format: string,
  /** Sheets of a workbook; empty for text. */
  sheets: Array<string>,
  /** The sheet that is read. */
  sheet: string | null,
  /** Between thousands, chosen or seen in the first rows: `,`, `.`, `'`, `space` or `none`. */
  thousands: string,
  /** `day-first` or `month-first`. */
  date_order: string,
  /** Whether the first rows prove the order of dates; where not, it should be looked at. */
  date_proven: boolean,
  /** Zone of times that name none. */
  time_zone: string,
  /** The mapping that the rows below were read by: the profile's, the draft's, or a guess. */
  draft: MappingDraft,
  /** Words for status, payment and kind in the first rows, and what each counts as. */
  words: Array<FoundWord>,
  /** The first rows as they would land. */
  sample: Array<PreviewRow>,
};

/** A file to be looked at. */
export type ImportPreviewInput = {
  /** The file. */
  path: string,
  /** How it is to be read; what is null is detected. */
  options: ImportOptions,
};

/** Decisions on rows of a batch that another source may have already. */
export type InboxDecide = {
  /** The batch. */
  batch: string,
  /** The decisions; empty for `all`. */
  rows: Array<RowChoice>,
  /** One decision for all that are still open: `take` or `skip`. */
  all: string | null,
};

/** Everything that an import or a sync brought, each list cut at the limit; the entry has the numbers. */
export type InboxDetail = {
  /** In short. */
  entry: InboxEntry,
  /** New rows, newest first. */
  new: Array<InboxRow>,
  /** Known rows that are different now, reversed ones left out. */
  changed: Array<ChangedRow>,
  /** Known rows that are reversed now. */
  reversed: Array<ChangedRow>,
  /** Rows that the source no longer has. */
  vanished: Array<InboxRow>,
  /** Words that are not known. */
  unknown: Array<UnknownWord>,
  /** Rows that another source may have already. */
  duplicates: Array<DuplicateRow>,
  /** Records that did not land. */
  refused: Array<Refused>,
  /** What changed after its period was locked; the ledger stays as it was. */
  after_lock: Array<AfterLockRow>,
};

/** An import or a sync that brought something, and in short what. */
export type InboxEntry = {
  /** UUID. */
  batch: string,
  /** `import`, `sync` or `sample`. */
  kind: string,
  /** Name of the connection. */
  connection: string,
  /** Name of the file. */
  file: string | null,
  /** When, RFC 3339. */
  at: string,
  /** Its rows. */
  rows: RowCounts,
  /** Known rows that are reversed now. */
  reversed: number,
  /** Rows that its source no longer has. */
  vanished: number,
  /** Different words that are not known. */
  unknown: number,
  /** Rows that another source may have already, and that nobody has decided yet. */
  open_duplicates: number,
  /** Sums of the new rows' commissions. */
  totals: Array<Amount>,
  /** Sums of the vanished rows' commissions. */
  vanished_totals: Array<Amount>,
  /** When it was accepted; null while it waits. */
  accepted_at: string | null,
  /** Rows and payouts of locked periods that came otherwise and wait until they are unlocked. */
  after_lock: number,
};

/** Which batches. */
export type InboxInput = {
  /** Also those that were accepted. */
  all: boolean,
  /** Rows at most. */
  limit: number | null,
  /** Where the page begins. */
  after: string | null,
};

/** A row of the ledger in short. */
export type InboxRow = {
  /** UUID in the ledger. */
  id: string,
  /** The source's own id. */
  native_id: string | null,
  /** The program, as far as known. */
  program: string | null,
  /** The day it happened. */
  occurred_on: string,
  /** sale, rebill, lead … */
  kind: string,
  /** pending, approved, reversed, other. */
  approval: string,
  /** What it is worth. */
  commission: Amount | null,
};

/** A batch to be looked at. */
export type InboxShow = {
  /** Its id. */
  id: string,
  /** Rows of each kind at most. */
  limit?: number | null,
};

/** Which job. */
export type JobInput = {
  /** The name its caller chose. */
  job: string,
};

/** How far a job is. */
export type JobStatus = {
  /** Whether it runs. */
  running: boolean,
  /** Done so far. */
  done: number,
  /** In all; 0 where not known. */
  total: number,
};

/** A joining step. */
export type JoiningDto = {
  /** `applied`, `terms_accepted`, `questionnaire`, `waiting`, `approved`, `declined`. */
  step: string,
  /** The day. */
  on: string,
  /** For accepted terms: which version. */
  terms_version: string | null,
  /** In the user's words. */
  note: string,
};

/** Takes or takes back a joining step. */
export type JoiningSet = {
  /** The program. */
  program: string,
  /** The step. */
  step: string,
  /** The day; null takes the step back. */
  on: string | null,
  /** For accepted terms: which version. */
  terms_version: string | null,
  /** In the user's words. */
  note: string,
};

/** A finding of a kept copy. */
export type KeptFinding = {
  /** Stable id of the rule. */
  rule: string,
  /** error, warning or info. */
  severity: string,
  /** In plain words. */
  message: string,
  /** What to write or do instead. */
  fix: string,
  /** Law or term it comes from. */
  source: string,
  /** The words it is about; empty where it is about the whole. */
  excerpt: string,
  /** Why it is fine, where a person said so. */
  accepted: string | null,
  /** When they said so. */
  accepted_on: string | null,
};

/** A list of ad keywords to be checked. */
export type KeywordCheck = {
  /** The list, one a line, or an export of Google Ads; empty where a file is named. */
  text: string,
  /** A file with the list. */
  path: string | null,
  /** Slug of the program; the built-in one where null. */
  program: string | null,
  /** Markets; those of the book's settings where empty. */
  markets: Array<string>,
  /** Writes the negatives into this file, one a line. */
  negatives_out: string | null,
  /** Keeps a dated copy in the book under this name. */
  keep_as: string | null,
  /** Campaign of the copy, by name or id. */
  campaign: string | null,
};

/** What was found in a list of keywords. */
export type KeywordFindings = {
  /** The findings. */
  findings: Array<FindingDto>,
  /** Negative keywords that keep the brand out. */
  negatives: Array<string>,
  /** Lines that hold something. */
  lines: number,
  /** The file with the negatives. */
  written: Array<string>,
  /** The copy that was kept in the book. */
  copy: string | null,
};

/** The leads that a connection asks for. */
export type LeadsSet = {
  /** Name of the connection. */
  name: string,
  /** Addresses or numbers, all of them. */
  leads: Array<string>,
};

/** One row with its story. */
export type LedgerDetail = {
  /** The row. */
  item: LedgerItem,
  /** Why it stands as it does, in sentences with the arithmetic. */
  story: Array<string>,
  /** What changed at the source. */
  events: Array<StatusEventDto>,
  /** What its refunds and corrections are. */
  related: Array<LedgerItem>,
  /** The record as it came. */
  raw: string,
};

/** One row of the ledger. */
export type LedgerItem = {
  /** UUID. */
  id: string,
  /** The source's own id. */
  native_id: string | null,
  /** Name of the connection it came through. */
  connection: string,
  /** The batch that brought it. */
  batch: string,
  /** Slug of the program, or the source's word where it is none of the book's. */
  program: string | null,
  /** `2021/starter-monthly`, or the source's word. */
  plan: string | null,
  /** sale, rebill, lead, bonus, `second_tier`, refund, chargeback, correction. */
  kind: string,
  /** direct or second. */
  tier: string,
  /** RFC 3339 UTC. */
  occurred_at: string,
  /** The day in the book's time zone. */
  occurred_on: string,
  /** What the customer paid. */
  sale: Amount | null,
  /** What the affiliate earns. */
  commission: Amount | null,
  /** pending, approved, reversed, other. */
  approval: string,
  /** The network's word. */
  approval_text: string | null,
  /** unpaid, scheduled, paid, `clawed_back`, other. */
  payment: string,
  /** The network's word. */
  payment_text: string | null,
  /** reserve, due, paid, reversed or unknown. */
  standing: string,
  /** The day it is due; null where its program releases nothing before more sales are approved. */
  matures_on: string | null,
  /** Sub-IDs that came back. */
  sub_ids: Array<string>,
  /** Code of the link. */
  link: string | null,
  /** Name of the link's channel. */
  channel: string | null,
  /** Name of the link's campaign. */
  campaign: string | null,
  /** The source no longer has it. */
  vanished: boolean,
  /** Its source says otherwise since its period was locked; it stands as it was. */
  after_lock: boolean,
};

/** Which rows. */
export type LedgerList = {
  /** Words to find in ids, sub-IDs, order and customer. */
  search: string,
  /** Slug. */
  program: string | null,
  /** reserve, due, paid, reversed or unknown. */
  standing: string | null,
  /** First day. */
  from: string | null,
  /** Last day. */
  to: string | null,
  /** Name of a channel. */
  channel: string | null,
  /** Name of a campaign. */
  campaign: string | null,
  /** A batch. */
  batch: string | null,
  /** Rows at most. */
  limit: number | null,
  /** Where the page begins. */
  after: string | null,
};

/** Writes rows of the ledger into a file. */
export type LedgerSave = {
  /** Which rows. */
  filter: LedgerList,
  /** The file: .csv or .xlsx. */
  path: string,
};

/** Whether a row that may be a duplicate lands. */
export type LineChoice = {
  /** Its line in the file. */
  line: number,
  /** Whether it lands. */
  take: boolean,
};

/** Accepts what a link answers now, or takes that back. */
export type LinkAccept = {
  /** The link. */
  id: string,
  /** Whether it is fine. */
  accept: boolean,
};

/** An address that another program handed over: `perennial://link/new?url=…`. */
export type LinkAddress = {
  /** It. */
  address: string,
};

/** What it asks for. */
export type LinkAsked = {
  /** The page that a link is wanted to, checked. */
  url: string,
  /** Slug of the program whose page it is, where one is known. */
  program: string | null,
  /** Channel, where it names one that is known. */
  channel: string | null,
  /** Campaign, where it names one that is known. */
  campaign: string | null,
  /** Label. */
  label: string,
};

/** Links from a CSV file: columns program, channel, campaign, label, destination. */
export type LinkBulk = {
  /** The file. */
  path: string,
  /** Only say what would happen. */
  dry_run: boolean,
  /** Name under which progress is asked for. */
  job: string | null,
};

/** What a bulk import made, or would make. */
export type LinkBulkDone = {
  /** Rows read. */
  read: number,
  /** Links made. */
  new: number,
  /** Rows refused, with their reasons. */
  refused: Array<Refused>,
  /** Nothing was written. */
  dry_run: boolean,
  /** The first links, to look at. */
  sample: Array<LinkDto>,
};

/** Changes many links in one step. */
export type LinkBulkEdit = {
  /** These links, by id or code; all that `which` finds where empty. */
  ids: Array<string>,
  /** Which links; limit and cursor do not matter. */
  which: LinkList | null,
  /** Tags to add. */
  add_tags: Array<string>,
  /** Tags to take off. */
  remove_tags: Array<string>,
  /** Null leaves it, empty takes them out of their folder. */
  folder: string | null,
  /** The last day; null leaves it, empty takes it away. */
  expires_on: string | null,
  /** Null leaves it. */
  archived: boolean | null,
  /** Only say how many. */
  dry_run: boolean,
};

/** What an edit of many links did. */
export type LinkBulkEdited = {
  /** Links. */
  links: number,
  /** Places that still hold one of them and must have it replaced. */
  to_replace: number,
  /** Nothing was written. */
  dry_run: boolean,
};

/** Which links to check. */
export type LinkCheck = {
  /** These, by id or code; all in use where empty. */
  ids: Array<string>,
  /** Also archived ones and those past their last day. */
  all: boolean,
  /** Only where the schedule says so; else nothing happens. */
  due: boolean,
  /** Results given back at most, the worst first. */
  limit: number | null,
  /** Name under which progress is asked for. */
  job: string | null,
};

/** What checks in a row saw. */
export type LinkCheckDto = {
  /** The first of them, RFC 3339. */
  first_at: string,
  /** The last of them. */
  last_at: string,
  /** How many. */
  times: number,
  /** Every address of the chain. */
  chain: Array<string>,
  /** In a sentence. */
  says: string,
};

/** How links are checked. */
export type LinkCheckSettings = {
  /** Hours between checks; null for never. */
  every_hours: number | null,
  /** Programs (slugs) whose tracked addresses may be asked, which can count as clicks of your own. */
  tracked: Array<string>,
};

/** Which column is what; a column's name. */
export type LinkColumns = {
  /** The address a click leads to. */
  address: string,
  /** Label. */
  label: string | null,
  /** Short name or short link, kept in the note. */
  short: string | null,
  /** Tags, separated by comma or semicolon. */
  tags: string | null,
  /** Folder. */
  folder: string | null,
  /** Note. */
  note: string | null,
  /** Channel. */
  channel: string | null,
};

/** How all links in use stand. */
export type LinkDigest = {
  /** Links in use. */
  links: number,
  /** They lead where they should. */
  healthy: number,
  /** As you said is fine. */
  expected: number,
  /** Nobody can tell. */
  unverifiable: number,
  /** Never checked. */
  unchecked: number,
  /** Failed three times over time. */
  broken: number,
  /** Failed, not yet often enough. */
  failing: number,
  /** Places whose link must be replaced. */
  to_replace: number,
  /** The last check, RFC 3339. */
  checked_at: string | null,
  /** The next one by schedule, RFC 3339. */
  next_at: string | null,
};

/** A saved link. */
export type LinkDto = {
  /** UUID. */
  id: string,
  /** Short code; conversions are attributed by it. */
  code: string,
  /** The finished address. */
  url: string,
  /** Slug of the program. */
  program: string,
  /** Name of the destination, where it is a saved one. */
  destination: string | null,
  /** Name of the channel. */
  channel: string,
  /** Word of the channel's kind. */
  channel_kind: string,
  /** Name of the campaign. */
  campaign: string | null,
  /** Label. */
  label: string,
  /** Sub-IDs it carries. */
  sub_ids: Array<string>,
  /** In the user's words. */
  note: string,
  /** No longer offered. */
  archived: boolean,
  /** When it was made, RFC 3339. */
  created_at: string,
  /** Conversions attributed to it. */
  referrals: number,
  /** What it earned, one amount a currency. */
  earned: Array<Amount>,
  /** Tags, in order. */
  tags: Array<string>,
  /** Folder; empty for none. */
  folder: string,
  /** Its last day. */
  expires_on: string | null,
  /** That day is past. */
  expired: boolean,
  /** How it stands: `unchecked`, `healthy`, `expected`, `unverifiable` or `broken`. */
  state: string,
  /** Failed checks in a row; three over time make it broken. */
  failures: number,
  /** When it was last checked, RFC 3339. */
  checked_at: string | null,
  /** Counts edits. */
  revision: number,
};

/** What a file of links holds, before anything is taken. */
export type LinkFile = {
  /** Its columns. */
  header: Array<string>,
  /** The first rows. */
  rows: Array<Array<string>>,
  /** The tool it is from, where its header tells. */
  source: string | null,
  /** Which column is what, as far as it can be told. */
  columns: LinkColumns,
};

/** An address that waits to be looked at. */
export type LinkHanded = {
  /** It; null where none waits. */
  address: string | null,
};

/** How a link stands, and what led to it. */
export type LinkHealth = {
  /** The link. */
  id: string,
  /** Short code. */
  code: string,
  /** `unchecked`, `healthy`, `expected`, `unverifiable` or `broken`. */
  state: string,
  /** Failed checks in a row. */
  failures: number,
  /** The first of them, RFC 3339. */
  failing_since: string | null,
  /** The last check, RFC 3339. */
  checked_at: string | null,
  /** What was asked; null where only the tracked address leads there. */
  asked: string | null,
  /** Status of the last answer. */
  status: number | null,
  /** Host of the last address. */
  final_host: string | null,
  /** What is wrong. */
  problems: Array<LinkProblem>,
  /** The same in a sentence. */
  says: string,
  /** The day on which what it answers was accepted. */
  accepted_on: string | null,
  /** The tracked addresses of its program may be asked. */
  tracked_allowed: boolean,
  /** What checks saw, the newest first. */
  checks: Array<LinkCheckDto>,
  /** Places that still hold it. */
  places: Array<PlacementDto>,
};

/** Links from another tool's file. */
export type LinkImport = {
  /** The file. */
  path: string,
  /** `pretty-links`, `thirsty-affiliates`, `bitly`, or `columns` with a mapping; told from the header where null. */
  source: string | null,
  /** Which column is what, for `columns`. */
  columns: LinkColumns | null,
  /** Slug of the program of rows whose host says none. */
  program: string | null,
  /** Name of the channel of all rows that name none. */
  channel: string | null,
  /** Folder of all rows that name none. */
  folder: string | null,
  /** Only say what would happen. */
  dry_run: boolean,
  /** Name under which progress is asked for. */
  job: string | null,
};

/** What an import of links brought, or would bring. */
export type LinkImportDone = {
  /** Rows read. */
  read: number,
  /** Links made. */
  new: number,
  /** Rows whose address is in the book already, for the same channel. */
  same: number,
  /** Rows refused, with their reasons. */
  refused: Array<Refused>,
  /** Nothing was written. */
  dry_run: boolean,
  /** How the file was read. */
  source: string,
  /** The first links, to look at. */
  sample: Array<LinkDto>,
};

/** Which links. */
export type LinkList = {
  /** Words to find in label, URL, code, note, folder and tags. */
  search: string,
  /** Slug. */
  program: string | null,
  /** Name. */
  channel: string | null,
  /** Name. */
  campaign: string | null,
  /** With this tag. */
  tag: string | null,
  /** In this folder. */
  folder: string | null,
  /** How they stand: a state, `failing` or `expired`. */
  state: string | null,
  /** Also archived ones. */
  archived: boolean,
  /** Rows at most. */
  limit: number | null,
  /** Where the page begins. */
  after: string | null,
};

/** One destination, links for one or many channels. */
export type LinkNew = {
  /** Slug of the program. */
  program: string,
  /** Channels by name or id. */
  channels: Array<string>,
  /** Campaign by name or id. */
  campaign: string | null,
  /** Label. */
  label: string,
  /** A destination's name or id, or an address; the main one where null. */
  destination: string | null,
  /** Accept a host that is not one of the program's. */
  any_host: boolean,
};

/** One thing that is wrong with a link. */
export type LinkProblem = {
  /** `gone`, `error`, `unreachable`, `insecure`, `slow`, `redirects`, `foreign_host`, `look_alike`, `lost_parameter`. */
  kind: string,
  /** The status, host or parameter that it is about. */
  detail: string,
  /** In a sentence. */
  message: string,
};

/** Names that links are kept under. */
export type LinkShelves = {
  /** Tags. */
  tags: Array<ShelfName>,
  /** Folders. */
  folders: Array<ShelfName>,
};

/** How links are written. */
export type LinkStyleDto = {
  /** Hosts the links may lead to; `.krtra.com` stands for every host under it. */
  hosts: Array<string>,
  /** Hosts whose addresses carry the identity by themselves. */
  tracking_hosts: Array<string>,
  /** Parameter that carries the identity. */
  identity_param: string | null,
  /** Sub-ID parameters. */
  sub_ids: Array<SlotDto>,
  /** UTM parameters. */
  utm: Array<SlotDto>,
};

/** Changes a link. */
export type LinkUpdate = {
  /** The link. */
  id: string,
  /** Null leaves it. */
  label: string | null,
  /** Null leaves it. */
  note: string | null,
  /** Null leaves it. */
  archived: boolean | null,
  /** All tags; null leaves them. */
  tags: Array<string> | null,
  /** Null leaves it, empty takes it out of its folder. */
  folder: string | null,
  /** The last day; null leaves it, empty takes it away. */
  expires_on: string | null,
};

/** What a check found. */
export type LinksChecked = {
  /** Links looked at. */
  checked: number,
  /** They lead where they should. */
  healthy: number,
  /** As you said is fine. */
  expected: number,
  /** Nobody can tell. */
  unverifiable: number,
  /** Failed three times over time. */
  broken: number,
  /** Failed, not yet often enough for an alarm. */
  failing: number,
  /** Requests made. */
  requests: number,
  /** It was stopped before the end; what was checked is kept. */
  stopped: boolean,
  /** The links, the worst first. */
  items: Array<CheckedLink>,
};

/** Links that were, or would be, made. */
export type LinksMade = {
  /** The links; in a preview their ids are empty. */
  links: Array<LinkDto>,
  /** What to know about them. */
  warnings: Array<string>,
  /** What reports will show of the first of them. */
  shows: Array<ReportShows>,
};

/** Which page of a list. */
export type ListInput = {
  /** Words to find; empty for all. */
  search: string,
  /** Rows at most. */
  limit: number | null,
  /** Where the page begins. */
  after: string | null,
  /** Also what is archived. */
  archived: boolean,
};

/** One thing done. */
export type LogEntryDto = {
  /** UUID. */
  id: string,
  /** The day. */
  on: string,
  /** What was done. */
  what: string,
  /** Name of the channel. */
  channel: string | null,
  /** Where it can be seen. */
  url: string | null,
  /** What it cost. */
  spend: Amount | null,
  /** Minutes of work. */
  minutes: number | null,
};

/** A line of the log. */
export type LogLine = {
  /** RFC 3339. */
  at: string,
  /** What happened. */
  text: string,
};

/** A log entry to be added or changed. */
export type LogSave = {
  /** Campaign by name or id. */
  campaign: string,
  /** Null for a new one. */
  id: string | null,
  /** The day. */
  on: string,
  /** What was done. */
  what: string,
  /** Channel by name or id. */
  channel: string | null,
  /** Where it can be seen. */
  url: string | null,
  /** What it cost. */
  spend: Amount | null,
  /** Minutes of work. */
  minutes: number | null,
};

/** A mail to take into the notebook. */
export type MailImport = {
  /** Path of the .eml file. */
  path: string,
  /** Slug; told from the sender where null. */
  program: string | null,
  /** Tags. */
  tags: Array<string>,
};

/** A field and the column it is read from. */
export type MappedColumn = {
  /** The field. */
  field: string,
  /** The column's name. */
  column: string,
};

/** A word of a report and what it counts as. */
export type MappedWord = {
  /** `approval`, `payment` or `kind`. */
  field: string,
  /** As the report writes it; case does not matter. */
  word: string,
  /** A word of the ledger, such as `approved`. */
  meaning: string,
};

/** A mapping as a form holds it. What is null is told from the file, or left at its usual value. */
export type MappingDraft = {
  /** Its name. */
  name: string,
  /** Fields and their columns; several columns of `sub_id` are several sub-IDs. */
  columns: Array<MappedColumn>,
  /** Program of every row. */
  program: string | null,
  /** Currency where no column says it. */
  currency: string | null,
  /** What every row is, where no column says it. */
  kind: string | null,
  /** direct or second. */
  tier: string | null,
  /** Approval where no column says it. */
  approval: string | null,
  /** `day-first` or `month-first`. */
  date_order: string | null,
  /** `.` or `,`. */
  decimal: string | null,
  /** Zone of times that name none. */
  time_zone: string | null,
  /** What the report's own words count as. */
  words: Array<MappedWord>,
};

/** A mapping to be written into a file. */
export type MappingExport = {
  /** Its name. */
  name: string,
  /** The file. */
  path: string,
};

/** A field of the ledger that a column can be mapped to. */
export type MappingField = {
  /** Its name in a mapping. */
  name: string,
  /** What it is. */
  label: string,
  /** Whether a mapping must have it. */
  required: boolean,
};

/** A profile or a saved mapping. */
export type MappingRow = {
  /** Its name. */
  name: string,
  /** Comes with Perennial and cannot be changed; saving a mapping of the same name stands before it. */
  builtin: boolean,
  /** The columns it was made for; empty for a built-in profile. */
  header: Array<string>,
  /** As a form. */
  draft: MappingDraft,
  /** As a document. */
  toml: string,
};

/** A mapping to be saved for later files: as a draft or as a document. */
export type MappingSave = {
  /** Its name. */
  name: string,
  /** The TOML document; null where a draft is given. */
  toml: string | null,
  /** The form; null where a document is given. */
  draft?: MappingDraft | null,
  /** The header it was made for. */
  header: Array<string>,
};

/** How sales went. What nothing is known of is null. */
export type Measures = {
  /** Sales, reversed ones too. */
  sales: number,
  /** Sales that were refunded, charged back or reversed. */
  refunded: number,
  /** refunded ÷ sales. */
  refund_rate: string | null,
  /** Clicks on links, of keys that clicks are known of. */
  clicks: number | null,
  /** sales ÷ clicks. */
  conversion: string | null,
  /** What was earned a click. */
  epc: Amount | null,
  /** Days between a sale and the day its commission is due, on average. */
  hold_days: string | null,
  /** Days between a sale and the payout that paid it, on average. */
  payout_days: string | null,
};

/** One method. */
export type Method = {
  /** `months`, `bands`, `payouts`, `retention`, `survival`, `arrivals`, `tornado`, `goal`, `residual`, `wall`, `backtest`, `accuracy`, `priors`. */
  key: string,
  /** For people. */
  title: string,
  /** In a few sentences anybody understands. */
  short: string,
  /** The method for those who want to know, with its source. */
  long: string,
};

/** How the numbers are worked out. */
export type Methods = {
  /** One a method. */
  items: Array<Method>,
};

/** A month that has been, as the ledger has it. */
export type MonthActual = {
  /** `2026-03`. */
  month: string,
  /** Net commission. */
  net: string,
  /** Whether the month is not over yet. */
  partial: boolean,
  /** By plan; what has no plan is in the net alone. */
  plans: Array<PlanActual>,
};

/** Rules for the names of links; a link that breaks one is refused. */
export type NamingDto = {
  /** Every link has a label. */
  label_required: boolean,
  /** Every link belongs to a campaign. */
  campaign_required: boolean,
  /** Labels are lower-case letters, digits and hyphens. */
  label_plain: boolean,
  /** Characters of a label at most. */
  label_max: number | null,
  /** A label begins with one of these. */
  label_begins: Array<string>,
};

/** A network that a connection can be made to, and what it needs. */
export type NetworkDto = {
  /** In lower case. */
  name: string,
  /** For people. */
  title: string,
  /** What comes over it, in a sentence. */
  about: string,
  /** Its own address; `{account}` stands for the account. */
  address: string,
  /** The account; null where none is asked for. */
  account: FieldHelp | null,
  /** The key. */
  key: FieldHelp,
  /** Whether the connection must name a currency. */
  needs_currency: boolean,
  /** Whether a list of leads is needed. */
  leads: boolean,
};

/** A payment to expect. */
export type NextPayoutDto = {
  /** The run. */
  date: string,
  /** The whole balance of that day. */
  amount: string,
  /** What the terms take from it on its way; null where they take nothing. */
  fee: string | null,
  /** What arrives of it then; null where nothing is taken. */
  arrives: string | null,
};

/** Everything on the first screen, in one answer. */
export type Overview = {
  /** Today in the book's time zone. */
  today: string,
  /** What every program owes. */
  owed: Array<OwedRow>,
  /** Earned by month and currency, the last twelve months and this one. */
  months: Array<OverviewMonth>,
  /** Expected net commission of the next months by currency, where a forecast is possible. */
  ahead: Array<OverviewMonth>,
  /** Whether `ahead` is of an earlier state of the book; `overview_ahead` works it out anew. */
  ahead_due: boolean,
  /** Newest rows of the ledger. */
  recent: Array<LedgerItem>,
  /** What needs the user, most pressing first. */
  attention: Array<Attention>,
  /** Counts for the sidebar, by area. */
  badges: Badges,
};

/** One month's amount. */
export type OverviewMonth = {
  /** `2026-03`. */
  month: string,
  /** Amount. */
  amount: Amount,
};

/** What every program owes. */
export type Owed = {
  /** The day. */
  on: string,
  /** One row per program and currency. */
  items: Array<OwedRow>,
};

/** Standing on a day. */
export type OwedInput = {
  /** The day; today where null. */
  on: string | null,
  /** Slug; all where null. */
  program: string | null,
};

/** What one program owes in one currency. earned = reserve + due + paid. */
export type OwedRow = {
  /** Slug, or the source's word; null where unknown. */
  program: string | null,
  /** ISO 4217. */
  currency: string,
  /** Not reversed. */
  earned: Amount,
  /** Earned and on hold. */
  reserve: Amount,
  /** Earned, matured, not yet paid. */
  due: Amount,
  /** Paid out. */
  paid: Amount,
  /** Reported with a word that is not known, so counted nowhere. */
  unknown: Amount,
  /** The next payment to expect. */
  next_payout: NextPayoutDto | null,
};

/** One page of a list. */
export type Page<T> = {
  /** The rows. */
  items: Array<T>,
  /** Where the next page begins; null on the last one. */
  next: string | null,
  /** Rows in all, where it was counted. */
  total: number | null,
};

/** A page to be checked. */
export type PageCheck = {
  /** Its address, `https://…`, or the path of a saved page. */
  place: string,
  /** Hosts whose links pay, besides the program's own. */
  link_hosts: Array<string>,
  /** Slug; Kartra's pack where null. */
  program: string | null,
  /** Words of the markets whose laws are named; those of the book where empty. */
  markets: Array<string>,
  /** A folder in which a dated copy is kept: the HTML, its words, and what was found. */
  keep: string | null,
  /** Keeps a dated copy in the book. */
  keep_in_book: boolean,
  /** Campaign of the copy, by name or id. */
  campaign: string | null,
};

/** What the check of a page found. */
export type PageFindings = {
  /** In the order of the page. */
  findings: Array<FindingDto>,
  /** Where the page was in the end; null for a file. */
  address: string | null,
  /** When it was read. */
  checked_at: string,
  /** SHA-256 of the bytes that were read, hexadecimal. */
  sha256: string,
  /** Files of the copy that was kept. */
  kept: Array<string>,
  /** The copy that was kept in the book. */
  copy: string | null,
};

/** A file's path. */
export type PathInput = {
  /** The path. */
  path: string,
};

/** Whether what was spent came back. */
export type PaybackDto = {
  /** `nothing_spent`, `reached`, `expected` or `not_in_sight`. */
  state: string,
  /** The day; of `expected` the last of the month. */
  on: string | null,
  /** What stays open, where it is not in sight. */
  missing: string | null,
};

/** When money arrives. */
export type PayoutCalendar = {
  /** The runs, soonest first; none where the program's terms have no payout day. */
  runs: Array<PayoutRun>,
  /** Earned, matured and not yet paid: it waits for the next run. */
  due_now: string,
  /** Earned and still on hold. */
  on_hold: string,
  /** Of what is on hold, how much refunds are expected to take back. */
  at_risk: string,
  /** The smallest amount that is paid. */
  minimum: string,
  /** Days on hold. */
  hold_days: number,
  /** ISO 4217. */
  currency: string,
};

/** A payment by a program. */
export type PayoutDto = {
  /** UUID. */
  id: string,
  /** The source's own id. */
  native_id: string | null,
  /** Name of the connection. */
  connection: string | null,
  /** Slug. */
  program: string | null,
  /** What was paid. */
  amount: Amount,
  /** The network's word. */
  status: string,
  /** Period. */
  period: string | null,
  /** The day it was sent. */
  sent_on: string | null,
  /** In the user's words. */
  note: string,
  /** What of it is tied to commissions. */
  allocated: Amount,
  /** What is left to explain of it; null where nothing arrived and nothing was explained yet. */
  left: Amount | null,
  /** open, reconciled or locked. */
  state: string,
  /** The day that the last of it arrived. */
  arrived_on: string | null,
};

/** A commission that a payout paid. */
export type PayoutLineDto = {
  /** The row of the ledger. */
  id: string,
  /** The source's own id. */
  native_id: string | null,
  /** Slug, or the source's word. */
  program: string | null,
  /** sale, rebill, refund … */
  kind: string,
  /** Its day. */
  occurred_on: string,
  /** What of it this payout paid. */
  amount: Amount,
  /** The whole commission. */
  commission: Amount,
};

/** One commission of a payout. */
export type PayoutLineSet = {
  /** The row of the ledger. */
  id: string,
  /** What of it was paid; a decimal of the payout's currency. */
  amount: string,
};

/** Which commissions a payout paid. */
export type PayoutLinesSet = {
  /** The payout. */
  payout: string,
  /** The rows and what of each was paid; null takes the proposal. */
  lines: Array<PayoutLineSet> | null,
};

/** A payment that the user saw arrive. */
export type PayoutRecord = {
  /** Slug. */
  program: string,
  /** What arrived. */
  amount: Amount,
  /** The day. */
  on: string,
  /** In the user's words. */
  note: string,
};

/** One run. */
export type PayoutRun = {
  /** The day. */
  run: string,
  /** Expected payout: the mean of what is paid, nothing counting where the minimum is missed. */
  expected: string,
  /** The chance that anything is paid. */
  probability: string,
  /** Its range. */
  band: Band,
  /** Earned already and maturing for this run. */
  pending: string,
  /** Of it, how much refunds are expected to take back. */
  at_risk: string,
};

/** A locked period. */
export type PeriodDto = {
  /** Slug. */
  program: string,
  /** Name of the program. */
  name: string,
  /** ISO 4217. */
  currency: string,
  /** The last locked day. */
  through: string,
  /** When it was locked, RFC 3339. */
  locked_at: string,
  /** In the user's words. */
  note: string,
  /** Rows that came otherwise since and wait. */
  waiting: number,
};

/** Locks a period. */
export type PeriodLock = {
  /** Slug. */
  program: string,
  /** ISO 4217. */
  currency: string,
  /** The last day. */
  through: string,
  /** In the user's words. */
  note: string,
};

/** Unlocks a period. */
export type PeriodUnlock = {
  /** Slug. */
  program: string,
  /** ISO 4217. */
  currency: string,
  /** What stays locked: up to and with this day; nothing where null. */
  keep: string | null,
};

/** What unlocking did. */
export type PeriodUnlocked = {
  /** Rows that had changed at their source meanwhile and were taken in. */
  taken_in: number,
};

/** A picture to be written into a file. */
export type PictureSave = {
  /** Where; the ending (.svg or .png) decides the format. */
  path: string,
  /** The file's bytes. */
  bytes: Array<number>,
};

/** Where in a file or a text the trouble is. */
export type Place = {
  /** Physical line, from 1. */
  line?: number,
  /** Column's name. */
  column?: string,
  /** Path of a key in a document: `retention.gold_a.alpha`. */
  key?: string,
};

/** Notes that a place no longer holds its link. */
export type PlacementDone = {
  /** The place. */
  id: string,
  /** The link that stands there now, by id or code; none where it was only taken out. */
  by: string | null,
};

/** A place that holds a link. */
export type PlacementDto = {
  /** UUID. */
  id: string,
  /** The link's code. */
  link: string,
  /** The link's label. */
  label: string,
  /** The link's channel. */
  channel: string,
  /** The link's address. */
  url: string,
  /** `page`, `email`, `video`, `bio`, `post`, `ad`, `print` or `other`. */
  kind: string,
  /** The address, or the words for it. */
  place: string,
  /** First day. */
  since: string,
  /** The day it was taken out; null while it is there. */
  until: string | null,
  /** In the user's words. */
  note: string,
  /** Why the link must be replaced there: `broken`, `expired` or `archived`. */
  replace: string | null,
};

/** Which places. */
export type PlacementList = {
  /** Of this link, by id or code. */
  link: string | null,
  /** Words to find. */
  search: string,
  /** Only those whose link must be replaced. */
  replace: boolean,
  /** Also those that no longer hold their link. */
  past: boolean,
  /** Rows at most. */
  limit: number | null,
  /** Where the page begins. */
  after: string | null,
};

/** Adds or changes a place. */
export type PlacementSave = {
  /** The place; a new one where null. */
  id: string | null,
  /** The link of a new one, by id or code. */
  link: string | null,
  /** What holds it. */
  kind: string | null,
  /** The address, or the words for it. */
  place: string | null,
  /** First day; today where null for a new one. */
  since: string | null,
  /** In the user's words. */
  note: string | null,
};

/** One plan's part of such a month. */
export type PlanActual = {
  /** `2021/starter-monthly`. */
  plan: string,
  /** Net commission. */
  net: string,
};

/** What is supposed of one plan. */
export type PlanAssumption = {
  /** `2021/starter-monthly`. */
  plan: string,
  /** `Starter`. */
  name: string,
  /** `monthly` or `annual`. */
  term: string,
  /** The version of the plans, where another has a plan of the same name and rhythm; null where the name says it all. */
  vintage: string | null,
  /** Order among the tiers. */
  tier: number,
  /** Price of one payment. */
  price: string,
  /** New referrals a month (sign-ups before the trial), own sales. */
  new_direct: string,
  /** New referrals a month on the second tier. */
  new_second_tier: string,
  /** Chance that a customer's first renewal is paid, 0..1 as a decimal. */
  renewal: string,
  /** How alike customers are: α+β of the beta distribution of their chances to leave. Null where all are alike, so that every renewal has the same chance; with a number later renewals are likelier than the first. */
  concentration: string | null,
  /** How a customer's own chance changes with age (c of the beta-discrete-Weibull); null is 1, not at all. */
  shape: string | null,
  /** Active paying referrals now, own sales. */
  active_direct: number,
  /** Active paying referrals now, second tier. */
  active_second_tier: number,
};

/** One plan whose price or commission differs. */
export type PlanChange = {
  /** `Starter`. */
  name: string,
  /** monthly or annual. */
  term: string,
  /** What a payment earned before; null where the plan was not on sale. */
  before: Amount | null,
  /** What a payment earns after; null where the plan is no longer on sale. */
  after: Amount | null,
};

/** A plan and what it earns. */
export type PlanDto = {
  /** `2021/starter-monthly`. */
  id: string,
  /** `2021`. */
  version: string,
  /** `Starter`. */
  name: string,
  /** `monthly` or `annual`. */
  term: string,
  /** Order among the tiers. */
  tier: number,
  /** Price of one payment. */
  price: Amount,
  /** Commission of one payment on own sales. */
  direct: Amount,
  /** Commission of one payment on a recruited affiliate's sale. */
  second_tier: Amount | null,
};

/** Plans that were on sale together. */
export type PlanSetDto = {
  /** `2021`. */
  version: string,
  /** Where the prices are from. */
  source: string,
  /** The plans. */
  plans: Array<PlanDto>,
};

/** One of the first rows, as it would land or be refused. */
export type PreviewRow = {
  /** Physical line of its start, from 1. */
  line: number,
  /** The source's own id. */
  native_id: string | null,
  /** When it happened, RFC 3339. */
  occurred_at: string | null,
  /** Its day in the book's time zone. */
  occurred_on: string | null,
  /** The program as the file says it. */
  program: string | null,
  /** sale, rebill, lead … */
  kind: string | null,
  /** pending, approved, reversed, other. */
  approval: string | null,
  /** unpaid, scheduled, paid, `clawed_back`, other. */
  payment: string | null,
  /** What the customer paid. */
  sale: Amount | null,
  /** What the affiliate earns. */
  commission: Amount | null,
  /** Sub-IDs, in the order of the columns. */
  sub_ids: Array<string>,
  /** Why it would be refused; null where it lands. */
  refused: Refused | null,
};

/** A common value that stands in while the book says little. */
export type Prior = {
  /** `renewal.monthly`. */
  key: string,
  /** For people. */
  label: string,
  /** The value. */
  value: string,
  /** How many observations it counts as. */
  weight: string,
  /** Where it comes from. */
  source: string,
  /** Whether the user set it. */
  own: boolean,
};

/** A common value to be set. */
export type PriorSet = {
  /** `renewal.monthly`. */
  key: string,
  /** The value; null goes back to the built-in one. */
  value: string | null,
  /** How many observations it counts as; null keeps the built-in weight. */
  weight: string | null,
  /** Where it comes from, in the user's words. */
  source: string | null,
};

/** The common values. */
export type Priors = {
  /** One a key. */
  items: Array<Prior>,
};

/** A program of the user's own, as a TOML document (the form writes one). */
export type ProgramAdd = {
  /** The document; its form is that of the built-in programs. */
  toml: string,
};

/** A program with everything. */
export type ProgramDetail = {
  /** As in the list. */
  program: ProgramRow,
  /** What holds today. */
  terms: TermsDto,
  /** Every dated version, oldest first. */
  versions: Array<TermsVersionDto>,
  /** Every set of plans, with what each plan earns. */
  plan_sets: Array<PlanSetDto>,
  /** What sources say against each other. */
  claims: Array<ClaimDto>,
  /** Steps taken on the way in. */
  joining: Array<JoiningDto>,
  /** Pages that links lead to. */
  destinations: Array<DestinationDto>,
  /** How links are written. */
  link_style: LinkStyleDto,
};

/** A program in a list. */
export type ProgramRow = {
  /** Short unique name; commands take it. */
  id: string,
  /** UUID. */
  uid: string,
  /** Name that people read. */
  name: string,
  /** Network that runs it. */
  network: string | null,
  /** Home page. */
  website: string | null,
  /** Came with the application. */
  builtin: boolean,
  /** The affiliate's code. */
  identity: string | null,
  /** The last joining step taken. */
  joining: string | null,
  /** Commission on own sales, in words: `40%`. */
  direct_rate: string,
  /** Second tier, in words. */
  second_tier_rate: string | null,
  /** Terms on which sources disagree and nothing was chosen. */
  undecided: number,
  /** No longer offered. */
  archived: boolean,
  /** Counts edits. */
  revision: number,
};

/** Terms of a day. */
export type ProgramTermsInput = {
  /** The program. */
  id: string,
  /** The day; today where null. */
  on: string | null,
};

/** Changes what a user may change of any program. */
export type ProgramUpdate = {
  /** The program. */
  id: string,
  /** The affiliate's code; null leaves it, empty clears it. */
  identity: string | null,
  /** Null leaves it. */
  link_style: LinkStyleDto | null,
  /** Null leaves it. */
  archived: boolean | null,
};

/** Where a value is from. */
export type ProvenanceDto = {
  /** The text as it was given. */
  value: string,
  /** First day it holds. */
  from: string,
  /** Version that set it. */
  version: string,
  /** Where that is from. */
  source: string,
  /** Set by the user. */
  own: boolean,
};

/** A QR code. */
export type QrImage = {
  /** `svg` or `png`. */
  format: string,
  /** The SVG's text, or the PNG in base64. */
  data: string,
};

/** A link as a picture. */
export type QrInput = {
  /** The link. */
  id: string,
  /** `svg` or `png`. */
  format: string,
};

/** A QR code into a file. */
export type QrSave = {
  /** The link. */
  id: string,
  /** Where; the ending (.svg or .png) decides the format. */
  out: string,
};

/** Many links as QR codes on printed pages. */
export type QrSheet = {
  /** The links, by id or code, in this order. */
  ids: Array<string>,
  /** The PDF. */
  out: string,
  /** `a4` or `letter`. */
  paper: string | null,
  /** Codes in a row, 2 to 6. */
  columns: number | null,
};

/** A dated exchange rate with its source. */
export type RateDto = {
  /** One unit of this … */
  from: string,
  /** … is so many units of this. */
  to: string,
  /** A decimal. */
  value: string,
  /** The day. */
  on: string,
  /** Who says so. */
  source: string,
};

/** A payout with its commissions on one side and what arrived on the other. */
export type Reconciliation = {
  /** The payout. */
  payout: PayoutDto,
  /** The commissions it paid, clawbacks below zero. */
  lines: Array<PayoutLineDto>,
  /** What they add up to. */
  lines_total: Amount,
  /** What the user explained. */
  explanations: Array<ExplanationDto>,
  /** What arrived for it. */
  deposits: Array<DepositDto>,
  /** What arrived, in the payout's currency. */
  arrived: Amount,
  /** What was withheld of it before, in the payout's currency. */
  fees: Amount,
  /** What the terms take from the payout on its way; null where they take nothing. */
  terms_fee: Amount | null,
  /** The deposit to expect after it; null where they take nothing. */
  expected: Amount | null,
  /** Payout less its commissions and what explains them: not yet tied to commissions. */
  lines_difference: Amount,
  /** Payout less what arrived and what explains the rest: above zero where money is missing. */
  difference: Amount,
  /** Both without their signs; zero when everything is explained. */
  left: Amount,
  /** Nothing is left to explain and something arrived. */
  reconciled: boolean,
  /** The period is locked: nothing of it changes. */
  locked: boolean,
  /** The balance that earlier payouts carried on, below zero for a debt. */
  carried_in: Amount,
  /** The commissions that it most likely paid, where none are tied to it. */
  line_proposal: Array<PayoutLineDto>,
  /** What they add up to. */
  line_proposal_total: Amount,
  /** Deposits that may be it, the likeliest first. */
  deposit_proposals: Array<DepositProposal>,
};

/** A recruited affiliate. */
export type Recruit = {
  /** Identity; null for a word of the network that nobody has noted yet. */
  id: string | null,
  /** Slug. */
  program: string | null,
  /** What the user calls them, else the network's word; null for rows that name nobody. */
  name: string | null,
  /** The network's word for them. */
  code: string | null,
  /** Identity of who recruited them; null where the user did. */
  recruited_by: string | null,
  /** Since when. */
  joined_on: string | null,
  /** In the user's words. */
  note: string,
  /** Whether they are put aside. */
  archived: boolean,
  /** How deep in the tree, those whom the user recruited being 0. */
  depth: number,
  /** What their own sales brought. */
  sums: Array<SecondTierSums>,
  /** What those below them brought, themselves left out. */
  below: Array<Amount>,
  /** First day of a row. */
  first_on: string | null,
  /** Last day of a row. */
  last_on: string | null,
};

/** A recruited affiliate as the user keeps them. */
export type RecruitSave = {
  /** Which; null for a new one. */
  id: string | null,
  /** Slug; needed for a new one. */
  program: string | null,
  /** What to call them. */
  name: string,
  /** The network's word for them; null or empty for none. */
  code: string | null,
  /** Identity or name of who recruited them; null or empty where the user did. */
  recruited_by: string | null,
  /** Since when. */
  joined_on: string | null,
  /** In the user's words. */
  note: string,
  /** Whether they are put aside. */
  archived: boolean,
};

/** A referral with everything. */
export type ReferralDetail = {
  /** The row of the list. */
  referral: ReferralItem,
  /** In the user's words. */
  note: string,
  /** Steps, the earliest first. */
  steps: Array<ReferralStep>,
  /** What they paid, the latest first. */
  payments: Array<ReferralPayment>,
  /** Cookie and trial. */
  windows: Array<ReferralWindow>,
  /** Code of the link they came through. */
  link: string | null,
  /** Of the commission, what is paid out. */
  paid: Array<Amount>,
  /** Commission still expected, discounted; null where nothing can be said. */
  to_come: Amount | null,
  /** How that was worked out, in a sentence. */
  to_come_how: string,
};

/** A referral in a list. */
export type ReferralItem = {
  /** Identity. */
  id: string,
  /** What the user calls them, else the source's or the book's word for them. */
  alias: string,
  /** Slug. */
  program: string | null,
  /** Name of the connection that reported them; null where noted by hand alone. */
  connection: string | null,
  /** Where they stand. */
  stage: string,
  /** Since when. */
  since: string | null,
  /** `direct` or `second`. */
  tier: string,
  /** The plan paid last. */
  plan: string | null,
  /** The first payment that was no trial's. */
  paying_since: string | null,
  /** The day of the next payment. */
  next_due: string | null,
  /** Payments after the first. */
  renewals: number,
  /** Commission so far, reversals taken off, one amount a currency. */
  earned: Array<Amount>,
  /** Months that still earn under the program's cap; null without a cap. */
  months_left: number | null,
  /** Whether the user noted something of them. */
  noted: boolean,
};

/** Which referrals. */
export type ReferralList = {
  /** Words to find in names and notes. */
  search: string,
  /** Of one program, by slug. */
  program: string | null,
  /** Standing so: `click`, `lead`, `trial`, `paying`, `upgraded`, `past_due`, `cancelled` or `refunded`. */
  stage: string | null,
  /** Rows at most. */
  limit: number | null,
  /** Where the page begins. */
  after: string | null,
};

/** Something the user knows of a referral. Without an id a new one is noted by hand. */
export type ReferralNote = {
  /** Which; null for a new one. */
  id: string | null,
  /** Slug, for a new one. */
  program: string | null,
  /** What to call them; null leaves it. */
  alias: string | null,
  /** In the user's words; null leaves it. */
  note: string | null,
  /** What was reached; null for none. */
  stage: string | null,
  /** On which day; today where null. */
  on: string | null,
  /** The plan. */
  plan: string | null,
  /** About the step, in the user's words. */
  step_note: string | null,
  /** Takes this note out instead. */
  remove: string | null,
};

/** A payment of a referral. */
export type ReferralPayment = {
  /** Id in the ledger. */
  id: string,
  /** The day. */
  on: string,
  /** What happened. */
  kind: string,
  /** The plan. */
  plan: string | null,
  /** What was sold. */
  sale: Amount | null,
  /** What it earned. */
  earned: Amount,
};

/** Which referral, and how much less later money counts. */
export type ReferralShow = {
  /** Its id, or the name the user gave. */
  id: string,
  /** Discount a year as a decimal; 0.10 where null. */
  discount: string | null,
};

/** A step of a referral's life. */
export type ReferralStep = {
  /** The day. */
  on: string,
  /** What was reached. */
  stage: string,
  /** The plan from then on. */
  plan: string | null,
  /** Whether the user noted it. */
  noted: boolean,
  /** The note's identity, to take it out again. */
  note_id: string | null,
  /** In the user's words. */
  note: string,
};

/** A span of days that decides something. */
export type ReferralWindow = {
  /** `cookie` or `trial`. */
  what: string,
  /** First day. */
  from: string,
  /** Last day. */
  to: string,
  /** In a sentence. */
  sentence: string,
};

/** A row that did not land. */
export type Refused = {
  /** Physical line of its start, from 1; null for a sync. */
  line: number | null,
  /** The column at fault. */
  column: string | null,
  /** Why. */
  reason: string,
  /** The row as it came. */
  text: string,
};

/** Something to do by a day. */
export type ReminderDto = {
  /** UUID. */
  id: string,
  /** What. */
  text: string,
  /** The day it is due. */
  due: string,
  /** `due` by today, `later`, or `done`. */
  state: string,
  /** Slug of the program that it is about. */
  program: string | null,
  /** Name of the campaign that it is about. */
  campaign: string | null,
  /** Code of the link that it is about. */
  link: string | null,
  /** The day it was done. */
  done_on: string | null,
};

/** Which reminders. */
export type ReminderList = {
  /** Words to find. */
  search: string,
  /** Those that are done too. */
  done: boolean,
};

/** A new reminder, or what changes of one. What is null stays as it is; what is empty is taken away. */
export type ReminderSave = {
  /** The reminder; a new one where null. */
  id: string | null,
  /** What. */
  text: string | null,
  /** The day it is due. */
  due: string | null,
  /** Slug of the program that it is about. */
  program: string | null,
  /** Name of the campaign that it is about. */
  campaign: string | null,
  /** Code of the link that it is about. */
  link: string | null,
  /** Done, or open again. */
  done: boolean | null,
};

/** Which annual renewals fall when. */
export type RenewalWall = {
  /** Soonest first. */
  months: Array<WallMonth>,
  /** ISO 4217. */
  currency: string,
  /** In a sentence. */
  sentence: string,
};

/** A report: one row per key and currency. earned = reserve + due + paid in every row and every sum. */
export type Report = {
  /** What it is by. */
  by: string,
  /** First month asked for. */
  from: string | null,
  /** Last month asked for. */
  to: string | null,
  /** The rows. */
  rows: Array<ReportRow>,
  /** One sum a currency. */
  totals: Array<ReportRow>,
  /** One sum over all currencies, where the rates given join them. */
  converted: Converted | null,
};

/** What to report. */
export type ReportInput = {
  /** month, program, plan, tier, channel, campaign, link or country. */
  by: string,
  /** First month; from the first row where null. */
  from: string | null,
  /** Last month; to the last row where null. */
  to: string | null,
  /** Slug; all where null. */
  program: string | null,
  /** First month of the period to compare with. */
  before_from: string | null,
  /** Last month of it. */
  before_to: string | null,
  /** Also counts, clicks, EPC, rates and days. */
  measures: boolean,
  /** Dated rates, `EUR/USD=1.08@2026-01-01`, for one sum over all currencies. */
  rates: Array<string>,
  /** Who says so; needed with rates. */
  rate_source: string | null,
};

/** One key in one currency. */
export type ReportRow = {
  /** Not reversed. */
  earned: Amount,
  /** Earned and on hold. */
  reserve: Amount,
  /** Earned, matured, not yet paid. */
  due: Amount,
  /** Paid out. */
  paid: Amount,
  /** How it went, where asked for. */
  measures?: Measures,
  /** What was earned in the period compared with; where one was asked for. */
  before?: Amount,
  /** What was earned more than then. */
  change?: Amount,
  /** That as a share of what was earned then, such as `0.125`; null where nothing was. */
  change_share?: string, } & ({ [key in string]: string | null });

/** Writes a report into a file. */
export type ReportSave = {
  /** The report. */
  report: ReportInput,
  /** The file: .csv or .xlsx. */
  path: string,
};

/** A parameter of a link, as it comes back. */
export type ReportShows = {
  /** Name of the parameter. */
  param: string,
  /** Its value. */
  value: string,
  /** Where it comes back: `report` (the network's) or `analytics` (your own site's). */
  place: string,
};

/** A check in a report. */
export type ReportedCheck = {
  /** The copy. */
  copy: EvidenceRow,
  /** What was found. */
  findings: Array<KeptFinding>,
};

/** A program in a report. */
export type ReportedProgram = {
  /** Name. */
  name: string,
  /** current, changed or never: how the acceptance of its terms stands. */
  signed: string,
  /** Every acceptance, the oldest first. */
  acceptances: Array<Acceptance>,
  /** The campaign's checklist. */
  checklist: Checklist,
};

/** What is asked of the residual value. */
export type ResidualInput = {
  /** Slug; the first program with plans where null. */
  program: string | null,
  /** Discount a year as a decimal; 0.10 where null. */
  discount: string | null,
};

/** One part of it. */
export type ResidualPart = {
  /** The plan's id, the campaign's or the channel's name. */
  key: string | null,
  /** For people. */
  label: string,
  /** Customers. */
  customers: number,
  /** Still to come. */
  value: string,
  /** A customer. */
  each: string,
};

/** What those who pay now will still bring, discounted to today. */
export type ResidualValue = {
  /** In all. */
  total: string,
  /** Customers who pay now. */
  customers: number,
  /** Discount a year. */
  discount: string,
  /** ISO 4217. */
  currency: string,
  /** By plan and tier. */
  plans: Array<ResidualPart>,
  /** By campaign; `key` is null for what belongs to none. */
  campaigns: Array<ResidualPart>,
  /** By channel. */
  channels: Array<ResidualPart>,
  /** How it was worked out, in a sentence. */
  sentence: string,
};

/** A backup to be restored. */
export type RestoreInput = {
  /** The backup. */
  backup: string,
  /** Where the book shall lie; nothing may be there. */
  to: string,
};

/** A decision on one row. */
export type RowChoice = {
  /** UUID of the row of this batch. */
  id: string,
  /** Whether it stays in the ledger. */
  take: boolean,
};

/** read = new + changed + same + refused. */
export type RowCounts = {
  /** Data rows. */
  read: number,
  /** Landed for the first time. */
  new: number,
  /** Known, and different now. */
  changed: number,
  /** Known, and as before. */
  same: number,
  /** Did not land. */
  refused: number,
};

/** The tier that the sales of the last twelve months have reached. */
export type SalesTierDto = {
  /** Own sales of the twelve months before the day. */
  volume: Amount,
  /** The rate that holds. */
  rate: string,
  /** From which volume on the next tier holds; null at the top. */
  next_from: Amount | null,
  /** The rate of the next tier. */
  next_rate: string | null,
  /** What is missing to it. */
  missing: Amount | null,
};

/** A list's filters under a name. */
export type SavedView = {
  /** The list: `ledger`. */
  place: string,
  /** Unique in its list. */
  name: string,
  /** As the window writes its address. */
  query: string,
};

/** What one source says. */
export type SaysDto = {
  /** A value that the term takes. */
  value: string,
  /** In words. */
  says: string,
  /** The source. */
  source: string,
};

/** A saved scenario. */
export type ScenarioDetail = {
  /** As in the list. */
  scenario: ScenarioRow,
  /** What it supposes, with the book as it is today; null for a file. */
  assumptions: Assumptions | null,
  /** Its months. */
  forecast: ForecastDone,
};

/** A scenario as a file. */
export type ScenarioFile = {
  /** The scenario by id or name. */
  id: string,
  /** The path. */
  path: string,
};

/** A file to be taken in. */
export type ScenarioImport = {
  /** The path. */
  path: string,
  /** The name; the file's where null. */
  name: string | null,
};

/** A saved scenario in a list. */
export type ScenarioRow = {
  /** UUID. */
  id: string,
  /** Name. */
  name: string,
  /** `book` (what is supposed on top of the book) or `file` (a whole scenario that came as a file). */
  kind: string,
  /** Slug; null for a file. */
  program: string | null,
  /** ISO 4217. */
  currency: string,
  /** Months. */
  months: number,
  /** In the user's words. */
  note: string,
  /** When it was saved last. */
  saved_at: string,
  /** Counts edits. */
  revision: number,
};

/** A scenario to be saved. */
export type ScenarioSave = {
  /** Null for a new one. */
  id: string | null,
  /** Name. */
  name: string,
  /** What it supposes; null keeps what it has (so a new name alone renames it). */
  assumptions: Assumptions | null,
  /** In the user's words; null keeps them. */
  note: string | null,
};

/** How often a connection is asked by itself. */
export type ScheduleSet = {
  /** Name of the connection. */
  name: string,
  /** Hours, 1 to 720; null turns it off. */
  every_hours: number | null,
};

/** A program's card. */
export type Scorecard = {
  /** Identity; null for a card that nothing was written on yet. */
  id: string | null,
  /** The program's name. */
  name: string,
  /** Slug, where it is one of the book's. */
  program: string | null,
  /** Whether it is put aside. */
  archived: boolean,
  /** Every key, in the order of the card. */
  fields: Array<CardField>,
  /** Computed. */
  worth: CardWorth,
};

/** Which cards are held side by side. */
export type ScorecardCompare = {
  /** Names or slugs; all where empty. */
  names: Array<string>,
};

/** Cards side by side. */
export type ScorecardComparison = {
  /** The cards. */
  cards: Array<Scorecard>,
  /** Keys in the order of the rows. */
  keys: Array<string>,
};

/** Sets values of a card; makes the card where there is none of the name. */
export type ScorecardSet = {
  /** Name of the card, or slug of a program. */
  name: string,
  /** The values, all or none of which are set. */
  values: Array<CardPair>,
  /** In the user's words. */
  note: string,
  /** Where it is from. */
  source: string,
  /** Puts the card aside, or back. */
  archived: boolean | null,
};

/** What the second tier adds to the months ahead. */
export type SecondTierAhead = {
  /** Slug. */
  program: string,
  /** Months looked at. */
  months: number,
  /** Expected of the second tier. */
  second_tier: Amount,
  /** Expected of both tiers. */
  total: Amount,
};

/** Which recruited affiliates. */
export type SecondTierList = {
  /** Of one program, by slug. */
  program: string | null,
  /** Rows at most. */
  limit: number | null,
  /** Where the page begins. */
  after: string | null,
  /** Also those put aside. */
  archived: boolean,
};

/** What one affiliate brought in one currency. */
export type SecondTierSums = {
  /** Sales and later payments. */
  sales: number,
  /** What was sold, where it is known. */
  sold: Amount,
  /** What the second tier earned. */
  earned: Amount,
  /** What of it is paid out. */
  paid: Amount,
};

/** The tree of recruited affiliates, each after who recruited them. */
export type SecondTierTree = {
  /** From the top down. */
  items: Array<Recruit>,
  /** What the second tier brought in all. */
  sums: Array<SecondTierSums>,
  /** What it adds to the forecast, by program where one is possible. */
  ahead: Array<SecondTierAhead>,
};

/** A key for a connection. */
export type SecretSet = {
  /** Name of the connection. */
  name: string,
  /** The key; empty forgets it. */
  secret: string,
};

/** The answers of the first run. */
export type SetUp = {
  /** The affiliate's code or tracking link of the first program. */
  identity: string,
  /** Slug of that program. */
  program: string,
  /** Channels to have, by the word of their kind. */
  channels: Array<string>,
  /** IANA name of the time zone. */
  time_zone: string | null,
};

/** Settings of the book. */
export type Settings = {
  /** IANA name; decides days. */
  time_zone: string,
  /** `system`, `light` or `dark`. */
  appearance: string,
  /** Markets whose rules apply: `us`, `uk`, `eu`. */
  markets: Array<string>,
  /** Currency that is offered first. */
  currency: string,
  /** What is kept of customers: `alias` (no addresses, no names) or `clear` (as networks report them). */
  customers: string,
  /** Days that a payment may take beyond those of the terms before the audit calls it late, 0 to 365; null leaves it. */
  late_after: number | null,
};

/** A tag or a folder. */
export type ShelfName = {
  /** Its name. */
  name: string,
  /** Links in use that have it. */
  links: number,
};

/** A line that is no data. */
export type Skipped = {
  /** Physical line, from 1. */
  line: number,
  /** `title`, `header`, `blank` or `totals`. */
  kind: string,
  /** The line as it came. */
  text: string,
};

/** A parameter and the template of its value. */
export type SlotDto = {
  /** Name of the parameter. */
  param: string,
  /** Template: `{channel}`, `{kind}`, `{campaign}`, `{label}`, `{program}`, `{link}`. */
  template: string,
  /** Values it may take; any where empty. */
  allowed: Array<string>,
};

/** A kept forecast. */
export type SnapshotRow = {
  /** The day it was made. */
  made_on: string,
  /** Its first month. */
  start: string,
  /** Its months. */
  months: number,
  /** Net over its months. */
  total: string,
  /** How many of its months are over. */
  over: number,
};

/** A field of a statement and the column it is read from. */
export type StatementColumn = {
  /** date, amount, gross, id, currency, who, reference, status or kind. */
  field: string,
  /** Name of the column. */
  column: string,
};

/** What taking a statement in did. */
export type StatementDone = {
  /** The statement; null where nothing was written. */
  statement: string | null,
  /** Name of the file. */
  file: string,
  /** Name of the mapping. */
  mapping: string,
  /** Rows; read is the sum of the others. */
  rows: StatementRows,
  /** What the new deposits add up to, by currency. */
  totals: Array<Amount>,
  /** The new deposits. */
  deposits: Array<DepositDto>,
  /** Rows that could not be read. */
  refused: Array<Refused>,
  /** New deposits that are most likely payouts. */
  proposed: number,
};

/** A statement that was taken in. */
export type StatementDto = {
  /** UUID. */
  id: string,
  /** Name of the file. */
  file: string,
  /** Name of its mapping. */
  mapping: string,
  /** When, RFC 3339. */
  at: string,
  /** Its rows. */
  rows: StatementRows,
  /** How many of its deposits are payouts. */
  matched: number,
};

/** A statement to take in. */
export type StatementImport = {
  /** The file. */
  path: string,
  /** Name of a saved mapping, or `paypal`; told from the header where null. */
  mapping: string | null,
  /** A mapping as a TOML document; kept under its name once it has worked. */
  map: string | null,
  /** A mapping as a form: fields and columns. */
  columns: Array<StatementColumn>,
  /** Name that the form is kept under. */
  name: string | null,
  /** Currency of a file that names none. */
  currency: string | null,
  /** Says what would happen and writes nothing. */
  dry_run: boolean,
};

/** What is in a statement's file. */
export type StatementPreview = {
  /** Its columns. */
  header: Array<string>,
  /** Its first rows. */
  rows: Array<Array<string>>,
  /** The mapping that knows it, or null. */
  mapping: string | null,
  /** Columns that look right where none does. */
  columns: Array<StatementColumn>,
};

/** Rows of a statement by what became of them. */
export type StatementRows = {
  /** In all. */
  read: number,
  /** New deposits. */
  new: number,
  /** Known already. */
  same: number,
  /** No money that came in. */
  left: number,
  /** Not read. */
  refused: number,
};

/** What undoing a statement did. */
export type StatementUndone = {
  /** Deposits taken out. */
  removed: number,
};

/** What the window needs to know before it shows anything. */
export type Status = {
  /** The open book. */
  book: BookInfo | null,
  /** Where the book of a new user would lie. */
  default_path: string,
  /** Version of the application. */
  version: string,
  /** What opening the last book said, where it could not be opened. */
  trouble: Trouble | null,
};

/** A change at the source. */
export type StatusEventDto = {
  /** When it was seen, RFC 3339. */
  at: string,
  /** What changed. */
  field: string,
  /** Before. */
  before: string | null,
  /** After. */
  after: string | null,
};

/** Who stays, in one group. */
export type SurvivalCurve = {
  /** The group. */
  group: EvidenceGroup,
  /** As observed (Kaplan–Meier), with 95% limits. */
  points: Array<SurvivalPoint>,
  /** As fitted, after 0, 1, 2 … renewals, with what parameters leave open. */
  fitted: Array<SurvivalPoint>,
  /** The first renewal that half of them do not pay; null where it does not come to that. */
  median: string | null,
  /** In a sentence: `Of 100 who pay once, 82 pay a sixth time.` */
  sentence: string,
};

/** Survival curves. */
export type SurvivalCurves = {
  /** One a group. */
  curves: Array<SurvivalCurve>,
  /** What was left out and why, in sentences. */
  notes: Array<string>,
};

/** One point. */
export type SurvivalPoint = {
  /** Renewals. */
  renewals: number,
  /** Share that is still there, 0..1. */
  survival: string,
  /** Lower limit. */
  low: string,
  /** Upper limit. */
  high: string,
  /** Customers at risk there; 0 on a fitted curve. */
  at_risk: number,
};

/** Two swipes or links to compare. */
export type SwipeCompare = {
  /** A swipe by title or id, or a link by code. */
  a: string,
  /** The other. */
  b: string,
  /** Clicks of the first where the book knows none, from a dashboard or a mail tool. */
  clicks_a: number | null,
  /** Clicks of the other. */
  clicks_b: number | null,
};

/** Two swipes side by side. */
export type SwipeComparison = {
  /** The first. */
  a: SwipeSide,
  /** The second. */
  b: SwipeSide,
  /** The first share less the second, in percentage points. */
  difference: string | null,
  /** The difference is at least this, with 95% confidence. */
  low: string | null,
  /** And at most this. */
  high: string | null,
  /** `a` or `b` is better; `open` where it is not enough to tell; `unknown` where it cannot be compared. */
  verdict: string,
  /** The same in a sentence. */
  sentence: string,
};

/** A swipe with its versions and links. */
export type SwipeDetail = {
  /** The swipe. */
  swipe: SwipeDto,
  /** Its versions, the newest first. */
  versions: Array<SwipeVersionDto>,
  /** The links that it is published with. */
  published: Array<SwipeLink>,
};

/** A swipe as it is now. */
export type SwipeDto = {
  /** UUID. */
  id: string,
  /** text, email or image. */
  kind: string,
  /** Its name. */
  title: string,
  /** Slug of the program that it is for. */
  program: string | null,
  /** In the user's words. */
  note: string,
  /** No longer used. */
  archived: boolean,
  /** Tags, sorted. */
  tags: Array<string>,
  /** Subject of an email. */
  subject: string,
  /** The words; of an image its alternative text. */
  body: string,
  /** Hash of the image, by which `swipe_image` gives it. */
  image: string | null,
  /** Number of the version, from 1. */
  version: number,
  /** When that version was saved. */
  saved_at: string,
  /** Links that it is published with. */
  links: number,
};

/** How a swipe is filled. */
export type SwipeFill = {
  /** The swipe, by title or id. */
  id: string,
  /** Number of the version; the newest where null. */
  number: number | null,
  /** The link, by code or id. */
  link: string | null,
  /** Name of a channel or word of a kind; that of the link where null. */
  channel: string | null,
  /** `en`, `de`, `es`, `fr` or `pt`; that of the text where null. */
  language: string | null,
  /** label, short or long disclosure; short where null. */
  length: string | null,
  /** Value of `{name}`. */
  name: string | null,
  /** Values of other variables. */
  values: { [key in string]: string },
};

/** A swipe with its variables filled. */
export type SwipeFilled = {
  /** Subject of an email. */
  subject: string,
  /** The words. */
  text: string,
  /** Known variables without a value, such as `name`; they stand as they were. */
  unfilled: Array<string>,
  /** Words in braces that mean nothing here; they stand as they were. */
  unknown: Array<string>,
  /** What to know before it is used, in sentences. */
  warnings: Array<string>,
  /** What the text check found. */
  findings: Array<FindingDto>,
  /** Word of the channel's kind that it was filled and checked for. */
  channel: string,
  /** Language of the disclosure. */
  language: string,
};

/** An image of a swipe. */
export type SwipeImage = {
  /** `image/png` and the like. */
  media: string,
  /** Its bytes, Base64. */
  content: string,
};

/** A link that a swipe is published with. */
export type SwipeLink = {
  /** Code. */
  code: string,
  /** Label. */
  label: string,
  /** Name of its channel. */
  channel: string,
};

/** Which swipes. */
export type SwipeList = {
  /** Words to find in title, words, note and tags. */
  search: string,
  /** text, email or image. */
  kind: string | null,
  /** Slug; those of no program are shown too. */
  program: string | null,
  /** With this tag. */
  tag: string | null,
  /** Archived ones too. */
  archived: boolean,
  /** Rows at most. */
  limit: number | null,
  /** Where the page begins. */
  after: string | null,
};

/** A version to go back to. */
export type SwipeRestore = {
  /** The swipe, by title or id. */
  id: string,
  /** Number of the version. */
  number: number,
};

/** A new swipe, or what changes of one. What is null stays as it is. */
export type SwipeSave = {
  /** The swipe, by title or id; a new one where null. */
  id: string | null,
  /** text, email or image; of a new one alone. */
  kind: string | null,
  /** Its name. */
  title: string | null,
  /** Slug of the program that it is for; empty for none. */
  program: string | null,
  /** In the user's words. */
  note: string | null,
  /** Tags. */
  tags: Array<string> | null,
  /** Subject of an email. */
  subject: string | null,
  /** The words; of an image its alternative text. */
  body: string | null,
  /** Path of an image to take in. */
  image: string | null,
  /** No longer used. */
  archived: boolean | null,
  /** The links that it is published with, by code or id. */
  links: Array<string> | null,
};

/** One side of a comparison. */
export type SwipeSide = {
  /** Its name. */
  name: string,
  /** Codes of its links. */
  links: Array<string>,
  /** Clicks, where any are known. */
  clicks: number | null,
  /** New customers through those links. */
  referrals: number,
  /** Referrals per click in percent, two places; null where it cannot be said. */
  percent: string | null,
};

/** What a swipe said at one time. */
export type SwipeVersionDto = {
  /** From 1. */
  number: number,
  /** When it was saved. */
  saved_at: string,
  /** Subject of an email. */
  subject: string,
  /** The words. */
  body: string,
  /** Hash of the image. */
  image: string | null,
};

/** What a sync did. */
export type SyncDone = {
  /** One entry for each connection. */
  connections: Array<SyncedConnection>,
};

/** A sync of what is due. */
export type SyncDueInput = {
  /** The key for this run only; nothing is stored. */
  secret: string | null,
  /** Name under which progress is asked for. */
  job: string | null,
};

/** Why a sync ended early. */
export type SyncError = {
  /** Stable code. */
  code: string,
  /** What happened. */
  message: string,
  /** Ways out. */
  hints: Array<string>,
};

/** A sync. */
export type SyncInput = {
  /** Names of connections; all where empty. */
  names: Array<string>,
  /** First day to ask for. */
  since: string | null,
  /** The key for this run only; nothing is stored. */
  secret: string | null,
  /** Name under which progress is asked for. */
  job: string | null,
};

/** One sync as the log has it. There is no key in it: it can be sent to others. */
export type SyncRunDto = {
  /** UUID. */
  id: string,
  /** Name of the connection. */
  connection: string,
  /** `person` or `schedule`. */
  by: string,
  /** RFC 3339. */
  begun_at: string,
  /** RFC 3339. */
  ended_at: string,
  /** `complete`, `partial` or `failed`. */
  outcome: string,
  /** The same in a sentence. */
  summary: string,
  /** The batch; null where nothing was written. */
  batch: string | null,
  /** Requests made. */
  requests: number,
  /** Of these, repeats. */
  retries: number,
  /** Why it ended early. */
  error: SyncError | null,
  /** What happened. */
  lines: Array<LogLine>,
};

/** What the sync of one connection did. */
export type SyncedConnection = {
  /** Its name. */
  name: string,
  /** The batch; null where nothing was written. */
  batch: string | null,
  /** Conversions. */
  rows: RowCounts,
  /** Records that did not land. */
  refused: Array<Refused>,
  /** Rows that the source no longer has. */
  vanished: Array<Vanished>,
  /** Words that are not known. */
  unknown: Array<UnknownWord>,
  /** Requests made. */
  requests: number,
  /** Of these, repeats. */
  retries: number,
  /** Whether everything was fetched. */
  complete: boolean,
  /** Why it ended early. */
  error: SyncError | null,
};

/** A column. */
export type TableColumn = {
  /** What stands above it. */
  name: string,
  /** text, number or date. */
  kind: string,
};

/** Writes a table that the window shows into a file. */
export type TableSave = {
  /** What stands above it. */
  title: string,
  /** Its columns. */
  columns: Array<TableColumn>,
  /** Its rows; as many cells each. */
  rows: Array<Array<string>>,
  /** The file: .csv or .xlsx. */
  path: string,
};

/** How links of one channel are written and named. */
export type TemplateDto = {
  /** UUID. */
  id: string,
  /** Slug of the program. */
  program: string,
  /** Name of the channel; null for all others. */
  channel: string | null,
  /** Sub-ID parameters. */
  sub_ids: Array<SlotDto>,
  /** UTM parameters. */
  utm: Array<SlotDto>,
  /** Rules of names. */
  naming: NamingDto,
};

/** A link as a template would write it. */
export type TemplatePreview = {
  /** The address. */
  url: string,
  /** What reports will show. */
  shows: Array<ReportShows>,
  /** Why such a link would be refused. */
  refused: string | null,
};

/** Saves a template, or only shows what it would do. */
export type TemplateSave = {
  /** Slug of the program. */
  program: string,
  /** Name of the channel; null for all others. */
  channel: string | null,
  /** Sub-ID parameters. */
  sub_ids: Array<SlotDto>,
  /** UTM parameters. */
  utm: Array<SlotDto>,
  /** Rules of names. */
  naming: NamingDto,
  /** A label to try it with. */
  label: string,
  /** A campaign to try it with. */
  campaign: string,
};

/** Where to begin with a template. */
export type TemplateStart = {
  /** Slug of the program. */
  program: string,
  /** Name of the channel; null for all others. */
  channel: string | null,
};

/** One term that differs. */
export type TermsChange = {
  /** The term. */
  key: string,
  /** Its name for people. */
  label: string,
  /** What held before. */
  before: ProvenanceDto | null,
  /** What holds after. */
  after: ProvenanceDto | null,
};

/** What a change of terms would do. */
export type TermsConsequences = {
  /** What would differ on the first day. */
  diff: TermsDiff,
  /** Open commissions of the program. */
  open: number,
  /** Of those, how many would be promised another amount or come due on another day. */
  affected: number,
  /** What the affected ones are promised, by currency. */
  sums: Array<ConsequenceSum>,
  /** The affected ones, the largest difference first, the first hundred. */
  rows: Array<ConsequenceRow>,
  /** The forecast under both, where one is possible. */
  forecast: ConsequenceForecast | null,
};

/** What differs between the terms of two days. */
export type TermsDiff = {
  /** The program. */
  program: string,
  /** The first day. */
  before: string,
  /** The second day. */
  on: string,
  /** The terms that differ. */
  changes: Array<TermsChange>,
  /** The plans whose commission differs. */
  plans: Array<PlanChange>,
};

/** Which two days. */
export type TermsDiffInput = {
  /** The program. */
  id: string,
  /** The first day; the one before the version that holds on the second where null. */
  before: string | null,
  /** The second day; today where null. */
  on: string | null,
};

/** What holds on a day. */
export type TermsDto = {
  /** The program. */
  program: string,
  /** The day. */
  on: string,
  /** Currency of payouts. */
  currency: string,
  /** Commission on own sales: `40%` or `25.00 USD`. */
  direct_rate: string,
  /** Second tier. */
  second_tier_rate: string | null,
  /** `price` or `commission`. */
  second_tier_base: string,
  /** Months that earn; null for life. */
  max_months: number | null,
  /** Days a click counts. */
  cookie_days: number,
  /** Days before the first payment. */
  trial_days: number,
  /** Days a commission is held. */
  hold_days: number,
  /** Smallest payout. */
  minimum: Amount,
  /** Day of the month on which payouts run. */
  run_day: number,
  /** The set of plans on sale. */
  plan_version: string | null,
  /** The plans on sale, with what each earns. */
  plans: Array<PlanDto>,
  /** Where the affiliate stands, where the rate depends on the sales of twelve months. */
  sales_tier: SalesTierDto | null,
  /** Where each value is from, by key. */
  sources: { [key in string]: ProvenanceDto },
};

/** Own terms from a date on. */
export type TermsSet = {
  /** The program. */
  id: string,
  /** First day. */
  from: string,
  /** Values by key. */
  values: { [key in string]: string },
  /** Where they are from. */
  source: string,
  /** What to know about them. */
  note: string,
};

/** One dated version of terms. */
export type TermsVersionDto = {
  /** First day it holds. */
  from: string,
  /** Its name. */
  version: string,
  /** Where it is from. */
  source: string,
  /** What to know about it. */
  note: string,
  /** Set by the user. */
  own: boolean,
  /** What it sets, by key. */
  values: { [key in string]: string },
};

/** Text to be checked. */
export type TextCheck = {
  /** The text. */
  text: string,
  /** Word of the channel's kind. */
  channel: string,
  /** Slug; Kartra's pack where null. */
  program: string | null,
  /** Words of the markets whose laws are named; those of the book where empty. */
  markets: Array<string>,
};

/** A text to be checked and kept. */
export type TextKeep = {
  /** The text. */
  text: string,
  /** By which later copies of it are told: a file's name, a title. */
  name: string,
  /** Word of the channel's kind. */
  channel: string,
  /** Slug; Kartra's pack where null. */
  program: string | null,
  /** Words of the markets; those of the book where empty. */
  markets: Array<string>,
  /** Campaign by name or id. */
  campaign: string | null,
};

/** What moves the result most. */
export type Tornado = {
  /** Net over all months under the assumptions as they are. */
  base: string,
  /** The longest first. */
  bars: Array<TornadoBar>,
  /** ISO 4217. */
  currency: string,
};

/** One assumption at its low and its high end, the others staying. */
export type TornadoBar = {
  /** `plans.2021/starter-monthly.renewal`. */
  key: string,
  /** For people. */
  label: string,
  /** Its low end. */
  low: string,
  /** Its high end. */
  high: string,
  /** Net over all months at the low end. */
  net_low: string,
  /** Net over all months at the high end. */
  net_high: string,
  /** The difference, without a sign. */
  swing: string,
};

/** Why a book is not open. */
export type Trouble = {
  /** The file. */
  path: string,
  /** The stable code. */
  code: string,
  /** What happened. */
  message: string,
  /** Ways out. */
  hints: Array<string>,
};

/** What undo or redo did. */
export type Turned = {
  /** What was turned around or done again. */
  label: string,
  /** What undo would turn around next. */
  undo: string | null,
  /** What redo would do next. */
  redo: string | null,
};

/** Sub-IDs that nothing speaks for. */
export type UnassignedId = {
  /** The sub-IDs of the rows. */
  sub_ids: Array<string>,
  /** Rows that have them. */
  rows: number,
};

/** A word of a source that is not known. */
export type UnknownWord = {
  /** `approval`, `payment` or `kind`. */
  field: string,
  /** Verbatim. */
  word: string,
  /** How often it came. */
  count: number,
};

/** A row that its source no longer has. */
export type Vanished = {
  /** The source's own id. */
  native_id: string | null,
  /** What it was worth. */
  commission: Amount | null,
};

/** A month's annual renewals. */
export type WallMonth = {
  /** `2026-03`. */
  month: string,
  /** Renewals that fall in it. */
  renewals: number,
  /** Commission if all of them are paid. */
  amount: string,
  /** Expected commission. */
  expected: string,
  /** Chance that none at all is paid. */
  none: string,
  /** By plan, tier and renewal. */
  rows: Array<WallRow>,
};

/** Renewals of one plan on one day. */
export type WallRow = {
  /** The day. */
  on: string,
  /** `2021/gold-annual`. */
  plan: string,
  /** For people. */
  name: string,
  /** `direct` or `second`. */
  tier: string,
  /** How many. */
  count: number,
  /** Which renewal it is, the first being 1. */
  renewal: number,
  /** Commission of each. */
  each: string,
  /** Chance of each. */
  chance: string,
};

/** A ready wording. */
export type Wording = {
  /** Word of the channel's kind. */
  channel: string,
  /** en, de, es, fr, pt. */
  language: string,
  /** short or long. */
  length: string,
  /** The text. */
  text: string,
};

/** Every ready wording. */
export type Wordings = {
  /** The wordings. */
  items: Array<Wording>,
};

/** Files that were written. */
export type Written = {
  /** Their paths. */
  files: Array<string>,
};

/** The statement of a year. */
export type YearInput = {
  /** Four digits. */
  year: number,
  /** Dated rates for one sum over all currencies. */
  rates: Array<string>,
  /** Who says so; needed with rates. */
  rate_source: string | null,
  /** The file: .pdf, .csv or .xlsx. */
  path: string,
};

/** Every command: what goes in and what comes out. */
export interface Commands {
  /** What the window needs to know before it shows anything. */
  status: { input: Empty; output: Status };
  /** Makes a new book and opens it. */
  book_new: { input: BookNew; output: BookInfo };
  /** Opens a book in place of the one that is open. */
  book_open: { input: PathInput; output: BookInfo };
  /** Checks that everything in the book holds together. */
  book_check: { input: Empty; output: CheckReport };
  /** Writes a verified copy of the book. */
  book_backup: { input: PathInput; output: Written };
  /** Makes a book from a backup and opens it. */
  book_restore: { input: RestoreInput; output: BookInfo };
  /** Writes everything as CSV or JSON. */
  book_export: { input: ExportInput; output: Written };
  /** Takes the answers of the first run. */
  book_set_up: { input: SetUp; output: BookInfo };
  /** Puts sample data into an empty book. */
  sample_load: { input: Empty; output: BookInfo };
  /** Takes the sample data out again. */
  sample_remove: { input: Empty; output: BookInfo };
  /** The book's settings. */
  settings_get: { input: Empty; output: Settings };
  /** Changes the book's settings. */
  settings_set: { input: Settings; output: Settings };
  /** The change history, newest first. */
  history_list: { input: ListInput; output: Page<Change> };
  /** Turns the last edit around. */
  undo: { input: Empty; output: Turned };
  /** Does the last undone edit again. */
  redo: { input: Empty; output: Turned };
  /** How far a running job is. */
  job_status: { input: JobInput; output: JobStatus };
  /** Asks a running job to stop. */
  job_cancel: { input: JobInput; output: JobStatus };
  /** Everything on the first screen. */
  overview: { input: Empty; output: Overview };
  /** The months ahead of a large book, for the first screen. */
  overview_ahead: { input: Empty; output: Array<OverviewMonth> };
  /** The programs. */
  program_list: { input: ListInput; output: Page<ProgramRow> };
  /** A program with everything. */
  program_show: { input: ById; output: ProgramDetail };
  /** What holds on a day. */
  program_terms: { input: ProgramTermsInput; output: TermsDto };
  /** Adds a program of the user's own. */
  program_add: { input: ProgramAdd; output: ProgramDetail };
  /** Changes identity, link style or archive state. */
  program_update: { input: ProgramUpdate; output: ProgramDetail };
  /** Sets own terms from a date on. */
  program_set_terms: { input: TermsSet; output: ProgramDetail };
  /** What differs between the terms of two days. */
  terms_diff: { input: TermsDiffInput; output: TermsDiff };
  /** What own terms would do to open commissions and to the forecast; keeps nothing. */
  terms_preview: { input: TermsSet; output: TermsConsequences };
  /** Takes or takes back a joining step. */
  joining_set: { input: JoiningSet; output: ProgramDetail };
  /** Adds or changes a destination. */
  destination_save: { input: DestinationSave; output: ProgramDetail };
  /** The channels. */
  channel_list: { input: ListInput; output: Page<ChannelDto> };
  /** Adds a channel. */
  channel_add: { input: ChannelAdd; output: ChannelDto };
  /** The links. */
  link_list: { input: LinkList; output: Page<LinkDto> };
  /** A link. */
  link_show: { input: ById; output: LinkDto };
  /** Shows the links that would be made. */
  link_preview: { input: LinkNew; output: LinksMade };
  /** Makes links for one or many channels. */
  link_new: { input: LinkNew; output: LinksMade };
  /** Changes a link's label, note, archive state, tags, folder or last day. */
  link_update: { input: LinkUpdate; output: LinkDto };
  /** Changes how many links are kept, in one step. */
  link_bulk_edit: { input: LinkBulkEdit; output: LinkBulkEdited };
  /** The tags and folders in use. */
  link_shelves: { input: Empty; output: LinkShelves };
  /** Makes links from a CSV file. */
  link_bulk: { input: LinkBulk; output: LinkBulkDone };
  /** Writes the links as CSV. */
  link_export: { input: PathInput; output: Written };
  /** A link as a QR code. */
  link_qr: { input: QrInput; output: QrImage };
  /** Writes a QR code into a file. */
  link_qr_save: { input: QrSave; output: Written };
  /** Writes links as QR codes on pages to print. */
  link_qr_sheet: { input: QrSheet; output: Written };
  /** Takes an address that another program handed over, where one waits. */
  link_handed: { input: Empty; output: LinkHanded };
  /** Reads an address that another program handed over. */
  link_asked: { input: LinkAddress; output: LinkAsked };
  /** Checks links without a click of one's own; can be cancelled. */
  link_check: { input: LinkCheck; output: LinksChecked };
  /** How a link stands, what checks saw, and which places hold it. */
  link_health: { input: ById; output: LinkHealth };
  /** Accepts what a link answers as fine, or takes that back. */
  link_accept: { input: LinkAccept; output: LinkHealth };
  /** How all links in use stand. */
  link_digest: { input: Empty; output: LinkDigest };
  /** How links are checked. */
  link_check_settings: { input: Empty; output: LinkCheckSettings };
  /** Changes how links are checked. */
  link_check_set: { input: LinkCheckSettings; output: LinkCheckSettings };
  /** The clicks of a link, by day. */
  click_list: { input: ClickList; output: Clicks };
  /** Notes how many clicks a link had on a day. */
  click_save: { input: ClickSave; output: Clicks };
  /** Takes the clicks of a day out. */
  click_remove: { input: ClickRemove; output: Clicks };
  /** The places that hold links, newest first. */
  placement_list: { input: PlacementList; output: Page<PlacementDto> };
  /** Adds or changes a place. */
  placement_save: { input: PlacementSave; output: PlacementDto };
  /** Notes that a place no longer holds its link, and which does. */
  placement_done: { input: PlacementDone; output: PlacementDto };
  /** Takes a place out of the register. */
  placement_remove: { input: ById; output: Empty };
  /** The templates of links. */
  link_template_list: { input: ListInput; output: Page<TemplateDto> };
  /** Where to begin with a template. */
  link_template_start: { input: TemplateStart; output: TemplateDto };
  /** Saves how links of a channel are written and named. */
  link_template_save: { input: TemplateSave; output: TemplateDto };
  /** A link as a template would write it. */
  link_template_preview: { input: TemplateSave; output: TemplatePreview };
  /** Takes a template out. */
  link_template_remove: { input: ById; output: Empty };
  /** The rules for ready-made IDs, and IDs without one. */
  id_rule_list: { input: ListInput; output: IdRules };
  /** Maps ready-made IDs to a channel and a campaign. */
  id_rule_add: { input: IdRuleAdd; output: IdRuleDto };
  /** Takes a rule for ready-made IDs out. */
  id_rule_remove: { input: ById; output: Empty };
  /** Looks into another tool's file of links. */
  link_file: { input: PathInput; output: LinkFile };
  /** Takes links from another tool's file, or says what would happen. */
  link_import: { input: LinkImport; output: LinkImportDone };
  /** The campaigns. */
  campaign_list: { input: ListInput; output: Page<CampaignRow> };
  /** A campaign with its log, links and results. */
  campaign_show: { input: ById; output: CampaignDetail };
  /** Makes or changes a campaign. */
  campaign_save: { input: CampaignSave; output: CampaignDetail };
  /** Adds or changes a log entry. */
  campaign_log: { input: LogSave; output: CampaignDetail };
  /** Takes a log entry out. */
  campaign_log_remove: { input: ById; output: CampaignDetail };
  /** Campaigns or channels side by side: what each brought and is still to bring. */
  campaign_compare: { input: CampaignCompare; output: CampaignComparison };
  /** Writes a campaign's results on one page, as a PDF for a partner. */
  campaign_report_save: { input: CampaignReportSave; output: Written };
  /** What is planned and published, by day. */
  content_list: { input: ContentList; output: ContentItems };
  /** Adds or changes a content item. */
  content_save: { input: ContentSave; output: ContentItemDto };
  /** Puts a content item into another state or on another day. */
  content_move: { input: ContentMove; output: ContentItemDto };
  /** Takes a content item out. */
  content_remove: { input: ById; output: Empty };
  /** The swipes, by title. */
  swipe_list: { input: SwipeList; output: Page<SwipeDto> };
  /** A swipe with its versions and links. */
  swipe_show: { input: ById; output: SwipeDetail };
  /** Adds or changes a swipe; other words become a new version. */
  swipe_save: { input: SwipeSave; output: SwipeDetail };
  /** Goes back to an earlier version. */
  swipe_restore: { input: SwipeRestore; output: SwipeDetail };
  /** Takes a swipe out, with its versions. */
  swipe_remove: { input: ById; output: Empty };
  /** A swipe with its variables filled, and what the text check says. */
  swipe_fill: { input: SwipeFill; output: SwipeFilled };
  /** An image of a swipe. */
  swipe_image: { input: ById; output: SwipeImage };
  /** Two swipes or links by referrals a click. */
  swipe_compare: { input: SwipeCompare; output: SwipeComparison };
  /** The notebook, newest first. */
  notebook_list: { input: EntryList; output: Page<EntryDto> };
  /** An entry with all its words. */
  notebook_show: { input: ById; output: EntryDetail };
  /** Adds or changes an entry. */
  notebook_save: { input: EntrySave; output: EntryDetail };
  /** Takes a mail into the notebook, from a file. */
  notebook_import: { input: MailImport; output: EntryDetail };
  /** Takes an entry out. */
  notebook_remove: { input: ById; output: Empty };
  /** The contacts at programs, by name. */
  contact_list: { input: ContactList; output: Page<ContactDto> };
  /** Adds or changes a contact. */
  contact_save: { input: ContactSave; output: ContactDto };
  /** Takes a contact out. */
  contact_remove: { input: ById; output: Empty };
  /** The reminders: open ones by their day, then those done. */
  reminder_list: { input: ReminderList; output: Page<ReminderDto> };
  /** Adds or changes a reminder, or notes that it is done. */
  reminder_save: { input: ReminderSave; output: ReminderDto };
  /** Takes a reminder out. */
  reminder_remove: { input: ById; output: Empty };
  /** Looks into a report file. */
  import_preview: { input: ImportPreviewInput; output: ImportPreview };
  /** Imports a report file, or says what would happen. */
  import_run: { input: ImportInput; output: ImportDone };
  /** Saved mappings and built-in profiles. */
  mapping_list: { input: Empty; output: Page<MappingRow> };
  /** Saves a mapping for later files. */
  mapping_save: { input: MappingSave; output: MappingRow };
  /** Forgets a saved mapping. */
  mapping_remove: { input: ById; output: Empty };
  /** Saves a mapping from a TOML file. */
  mapping_import: { input: PathInput; output: MappingRow };
  /** Writes a mapping into a TOML file. */
  mapping_export: { input: MappingExport; output: Written };
  /** Imports and syncs, newest first. */
  batch_list: { input: ListInput; output: Page<BatchRow> };
  /** Takes a whole import or sync out again. */
  batch_undo: { input: ById; output: BatchUndone };
  /** What changed since last time, by import and sync. */
  inbox_list: { input: InboxInput; output: Page<InboxEntry> };
  /** What one import or sync brought, row by row. */
  inbox_show: { input: InboxShow; output: InboxDetail };
  /** Decides on rows that another source may have already. */
  inbox_decide: { input: InboxDecide; output: InboxDetail };
  /** Notes that an import or sync has been looked at. */
  inbox_accept: { input: ById; output: InboxEntry };
  /** The networks, and what a connection to each needs. */
  network_list: { input: Empty; output: Page<NetworkDto> };
  /** The connections. */
  connection_list: { input: ListInput; output: Page<ConnectionDto> };
  /** Adds a connection. */
  connection_add: { input: ConnectionAdd; output: ConnectionDto };
  /** Removes a connection and its key; its rows stay. */
  connection_remove: { input: ById; output: Empty };
  /** Asks the network one small question. */
  connection_test: { input: SyncInput; output: ConnectionTested };
  /** Sets how often a connection is asked by itself. */
  connection_schedule: { input: ScheduleSet; output: ConnectionDto };
  /** Replaces the leads that a connection asks for. */
  connection_leads: { input: LeadsSet; output: ConnectionDto };
  /** The syncs of a connection (its name in `search`), newest first. */
  connection_log: { input: ListInput; output: Page<SyncRunDto> };
  /** Keeps a key in the keychain. */
  secret_set: { input: SecretSet; output: ConnectionDto };
  /** Syncs what is due by schedule. */
  sync_due: { input: SyncDueInput; output: SyncDone };
  /** Fetches what is new from the networks. */
  sync: { input: SyncInput; output: SyncDone };
  /** The ledger, newest first. */
  ledger_list: { input: LedgerList; output: Page<LedgerItem> };
  /** A row of the ledger with its story. */
  ledger_show: { input: ById; output: LedgerDetail };
  /** What does not fit the terms, the most money first. */
  audit_list: { input: AuditInput; output: AuditPage };
  /** A finding with its story and what was written about it. */
  audit_show: { input: ById; output: AuditDetail };
  /** Accepts, disputes or explains a finding, or opens it again. */
  audit_decide: { input: AuditDecide; output: AuditDetail };
  /** Adds what was written about a finding. */
  audit_letter_add: { input: AuditLetterAdd; output: AuditDetail };
  /** Takes out what was written about a finding. */
  audit_letter_remove: { input: AuditLetterRemove; output: AuditDetail };
  /** Writes a finding's dossier as PDF or Markdown. */
  dossier_save: { input: DossierSave; output: Written };
  /** Earned, Reserve, Due and Paid by program and currency. */
  ledger_owed: { input: OwedInput; output: Owed };
  /** Payments by the programs, newest first. */
  payout_list: { input: ListInput; output: Page<PayoutDto> };
  /** Records a payment that arrived. */
  payout_record: { input: PayoutRecord; output: PayoutDto };
  /** Says which commissions a payment paid. */
  payout_lines: { input: PayoutLinesSet; output: Reconciliation };
  /** A payment with its commissions and what arrived. */
  reconcile_show: { input: ById; output: Reconciliation };
  /** Money that arrived, newest first. */
  deposit_list: { input: DepositList; output: Page<DepositDto> };
  /** Notes that money arrived for a payment. */
  deposit_add: { input: DepositAdd; output: Reconciliation };
  /** Confirms which payment a deposit is. */
  deposit_tie: { input: DepositTie; output: DepositDto };
  /** Leaves a deposit aside as no payment. */
  deposit_aside: { input: DepositAside; output: DepositDto };
  /** Takes out a deposit that was entered by hand. */
  deposit_remove: { input: ById; output: Empty };
  /** Explains a part of the difference. */
  explain_add: { input: ExplainAdd; output: Reconciliation };
  /** Takes an explanation out. */
  explain_remove: { input: ById; output: Reconciliation };
  /** The locked periods. */
  period_list: { input: Empty; output: Page<PeriodDto> };
  /** Locks a program in a currency up to a day. */
  period_lock: { input: PeriodLock; output: PeriodDto };
  /** Unlocks a period and takes in what changed meanwhile. */
  period_unlock: { input: PeriodUnlock; output: PeriodUnlocked };
  /** Looks into a statement's file. */
  statement_preview: { input: PathInput; output: StatementPreview };
  /** Takes in a statement of PayPal or a bank. */
  statement_import: { input: StatementImport; output: StatementDone };
  /** The statements, newest first. */
  statement_list: { input: Empty; output: Page<StatementDto> };
  /** Takes a whole statement out again. */
  statement_undo: { input: ById; output: StatementUndone };
  /** Earnings by month, program, plan, channel, campaign or link. */
  report_earnings: { input: EarningsInput; output: EarningsReport };
  /** A report with measures, a comparison and sums. */
  report_show: { input: ReportInput; output: Report };
  /** Writes a report as CSV or XLSX. */
  report_save: { input: ReportSave; output: Written };
  /** Writes the statement of a year as PDF, XLSX or CSV. */
  report_statement: { input: YearInput; output: Written };
  /** Writes rows of the ledger as CSV or XLSX. */
  ledger_save: { input: LedgerSave; output: Written };
  /** Writes a table that the window shows as CSV or XLSX. */
  table_save: { input: TableSave; output: Written };
  /** The saved views of a list. */
  view_list: { input: ById; output: Page<SavedView> };
  /** Saves a list's filters under a name. */
  view_save: { input: SavedView; output: Page<SavedView> };
  /** Forgets a saved view. */
  view_remove: { input: SavedView; output: Page<SavedView> };
  /** The referrals, the one heard of last first. */
  referral_list: { input: ReferralList; output: Page<ReferralItem> };
  /** A referral's life, windows, payments, and what is to come. */
  referral_show: { input: ReferralShow; output: ReferralDetail };
  /** Notes something of a referral by hand. */
  referral_note: { input: ReferralNote; output: ReferralDetail };
  /** Forgets what was noted of a referral; rows stay. */
  referral_forget: { input: ById; output: Empty };
  /** Recruited affiliates, and what each brings. */
  second_tier_list: { input: SecondTierList; output: Page<Recruit> };
  /** Recruited affiliates as a tree, and what they add to the forecast. */
  second_tier_tree: { input: SecondTierList; output: SecondTierTree };
  /** Adds or changes a recruited affiliate. */
  second_tier_save: { input: RecruitSave; output: Recruit };
  /** Takes a recruited affiliate out; rows stay. */
  second_tier_remove: { input: ById; output: Empty };
  /** Programs' cards: the book's own and candidates. */
  scorecard_list: { input: ListInput; output: Page<Scorecard> };
  /** A program's card. */
  scorecard_show: { input: ById; output: Scorecard };
  /** Sets a value of a card, with its source. */
  scorecard_set: { input: ScorecardSet; output: Scorecard };
  /** Programs side by side. */
  scorecard_compare: { input: ScorecardCompare; output: ScorecardComparison };
  /** Writes a chart that the window drew into a picture file. */
  picture_save: { input: PictureSave; output: Written };
  /** What the forecast supposes, from the book. */
  forecast_assumptions: { input: AssumptionsInput; output: Assumptions };
  /** The months ahead under given assumptions. */
  forecast_run: { input: Assumptions; output: ForecastDone };
  /** What each channel brings of the months ahead. */
  forecast_channels: { input: Assumptions; output: ForecastChannels };
  /** Everything that the forecast opens with; keeps the forecast of the day. */
  forecast_open: { input: AssumptionsInput; output: ForecastOpened };
  /** The ranges and the payouts, simulated; can be cancelled. */
  forecast_bands: { input: BandsInput; output: ForecastBands };
  /** Own customers by the month they began, observed against fitted. */
  forecast_cohorts: { input: EvidenceInput; output: CohortTable };
  /** Who stays, with limits, observed and fitted. */
  forecast_survival: { input: EvidenceInput; output: SurvivalCurves };
  /** What moves the result most, in money. */
  forecast_tornado: { input: Assumptions; output: Tornado };
  /** What it takes to reach so much a month; can be cancelled. */
  forecast_goal: { input: GoalInput; output: Goal };
  /** What is behind a number: rows, arithmetic, assumptions. */
  forecast_explain: { input: ExplainInput; output: Explanation };
  /** How the numbers are worked out. */
  forecast_methods: { input: Empty; output: Methods };
  /** Which annual renewals fall when. */
  forecast_wall: { input: AssumptionsInput; output: RenewalWall };
  /** What those who pay now will still bring. */
  forecast_residual: { input: ResidualInput; output: ResidualValue };
  /** The forecast taken back to earlier months, against what came; can be cancelled. */
  forecast_backtest: { input: BacktestInput; output: Backtest };
  /** Kept forecasts against what came. */
  forecast_accuracy: { input: AssumptionsInput; output: Accuracy };
  /** Common values that stand in while the book says little. */
  forecast_priors: { input: Empty; output: Priors };
  /** Sets a common value, or goes back to the built-in one. */
  forecast_prior_set: { input: PriorSet; output: Priors };
  /** Writes a chart's data as CSV. */
  forecast_export: { input: ForecastExport; output: Written };
  /** The saved scenarios. */
  scenario_list: { input: ListInput; output: Page<ScenarioRow> };
  /** A saved scenario with its months. */
  scenario_show: { input: ById; output: ScenarioDetail };
  /** Saves, changes or renames a scenario. */
  scenario_save: { input: ScenarioSave; output: ScenarioRow };
  /** A second scenario like it. */
  scenario_duplicate: { input: ById; output: ScenarioRow };
  /** Takes a scenario out. */
  scenario_remove: { input: ById; output: Empty };
  /** Scenarios side by side, with the same random numbers; can be cancelled. */
  scenario_compare: { input: CompareInput; output: Comparison };
  /** Writes a scenario as a file. */
  scenario_export: { input: ScenarioFile; output: Written };
  /** Takes a scenario file in. */
  scenario_import: { input: ScenarioImport; output: ScenarioRow };
  /** Checks promotional text. */
  compliance_text: { input: TextCheck; output: Findings };
  /** Checks a list of ad keywords. */
  compliance_keywords: { input: KeywordCheck; output: KeywordFindings };
  /** Checks a page, saved or fetched. */
  compliance_page: { input: PageCheck; output: PageFindings };
  /** Where compliance stands. */
  compliance_status: { input: Empty; output: ComplianceStatus };
  /** A program's checklist. */
  checklist: { input: ChecklistInput; output: Checklist };
  /** Decides an item, with evidence. */
  checklist_set: { input: ChecklistSet; output: Checklist };
  /** Notes that terms were read and accepted. */
  terms_accept: { input: AcceptTerms; output: Checklist };
  /** Checks a text and keeps a dated copy of it. */
  text_keep: { input: TextKeep; output: EvidenceRow };
  /** Dated copies of what was published, the latest first. */
  evidence_list: { input: EvidenceQuery; output: Page<EvidenceRow> };
  /** A dated copy with everything. */
  evidence_show: { input: ById; output: EvidenceDetail };
  /** What changed between two copies. */
  evidence_compare: { input: EvidencePair; output: EvidenceDiff };
  /** Takes a dated copy out. */
  evidence_remove: { input: ById; output: Empty };
  /** Adds a picture to a copy. */
  evidence_attach: { input: EvidenceAttach; output: EvidenceDetail };
  /** Writes a copy as files. */
  evidence_export: { input: EvidenceExport; output: Written };
  /** Notes that a finding is fine, and why. */
  finding_accept: { input: FindingAccept; output: EvidenceDetail };
  /** Whether a campaign is fit to go out, and what stands in the way. */
  compliance_standing: { input: CampaignInput; output: ComplianceStanding };
  /** The compliance report of a campaign. */
  compliance_report: { input: CampaignInput; output: ComplianceReport };
  /** Writes the report as PDF, Markdown or JSON. */
  compliance_report_save: { input: ComplianceSave; output: Written };
  /** Writes everything of a campaign for an auditor. */
  compliance_bundle: { input: BundleSave; output: BundleDone };
  /** Verifies a bundle. */
  compliance_bundle_verify: { input: PathInput; output: BundleCheck };
  /** Ready disclosures. */
  wordings: { input: Empty; output: Wordings };
}
