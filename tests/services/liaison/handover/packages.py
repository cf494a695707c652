"""Packages for tests, made by code: every person in them is invented."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from contracts.labels import Label
from contracts.vocabulary import Sensitivity, Tlp
from services.liaison.handover.adapters.writing import close_bag, pack, write_attachment
from services.liaison.handover.rules.inventory import FORMAT, Inventory

Json = dict[str, Any]
LABEL = Label(sensitivity=Sensitivity.confidential, tlp=Tlp.amber, originator="untop", countries=["TJK"]).model_dump(mode="json")
NOTE = b"A note verbale, as it was received."


def party(number: int, **more: Any) -> Json:
    """A movement."""
    return {"external_id": f"P-{number}", "kind": "other-party", "name": f"Movement {number}", "countries": ["TJK"]} | more


def contact(number: int, **more: Any) -> Json:
    """A person who once held a post."""
    position = {"party": "P-1", "title": "Secretary", "valid_from": "2001-05-01", "valid_until": "2005-02-01"}
    person = {"external_id": f"C-{number}", "name": f"Сергей Примеров {number}", "purpose": "Contact of the office", "countries": ["TJK"]}
    return person | {"positions": [position], "label": LABEL} | more


def engagement(number: int, **more: Any) -> Json:
    """A meeting that took place."""
    times = {"starts_at": "2004-03-01T09:00:00Z", "ends_at": "2004-03-01T10:00:00Z", "held_at": "2004-03-01T10:00:00Z"}
    about = {"parties": ["P-1"], "countries": ["TJK"], "themes": ["border"]}
    return {"external_id": f"E-{number}", "kind": "meeting", "title": f"Talks {number}", "state": "held"} | times | about | more


def concurrence(number: int) -> Json:
    """A concurrence the old office was given."""
    dates = {"valid_from": "2000-01-01T00:00:00Z", "valid_until": "2040-01-01T00:00:00Z"}
    return {"external_id": f"K-{number}", "country": "TJK", "parties": ["P-1"], "state": "granted", "countries": ["TJK"]} | dates


def series(kind: str, records: Iterable[Json | str], **more: Any) -> tuple[Json, list[Json | str]]:
    """A series of one kind for the Centre, named like it."""
    found = list(records)
    entry = {"id": f"{kind}-1", "title": f"All {kind}", "kind": kind, "path": f"data/{kind}/{kind}-1.ndjson", "records": len(found)}
    return entry | more, found


ARCHIVED = ({"id": "official-records", "title": "Official records", "kind": "records", "addressee": "un-archives", "records": 400}, [])
PROGRAMMES = ({"id": "mine-action", "title": "Mine action", "kind": "programmes", "addressee": "resident-coordinator", "records": 3}, [])


def whole() -> list[tuple[Json, list[Json | str]]]:
    """A package of every sort: two records that cannot be placed, and series that are for others."""
    return [
        series("parties", [party(1), party(2, kind="government", name="Government of Tajikistan")]),
        series("contacts", [contact(1), contact(2), contact(3, purpose="")]),
        series("engagements", [engagement(1), engagement(2, parties=["P-404"])]),
        series("concurrences", [concurrence(1)]),
        series("reports", [{"external_id": "R-1", "title": "Weekly of 3 May", "body": "All quiet on the bridge."}]),
        ARCHIVED,
        PROGRAMMES,
    ]


def make_package(folder: Path, parts: Iterable[tuple[Json, list[Json | str]]] | None = None, **office: Any) -> Path:
    """Write a package into a new folder."""
    given = whole() if parts is None else list(parts)
    for entry, records in given:
        if "path" in entry:
            path = folder / entry["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            lines = (each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in records)
            path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    write_attachment(folder, NOTE)
    close_bag(folder, _inventory([entry for entry, _ in given], office))
    return folder


def _inventory(entries: list[Json], office: Json) -> Inventory:
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry["kind"]] = counts.get(entry["kind"], 0) + entry["records"]
    name = "United Nations Tajikistan Office of Peacebuilding"
    content = {
        "format": FORMAT,
        "version": 1,
        "office": {"slug": "untop", "name": name, "countries": ["TJK"]} | office,
        "period": {"begin": "2000-06-01", "end": "2007-07-31"},
        "prepared_at": "2007-07-31T12:00:00Z",
        "counts": counts,
        "series": entries,
    }
    return Inventory.model_validate(content)


def zipped(folder: Path) -> bytes:
    """The package as it is sent."""
    target = folder.with_suffix(".zip")
    target.unlink(missing_ok=True)
    pack(folder, target)
    return target.read_bytes()


def reseal(folder: Path) -> None:
    """Write the manifests anew over whatever now lies in the package, as a forger would."""

    def manifest(paths: Iterable[Path]) -> str:
        return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in paths)

    payload = sorted(path for path in (folder / "data").rglob("*") if path.is_file())
    info = (folder / "bag-info.txt").read_text().splitlines()
    (folder / "bag-info.txt").write_text("".join(f"{line}\n" for line in info if not line.startswith("Payload-Oxum")))
    (folder / "manifest-sha256.txt").write_text(manifest(payload))
    tags = [folder / name for name in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt")]
    (folder / "tagmanifest-sha256.txt").write_text(manifest(tags))
