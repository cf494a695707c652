"""Refusals of the register of parties."""

from chassis.errors import Invalid


class WrongRelation(Invalid):
    """A parent or a member that cannot be one."""

    slug, title = "wrong-relation", "These parties cannot be related so"

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__("Mend the relation to other parties.", [{"pointer": pointer, "detail": detail}])
