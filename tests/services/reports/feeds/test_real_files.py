"""Every file of the two folders that hold broken ones is read as expected: none is left out, and a new one has to be spoken of."""

from pathlib import Path

import pytest

from chassis.errors import Invalid, Unreadable
from tests.services.reports.feeds.reading import CAP, CSV, JSON, XLSX, accepted, aside, content, read, refused

ALERTS, HXL = "alerts/cap", "humanitarian/libhxl_tests"
NAMES_ONE = "names an alert and does not hold it; send the alert itself, or let the feed be fetched"
UNDATED = "#date: is needed"
# How many are kept, how many set aside, and why the others are refused.
READ_AS_ALERTS: dict[str, tuple[int, int, list[str]]] = {
    "examples/amber.rss": (0, 0, [NAMES_ONE]),
    "examples/bushfire.edxlde": (0, 7, []),
    "examples/earthquake.atom": (0, 1, []),
    "examples/thunderstorm.cap": (0, 1, []),
    "testdata/amber.atom": (1, 0, []),
    "testdata/australia.cap": (0, 1, []),
    "testdata/bushfire_valid.edxlde": (0, 7, []),
    "testdata/canada.cap": (0, 1, []),
    "testdata/earthquake.cap": (0, 1, []),
    "testdata/earthquake_index.atom": (0, 0, [NAMES_ONE]),
    "testdata/earthquake_signed.cap": (
        0, 0, ["Signature: does not verify: the alert was changed after it was signed, or signed by an outdated method"],
    ),
    "testdata/empty_weather_index.atom": (0, 0, []),
    "testdata/invalid.cap": (0, 0, ["scope: is needed"]),
    "testdata/invalid.rss": (0, 0, [NAMES_ONE]),
    "testdata/invalid_element.atom": (0, 0, [NAMES_ONE]),
    "testdata/no_entries.atom": (0, 0, []),
    "testdata/no_title.atom": (0, 0, [NAMES_ONE]),
    "testdata/ny_index.rss": (0, 0, [NAMES_ONE] * 2),
    "testdata/weather.atom": (1, 0, []),
    "testdata/weather.cap": (1, 0, []),
    "testdata/weather_index.atom": (0, 0, [NAMES_ONE] * 2),
}  # fmt: skip
READ_AS_HXL: dict[str, tuple[int, int, list[str]]] = {
    "mock/append-source-1.csv": (0, 0, [UNDATED] * 2),
    "mock/append-source-2.csv": (0, 0, [UNDATED] * 2),
    "mock/append-source-list.csv": (0, 0, [UNDATED] * 2),
    "mock/taxonomy.csv": (0, 3, []),
    "test_io/input-fuzzy.csv": (0, 0, [UNDATED] * 4),
    "test_io/input-multiline.csv": (0, 0, [UNDATED]),
    "test_io/input-multiple-headers.csv": (0, 0, [UNDATED] * 2),
    "test_io/input-quality.xlsx": (0, 4, []),
    "test_io/input-valid.json": (0, 4, []),
    "test_io/input-valid.ssv": (0, 4, []),
    "test_io/input-valid.tsv": (0, 4, []),
    "test_scripts/append-dataset.csv": (0, 16, []),
    "test_scripts/input-date.csv": (0, 8, []),
    "test_scripts/input-merge.csv": (0, 0, [UNDATED] * 3),
    "test_scripts/input-simple.csv": (0, 8, []),
    "test_scripts/input-status.csv": (0, 8, []),
    "test_scripts/input-whitespace.csv": (0, 8, []),
    "test_scripts/validation-schema-invalid.csv": (0, 0, [UNDATED]),
    "test_scripts/validation-schema-valid.csv": (0, 0, [UNDATED]),
    "test_validation/truthy-schema.json": (0, 0, [UNDATED]),
}
UNTAGGED = ("test_converters/wide-tagging-test.csv", "test_io/input-invalid.csv", "test_scripts/input-untagged.csv")
NO_TABLE = ("test_io/input-quality.xls", "test_io/input-untagged-csv.zip", "test_io/input-valid.xls")
NO_FILES_OF_ALERTS, NO_TABLES = (".xsd", ".rng"), (".png",)


def media_type_of(name: str) -> str:
    return {".json": JSON, ".xlsx": XLSX, ".xls": XLSX, ".zip": XLSX}.get(Path(name).suffix, CSV)


@pytest.mark.parametrize("name", READ_AS_ALERTS)
def test_r5_every_alert_and_index_of_the_folder_is_accounted_for(data: Path, name: str) -> None:
    rows = read("cap", CAP, content(data / ALERTS / name))
    assert (len(accepted(rows)), aside(rows), refused(rows)) == READ_AS_ALERTS[name]


@pytest.mark.parametrize("name", READ_AS_HXL)
def test_r5_every_tagged_table_of_the_folder_is_accounted_for(data: Path, name: str) -> None:
    rows = read("hxl", media_type_of(name), content(data / HXL / name))
    assert (len(accepted(rows)), aside(rows), refused(rows)) == READ_AS_HXL[name]


@pytest.mark.parametrize("name", [*UNTAGGED, *NO_TABLE])
def test_tables_without_hashtags_and_files_that_are_none_are_refused_whole(data: Path, name: str) -> None:
    with pytest.raises(Invalid if name in UNTAGGED else Unreadable):
        read("hxl", media_type_of(name), content(data / HXL / name))


def test_no_file_of_the_folders_is_left_out(data: Path) -> None:
    def held(folder: str, other: tuple[str, ...]) -> set[str]:
        root = data / folder
        return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and path.suffix not in other}

    assert held(ALERTS, NO_FILES_OF_ALERTS) == set(READ_AS_ALERTS)
    outputs = {name for name in held(HXL, NO_TABLES) if "output" in name}
    assert held(HXL, NO_TABLES) - outputs == {*READ_AS_HXL, *UNTAGGED, *NO_TABLE}
    # What libhxl's own scripts and readers gave is read in test_hxl.py.
    assert all(name.startswith(("test_scripts/", "test_io/output-valid.")) for name in outputs)
