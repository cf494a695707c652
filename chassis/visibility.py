"""Who may read a row: one rule in three forms, held equal by a property test (tests/chassis/test_visibility.py).

A row bears a label and `readers`, the organizations outside originator and Centre it has been opened to. It is read by
its originator outside the Centre; by an organization among `readers`, up to its access and never when TLP is RED (RED
goes to named persons, R13); and by the Centre's own people, up to their access and for their countries (need-to-know).
"""

from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.principal import Principal, system_principal
from contracts.labels import Label
from contracts.vocabulary import CENTRE, Tlp

# Each setting is read once per query, as an init plan, because it stands in a scalar sub-select (facts.md).
# The Centre's own people do not read all the Centre originated: need-to-know binds them, so they are no "originator" here.
_OWN: Final = f"(select nullif(current_setting('app.organization'), '{CENTRE}'))"
_ACCESS: Final = "(select current_setting('app.access')::smallint)"
_CENTRE: Final = "(select current_setting('app.centre')::boolean)"
_EVERYWHERE: Final = "(select current_setting('app.everywhere')::boolean)"
_COUNTRIES: Final = "(select current_setting('app.countries')::text[])"

PREDICATE: Final = (
    f"originator = {_OWN}"
    f" or (sensitivity <= {_ACCESS} and ("
    f"({_CENTRE} and ({_EVERYWHERE} or countries = '{{}}' or countries && {_COUNTRIES}))"
    f" or (tlp <> 'RED' and readers @> array[{_OWN}])))"
)
"""The SQL form. Row-level security carries it (chassis.migrations.protect); reads must not repeat it."""


def may_read(principal: Principal, label: Label, readers: list[str]) -> bool:
    """The Python form, for what is not in a table: streams and webhooks."""
    if label.originator == principal.organization and not principal.is_centre:
        return True
    if label.sensitivity.rank > principal.access.rank:
        return False
    if principal.is_centre:
        everywhere = "*" in principal.countries or not label.countries
        return everywhere or bool(principal.countries & set(label.countries))
    return label.tlp is not Tlp.red and principal.organization in readers


def parameters(principal: Principal) -> dict[str, str]:
    """The transaction settings that the SQL form reads."""
    return {
        "app.organization": principal.organization,
        "app.access": str(principal.access.rank),
        "app.centre": str(principal.is_centre).lower(),
        "app.everywhere": str("*" in principal.countries).lower(),
        "app.countries": "{" + ",".join(sorted(principal.countries - {"*"})) + "}",
        "app.client": principal.client_id,
        "app.roles": "{" + ",".join(sorted(principal.roles)) + "}",
    }


def _values(principal: Principal) -> dict[str, str]:
    return {name.removeprefix("app."): value for name, value in parameters(principal).items()}


# With the names in it, the statement has half as many parameters.
_SET: Final = text("select " + ", ".join(f"set_config('app.{name}', :{name}, true)" for name in _values(system_principal("any"))))


async def see_as(session: AsyncSession, principal: Principal) -> None:
    """Let the session's transaction see what `principal` may see. Without it every read of a protected table fails."""
    await session.execute(_SET, _values(principal))
