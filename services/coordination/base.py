"""The base of coordination's tables."""

from chassis.columns import Base, service_metadata


class CoordinationTable(Base):
    """Base of the tables of coordination."""

    __abstract__ = True
    metadata = service_metadata()
