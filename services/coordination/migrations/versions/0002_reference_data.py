"""The organizations the Centre works with, and their mandates."""

from uuid import UUID

import sqlalchemy as sa
from alembic import op

from chassis.principal import system_principal
from chassis.visibility import parameters

revision = "0002"
down_revision = "0001"

COUNTRIES = ["KAZ", "KGZ", "TJK", "TKM", "UZB"]
# Members as far as the platform's own region goes. Turkmenistan is an associate of the CIS and no member of the SCO.
WITHOUT_TKM = ["KAZ", "KGZ", "TJK", "UZB"]
REGION = [*COUNTRIES, "AFG"]
ORGANIZATIONS = [
    ("centre", "UN Regional Centre for Preventive Diplomacy for Central Asia", "centre", []),
    ("hq", "United Nations Headquarters", "un-office", []),
    ("unama", "United Nations Assistance Mission in Afghanistan", "un-office", []),
    ("osce", "Organization for Security and Co-operation in Europe", "regional-organization", COUNTRIES),
    ("cis", "Commonwealth of Independent States", "regional-organization", WITHOUT_TKM),
    ("sco", "Shanghai Cooperation Organization", "regional-organization", WITHOUT_TKM),
    ("world-bank", "World Bank", "financial-institution", REGION),
    ("imf", "International Monetary Fund", "financial-institution", REGION),
    ("unct-kaz", "United Nations Country Team in Kazakhstan", "un-country-team", []),
    ("unct-kgz", "United Nations Country Team in Kyrgyzstan", "un-country-team", []),
    ("unct-tjk", "United Nations Country Team in Tajikistan", "un-country-team", []),
    ("unct-tkm", "United Nations Country Team in Turkmenistan", "un-country-team", []),
    ("unct-uzb", "United Nations Country Team in Uzbekistan", "un-country-team", []),
]
THREATS = ["terrorism-extremism", "drug-trafficking", "organized-crime"]
COMPREHENSIVE = [*THREATS, "environment", "border", "water-energy", "inter-communal", "political", "displacement"]
ALL = [*COMPREHENSIVE, "humanitarian", "development"]
# Key, organization, title, clause, themes, countries, functions, ceiling. RED goes to named persons, never to an
# organization's channel, so no ceiling is RED.
MANDATES = [
    (
        1,
        "hq",
        "Standing mandate of Headquarters",
        "Charter of the United Nations, Articles 98 and 99; S/2007/279",
        ALL,
        REGION,
        ["reporting-line"],
        (2, "AMBER+STRICT"),
    ),
    (
        2,
        "unama",
        "Standing mandate of UNAMA",
        "S/2007/279; Security Council resolution 1746 (2007)",
        ALL,
        REGION,
        ["integrated-analysis"],
        (2, "AMBER+STRICT"),
    ),
    (
        3,
        "osce",
        "Comprehensive security",
        "Charter for European Security (Istanbul 1999), paras. 4, 5 and 12",
        COMPREHENSIVE,
        COUNTRIES,
        ["early-warning", "conflict-prevention", "information-exchange"],
        (1, "AMBER"),
    ),
    (
        4,
        "cis",
        "Security of the member States",
        "Charter of the Commonwealth of Independent States (Minsk 1993), arts. 2 and 4",
        [*THREATS, "border"],
        COUNTRIES,
        ["information-exchange"],
        (0, "AMBER"),
    ),
    (
        5,
        "sco",
        "Regional security",
        "Charter of the Shanghai Cooperation Organization (St. Petersburg 2002), arts. 1 and 3",
        THREATS,
        WITHOUT_TKM,
        ["information-exchange"],
        (0, "GREEN"),
    ),
    (
        6,
        "world-bank",
        "Reconstruction and development",
        "Articles of Agreement of the IBRD, arts. I and IV, section 10",
        ["development", "environment", "water-energy"],
        COUNTRIES,
        ["information-exchange"],
        (0, "GREEN"),
    ),
    (
        7,
        "imf",
        "Surveillance and financial stability",
        "Articles of Agreement of the International Monetary Fund, arts. I and IV",
        ["development"],
        COUNTRIES,
        ["information-exchange"],
        (0, "GREEN"),
    ),
]
LABEL = "0, 'GREEN', 'centre', '{}', '{}', '{}', array['hq', 'unama']"
LABEL_COLUMNS = "sensitivity, tlp, originator, themes, countries, releasable_to, readers"


def upgrade() -> None:
    connection = op.get_bind()
    for name, value in parameters(system_principal("coordination")).items():
        connection.execute(sa.text("select set_config(:name, :value, true)"), {"name": name, "value": value})
    for slug, name, kind, members in ORGANIZATIONS:
        connection.execute(_ORGANIZATION, {"id": slug, "name": name, "kind": kind, "members": members})
    for number, organization, title, clause, themes, countries, functions, (sensitivity, tlp) in MANDATES:
        values = {"organization": organization, "title": title, "clause": clause, "sensitivity": sensitivity, "tlp": tlp}
        lists = {"themes": themes, "countries": countries, "functions": functions}
        connection.execute(_MANDATE, {"id": _key(number), **values, **lists})


def _key(number: int) -> UUID:
    """A fixed UUIDv7 of 7 May 2007, the day of the Centre's mandate."""
    return UUID(f"011263d5-e000-7000-8000-{number:012d}")


_ORGANIZATION = sa.text(
    f"insert into organizations (id, name, kind, members, state, epoch, version, created_at, updated_at, {LABEL_COLUMNS})"
    f" values (:id, :name, :kind, :members, 'active', 1, 1, now(), now(), {LABEL}) on conflict (id) do nothing"
)
_MANDATE = sa.text(
    "insert into mandates (id, organization, title, clause, covers_themes, covers_countries, functions, ceiling_sensitivity,"
    f" ceiling_tlp, valid_from, version, created_at, updated_at, {LABEL_COLUMNS})"
    " values (:id, :organization, :title, :clause, :themes, :countries, :functions, :sensitivity, :tlp,"
    f" '2007-05-07T00:00:00Z', 1, now(), now(), {LABEL}) on conflict (id) do nothing"
)
