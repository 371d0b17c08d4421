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

/** An exact amount. */
export type Amount = {
  /** A decimal such as `39.60`. */
  amount: string,
  /** ISO 4217. */
  currency: string,
};



/** Something that needs the user. */
export type Attention = {
  /** Stable: `choose_terms`, `no_identity`, `vanished`, `unknown_words`, `sync_failed`, `checklist_open`, `refused_rows`. */
  code: string,
  /** In a sentence. */
  message: string,
  /** The area to go to. */
  area: string,
  /** What to open there. */
  target: string | null,
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

/** One thing by its id or unique name. */
export type ById = {
  /** The id, or the name where names are unique. */
  id: string,
};

/** A campaign with everything. */
export type CampaignDetail = {
  /** As in the list. */
  campaign: CampaignRow,
  /** Newest first. */
  log: Array<LogEntryDto>,
  /** The links it uses. */
  links: Array<LinkDto>,
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
  /** Commission a click, where clicks are known. */
  epc: string | null,
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
};

/** What testing a connection said. */
export type ConnectionTested = {
  /** Whether it works. */
  ok: boolean,
  /** In a sentence. */
  message: string,
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

/** Evidence to be added. */
export type EvidenceAdd = {
  /** text, url or file. */
  kind: string,
  /** The text, the address or the file's path. */
  text: string,
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
};

/** A file to be looked at. */
export type ImportPreviewInput = {
  /** The file. */
  path: string,
  /** How it is to be read; what is null is detected. */
  options: ImportOptions,
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
  /** The day it is due. */
  matures_on: string,
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
  /** Counts edits. */
  revision: number,
};

/** Which links. */
export type LinkList = {
  /** Words to find in label, URL, code, note. */
  search: string,
  /** Slug. */
  program: string | null,
  /** Name. */
  channel: string | null,
  /** Name. */
  campaign: string | null,
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
};

/** Links that were, or would be, made. */
export type LinksMade = {
  /** The links; in a preview their ids are empty. */
  links: Array<LinkDto>,
  /** What to know about them. */
  warnings: Array<string>,
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

/** A field and the column it is read from. */
export type MappedColumn = {
  /** The field. */
  field: string,
  /** The column's name. */
  column: string,
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

/** A mapping to be saved for later files. */
export type MappingSave = {
  /** Its name. */
  name: string,
  /** The TOML document. */
  toml: string,
  /** The header it was made for. */
  header: Array<string>,
};

/** A payment to expect. */
export type NextPayoutDto = {
  /** The run. */
  date: string,
  /** The whole balance of that day. */
  amount: string,
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

/** A file's path. */
export type PathInput = {
  /** The path. */
  path: string,
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

/** Where in a file or a text the trouble is. */
export type Place = {
  /** Physical line, from 1. */
  line?: number,
  /** Column's name. */
  column?: string,
  /** Path of a key in a document: `retention.gold_a.alpha`. */
  key?: string,
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

/** A backup to be restored. */
export type RestoreInput = {
  /** The backup. */
  backup: string,
  /** Where the book shall lie; nothing may be there. */
  to: string,
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

/** What one source says. */
export type SaysDto = {
  /** A value that the term takes. */
  value: string,
  /** In words. */
  says: string,
  /** The source. */
  source: string,
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

/** What a sync did. */
export type SyncDone = {
  /** One entry for each connection. */
  connections: Array<SyncedConnection>,
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

export type Assumptions = {
  program: string,
  start: string,
  months: number,
  currency: string,
  trial_conversion: string,
  trial_days: number,
  refund_probability: string,
  refund_after_days: number,
  growth: string,
  season: Array<string>,
  plans: Array<PlanAssumption>,
  basis: Array<string>,
  evidence: Array<Evidence>,
};

export type PlanAssumption = {
  plan: string,
  name: string,
  term: string,
  tier: number,
  price: string,
  new_direct: string,
  new_second_tier: string,
  renewal: string,
  concentration: string | null,
  shape: string | null,
  active_direct: number,
  active_second_tier: number,
};

export type Evidence = {
  key: string,
  label: string,
  value: string,
  low: string,
  high: string,
  from: string,
  sentence: string,
  source: string | null,
};

export type AssumptionsInput = {
  program: string | null,
  months: number | null,
};

export type ForecastOpened = {
  assumptions: Assumptions,
  forecast: ForecastDone,
  actuals: Array<MonthActual>,
  notices: Array<ForecastNotice>,
  snapshot: string | null,
};

export type ForecastNotice = {
  code: string,
  message: string,
};

export type Prior = {
  key: string,
  label: string,
  value: string,
  weight: string,
  source: string,
  own: boolean,
};

export type Priors = {
  items: Array<Prior>,
};

export type PriorSet = {
  key: string,
  value: string | null,
  weight: string | null,
  source: string | null,
};

export type EvidenceInput = {
  program: string | null,
  by: string | null,
  group: string | null,
};

export type EvidenceGroup = {
  key: string,
  label: string,
  period: string,
  customers: number,
};

export type CohortTable = {
  groups: Array<EvidenceGroup>,
  group: EvidenceGroup | null,
  cohorts: Array<CohortRow>,
  fitted: Array<string>,
  fit: string,
  notes: Array<string>,
};

export type CohortRow = {
  month: string,
  size: number,
  cells: Array<CohortCell>,
};

export type CohortCell = {
  renewals: number,
  due: number,
  paid: number,
  observed: string,
  fitted: string,
};

export type SurvivalCurves = {
  curves: Array<SurvivalCurve>,
  notes: Array<string>,
};

export type SurvivalCurve = {
  group: EvidenceGroup,
  points: Array<SurvivalPoint>,
  fitted: Array<SurvivalPoint>,
  median: string | null,
  sentence: string,
};

export type SurvivalPoint = {
  renewals: number,
  survival: string,
  low: string,
  high: string,
  at_risk: number,
};

export type ForecastDone = {
  months: Array<ForecastMonth>,
  rest: ForecastMonth | null,
  total: string,
  total_sd: string,
  currency: string,
};

export type ForecastMonth = {
  month: string,
  net: string,
  contracted: string,
  assumed: string,
  direct: string,
  second_tier: string,
  clawback: string,
  sd: string,
  active_paying: string,
  plans: Array<ForecastPlanMonth>,
};

export type ForecastPlanMonth = {
  plan: string,
  contracted: string,
  assumed: string,
};

export type MonthActual = {
  month: string,
  net: string,
  partial: boolean,
  plans: Array<PlanActual>,
};

export type PlanActual = {
  plan: string,
  net: string,
};

export type BandsInput = {
  assumptions: Assumptions,
  paths: number | null,
  seed: number | null,
  job: string | null,
};

export type Band = {
  low: string,
  middle: string,
  high: string,
};

export type ForecastBands = {
  months: Array<BandMonth>,
  total: Band,
  payouts: PayoutCalendar,
  paths: number,
  seed: number,
  method: string,
};

export type BandMonth = {
  month: string,
  band: Band,
};

export type PayoutCalendar = {
  runs: Array<PayoutRun>,
  due_now: string,
  on_hold: string,
  at_risk: string,
  minimum: string,
  hold_days: number,
  currency: string,
};

export type PayoutRun = {
  run: string,
  expected: string,
  probability: string,
  band: Band,
  pending: string,
  at_risk: string,
};

export type Tornado = {
  base: string,
  bars: Array<TornadoBar>,
  currency: string,
};

export type TornadoBar = {
  key: string,
  label: string,
  low: string,
  high: string,
  net_low: string,
  net_high: string,
  swing: string,
};

export type GoalInput = {
  assumptions: Assumptions | null,
  program: string | null,
  net: string,
  by: string,
  paths: number | null,
  seed: number | null,
  job: string | null,
};

export type Goal = {
  program: string,
  month: string,
  wanted: string,
  expected: string,
  missing: string,
  probability: string,
  currency: string,
  plans: Array<GoalPlan>,
  mix: GoalMix | null,
  sentences: Array<string>,
};

export type GoalPlan = {
  plan: string,
  name: string,
  tier: string,
  new_now: string,
  new_needed: string | null,
  each: string,
  probability: string | null,
};

export type GoalMix = {
  factor: string,
  new_needed: string,
  probability: string,
  factor_sure: string | null,
};

export type ExplainInput = {
  assumptions: Assumptions | null,
  program: string | null,
  what: string,
  key: string,
  plan: string | null,
};

export type Explanation = {
  title: string,
  value: string,
  sentences: Array<string>,
  lines: Array<ExplanationLine>,
  rows: LedgerList | null,
  assumptions: Array<Evidence>,
  method: string,
};

export type ExplanationLine = {
  label: string,
  value: string,
};

export type Methods = {
  items: Array<Method>,
};

export type Method = {
  key: string,
  title: string,
  short: string,
  long: string,
};

export type ForecastExport = {
  what: string,
  path: string,
  assumptions: Assumptions | null,
  program: string | null,
  by: string | null,
  group: string | null,
};

export type Accuracy = {
  snapshots: Array<SnapshotRow>,
  months: Array<AccuracyMonth>,
  by_distance: Array<AccuracySummary>,
  currency: string,
  sentence: string,
};

export type SnapshotRow = {
  made_on: string,
  start: string,
  months: number,
  total: string,
  over: number,
};

export type AccuracyMonth = {
  made_on: string,
  month: string,
  ahead: number,
  expected: string,
  low: string,
  high: string,
  actual: string,
  error: string,
  within: boolean,
};

export type AccuracySummary = {
  ahead: number,
  count: number,
  bias: string,
  mean_error: string,
  within: string,
};

export type BacktestInput = {
  program: string | null,
  horizon: number | null,
  paths: number | null,
  seed: number | null,
  job: string | null,
};

export type Backtest = {
  program: string,
  currency: string,
  origins: number,
  horizon: number,
  models: Array<BacktestModel>,
  points: Array<BacktestPoint>,
  sentences: Array<string>,
};

export type BacktestModel = {
  key: string,
  label: string,
  count: number,
  bias: string,
  crps: string | null,
  pinball: string | null,
  mase: string | null,
  coverage_80: string | null,
  coverage_90: string | null,
};

export type BacktestPoint = {
  origin: string,
  month: string,
  ahead: number,
  expected: string,
  low: string,
  high: string,
  actual: string,
};

export type ScenarioRow = {
  id: string,
  name: string,
  kind: string,
  program: string | null,
  currency: string,
  months: number,
  note: string,
  saved_at: string,
  revision: number,
};

export type ScenarioDetail = {
  scenario: ScenarioRow,
  assumptions: Assumptions | null,
  forecast: ForecastDone,
};

export type ScenarioSave = {
  id: string | null,
  name: string,
  assumptions: Assumptions | null,
  note: string | null,
};

export type ScenarioFile = {
  id: string,
  path: string,
};

export type ScenarioImport = {
  path: string,
  name: string | null,
};

export type CompareInput = {
  scenarios: Array<string>,
  program: string | null,
  paths: number | null,
  seed: number | null,
  job: string | null,
};

export type Comparison = {
  scenarios: Array<ComparedScenario>,
  months: Array<ComparedMonth>,
  paths: number,
  seed: number,
  sentences: Array<string>,
};

export type ComparedScenario = {
  id: string,
  name: string,
  currency: string,
  total: string,
  band: Band,
  difference: string | null,
  difference_band: Band | null,
  better: string | null,
};

export type ComparedMonth = {
  month: string,
  net: Array<string | null>,
  bands: Array<Band | null>,
};

export type RenewalWall = {
  months: Array<WallMonth>,
  currency: string,
  sentence: string,
};

export type WallMonth = {
  month: string,
  renewals: number,
  amount: string,
  expected: string,
  none: string,
  rows: Array<WallRow>,
};

export type WallRow = {
  on: string,
  plan: string,
  name: string,
  tier: string,
  count: number,
  renewal: number,
  each: string,
  chance: string,
};

export type ResidualInput = {
  program: string | null,
  discount: string | null,
};

export type ResidualValue = {
  total: string,
  customers: number,
  discount: string,
  currency: string,
  plans: Array<ResidualPart>,
  campaigns: Array<ResidualPart>,
  channels: Array<ResidualPart>,
  sentence: string,
};

export type ResidualPart = {
  key: string | null,
  label: string,
  customers: number,
  value: string,
  each: string,
};

export type PictureSave = { path: string, bytes: Array<number> };

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
  /** Changes a link's label, note or archive state. */
  link_update: { input: LinkUpdate; output: LinkDto };
  /** Makes links from a CSV file. */
  link_bulk: { input: LinkBulk; output: LinkBulkDone };
  /** Writes the links as CSV. */
  link_export: { input: PathInput; output: Written };
  /** A link as a QR code. */
  link_qr: { input: QrInput; output: QrImage };
  /** Writes a QR code into a file. */
  link_qr_save: { input: QrSave; output: Written };
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
  /** Looks into a report file. */
  import_preview: { input: ImportPreviewInput; output: ImportPreview };
  /** Imports a report file, or says what would happen. */
  import_run: { input: ImportInput; output: ImportDone };
  /** Saves a mapping for later files. */
  mapping_save: { input: MappingSave; output: Empty };
  /** Imports and syncs, newest first. */
  batch_list: { input: ListInput; output: Page<BatchRow> };
  /** Takes a whole import or sync out again. */
  batch_undo: { input: ById; output: BatchUndone };
  /** The connections. */
  connection_list: { input: ListInput; output: Page<ConnectionDto> };
  /** Adds a connection. */
  connection_add: { input: ConnectionAdd; output: ConnectionDto };
  /** Removes a connection and its key; its rows stay. */
  connection_remove: { input: ById; output: Empty };
  /** Asks the network one small question. */
  connection_test: { input: SyncInput; output: ConnectionTested };
  /** Keeps a key in the keychain. */
  secret_set: { input: SecretSet; output: ConnectionDto };
  /** Fetches what is new from the networks. */
  sync: { input: SyncInput; output: SyncDone };
  /** The ledger, newest first. */
  ledger_list: { input: LedgerList; output: Page<LedgerItem> };
  /** A row of the ledger with its story. */
  ledger_show: { input: ById; output: LedgerDetail };
  /** Earned, Reserve, Due and Paid by program and currency. */
  ledger_owed: { input: OwedInput; output: Owed };
  /** Payments by the programs, newest first. */
  payout_list: { input: ListInput; output: Page<PayoutDto> };
  /** Records a payment that arrived. */
  payout_record: { input: PayoutRecord; output: PayoutDto };
  /** Earnings by month, program, plan, channel, campaign or link. */
  report_earnings: { input: EarningsInput; output: EarningsReport };
  /** What the forecast supposes, from the book. */
  forecast_assumptions: { input: AssumptionsInput; output: Assumptions };
  /** The months ahead under given assumptions. */
  forecast_run: { input: Assumptions; output: ForecastDone };
  picture_save: { input: PictureSave; output: Written };
  scenario_import: { input: ScenarioImport; output: ScenarioRow };
  scenario_export: { input: ScenarioFile; output: Written };
  scenario_compare: { input: CompareInput; output: Comparison };
  scenario_remove: { input: ById; output: Empty };
  scenario_duplicate: { input: ById; output: ScenarioRow };
  scenario_save: { input: ScenarioSave; output: ScenarioRow };
  scenario_show: { input: ById; output: ScenarioDetail };
  scenario_list: { input: ListInput; output: Page<ScenarioRow> };
  forecast_export: { input: ForecastExport; output: Written };
  forecast_prior_set: { input: PriorSet; output: Priors };
  forecast_priors: { input: Empty; output: Priors };
  forecast_backtest: { input: BacktestInput; output: Backtest };
  forecast_accuracy: { input: AssumptionsInput; output: Accuracy };
  forecast_residual: { input: ResidualInput; output: ResidualValue };
  forecast_wall: { input: AssumptionsInput; output: RenewalWall };
  forecast_methods: { input: Empty; output: Methods };
  forecast_explain: { input: ExplainInput; output: Explanation };
  forecast_goal: { input: GoalInput; output: Goal };
  forecast_tornado: { input: Assumptions; output: Tornado };
  forecast_survival: { input: EvidenceInput; output: SurvivalCurves };
  forecast_cohorts: { input: EvidenceInput; output: CohortTable };
  forecast_bands: { input: BandsInput; output: ForecastBands };
  forecast_open: { input: AssumptionsInput; output: ForecastOpened };
  /** Checks promotional text. */
  compliance_text: { input: TextCheck; output: Findings };
  /** Where compliance stands. */
  compliance_status: { input: Empty; output: ComplianceStatus };
  /** A program's checklist. */
  checklist: { input: ChecklistInput; output: Checklist };
  /** Decides an item, with evidence. */
  checklist_set: { input: ChecklistSet; output: Checklist };
  /** Notes that terms were read and accepted. */
  terms_accept: { input: AcceptTerms; output: Checklist };
  /** Ready disclosures. */
  wordings: { input: Empty; output: Wordings };
}
