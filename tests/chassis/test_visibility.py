"""The visibility rule in its three forms: row-level security, SQL clause and Python filter give the same answer."""

from collections.abc import Callable, Iterator

import httpx
import psycopg
import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from chassis.migrations import protect
from chassis.principal import Principal
from chassis.visibility import PREDICATE, may_read, parameters
from contracts.labels import Label, is_looser, join
from contracts.vocabulary import Sensitivity, Tlp
from deploy.postgres.bootstrap import DatabaseUrls
from tests.clients import Headers

ORGANIZATIONS = ["centre", "osce", "unama", "unct-tjk"]
COUNTRIES = ["KAZ", "TJK", "AFG"]
labels = st.builds(
    Label,
    sensitivity=st.sampled_from(Sensitivity),
    tlp=st.sampled_from(Tlp),
    originator=st.sampled_from(ORGANIZATIONS),
    countries=st.lists(st.sampled_from(COUNTRIES), max_size=2),
    releasable_to=st.lists(st.sampled_from(ORGANIZATIONS), max_size=2),
)
readers = st.lists(st.sampled_from(ORGANIZATIONS), max_size=2)
principals = st.builds(
    Principal,
    client_id=st.just("someone"),
    organization=st.sampled_from(ORGANIZATIONS),
    access=st.sampled_from(Sensitivity),
    countries=st.frozensets(st.sampled_from([*COUNTRIES, "*"]), max_size=2),
)
COLUMNS = "sensitivity smallint, tlp text, originator text, countries text[], readers text[]"


@pytest.fixture(scope="module")
def protected(databases: dict[str, DatabaseUrls]) -> Iterator[psycopg.Connection]:
    """A connection as the owner with a table that a migration's `protect` put under its policies; FORCE binds the owner, too."""
    engine = create_engine(databases["liaison"].owner_url)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"create temp table shown ({COLUMNS})")
        connection.exec_driver_sql(f"create temp table bare ({COLUMNS})")
        with Operations.context(MigrationContext.configure(connection)):
            protect("shown")
        connection.commit()
        driver = connection.connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        yield driver
    engine.dispose()


@given(labels, readers, principals)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_row_level_security_clause_and_python_agree(
    protected: psycopg.Connection, label: Label, to: list[str], principal: Principal
) -> None:
    row = (label.sensitivity.rank, label.tlp.value, label.originator, label.countries, to)
    with protected.transaction(force_rollback=True):
        for key, value in parameters(principal).items():
            protected.execute("select set_config(%s, %s, true)", (key, value))
        for table in ("shown", "bare"):
            protected.execute(f"insert into {table} values (%s, %s, %s, %s, %s)".encode(), row)
        by_policy = protected.execute("select count(*) from shown").fetchone()
        changed = protected.execute("update shown set tlp = tlp").rowcount
        removed = protected.execute("delete from shown").rowcount
        by_clause = protected.execute(f"select count(*) from bare where {PREDICATE}".encode()).fetchone()
    expected = int(may_read(principal, label, to))
    assert by_policy is not None
    assert by_clause is not None
    assert (by_policy[0], by_clause[0], changed, removed) == (expected,) * 4


async def test_without_a_principal_reading_is_an_error_and_no_empty_answer(
    liaison: httpx.AsyncClient, as_: Callable[..., Headers], databases: dict[str, DatabaseUrls]
) -> None:
    party = {"kind": "government", "name": "Ministry", "countries": ["KAZ"]}
    assert (await liaison.post("/v1/parties", json=party, headers=as_("political-officer"))).status_code == 201
    with psycopg.connect(databases["liaison"].app_url.replace("+psycopg", ""), autocommit=True) as connection:
        with pytest.raises(psycopg.errors.UndefinedObject, match=r"app\."):
            connection.execute("select * from parties")
        # A connection of the pool has had a principal before: its settings ended with that transaction.
        with connection.transaction():
            connection.execute("select set_config('app.organization', 'osce', true), set_config('app.access', '0', true)")
        with pytest.raises(psycopg.DataError):
            connection.execute("select * from parties")


@given(labels, readers, principals)
def test_red_goes_to_nobody_outside_originator_and_centre(label: Label, to: list[str], principal: Principal) -> None:
    red = label.model_copy(update={"tlp": Tlp.red})
    if principal.organization not in ("centre", red.originator):
        assert not may_read(principal, red, to)


@given(st.lists(labels, min_size=1, max_size=4))
def test_derived_labels_are_never_looser_than_what_they_derive_from(evidence: list[Label]) -> None:
    joined = join(evidence, "centre")
    assert not any(is_looser(joined, label) for label in evidence)
    assert all(set(label.countries) <= set(joined.countries) for label in evidence)
