"""The base of the tables of reports."""

from chassis.columns import Base, service_metadata


class ReportsTable(Base):
    """Base of the tables of reports."""

    __abstract__ = True
    metadata = service_metadata()
