"""The base of liaison's tables."""

from chassis.columns import Base, service_metadata


class LiaisonTable(Base):
    """Base of the tables of liaison."""

    __abstract__ = True
    metadata = service_metadata()
