"""Reads of the list, and of what was found."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.columns import now
from chassis.pagination import Paging, Rows, page_by_key
from chassis.records import read_record
from services.liaison.contacts.queries import family_of
from services.liaison.contacts.tables import Contact
from services.liaison.parties.tables import Party
from services.liaison.screening.rules import Hit, Listed, ListIndex
from services.liaison.screening.schemas import SanctionsListOut, ScreeningHeld, ScreeningOut, ScreeningState, Subject
from services.liaison.screening.tables import SanctionsEntry, SanctionsList, Screened, Screening

NAMES = {"contact": Contact, "party": Party}


async def held_list(session: AsyncSession) -> SanctionsList | None:
    """The version of the list that is held."""
    query = select(SanctionsList).order_by(SanctionsList.generated_at.desc(), SanctionsList.received_at.desc()).limit(1)
    return (await session.execute(query)).scalar_one_or_none()


async def read_list_state(session: AsyncSession, configured: bool) -> SanctionsListOut:
    """Which version is held, how old it is, and whether it is fetched by itself."""
    held, source = await held_list(session), "configured" if configured else "not configured"
    if held is None:
        return SanctionsListOut.model_validate({"source": source, "held": False})
    kept = ("generated_at", "received_at", "received_from", "sha256", "individuals", "entities")
    said = {name: getattr(held, name) for name in kept}
    return SanctionsListOut.model_validate(said | {"source": source, "held": True, "age_days": (now() - held.generated_at).days})


async def screen_names(session: AsyncSession, names: Iterable[str]) -> list[Hit]:
    """The listed entries that any of `names` resembles; none while no list is held."""
    held = await held_list(session)
    return (await index_of(session, held.id)).hits(names) if held else []


async def index_of(session: AsyncSession, list_id: UUID) -> ListIndex:
    """The held list, arranged for comparing; made once for each version."""
    kept = _kept()
    if list_id not in kept:
        entries = (await session.execute(select(SanctionsEntry))).scalars()
        index = ListIndex.of(Listed(each.data_id, each.kind, each.reference, tuple(each.names), each.fingerprint) for each in entries)
        kept.clear()
        kept[list_id] = index
    return kept[list_id]


@lru_cache(maxsize=1)
def _kept() -> dict[UUID, ListIndex]:
    """The index of the newest list of this process."""
    return {}


async def names_of(session: AsyncSession, subject: Subject) -> list[str]:
    """All names of a subject, those of records merged into a contact too."""
    if subject.type == "party":
        party = await read_record(session, Party, subject.id, "party")
        return [party.name, *(str(each["name"]) for each in party.names)]
    family = select(Contact).where(Contact.id.in_(await family_of(session, subject.id)))
    return [name for each in (await session.execute(family)).scalars() for name in (each.name, each.latin_name, *each.other_names)]


async def unscreened(session: AsyncSession, list_id: UUID, limit: int) -> list[tuple[Subject, int]]:
    """Subjects that were not held against this list as they are now, with their versions."""
    found: list[tuple[Subject, int]] = []
    for query in (_waiting(Contact, "contact", list_id), _waiting(Party, "party", list_id)):
        rows = (await session.execute(query.limit(limit - len(found)))).all() if len(found) < limit else []
        found += [(Subject(kind, key), version) for kind, key, version in rows]
    return found


def _waiting(table: Any, kind: str, list_id: UUID) -> Select[Any]:
    done = and_(Screened.subject_id == table.id, Screened.list_id == list_id, Screened.subject_version == table.version)
    query = select(literal(kind), table.id, table.version).outerjoin(Screened, done).where(Screened.subject_id.is_(None))
    return query.where(Contact.state == "active") if table is Contact else query


async def decisions_on(session: AsyncSession, subjects: Sequence[UUID]) -> dict[tuple[UUID, str, str], Screening]:
    """What was found on `subjects`, by subject, entry and what the entry said."""
    query = select(Screening).where(Screening.subject_id.in_(subjects))
    return {(each.subject_id, each.data_id, each.fingerprint): each for each in (await session.execute(query)).scalars()}


async def held_on(session: AsyncSession, subjects: set[UUID]) -> list[ScreeningHeld]:
    """What is kept on persons who ask for it, as far as who answers them may see it."""
    query = select(Screening).where(Screening.subject_id.in_(subjects)).order_by(Screening.id)
    return [ScreeningHeld.model_validate(each) for each in (await session.execute(query)).scalars()]


async def list_screenings(session: AsyncSession, paging: Paging, state: ScreeningState | None) -> Rows[ScreeningOut]:
    """Resemblances, newest first."""
    query = select(Screening).where(Screening.state == state) if state else select(Screening)
    page = await page_by_key(session, query, Screening, paging)
    return page.showing([await show_screening(session, each) for each in page.items])


async def read_screening(session: AsyncSession, screening_id: UUID) -> ScreeningOut:
    """One resemblance."""
    return await show_screening(session, await read_record(session, Screening, screening_id, "screening"))


async def show_screening(session: AsyncSession, screening: Screening) -> ScreeningOut:
    """The resemblance with the name its subject bears now."""
    table: Any = NAMES[screening.subject_type]
    name = (await session.execute(select(table.name).where(table.id == screening.subject_id))).scalar()
    fields = [field for field in ScreeningOut.model_fields if field != "subject_name"]
    return ScreeningOut(**{field: getattr(screening, field) for field in fields}, subject_name=name)
