//! The one list of commands. The shell's wrappers, the TypeScript types, the permission list and the documentation are
//! all made from it, so a command exists everywhere or nowhere.

/// Calls a macro with every command: `name: body(Input) -> Output, "what it does";`. The body is a path under
/// [`crate::commands`] and has the form `fn(&App, Input) -> Result<Output, Failure>`.
#[macro_export]
macro_rules! for_each_command {
    ($callback:ident) => {
        $callback! {
            status: book::status(Empty) -> Status, "What the window needs to know before it shows anything.";
            book_new: book::new(BookNew) -> BookInfo, "Makes a new book and opens it.";
            book_open: book::open(PathInput) -> BookInfo, "Opens a book in place of the one that is open.";
            book_check: book::check(Empty) -> CheckReport, "Checks that everything in the book holds together.";
            book_backup: book::backup(PathInput) -> Written, "Writes a verified copy of the book.";
            book_restore: book::restore(RestoreInput) -> BookInfo, "Makes a book from a backup and opens it.";
            book_export: book::export(ExportInput) -> Written, "Writes everything as CSV or JSON.";
            book_set_up: book::set_up(SetUp) -> BookInfo, "Takes the answers of the first run.";
            sample_load: book::sample_load(Empty) -> BookInfo, "Puts sample data into an empty book.";
            sample_remove: book::sample_remove(Empty) -> BookInfo, "Takes the sample data out again.";
            settings_get: book::settings_get(Empty) -> Settings, "The book's settings.";
            settings_set: book::settings_set(Settings) -> Settings, "Changes the book's settings.";
            history_list: book::history_list(ListInput) -> Page<Change>, "The change history, newest first.";
            undo: book::undo(Empty) -> Turned, "Turns the last edit around.";
            redo: book::redo(Empty) -> Turned, "Does the last undone edit again.";
            job_status: book::job_status(JobInput) -> JobStatus, "How far a running job is.";
            job_cancel: book::job_cancel(JobInput) -> JobStatus, "Asks a running job to stop.";

            overview: overview::overview(Empty) -> Overview, "Everything on the first screen.";

            program_list: program::list(ListInput) -> Page<ProgramRow>, "The programs.";
            program_show: program::show(ById) -> ProgramDetail, "A program with everything.";
            program_terms: program::terms(ProgramTermsInput) -> TermsDto, "What holds on a day.";
            program_add: program::add(ProgramAdd) -> ProgramDetail, "Adds a program of the user's own.";
            program_update: program::update(ProgramUpdate) -> ProgramDetail, "Changes identity, link style or archive state.";
            program_set_terms: program::set_terms(TermsSet) -> ProgramDetail, "Sets own terms from a date on.";
            joining_set: program::joining_set(JoiningSet) -> ProgramDetail, "Takes or takes back a joining step.";
            destination_save: program::destination_save(DestinationSave) -> ProgramDetail, "Adds or changes a destination.";
            channel_list: channel::list(ListInput) -> Page<ChannelDto>, "The channels.";
            channel_add: channel::add(ChannelAdd) -> ChannelDto, "Adds a channel.";

            link_list: link::list(LinkList) -> Page<LinkDto>, "The links.";
            link_show: link::show(ById) -> LinkDto, "A link.";
            link_preview: link::preview(LinkNew) -> LinksMade, "Shows the links that would be made.";
            link_new: link::new(LinkNew) -> LinksMade, "Makes links for one or many channels.";
            link_update: link::update(LinkUpdate) -> LinkDto, "Changes a link's label, note or archive state.";
            link_bulk: link::bulk(LinkBulk) -> LinkBulkDone, "Makes links from a CSV file.";
            link_export: link::export(PathInput) -> Written, "Writes the links as CSV.";
            link_qr: link::qr(QrInput) -> QrImage, "A link as a QR code.";
            link_qr_save: link::qr_save(QrSave) -> Written, "Writes a QR code into a file.";

            campaign_list: campaign::list(ListInput) -> Page<CampaignRow>, "The campaigns.";
            campaign_show: campaign::show(ById) -> CampaignDetail, "A campaign with its log, links and results.";
            campaign_save: campaign::save(CampaignSave) -> CampaignDetail, "Makes or changes a campaign.";
            campaign_log: campaign::log(LogSave) -> CampaignDetail, "Adds or changes a log entry.";
            campaign_log_remove: campaign::log_remove(ById) -> CampaignDetail, "Takes a log entry out.";

            import_preview: import::preview(ImportPreviewInput) -> ImportPreview, "Looks into a report file.";
            import_run: import::run(ImportInput) -> ImportDone, "Imports a report file, or says what would happen.";
            mapping_list: mapping::list(Empty) -> Page<MappingRow>, "Saved mappings and built-in profiles.";
            mapping_save: mapping::save(MappingSave) -> MappingRow, "Saves a mapping for later files.";
            mapping_remove: mapping::remove(ById) -> Empty, "Forgets a saved mapping.";
            mapping_import: mapping::import(PathInput) -> MappingRow, "Saves a mapping from a TOML file.";
            mapping_export: mapping::export(MappingExport) -> Written, "Writes a mapping into a TOML file.";
            batch_list: import::batch_list(ListInput) -> Page<BatchRow>, "Imports and syncs, newest first.";
            batch_undo: import::batch_undo(ById) -> BatchUndone, "Takes a whole import or sync out again.";
            inbox_list: inbox::list(InboxInput) -> Page<InboxEntry>, "What changed since last time, by import and sync.";
            inbox_show: inbox::show(InboxShow) -> InboxDetail, "What one import or sync brought, row by row.";
            inbox_decide: inbox::decide(InboxDecide) -> InboxDetail, "Decides on rows that another source may have already.";
            inbox_accept: inbox::accept(ById) -> InboxEntry, "Notes that an import or sync has been looked at.";

            network_list: connection::network_list(Empty) -> Page<NetworkDto>, "The networks, and what a connection to each needs.";
            connection_list: connection::list(ListInput) -> Page<ConnectionDto>, "The connections.";
            connection_add: connection::add(ConnectionAdd) -> ConnectionDto, "Adds a connection.";
            connection_remove: connection::remove(ById) -> Empty, "Removes a connection and its key; its rows stay.";
            connection_test: connection::test(SyncInput) -> ConnectionTested, "Asks the network one small question.";
            connection_schedule: connection::schedule(ScheduleSet) -> ConnectionDto, "Sets how often a connection is asked by itself.";
            connection_leads: connection::leads_set(LeadsSet) -> ConnectionDto, "Replaces the leads that a connection asks for.";
            connection_log: connection::log(ListInput) -> Page<SyncRunDto>, "The syncs of a connection (its name in `search`), newest first.";
            secret_set: connection::secret_set(SecretSet) -> ConnectionDto, "Keeps a key in the keychain.";
            sync_due: connection::sync_due(SyncDueInput) -> SyncDone, "Syncs what is due by schedule.";
            sync: connection::sync(SyncInput) -> SyncDone, "Fetches what is new from the networks.";

            ledger_list: ledger::list(LedgerList) -> Page<LedgerItem>, "The ledger, newest first.";
            ledger_show: ledger::show(ById) -> LedgerDetail, "A row of the ledger with its story.";
            ledger_owed: ledger::owed(OwedInput) -> Owed, "Earned, Reserve, Due and Paid by program and currency.";
            payout_list: ledger::payouts(ListInput) -> Page<PayoutDto>, "Payments by the programs, newest first.";
            payout_record: ledger::payout_record(PayoutRecord) -> PayoutDto, "Records a payment that arrived.";
            report_earnings: ledger::earnings(EarningsInput) -> EarningsReport, "Earnings by month, program, plan, channel, campaign or link.";

            picture_save: picture::save(PictureSave) -> Written, "Writes a chart that the window drew into a picture file.";

            forecast_assumptions: forecast::assumptions(AssumptionsInput) -> Assumptions, "What the forecast supposes, from the book.";
            forecast_run: forecast::run(Assumptions) -> ForecastDone, "The months ahead under given assumptions.";
            forecast_open: forecast::open(AssumptionsInput) -> ForecastOpened, "Everything that the forecast opens with; keeps the forecast of the day.";
            forecast_bands: forecast::bands(BandsInput) -> ForecastBands, "The ranges and the payouts, simulated; can be cancelled.";
            forecast_cohorts: forecast::cohorts(EvidenceInput) -> CohortTable, "Own customers by the month they began, observed against fitted.";
            forecast_survival: forecast::survival(EvidenceInput) -> SurvivalCurves, "Who stays, with limits, observed and fitted.";
            forecast_tornado: forecast::tornado(Assumptions) -> Tornado, "What moves the result most, in money.";
            forecast_goal: forecast::goal(GoalInput) -> Goal, "What it takes to reach so much a month; can be cancelled.";
            forecast_explain: forecast::explain(ExplainInput) -> Explanation, "What is behind a number: rows, arithmetic, assumptions.";
            forecast_methods: forecast::methods(Empty) -> Methods, "How the numbers are worked out.";
            forecast_wall: forecast::wall(AssumptionsInput) -> RenewalWall, "Which annual renewals fall when.";
            forecast_residual: forecast::residual(ResidualInput) -> ResidualValue, "What those who pay now will still bring.";
            forecast_backtest: forecast::backtest(BacktestInput) -> Backtest, "The forecast taken back to earlier months, against what came; can be cancelled.";
            forecast_accuracy: forecast::accuracy(AssumptionsInput) -> Accuracy, "Kept forecasts against what came.";
            forecast_priors: forecast::priors(Empty) -> Priors, "Common values that stand in while the book says little.";
            forecast_prior_set: forecast::prior_set(PriorSet) -> Priors, "Sets a common value, or goes back to the built-in one.";
            forecast_export: forecast::export(ForecastExport) -> Written, "Writes a chart's data as CSV.";
            scenario_list: forecast::scenario_list(ListInput) -> Page<ScenarioRow>, "The saved scenarios.";
            scenario_show: forecast::scenario_show(ById) -> ScenarioDetail, "A saved scenario with its months.";
            scenario_save: forecast::scenario_save(ScenarioSave) -> ScenarioRow, "Saves, changes or renames a scenario.";
            scenario_duplicate: forecast::scenario_duplicate(ById) -> ScenarioRow, "A second scenario like it.";
            scenario_remove: forecast::scenario_remove(ById) -> Empty, "Takes a scenario out.";
            scenario_compare: forecast::scenario_compare(CompareInput) -> Comparison, "Scenarios side by side, with the same random numbers; can be cancelled.";
            scenario_export: forecast::scenario_export(ScenarioFile) -> Written, "Writes a scenario as a file.";
            scenario_import: forecast::scenario_import(ScenarioImport) -> ScenarioRow, "Takes a scenario file in.";

            compliance_text: compliance::text(TextCheck) -> Findings, "Checks promotional text.";
            compliance_page: compliance::page(PageCheck) -> PageFindings, "Checks a page, saved or fetched.";
            compliance_status: compliance::status(Empty) -> ComplianceStatus, "Where compliance stands.";
            checklist: compliance::checklist(ChecklistInput) -> Checklist, "A program's checklist.";
            checklist_set: compliance::checklist_set(ChecklistSet) -> Checklist, "Decides an item, with evidence.";
            terms_accept: compliance::accept(AcceptTerms) -> Checklist, "Notes that terms were read and accepted.";
            wordings: compliance::wordings(Empty) -> Wordings, "Ready disclosures.";
        }
    };
}
