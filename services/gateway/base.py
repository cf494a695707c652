"""The base of the gateway's tables."""

from chassis.columns import Base, service_metadata


class GatewayTable(Base):
    """Base of the tables of the gateway."""

    __abstract__ = True
    metadata = service_metadata()
