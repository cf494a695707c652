"""One log (RFC 9162) for each service, whose leaves are the roots of its seals in their order (R17).

Its inner nodes are kept, so that a head or a proof reads a few rows however long the log is.
"""

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.merkle import Place, Range, joined, leaf_hash, node_hash, subtrees
from chassis.tables import AuditNode, Seal


class LogCut(Exception):
    """The log holds more seals than the trail: seals were removed, and none is made over it."""

    def __init__(self, length: int, seals: int) -> None:
        super().__init__(f"the log has {length} seals, the trail {seals}: seals were removed")


def log_leaf(root: str) -> bytes:
    """The leaf that a seal's root is in the log."""
    return leaf_hash(bytes.fromhex(root))


async def extend_log(session: AsyncSession, seals: int, root: str) -> str:
    """Append a seal's root behind the `seals` sealed before; the log's new root.

    Seals of earlier formats, which have no place in it yet, are appended first. LogCut when the
    log is longer than that.
    """
    length = (await session.execute(_LENGTH)).scalar_one()
    if length > seals:
        raise LogCut(length, seals)
    missing = select(Seal.root).where(Seal.number > length, Seal.number <= seals)
    roots = list((await session.execute(missing.order_by(Seal.number))).scalars())
    nodes = await _nodes(session, subtrees(0, length))
    for position, each in enumerate([*roots, root], start=length):
        session.add_all(_grown(nodes, position, log_leaf(each)))
    return joined([nodes[place] for place in subtrees(0, seals + 1)]).hex()


_LENGTH = select(func.coalesce(func.max(AuditNode.position) + 1, 0)).where(AuditNode.level == 0)


def _grown(nodes: dict[Place, bytes], position: int, leaf: bytes) -> list[AuditNode]:
    """The subtrees that a leaf completes, beginning with itself."""
    level, found, new = 0, leaf, []
    while True:
        nodes[level, position] = found
        new.append(AuditNode(level=level, position=position, hash=found))
        if not position & 1:
            return new
        found = node_hash(nodes[level, position - 1], found)
        level, position = level + 1, position >> 1


async def hashes_of(session: AsyncSession, ranges: list[Range]) -> list[str]:
    """The hashes a proof is made of, in hexadecimal digits."""
    parts = [subtrees(begin, end) for begin, end in ranges]
    nodes = await _nodes(session, [place for part in parts for place in part])
    return [joined([nodes[place] for place in part]).hex() for part in parts]


async def _nodes(session: AsyncSession, places: list[Place]) -> dict[Place, bytes]:
    key = tuple_(AuditNode.level, AuditNode.position)
    query = select(AuditNode.level, AuditNode.position, AuditNode.hash).where(key.in_(places))
    if not places:
        return {}
    found = await session.execute(query)
    return {(level, position): value for level, position, value in found}
