import type { Report, ReportBody, Section, Statement } from "../../../api/types";
import type { Sensitivity, Tlp } from "../../../domain/vocabulary";

export type Cited = Statement["evidence"][number];

export interface DraftStatement {
  /** The statement's id once it was saved; before that, a name that other statements of the draft cite it by. */
  key: string;
  isSaved: boolean;
  kind: Statement["kind"];
  text: string;
  likelihood: string;
  confidence: string;
  evidence: Cited[];
}

export interface DraftSection {
  key: string;
  isSaved: boolean;
  title: string;
  facet: Section["facet"];
  statements: DraftStatement[];
}

/** A report while it is being written. */
export interface Draft {
  kind: Report["kind"];
  title: string;
  countries: string[];
  themes: string[];
  sensitivity: Sensitivity;
  tlp: Tlp;
  action: string[];
  info: string[];
  sections: DraftSection[];
}

export function blankStatement(): DraftStatement {
  return { key: crypto.randomUUID(), isSaved: false, kind: "assessed", text: "", likelihood: "", confidence: "", evidence: [] };
}

export function blankSection(): DraftSection {
  return { key: crypto.randomUUID(), isSaved: false, title: "", facet: "situation", statements: [blankStatement()] };
}

export function blankDraft(): Draft {
  return {
    kind: "situation-report",
    title: "",
    countries: [],
    themes: [],
    sensitivity: "confidential",
    tlp: "AMBER",
    action: ["hq"],
    info: [],
    sections: [blankSection()],
  };
}

export function draftOf(report: Report): Draft {
  return {
    kind: report.kind,
    title: report.title,
    countries: report.countries,
    themes: report.themes,
    sensitivity: report.declared_label.sensitivity,
    tlp: report.declared_label.tlp,
    action: report.addressees.action ?? [],
    info: report.addressees.info ?? [],
    sections: report.sections.map((section) => ({
      key: section.id,
      isSaved: true,
      title: section.title,
      facet: section.facet,
      statements: section.statements.map(({ id, kind, text, likelihood, confidence, evidence }) => ({
        key: id,
        isSaved: true,
        kind,
        text,
        likelihood: likelihood ?? "",
        confidence: confidence ?? "",
        evidence,
      })),
    })),
  };
}

function isWritten({ text }: DraftStatement): boolean {
  return text.trim() !== "";
}

/** The assessed statements of a draft, which its judgements may cite. */
export function assessedIn(draft: Draft): DraftStatement[] {
  return draft.sections.flatMap((section) => section.statements).filter((statement) => statement.kind === "assessed" && isWritten(statement));
}

function evidenceOf({ kind, evidence }: DraftStatement, citable: ReadonlySet<string>): Cited[] {
  return kind === "gap" ? [] : evidence.filter(({ type, id }) => type !== "statement" || (kind === "judgement" && citable.has(id)));
}

function statementBody(statement: DraftStatement, citable: ReadonlySet<string>) {
  const { key, isSaved, kind, text, likelihood, confidence } = statement;
  const judged = kind === "judgement" ? { likelihood: likelihood || null, confidence: confidence || null } : {};
  return { ...(isSaved ? { id: key } : { key }), kind, text: text.trim(), evidence: evidenceOf(statement, citable), ...judged };
}

/** What is sent: statements without words are left behind, and so are sections without title and words. */
export function bodyOf(draft: Draft): ReportBody {
  const citable = new Set(assessedIn(draft).map(({ key }) => key));
  const sections = draft.sections
    .map(({ key, isSaved, title, facet, statements }) => ({
      ...(isSaved ? { id: key } : {}),
      title: title.trim(),
      facet,
      statements: statements.filter(isWritten).map((statement) => statementBody(statement, citable)),
    }))
    .filter(({ title, statements }) => title || statements.length > 0);
  return {
    kind: draft.kind,
    title: draft.title.trim(),
    countries: draft.countries,
    themes: draft.themes,
    label: { sensitivity: draft.sensitivity, tlp: draft.tlp },
    addressees: { action: draft.action, info: draft.info },
    sections,
  };
}

function replaced<T extends { key: string }>(items: T[], key: string, change: (item: T) => T): T[] {
  return items.map((item) => (item.key === key ? change(item) : item));
}

export function withSection(draft: Draft, key: string, change: (section: DraftSection) => DraftSection): Draft {
  return { ...draft, sections: replaced(draft.sections, key, change) };
}

export function withStatement(section: DraftSection, key: string, changed: Partial<DraftStatement>): DraftSection {
  return { ...section, statements: replaced(section.statements, key, (statement) => ({ ...statement, ...changed })) };
}

export function cites(evidence: Cited[], { type, id }: Cited): boolean {
  return evidence.some((each) => each.type === type && each.id === id);
}

export function toggleCited(evidence: Cited[], { type, id }: Cited): Cited[] {
  return cites(evidence, { type, id }) ? evidence.filter((each) => each.type !== type || each.id !== id) : [...evidence, { type, id }];
}
