/** Answers about kept copies, reports and bundles. The real ones are the application's. */
import type {
  Blocker,
  ComplianceReport,
  EvidenceDetail,
  EvidenceRow,
  FindingDto,
  KeptFinding,
} from '../bindings';
import type { Handlers } from '.';
import { checklist, find } from './compliance';
import { work } from './jobs';
import { type Book, edit, open, refuse, TODAY } from './state';

interface Kept {
  row: EvidenceRow;
  text: string;
  findings: KeptFinding[];
}

const row = (id: string, more: Partial<EvidenceRow>): EvidenceRow => ({
  id,
  kind: 'page',
  place: 'https://ana.example/kartra-review',
  address: 'https://ana.example/kartra-review',
  taken_at: '2026-03-02T09:30:00Z',
  program: 'kartra',
  campaign: null,
  channel: null,
  terms_version: '2026-01',
  rules_version: '2026.11',
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  bytes: 48_230,
  errors: 0,
  warnings: 0,
  accepted: 0,
  picture: null,
  ...more,
});

const income: KeptFinding = {
  rule: 'income-claim',
  severity: 'error',
  message: 'A figure of what can be earned, without support.',
  fix: 'Leave the figure out, or show where it comes from and what is usual.',
  source: '16 CFR 255.2',
  excerpt: 'made $4,200 in the first month',
  accepted: null,
  accepted_on: null,
};
const late: KeptFinding = {
  rule: 'disclosure-not-prominent',
  severity: 'error',
  message: 'The disclosure comes after the first link.',
  fix: 'Move it above the first link.',
  source: '16 CFR 255.5',
  excerpt: 'I earn a commission when you buy',
  accepted: null,
  accepted_on: null,
};

function all(book: Book): Kept[] {
  const own = book.kept?.evidence as Kept[] | undefined;
  if (own) return own;
  const campaign = book.campaigns[0]?.name ?? null;
  const start: Kept[] = book.ledger.length
    ? [
        {
          row: row('copy-3', {
            campaign,
            taken_at: '2026-03-08T14:05:00Z',
            sha256: 'ab'.repeat(32),
            errors: 1,
          }),
          text: 'My review of Kartra\nAd: I earn a commission when you buy through my links.\nWhat it does well\nA reader made $4,200 in the first month.\nWhat it lacks',
          findings: [income],
        },
        {
          row: row('copy-2', {
            kind: 'text',
            channel: 'email',
            place: 'Newsletter of March',
            address: null,
            campaign,
            bytes: 1_840,
          }),
          text: 'Subject: What I use for funnels\n\nAd: I earn a commission.',
          findings: [],
        },
        {
          row: row('copy-1', { campaign, errors: 1 }),
          text: 'My review of Kartra\nWhat it does well\nWhat it lacks\nI earn a commission when you buy through my links.',
          findings: [late],
        },
      ]
    : [];
  return start;
}

function one(id: string): Kept {
  const found = all(open()).find((copy) => copy.row.id === id);
  return found ?? refuse('snapshot.unknown', `There is no snapshot “${id}”.`);
}

function change<T>(label: string, next: (copies: Kept[]) => T): T {
  const before = all(open());
  return edit(label, (book) => {
    const copies = structuredClone(before);
    book.kept = { ...book.kept, evidence: copies };
    return next(copies);
  });
}

function detail(id: string): EvidenceDetail {
  const copies = all(open());
  const at = copies.findIndex((copy) => copy.row.id === id);
  const { row, text, findings } = one(id);
  const earlier = copies.slice(at + 1).find((copy) => copy.row.place === row.place);
  return {
    copy: row,
    text,
    cut: false,
    text_sha256: row.sha256,
    markets: ['us'],
    findings,
    intact: true,
    picture_sha256: row.picture ? 'cd'.repeat(32) : null,
    previous: earlier?.row.id ?? null,
  };
}

function count(copy: Kept) {
  const open = (severity: string) =>
    copy.findings.filter((finding) => finding.severity === severity && finding.accepted === null).length;
  copy.row.errors = open('error');
  copy.row.warnings = open('warning');
  copy.row.accepted = copy.findings.filter((finding) => finding.accepted !== null).length;
}

const keptOf = (text: string, found: FindingDto): KeptFinding => ({
  rule: found.rule,
  severity: found.severity,
  message: found.message,
  fix: found.fix,
  source: found.source,
  excerpt: found.span ? [...text].slice(found.span[0], found.span[1]).join('') : '',
  accepted: null,
  accepted_on: null,
});

function report(name: string): ComplianceReport {
  const book = open();
  const campaign = book.campaigns.find((row) => row.name === name || row.id === name);
  if (!campaign) return refuse('campaign.unknown', `There is no campaign “${name}”.`);
  const list = checklist(book, 'kartra', campaign.name);
  const mine = all(book).filter((copy) => copy.row.campaign === campaign.name);
  const latest = mine.filter(
    (copy, index) => mine.findIndex((other) => other.row.place === copy.row.place) === index,
  );
  const none = { program: null, item: null, copy: null, count: null };
  const blockers: Blocker[] = [
    ...list.items
      .filter((item) => item.required && item.state === 'open')
      .map((item) => ({
        ...none,
        kind: 'item_open',
        text: `Open: ${item.demand}.`,
        program: 'kartra',
        item: item.id,
        subject: item.demand,
      })),
    ...latest
      .filter((copy) => copy.row.errors > 0)
      .map((copy) => ({
        ...none,
        kind: 'check_failed',
        text: `The last check of ${copy.row.place} found ${copy.row.errors} thing that must change.`,
        copy: copy.row.id,
        subject: copy.row.place,
        count: copy.row.errors,
      })),
  ];
  const findings = latest.flatMap((copy) => copy.findings);
  return {
    campaign: campaign.name,
    starts_on: campaign.starts_on,
    ends_on: campaign.ends_on,
    markets: ['us'],
    rules_version: '2026.11',
    score: Math.round((100 * (list.done + 3)) / (list.items.length + 3 + latest.length * 3)),
    ready: blockers.length === 0,
    blockers,
    programs: [
      {
        name: 'Kartra',
        signed: list.signed,
        acceptances: list.accepted_on ? [{ version: list.accepted_version ?? '', on: list.accepted_on }] : [],
        checklist: list,
      },
    ],
    checks: latest.map((copy) => ({ copy: copy.row, findings: copy.findings })),
    copies: mine.length,
    open_findings: findings.filter((finding) => finding.accepted === null).length,
    accepted_findings: findings.filter((finding) => finding.accepted !== null).length,
    note: 'These checks help you keep the terms and the law; they are not legal advice.',
  };
}

export const evidence: Handlers = {
  text_keep: ({ text, name, channel, campaign }) =>
    change(`Kept a copy of ${name}`, (copies) => {
      const findings = find(text, channel).map((found) => keptOf(text, found));
      const copy: Kept = {
        row: row(`copy-${copies.length + 1}`, {
          kind: 'text',
          channel,
          place: name,
          address: null,
          campaign: campaign ?? null,
          taken_at: `${TODAY}T12:00:00Z`,
          bytes: text.length,
        }),
        text,
        findings,
      };
      count(copy);
      copies.unshift(copy);
      return copy.row;
    }),
  evidence_list: ({ campaign, search }) => {
    const rows = all(open())
      .map((copy) => copy.row)
      .filter((row) => (!campaign || row.campaign === campaign) && row.place.includes(search ?? ''));
    return { items: rows, next: null, total: rows.length };
  },
  evidence_show: ({ id }) => detail(id),
  evidence_compare: ({ before, after }) => ({
    before: one(before).row,
    after: one(after).row,
    same: false,
    gone: [late],
    new: [income],
    stayed: 0,
    lines: [
      { kind: 'same', text: 'My review of Kartra', skipped: 0 },
      { kind: 'new', text: 'Ad: I earn a commission when you buy through my links.', skipped: 0 },
      { kind: 'same', text: 'What it does well', skipped: 0 },
      { kind: 'new', text: 'A reader made $4,200 in the first month.', skipped: 0 },
      { kind: 'skipped', text: '', skipped: 12 },
      { kind: 'gone', text: 'I earn a commission when you buy through my links.', skipped: 0 },
    ],
    cut: false,
  }),
  evidence_remove: ({ id }) =>
    change('Removed a copy', (copies) => {
      const at = copies.findIndex((copy) => copy.row.id === id);
      if (at >= 0) copies.splice(at, 1);
      return {};
    }),
  evidence_attach: ({ id, path }) =>
    change('Added a picture', (copies) => {
      const copy = copies.find((one) => one.row.id === id);
      if (copy) copy.row.picture = path.replace(/^.*[\\/]/, '');
      return { ...detail(id), copy: copy?.row ?? one(id).row };
    }),
  evidence_export: ({ folder }) => ({ files: [`${folder}/a.html`, `${folder}/a.txt`, `${folder}/a.json`] }),
  finding_accept: ({ id, rule, excerpt, reason }) =>
    change(reason ? 'Accepted a finding' : 'Reopened a finding', (copies) => {
      const copy = copies.find((one) => one.row.id === id);
      const finding = copy?.findings.find((one) => one.rule === rule && one.excerpt === excerpt);
      if (!copy || !finding) return refuse('finding.unknown', 'The copy has no such finding.');
      finding.accepted = reason ?? null;
      finding.accepted_on = reason ? TODAY : null;
      count(copy);
      return { ...detail(id), copy: copy.row, findings: copy.findings };
    }),
  compliance_report: ({ campaign }) => report(campaign),
  compliance_standing: ({ campaign }) => {
    const { score, ready, blockers, checks, campaign: name } = report(campaign);
    return { campaign: name, score, ready, blockers, checked: checks.length };
  },
  compliance_report_save: ({ path }) => ({ files: [path] }),
  compliance_bundle: async ({ path, job }) => {
    await work(job ?? null, 12, 8);
    return { path, files: 12, bytes: 84_000, sha256: 'ef'.repeat(32) };
  },
  compliance_bundle_verify: ({ path }) =>
    path.includes('broken')
      ? {
          intact: false,
          campaign: 'Spring',
          files: 12,
          bytes: 84_000,
          problems: ['report.md is not what the manifest says: its SHA-256 is another.'],
        }
      : { intact: true, campaign: 'Spring', files: 12, bytes: 84_000, problems: [] },
};
