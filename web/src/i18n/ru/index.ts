import brief from "./brief.json";
import calendar from "./calendar.json";
import contacts from "./contacts.json";
import correspondence from "./correspondence.json";
import coverage from "./coverage.json";
import exchange from "./exchange.json";
import feeds from "./feeds.json";
import freshness from "./freshness.json";
import handover from "./handover.json";
import incidents from "./incidents.json";
import liaison from "./liaison.json";
import mandates from "./mandates.json";
import persons from "./persons.json";
import reports from "./reports.json";
import session from "./session.json";
import shell from "./shell.json";
import words from "./words.json";

export default { brief, calendar, contacts, correspondence, coverage, exchange, feeds, freshness, incidents, liaison, mandates, persons, reports, session, shell, words, handover };
