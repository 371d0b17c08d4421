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
            overview_ahead: forecast::overview_ahead(Empty) -> Vec<OverviewMonth>, "The months ahead of a large book, for the first screen.";

            program_list: program::list(ListInput) -> Page<ProgramRow>, "The programs.";
            program_show: program::show(ById) -> ProgramDetail, "A program with everything.";
            program_terms: program::terms(ProgramTermsInput) -> TermsDto, "What holds on a day.";
            program_add: program::add(ProgramAdd) -> ProgramDetail, "Adds a program of the user's own.";
            program_update: program::update(ProgramUpdate) -> ProgramDetail, "Changes identity, link style or archive state.";
            program_set_terms: program::set_terms(TermsSet) -> ProgramDetail, "Sets own terms from a date on.";
            terms_diff: terms_change::diff(TermsDiffInput) -> TermsDiff, "What differs between the terms of two days.";
            terms_preview: terms_change::preview(TermsSet) -> TermsConsequences, "What own terms would do to open commissions and to the forecast; keeps nothing.";
            joining_set: program::joining_set(JoiningSet) -> ProgramDetail, "Takes or takes back a joining step.";
            destination_save: program::destination_save(DestinationSave) -> ProgramDetail, "Adds or changes a destination.";
            channel_list: channel::list(ListInput) -> Page<ChannelDto>, "The channels.";
            channel_add: channel::add(ChannelAdd) -> ChannelDto, "Adds a channel.";

            link_list: link::list(LinkList) -> Page<LinkDto>, "The links.";
            link_show: link::show(ById) -> LinkDto, "A link.";
            link_preview: link::preview(LinkNew) -> LinksMade, "Shows the links that would be made.";
            link_new: link::new(LinkNew) -> LinksMade, "Makes links for one or many channels.";
            link_update: link::update(LinkUpdate) -> LinkDto, "Changes a link's label, note, archive state, tags, folder or last day.";
            link_bulk_edit: link_shelf::bulk_edit(LinkBulkEdit) -> LinkBulkEdited, "Changes how many links are kept, in one step.";
            link_shelves: link_shelf::shelves(Empty) -> LinkShelves, "The tags and folders in use.";
            link_bulk: link::bulk(LinkBulk) -> LinkBulkDone, "Makes links from a CSV file.";
            link_export: link::export(PathInput) -> Written, "Writes the links as CSV.";
            link_qr: link::qr(QrInput) -> QrImage, "A link as a QR code.";
            link_qr_save: link::qr_save(QrSave) -> Written, "Writes a QR code into a file.";
            link_qr_sheet: link_sheet::qr_sheet(QrSheet) -> Written, "Writes links as QR codes on pages to print.";
            link_handed: link_deep::handed(Empty) -> LinkHanded, "Takes an address that another program handed over, where one waits.";
            link_asked: link_deep::asked(LinkAddress) -> LinkAsked, "Reads an address that another program handed over.";
            link_check: link_check::check(LinkCheck) -> LinksChecked, "Checks links without a click of one's own; can be cancelled.";
            link_health: link_check::health(ById) -> LinkHealth, "How a link stands, what checks saw, and which places hold it.";
            link_accept: link_check::accept(LinkAccept) -> LinkHealth, "Accepts what a link answers as fine, or takes that back.";
            link_digest: link_check::digest(Empty) -> LinkDigest, "How all links in use stand.";
            link_check_settings: link_check::settings(Empty) -> LinkCheckSettings, "How links are checked.";
            link_check_set: link_check::set(LinkCheckSettings) -> LinkCheckSettings, "Changes how links are checked.";
            placement_list: placement::list(PlacementList) -> Page<PlacementDto>, "The places that hold links, newest first.";
            placement_save: placement::save(PlacementSave) -> PlacementDto, "Adds or changes a place.";
            placement_done: placement::done(PlacementDone) -> PlacementDto, "Notes that a place no longer holds its link, and which does.";
            placement_remove: placement::remove(ById) -> Empty, "Takes a place out of the register.";
            link_template_list: link_template::list(ListInput) -> Page<TemplateDto>, "The templates of links.";
            link_template_start: link_template::start(TemplateStart) -> TemplateDto, "Where to begin with a template.";
            link_template_save: link_template::save(TemplateSave) -> TemplateDto, "Saves how links of a channel are written and named.";
            link_template_preview: link_template::preview(TemplateSave) -> TemplatePreview, "A link as a template would write it.";
            link_template_remove: link_template::remove(ById) -> Empty, "Takes a template out.";
            id_rule_list: id_rule::list(ListInput) -> IdRules, "The rules for ready-made IDs, and IDs without one.";
            id_rule_add: id_rule::add(IdRuleAdd) -> IdRuleDto, "Maps ready-made IDs to a channel and a campaign.";
            id_rule_remove: id_rule::remove(ById) -> Empty, "Takes a rule for ready-made IDs out.";
            link_file: link_import::look(PathInput) -> LinkFile, "Looks into another tool's file of links.";
            link_import: link_import::import(LinkImport) -> LinkImportDone, "Takes links from another tool's file, or says what would happen.";

            campaign_list: campaign::list(ListInput) -> Page<CampaignRow>, "The campaigns.";
            campaign_show: campaign::show(ById) -> CampaignDetail, "A campaign with its log, links and results.";
            campaign_save: campaign::save(CampaignSave) -> CampaignDetail, "Makes or changes a campaign.";
            campaign_log: campaign::log(LogSave) -> CampaignDetail, "Adds or changes a log entry.";
            campaign_log_remove: campaign::log_remove(ById) -> CampaignDetail, "Takes a log entry out.";
            campaign_compare: campaign_figures::compare(CampaignCompare) -> CampaignComparison, "Campaigns or channels side by side: what each brought and is still to bring.";
            campaign_report_save: campaign_report::save(CampaignReportSave) -> Written, "Writes a campaign's results on one page, as a PDF for a partner.";
            content_list: content::list(ContentList) -> ContentItems, "What is planned and published, by day.";
            content_save: content::save(ContentSave) -> ContentItemDto, "Adds or changes a content item.";
            content_move: content::move_to(ContentMove) -> ContentItemDto, "Puts a content item into another state or on another day.";
            content_remove: content::remove(ById) -> Empty, "Takes a content item out.";

            swipe_list: swipe::list(SwipeList) -> Page<SwipeDto>, "The swipes, by title.";
            swipe_show: swipe::show(ById) -> SwipeDetail, "A swipe with its versions and links.";
            swipe_save: swipe::save(SwipeSave) -> SwipeDetail, "Adds or changes a swipe; other words become a new version.";
            swipe_restore: swipe::restore(SwipeRestore) -> SwipeDetail, "Goes back to an earlier version.";
            swipe_remove: swipe::remove(ById) -> Empty, "Takes a swipe out, with its versions.";
            swipe_fill: swipe::fill(SwipeFill) -> SwipeFilled, "A swipe with its variables filled, and what the text check says.";
            swipe_image: swipe::image(ById) -> SwipeImage, "An image of a swipe.";
            swipe_compare: swipe::compare(SwipeCompare) -> SwipeComparison, "Two swipes or links by referrals a click.";
            notebook_list: notebook::list(EntryList) -> Page<EntryDto>, "The notebook, newest first.";
            notebook_show: notebook::show(ById) -> EntryDetail, "An entry with all its words.";
            notebook_save: notebook::save(EntrySave) -> EntryDetail, "Adds or changes an entry.";
            notebook_import: notebook::import(MailImport) -> EntryDetail, "Takes a mail into the notebook, from a file.";
            notebook_remove: notebook::remove(ById) -> Empty, "Takes an entry out.";
            contact_list: contact::list(ContactList) -> Page<ContactDto>, "The contacts at programs, by name.";
            contact_save: contact::save(ContactSave) -> ContactDto, "Adds or changes a contact.";
            contact_remove: contact::remove(ById) -> Empty, "Takes a contact out.";
            reminder_list: reminder::list(ReminderList) -> Page<ReminderDto>, "The reminders: open ones by their day, then those done.";
            reminder_save: reminder::save(ReminderSave) -> ReminderDto, "Adds or changes a reminder, or notes that it is done.";
            reminder_remove: reminder::remove(ById) -> Empty, "Takes a reminder out.";

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
            audit_list: audit::list(AuditInput) -> AuditPage, "What does not fit the terms, the most money first.";
            audit_show: audit::show(ById) -> AuditDetail, "A finding with its story and what was written about it.";
            audit_decide: audit::decide(AuditDecide) -> AuditDetail, "Accepts, disputes or explains a finding, or opens it again.";
            audit_letter_add: audit::letter_add(AuditLetterAdd) -> AuditDetail, "Adds what was written about a finding.";
            audit_letter_remove: audit::letter_remove(AuditLetterRemove) -> AuditDetail, "Takes out what was written about a finding.";
            dossier_save: audit::dossier_save(DossierSave) -> Written, "Writes a finding's dossier as PDF or Markdown.";
            ledger_owed: ledger::owed(OwedInput) -> Owed, "Earned, Reserve, Due and Paid by program and currency.";
            payout_list: ledger::payouts(ListInput) -> Page<PayoutDto>, "Payments by the programs, newest first.";
            payout_record: ledger::payout_record(PayoutRecord) -> PayoutDto, "Records a payment that arrived.";
            payout_lines: ledger::payout_lines(PayoutLinesSet) -> Reconciliation, "Says which commissions a payment paid.";
            reconcile_show: ledger::reconcile_show(ById) -> Reconciliation, "A payment with its commissions and what arrived.";
            deposit_list: ledger::deposit_list(DepositList) -> Page<DepositDto>, "Money that arrived, newest first.";
            deposit_add: ledger::deposit_add(DepositAdd) -> Reconciliation, "Notes that money arrived for a payment.";
            deposit_tie: ledger::deposit_tie(DepositTie) -> DepositDto, "Confirms which payment a deposit is.";
            deposit_aside: ledger::deposit_aside(DepositAside) -> DepositDto, "Leaves a deposit aside as no payment.";
            deposit_remove: ledger::deposit_remove(ById) -> Empty, "Takes out a deposit that was entered by hand.";
            explain_add: ledger::explain_add(ExplainAdd) -> Reconciliation, "Explains a part of the difference.";
            explain_remove: ledger::explain_remove(ById) -> Reconciliation, "Takes an explanation out.";
            period_list: ledger::period_list(Empty) -> Page<PeriodDto>, "The locked periods.";
            period_lock: ledger::period_lock(PeriodLock) -> PeriodDto, "Locks a program in a currency up to a day.";
            period_unlock: ledger::period_unlock(PeriodUnlock) -> PeriodUnlocked, "Unlocks a period and takes in what changed meanwhile.";
            statement_preview: ledger::statement_preview(PathInput) -> StatementPreview, "Looks into a statement's file.";
            statement_import: ledger::statement_import(StatementImport) -> StatementDone, "Takes in a statement of PayPal or a bank.";
            statement_list: ledger::statement_list(Empty) -> Page<StatementDto>, "The statements, newest first.";
            statement_undo: ledger::statement_undo(ById) -> StatementUndone, "Takes a whole statement out again.";
            report_earnings: ledger::earnings(EarningsInput) -> EarningsReport, "Earnings by month, program, plan, channel, campaign or link.";
            report_show: report::show(ReportInput) -> Report, "A report with measures, a comparison and sums.";
            report_save: report::report_save(ReportSave) -> Written, "Writes a report as CSV or XLSX.";
            report_statement: report::statement(YearInput) -> Written, "Writes the statement of a year as PDF, XLSX or CSV.";
            ledger_save: report::ledger_save(LedgerSave) -> Written, "Writes rows of the ledger as CSV or XLSX.";
            table_save: report::table_save(TableSave) -> Written, "Writes a table that the window shows as CSV or XLSX.";
            view_list: view::list(ById) -> Page<SavedView>, "The saved views of a list.";
            view_save: view::save(SavedView) -> Page<SavedView>, "Saves a list's filters under a name.";
            view_remove: view::remove(SavedView) -> Page<SavedView>, "Forgets a saved view.";

            referral_list: referral::list(ReferralList) -> Page<ReferralItem>, "The referrals, the one heard of last first.";
            referral_show: referral::show(ReferralShow) -> ReferralDetail, "A referral's life, windows, payments, and what is to come.";
            referral_note: referral::note(ReferralNote) -> ReferralDetail, "Notes something of a referral by hand.";
            referral_forget: referral::forget(ById) -> Empty, "Forgets what was noted of a referral; rows stay.";
            second_tier_list: second_tier::list(SecondTierList) -> Page<Recruit>, "Recruited affiliates, and what each brings.";
            second_tier_tree: second_tier::tree(SecondTierList) -> SecondTierTree, "Recruited affiliates as a tree, and what they add to the forecast.";
            second_tier_save: second_tier::save(RecruitSave) -> Recruit, "Adds or changes a recruited affiliate.";
            second_tier_remove: second_tier::remove(ById) -> Empty, "Takes a recruited affiliate out; rows stay.";
            scorecard_list: scorecard::list(ListInput) -> Page<Scorecard>, "Programs' cards: the book's own and candidates.";
            scorecard_show: scorecard::show(ById) -> Scorecard, "A program's card.";
            scorecard_set: scorecard::set(ScorecardSet) -> Scorecard, "Sets a value of a card, with its source.";
            scorecard_compare: scorecard::compare(ScorecardCompare) -> ScorecardComparison, "Programs side by side.";

            picture_save: picture::save(PictureSave) -> Written, "Writes a chart that the window drew into a picture file.";

            forecast_assumptions: forecast::assumptions(AssumptionsInput) -> Assumptions, "What the forecast supposes, from the book.";
            forecast_run: forecast::run(Assumptions) -> ForecastDone, "The months ahead under given assumptions.";
            forecast_channels: forecast::channels(Assumptions) -> ForecastChannels, "What each channel brings of the months ahead.";
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
            compliance_keywords: compliance::keyword_check(KeywordCheck) -> KeywordFindings, "Checks a list of ad keywords.";
            compliance_page: compliance::page(PageCheck) -> PageFindings, "Checks a page, saved or fetched.";
            compliance_status: compliance::status(Empty) -> ComplianceStatus, "Where compliance stands.";
            checklist: compliance::checklist(ChecklistInput) -> Checklist, "A program's checklist.";
            checklist_set: compliance::checklist_set(ChecklistSet) -> Checklist, "Decides an item, with evidence.";
            terms_accept: compliance::accept(AcceptTerms) -> Checklist, "Notes that terms were read and accepted.";
            text_keep: compliance::text_keep(TextKeep) -> EvidenceRow, "Checks a text and keeps a dated copy of it.";
            evidence_list: compliance::list(EvidenceQuery) -> Page<EvidenceRow>, "Dated copies of what was published, the latest first.";
            evidence_show: compliance::show(ById) -> EvidenceDetail, "A dated copy with everything.";
            evidence_compare: compliance::compare(EvidencePair) -> EvidenceDiff, "What changed between two copies.";
            evidence_remove: compliance::remove(ById) -> Empty, "Takes a dated copy out.";
            evidence_attach: compliance::attach(EvidenceAttach) -> EvidenceDetail, "Adds a picture to a copy.";
            evidence_export: compliance::export(EvidenceExport) -> Written, "Writes a copy as files.";
            finding_accept: compliance::finding_accept(FindingAccept) -> EvidenceDetail, "Notes that a finding is fine, and why.";
            compliance_standing: compliance::standing(CampaignInput) -> ComplianceStanding, "Whether a campaign is fit to go out, and what stands in the way.";
            compliance_report: compliance::report(CampaignInput) -> ComplianceReport, "The compliance report of a campaign.";
            compliance_report_save: compliance::report_save(ComplianceSave) -> Written, "Writes the report as PDF, Markdown or JSON.";
            compliance_bundle: compliance::bundle(BundleSave) -> BundleDone, "Writes everything of a campaign for an auditor.";
            compliance_bundle_verify: compliance::bundle_verify(PathInput) -> BundleCheck, "Verifies a bundle.";
            wordings: compliance::wordings(Empty) -> Wordings, "Ready disclosures.";
        }
    };
}
