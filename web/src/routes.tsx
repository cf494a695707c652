import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { isSignedIn } from "./features/session/session";
import { SignInPage } from "./features/session/SignInPage";
import { incidentSearch } from "./features/incidents/search";
import { effortSearch } from "./features/efforts/search";
import { reportSearch } from "./features/reports/search";
import { exchangeSearch } from "./features/exchange/search";
import { contactSearch, partySearch, screeningSearch } from "./features/contacts/search";
import { handoverSearch } from "./features/handover/search";
import { commitmentSearch, liaisonSearch } from "./features/liaison/search";
import { letterSearch } from "./features/correspondence/search";
import { calendarSearch } from "./features/calendar/search";
import { coverageSearch } from "./features/coverage/search";
import { mandateSearch } from "./features/mandates/search";
import { feedSearch } from "./features/feeds/search";
import { triageSearch } from "./features/triage/search";
import { freshnessSearch } from "./features/freshness/search";
import { queries } from "./queries";
import { Home } from "./shell/Home";
import { NotFound } from "./shell/NotFound";
import { Root } from "./shell/Root";
import { Shell } from "./shell/Shell";

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: SignInPage,
  validateSearch: (search): { next?: string } => (typeof search.next === "string" ? { next: search.next } : {}),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: Shell,
  beforeLoad: async ({ location }) => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- the router redirects by throwing
    if (!(await isSignedIn(queries))) throw redirect({ to: "/sign-in", search: { next: location.href }, replace: true });
  },
});
const inShell = <P extends string>(path: P) => ({ getParentRoute: () => shell, path });

const home = createRoute({ ...inShell("/"), component: Home });

const incidents = createRoute({
  ...inShell("/incidents"),
  validateSearch: incidentSearch,
  component: lazyRouteComponent(() => import("./features/incidents/IncidentsPage"), "IncidentsPage"),
});
const triage = createRoute({
  ...inShell("/triage"),
  validateSearch: triageSearch,
  component: lazyRouteComponent(() => import("./features/triage/TriagePage"), "TriagePage"),
});
const efforts = createRoute({
  ...inShell("/efforts"),
  validateSearch: effortSearch,
  component: lazyRouteComponent(() => import("./features/efforts/EffortsPage"), "EffortsPage"),
});
const reports = createRoute({
  ...inShell("/reports"),
  validateSearch: reportSearch,
  component: lazyRouteComponent(() => import("./features/reports/ReportsPage"), "ReportsPage"),
});
const newReport = createRoute({
  ...inShell("/reports/new"),
  component: lazyRouteComponent(() => import("./features/reports/editor/NewReportPage"), "NewReportPage"),
});
const report = createRoute({
  ...inShell("/reports/$id"),
  component: lazyRouteComponent(() => import("./features/reports/ReportPage"), "ReportPage"),
});
const editReport = createRoute({
  ...inShell("/reports/$id/edit"),
  component: lazyRouteComponent(() => import("./features/reports/editor/EditReportPage"), "EditReportPage"),
});
const coverage = createRoute({
  ...inShell("/coverage"),
  validateSearch: coverageSearch,
  component: lazyRouteComponent(() => import("./features/coverage/CoveragePage"), "CoveragePage"),
});
const calendar = createRoute({
  ...inShell("/calendar"),
  validateSearch: calendarSearch,
  component: lazyRouteComponent(() => import("./features/calendar/CalendarPage"), "CalendarPage"),
});
const liaison = createRoute({
  ...inShell("/engagements"),
  validateSearch: liaisonSearch,
  component: lazyRouteComponent(() => import("./features/liaison/LiaisonPage"), "LiaisonPage"),
});
const parties = createRoute({
  ...inShell("/parties"),
  validateSearch: partySearch,
  component: lazyRouteComponent(() => import("./features/contacts/PartiesPage"), "PartiesPage"),
});
const party = createRoute({
  ...inShell("/parties/$id"),
  component: lazyRouteComponent(() => import("./features/contacts/PartyPage"), "PartyPage"),
});
const contacts = createRoute({
  ...inShell("/contacts"),
  validateSearch: contactSearch,
  component: lazyRouteComponent(() => import("./features/contacts/ContactsPage"), "ContactsPage"),
});
const contact = createRoute({
  ...inShell("/contacts/$id"),
  component: lazyRouteComponent(() => import("./features/contacts/ContactPage"), "ContactPage"),
});
const screenings = createRoute({
  ...inShell("/screenings"),
  validateSearch: screeningSearch,
  component: lazyRouteComponent(() => import("./features/contacts/ScreeningsPage"), "ScreeningsPage"),
});
const handovers = createRoute({
  ...inShell("/handovers"),
  validateSearch: handoverSearch,
  component: lazyRouteComponent(() => import("./features/handover/HandoversPage"), "HandoversPage"),
});
const handover = createRoute({
  ...inShell("/handovers/$id"),
  component: lazyRouteComponent(() => import("./features/handover/HandoverPage"), "HandoverPage"),
});
const engagement = createRoute({
  ...inShell("/engagements/$id"),
  component: lazyRouteComponent(() => import("./features/liaison/EngagementPage"), "EngagementPage"),
});
const commitments = createRoute({
  ...inShell("/commitments"),
  validateSearch: commitmentSearch,
  component: lazyRouteComponent(() => import("./features/liaison/CommitmentsPage"), "CommitmentsPage"),
});
const correspondence = createRoute({
  ...inShell("/correspondence"),
  validateSearch: letterSearch,
  component: lazyRouteComponent(() => import("./features/correspondence/CorrespondencePage"), "CorrespondencePage"),
});
const letter = createRoute({
  ...inShell("/correspondence/$id"),
  component: lazyRouteComponent(() => import("./features/correspondence/LetterPage"), "LetterPage"),
});
const mandates = createRoute({
  ...inShell("/mandates"),
  validateSearch: mandateSearch,
  component: lazyRouteComponent(() => import("./features/mandates/MandatesPage"), "MandatesPage"),
});
const exchange = createRoute({
  ...inShell("/exchange"),
  validateSearch: exchangeSearch,
  component: lazyRouteComponent(() => import("./features/exchange/ExchangePage"), "ExchangePage"),
});
const feeds = createRoute({
  ...inShell("/feeds"),
  component: lazyRouteComponent(() => import("./features/feeds/FeedsPage"), "FeedsPage"),
});
const feed = createRoute({
  ...inShell("/feeds/$id"),
  validateSearch: feedSearch,
  component: lazyRouteComponent(() => import("./features/feeds/FeedPage"), "FeedPage"),
});
const freshness = createRoute({
  ...inShell("/freshness"),
  validateSearch: freshnessSearch,
  component: lazyRouteComponent(() => import("./features/freshness/FreshnessPage"), "FreshnessPage"),
});

const screens = [home, incidents, triage, efforts, reports, newReport, report, editReport, coverage, calendar, liaison, parties, party, contacts, contact, screenings, mandates, exchange, feeds, feed, freshness, handovers, handover, engagement, commitments, correspondence, letter];
const routeTree = root.addChildren([signIn, shell.addChildren(screens)]);

export const router = createRouter({ routeTree, scrollRestoration: true, defaultPreload: "intent" });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
