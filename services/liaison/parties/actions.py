"""Writes of the register of parties."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.labelling import complete_label
from chassis.outbox import announce
from contracts.events.liaison import PartyRegistered
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Sensitivity, Tlp
from services.liaison.parties.schemas import PartyBody
from services.liaison.parties.tables import Party


async def register_party(session: AsyncSession, body: PartyBody) -> Party:
    """Enter a party in the register; confidential unless labelled otherwise."""
    default = Label(sensitivity=Sensitivity.confidential, tlp=Tlp.amber, originator=CENTRE, countries=body.countries)
    party = Party(kind=body.kind, name=body.name, party_countries=body.countries)
    party.label = complete_label(session, body.label, default)
    session.add(party)
    await session.flush()
    await announce(session, PartyRegistered(id=party.id, version=party.version, label=party.label))
    return party
