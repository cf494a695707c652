"""CAMEO (Gerner, Schrodt et al.): the twenty root codes of what actors do, and the themes each may be a lead on. Data."""

from typing import Final, NamedTuple


class Root(NamedTuple):
    """A root code's title, and themes."""

    title: str
    themes: tuple[str, ...]


ROOTS: Final = {
    "01": Root("Public statement", ("political",)),
    "02": Root("Appeal", ("political",)),
    "03": Root("Intent to cooperate", ("political",)),
    "04": Root("Consultation", ("political",)),
    "05": Root("Diplomatic cooperation", ("political",)),
    "06": Root("Material cooperation", ("development",)),
    "07": Root("Provision of aid", ("humanitarian", "development")),
    "08": Root("Yielding", ("political",)),
    "09": Root("Investigation", ("political",)),
    "10": Root("Demand", ("political",)),
    "11": Root("Disapproval", ("political",)),
    "12": Root("Rejection", ("political",)),
    "13": Root("Threat", ("political",)),
    "14": Root("Protest", ("political",)),
    "15": Root("Show of force", ("political", "border")),
    "16": Root("Reduction of relations", ("political",)),
    "17": Root("Coercion", ("political",)),
    "18": Root("Assault", ("terrorism-extremism",)),
    "19": Root("Fighting", ("political", "border")),
    "20": Root("Mass violence", ("inter-communal",)),
}
