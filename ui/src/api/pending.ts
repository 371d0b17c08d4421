import type { Amount, ById, Empty, Commands as Known, ListInput, Page, PathInput, Written } from './bindings';

export * from './bindings';

export type ImportPreviewInput = {
  path: string;
  options: ImportOptions;
};

export type ImportOptions = {
  profile: string | null;
  map: string | null;
  currency: string | null;
  program: string | null;
  encoding: string | null;
  delimiter: string | null;
  decimal: string | null;
  draft?: MappingDraft | null;
  header_line?: number | null;
  thousands?: string | null;
  date_order?: string | null;
  time_zone?: string | null;
  sheet?: string | null;
};

export type ImportPreview = {
  file: string;
  encoding: string;
  delimiter: string;
  decimal: string;
  header_line: number;
  header: Array<string>;
  rows: Array<Array<string>>;
  profile: string | null;
  profiles: Array<string>;
  fields: Array<MappingField>;
  suggested: Array<MappedColumn>;
  needs_currency: boolean;
  format: string;
  sheets: Array<string>;
  sheet: string | null;
  thousands: string;
  date_order: string;
  date_proven: boolean;
  time_zone: string;
  draft: MappingDraft;
  words: Array<FoundWord>;
  sample: Array<PreviewRow>;
};

export type FoundWord = {
  field: string;
  word: string;
  meaning: string | null;
  count: number;
};

export type PreviewRow = {
  line: number;
  native_id: string | null;
  occurred_at: string | null;
  occurred_on: string | null;
  program: string | null;
  kind: string | null;
  approval: string | null;
  payment: string | null;
  sale: Amount | null;
  commission: Amount | null;
  sub_ids: Array<string>;
  refused: Refused | null;
};

export type MappingField = {
  name: string;
  label: string;
  required: boolean;
};

export type ImportInput = {
  path: string;
  options: ImportOptions;
  dry_run: boolean;
  job: string | null;
  skip_duplicates?: boolean;
  decisions?: Array<LineChoice>;
  refused_file?: string | null;
};

export type LineChoice = {
  line: number;
  take: boolean;
};

export type ImportDone = {
  batch: string | null;
  file: string;
  profile: string;
  dry_run: boolean;
  rows: RowCounts;
  refused: Array<Refused>;
  skipped: Array<Skipped>;
  vanished: Array<Vanished>;
  unknown: Array<UnknownWord>;
  totals: Array<Amount>;
  vanished_totals: Array<Amount>;
  changes: Array<ChangedRow>;
  reversed: number;
  duplicates: Array<DuplicateRow>;
  refused_file: string | null;
};

export type RowCounts = {
  read: number;
  new: number;
  changed: number;
  same: number;
  refused: number;
};

export type Refused = {
  line: number | null;
  column: string | null;
  reason: string;
  text: string;
};

export type Skipped = {
  line: number;
  kind: string;
  text: string;
};

export type Vanished = {
  native_id: string | null;
  commission: Amount | null;
};

export type UnknownWord = {
  field: string;
  word: string;
  count: number;
};

export type BatchRow = {
  batch: string;
  kind: string;
  connection: string;
  file: string | null;
  profile: string | null;
  at: string;
  rows: RowCounts;
  vanished: number;
  totals: Array<Amount>;
  undone_at: string | null;
};

export type BatchUndone = {
  batch: string;
  removed: number;
  restored: number;
};

export type MappedColumn = {
  field: string;
  column: string;
};

export type MappedWord = {
  field: string;
  word: string;
  meaning: string;
};

export type MappingDraft = {
  name: string;
  columns: Array<MappedColumn>;
  program: string | null;
  currency: string | null;
  kind: string | null;
  tier: string | null;
  approval: string | null;
  date_order: string | null;
  decimal: string | null;
  time_zone: string | null;
  words: Array<MappedWord>;
};

export type MappingSave = {
  name: string;
  toml: string | null;
  draft?: MappingDraft | null;
  header: Array<string>;
};

export type MappingRow = {
  name: string;
  builtin: boolean;
  header: Array<string>;
  draft: MappingDraft;
  toml: string;
};

export type MappingExport = {
  name: string;
  path: string;
};

export type InboxInput = {
  all: boolean;
  limit: number | null;
  after: string | null;
};

export type InboxEntry = {
  batch: string;
  kind: string;
  connection: string;
  file: string | null;
  at: string;
  rows: RowCounts;
  reversed: number;
  vanished: number;
  unknown: number;
  open_duplicates: number;
  totals: Array<Amount>;
  vanished_totals: Array<Amount>;
  accepted_at: string | null;
};

export type InboxShow = {
  id: string;
  limit?: number | null;
};

export type InboxDetail = {
  entry: InboxEntry;
  new: Array<InboxRow>;
  changed: Array<ChangedRow>;
  reversed: Array<ChangedRow>;
  vanished: Array<InboxRow>;
  unknown: Array<UnknownWord>;
  duplicates: Array<DuplicateRow>;
  refused: Array<Refused>;
};

export type InboxRow = {
  id: string;
  native_id: string | null;
  program: string | null;
  occurred_on: string;
  kind: string;
  approval: string;
  commission: Amount | null;
};

export type ChangedRow = {
  row: InboxRow;
  fields: Array<FieldChange>;
};

export type FieldChange = {
  field: string;
  before: string | null;
  after: string | null;
};

export type DuplicateRow = {
  id: string;
  line: number | null;
  row: InboxRow;
  other: InboxRow;
  other_connection: string;
  reason: string;
  decision: string;
};

export type InboxDecide = {
  batch: string;
  rows: Array<RowChoice>;
  all: string | null;
};

export type RowChoice = {
  id: string;
  take: boolean;
};

export type ConnectionDto = {
  id: string;
  name: string;
  network: string;
  account: string;
  program: string | null;
  currency: string | null;
  base_url: string | null;
  secret: string;
  last_run_at: string | null;
  last_outcome: string | null;
  title: string;
  health: string;
  error: SyncError | null;
  every_hours: number | null;
  next_run_at: string | null;
  rows: number;
  leads: Array<string>;
};

export type NetworkDto = {
  name: string;
  title: string;
  about: string;
  address: string;
  account: FieldHelp | null;
  key: FieldHelp;
  needs_currency: boolean;
  leads: boolean;
};

export type FieldHelp = {
  label: string;
  help: string;
  required: boolean;
};

export type ScheduleSet = {
  name: string;
  every_hours: number | null;
};

export type LeadsSet = {
  name: string;
  leads: Array<string>;
};

export type SyncDueInput = {
  secret: string | null;
  job: string | null;
};

export type SyncRunDto = {
  id: string;
  connection: string;
  by: string;
  begun_at: string;
  ended_at: string;
  outcome: string;
  summary: string;
  batch: string | null;
  requests: number;
  retries: number;
  error: SyncError | null;
  lines: Array<LogLine>;
};

export type LogLine = {
  at: string;
  text: string;
};

export type ConnectionAdd = {
  network: string;
  name: string;
  account: string;
  program: string | null;
  currency: string | null;
  base_url: string | null;
  secret: string | null;
  leads: Array<string>;
};

export type SecretSet = {
  name: string;
  secret: string;
};

export type ConnectionTested = {
  ok: boolean;
  message: string;
};

export type SyncInput = {
  names: Array<string>;
  since: string | null;
  secret: string | null;
  job: string | null;
};

export type SyncDone = {
  connections: Array<SyncedConnection>;
};

export type SyncedConnection = {
  name: string;
  batch: string | null;
  rows: RowCounts;
  refused: Array<Refused>;
  vanished: Array<Vanished>;
  unknown: Array<UnknownWord>;
  requests: number;
  retries: number;
  complete: boolean;
  error: SyncError | null;
};

export type SyncError = {
  code: string;
  message: string;
  hints: Array<string>;
};

export interface Commands
  extends Omit<
    Known,
    'import_preview' | 'import_run' | 'mapping_save' | 'connection_list' | 'connection_add' | 'secret_set'
  > {
  import_preview: { input: ImportPreviewInput; output: ImportPreview };
  import_run: { input: ImportInput; output: ImportDone };
  mapping_save: { input: MappingSave; output: MappingRow };
  mapping_list: { input: Empty; output: Page<MappingRow> };
  mapping_remove: { input: ById; output: Empty };
  mapping_import: { input: PathInput; output: MappingRow };
  mapping_export: { input: MappingExport; output: Written };
  inbox_list: { input: InboxInput; output: Page<InboxEntry> };
  inbox_show: { input: InboxShow; output: InboxDetail };
  inbox_decide: { input: InboxDecide; output: InboxDetail };
  inbox_accept: { input: ById; output: InboxEntry };
  network_list: { input: Empty; output: Page<NetworkDto> };
  connection_list: { input: ListInput; output: Page<ConnectionDto> };
  connection_add: { input: ConnectionAdd; output: ConnectionDto };
  secret_set: { input: SecretSet; output: ConnectionDto };
  connection_schedule: { input: ScheduleSet; output: ConnectionDto };
  connection_leads: { input: LeadsSet; output: ConnectionDto };
  connection_log: { input: ListInput; output: Page<SyncRunDto> };
  sync_due: { input: SyncDueInput; output: SyncDone };
}
