"""The README's tour does what it says when it is pasted: each announced state, and each announced refusal."""

import json
import re
import subprocess
from typing import Any

import pytest

from deploy.places import PROJECT
from tests.platforms import LoadedPlatform

SEPARATOR = "\x1e"
COMMAND = re.compile(r"^(?:[A-Z]+=|as |curl )")


def tour() -> str:
    """The block that begins with the address of the API."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", (PROJECT / "README.md").read_text(), re.MULTILINE | re.DOTALL)
    (found,) = [block for block in blocks if block.startswith("API=")]
    return found


@pytest.fixture(scope="module")
def said(platform: LoadedPlatform, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str]]:
    """Each command of the tour with what it wrote, run as it stands but for the port and the folder."""
    script = tour().replace("http://127.0.0.1:8080", platform.base_url)
    script = script.replace(".local/credentials.json", str(platform.platform.folder / "credentials.json"))
    # "Post it twice", says the tour.
    script += next(line for line in script.splitlines() if COMMAND.match(line) and "submissions" in line) + "\n"
    commands = [line for line in script.splitlines() if COMMAND.match(line)]
    marked = "\n".join(f"{line}\nprintf '{SEPARATOR}'" if COMMAND.match(line) else line for line in script.splitlines())
    folder = tmp_path_factory.mktemp("tour")
    bash = ["bash", "-o", "pipefail", "-eu"]
    done = subprocess.run(bash, input=marked, cwd=folder, capture_output=True, text=True, timeout=90, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr + done.stdout[-2000:]
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")
    return list(zip(commands, (each.strip() for each in done.stdout.split(SEPARATOR)), strict=False))


def answer(said: list[tuple[str, str]], begin: str) -> Any:
    """What the first command that begins so was answered."""
    return json.loads(next(output for command, output in said if command.startswith(begin)))


def test_the_feed_gets_a_receipt_for_every_row(said: list[tuple[str, str]]) -> None:
    receipt = answer(said, "as unct-tjk /feeds/unct-tjk/submissions")
    assert (receipt["received"], receipt["accepted"], receipt["rejected"]) == (2, 1, 1)
    assert answer(said, "as analyst /incidents/")["reliability"] == "B"


def test_every_announced_state_is_reached(said: list[tuple[str, str]]) -> None:
    states = [output for command, output in said if command.endswith('''pick "['state']"''') or "# suspended" in command]
    clearance, talks = ["submitted", "reviewed", "cleared", "issued"], ["granted", "scheduled", "withdrawn", "suspended"]
    assert states == clearance + talks


def test_every_announced_refusal_comes(said: list[tuple[str, str]]) -> None:
    announced = [(int(found[1]), json.loads(output)) for command, output in said if (found := re.search(r"# (\d{3}): ", command))]
    assert [status for status, _ in announced] == [403, 409]
    assert [(problem["status"], problem["type"].rsplit("/", 1)[-1]) for _, problem in announced] == [
        (403, "own-text"),
        (409, "concurrence-missing"),
    ]
    assert "TJK" in announced[1][1]["detail"]


def test_osce_gets_what_its_mandate_covers_and_the_reason_is_on_record(said: list[tuple[str, str]]) -> None:
    decisions = [json.loads(output) for command, output in said if "/release-decisions" in command]
    assert [each["decision"] for each in decisions] == ["allow", "refuse"]
    assert all(each["rule"].startswith("R13") and each["reason"] for each in decisions)
    assert answer(said, "as osce /packages")["items"]


def test_what_is_posted_twice_doubles_nothing(said: list[tuple[str, str]]) -> None:
    assert "Post it twice: nothing doubles" in tour()
    first, again = [json.loads(output) for command, output in said if "/submissions" in command]
    assert first == again
