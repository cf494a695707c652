"""Which rows no running transaction can still add to."""

from typing import Final, LiteralString

# Below the oldest running transaction nothing can appear any more: what is read is all there is, in
# order. By the system column and not by a stored transaction id: what was dumped and restored bears
# the ids of the cluster it lies in now.
SETTLED: Final[LiteralString] = "age(xmin) > age(pg_snapshot_xmin(pg_current_snapshot())::xid)"
