"""Refusals of production."""

from chassis.errors import Conflict, Invalid


class EvidenceMissing(Conflict):
    """A report with a statement that nothing supports (R8)."""

    slug, title = "evidence-missing", "Evidence missing"
    rule = "R8"

    def __init__(self, statements: list[dict[str, str]]) -> None:
        named = "; ".join(f"“{each['text']}” {each['reason']}" for each in statements)
        super().__init__(f"Not every statement is supported: {named}.", statements=statements)


class UnknownEvidence(Invalid):
    """Evidence that is not there, or that the caller may not read: the two look alike (R18)."""

    slug, title = "unknown-evidence", "Evidence not found"
    rule = "R18"

    def __init__(self, pointers: list[str]) -> None:
        errors = [{"pointer": each, "detail": "names nothing you know of"} for each in pointers]
        super().__init__("Cite incidents, observations, efforts, notes to file, readouts, or statements of this report.", errors)


class OthersText(Invalid):
    """A report is the Centre's own text: what others originate is evidence it cites."""

    slug, title = "others-text", "A report is the Centre's own"

    def __init__(self) -> None:
        errors = [{"pointer": "/label/originator", "detail": "is not the Centre"}]
        super().__init__("The Centre originates its reports. Leave originator out; what others said is cited.", errors)


class LabelLowered(Conflict):
    """A label that would let more people know than before."""

    slug, title = "label-lowered", "A label is not lowered by an edit"

    def __init__(self) -> None:
        super().__init__("Lowering a label needs its originator and a reason. Keep the label, or make it stricter.")
