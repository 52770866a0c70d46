"""Reading a log: every encoding, packing and separator gives the same records, and a bad file one clear line."""

from __future__ import annotations

import hashlib
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from calibration.intake import Intake, ingest
from calibration.personal import hashed, sounds_personal
from sim.messages import BadInput
from tests.synthetic_log import clean_log, mapping, pack, write_log


@pytest.fixture
def log() -> pd.DataFrame:
    return clean_log(60)


def _cells(intake: Intake) -> list[list[object]]:
    return intake.records["cases"].astype(object).fillna("nothing").to_numpy().tolist()


@pytest.mark.parametrize("ending", ["csv", "csv.gz", "csv.bz2", "csv.zip", "dat"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_packing_and_encoding_make_no_difference(log: pd.DataFrame, tmp_path: Path, ending: str, encoding: str) -> None:
    plain = ingest(write_log(log, tmp_path / "plain.csv"), mapping())
    path = write_log(log, tmp_path / f"log.{ending}", encoding)
    packed = ingest(path, mapping())
    assert _cells(packed) == _cells(plain)
    assert packed.quality.file.encoding == encoding
    assert packed.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_found(log: pd.DataFrame, tmp_path: Path, separator: str) -> None:
    result = ingest(write_log(log, tmp_path / "log.csv", separator=separator), mapping())
    assert result.quality.file.separator == separator
    assert set(result.records["cases"]["category"]) == {"pothole", "street, light", "垃圾"}


def test_quoted_line_breaks_and_quotes_stay_in_their_cell(log: pd.DataFrame, tmp_path: Path) -> None:
    result = ingest(write_log(log.assign(Kind='a "b"\r\nc'), tmp_path / "log.csv"), mapping())
    assert result.quality.kept == len(log)
    assert set(result.records["cases"]["category"]) == {'a "b" c'}


def test_headings_in_other_capitals_or_with_underscores_are_found(log: pd.DataFrame, tmp_path: Path) -> None:
    path = write_log(log, tmp_path / "log.csv", headings={"Case No": "case_no", "Opened": " OPENED "})
    assert ingest(path, mapping()).quality.kept == len(log)


def test_rows_with_too_many_fields_are_counted(log: pd.DataFrame, tmp_path: Path) -> None:
    lines = write_log(log, tmp_path / "log.csv").read_text("utf-8").splitlines()
    lines[5] += ",more"
    lines[9] += ",and,more"
    quality = ingest(pack("\n".join(lines).encode(), tmp_path / "long.csv"), mapping()).quality
    assert quality.fates["dropped_too_many_fields"] == 2
    assert quality.rows_read == len(log) == sum(quality.fates.values())


@pytest.mark.parametrize("rows", [1, 10])
def test_small_logs_work(tmp_path: Path, rows: int) -> None:
    assert len(ingest(write_log(clean_log(rows), tmp_path / "log.csv"), mapping()).records["issues"]) == rows


def test_header_alone_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"log.csv: has a header but no rows"):
        ingest(write_log(clean_log(3).iloc[:0], tmp_path / "log.csv"), mapping())


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "the log is empty"),
        ("blank.csv", b"\r\n\n", "the log is empty"),
        ("empty.csv.gz", b"", "the log is empty"),
        ("broken.gz", b"\x1f\x8b\x08\x00rubbish", "the log cannot be read"),
        ("broken.zip", b"PK\x03\x04rubbish", "the log cannot be read"),
        ("sheet.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Excel workbook"),
        ("picture.csv", bytes(range(128, 256)) * 9, "is not text in utf-8, gb18030"),
        ("latin.csv", "caf\u00e9 \n".encode("latin-1"), "is not text in utf-8, gb18030"),
        (
            "quote.csv",
            b'Case No,Opened,Due,Closed,Status,Late,Kind,Group,Unit,Area,Via\n"never closed',
            "cannot be split",
        ),
    ],
)
def test_unusable_files_are_one_clear_error(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    if name == "empty.csv.gz":
        pack(b"", path)
    with pytest.raises(BadInput, match=says) as caught:
        ingest(path, mapping())
    assert name in str(caught.value)


def test_missing_file_folder_and_crowded_archives_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nowhere"):
        ingest(tmp_path / "nowhere.csv", mapping())
    with pytest.raises(BadInput, match="is a folder"):
        ingest(tmp_path, mapping())
    for names, says in ((("a.csv", "b.csv"), "holds 2 files"), (("[Content_Types].xml", "x"), "Excel workbook")):
        with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
            for name in names:
                archive.writestr(name, "x")
        with pytest.raises(BadInput, match=says):
            ingest(tmp_path / "many.zip", mapping())


def test_missing_column_names_what_is_wanted_found_and_meant(log: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        ingest(write_log(log, tmp_path / "log.csv", headings={"Opened": "Openned"}), mapping())
    for part in ("log.csv", "opened = 'Opened'", "did you mean 'Openned'?", "'Case No', 'Openned', 'Due'"):
        assert part in str(caught.value)


def test_column_that_stands_twice_is_refused(log: pd.DataFrame, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="twice in the header: Closed"):
        ingest(write_log(log, tmp_path / "log.csv", headings={"Late": "Closed"}), mapping(on_time=None, columns={
            "id": "Case No", "opened": "Opened", "closed": "Closed", "category": "Kind", "department": "Unit",
            "community": "Area", "channel": "Via", "status": "Status"}))  # fmt: skip


def test_no_readable_or_no_remaining_row_is_an_error(log: pd.DataFrame, tmp_path: Path) -> None:
    path = write_log(log.assign(Opened="31/10/22 9h"), tmp_path / "log.csv")
    with pytest.raises(BadInput, match=r"no opening time can be read, for example '31/10/22 9h'"):
        ingest(path, mapping())
    late = write_log(log.assign(Opened="2023-01-01 00:00:00"), tmp_path / "late.csv")
    with pytest.raises(BadInput, match="dropped_opened_after_cut 60"):
        ingest(late, mapping())


@pytest.mark.parametrize(
    "heading", ["Caller_Name", "PhoneNumber", "lat", "Incident Address", "诉求人", "联系电话", "eMail"]
)
def test_headings_that_sound_personal(heading: str) -> None:
    assert sounds_personal(heading)


@pytest.mark.parametrize("heading", ["neighborhood", "platform", "along", "ward", "类别", "case_status", "Agency"])
def test_headings_that_do_not(heading: str) -> None:
    assert not sounds_personal(heading)


def test_personal_columns_are_refused_unless_declared(log: pd.DataFrame, tmp_path: Path) -> None:
    path = write_log(log.assign(Phone="555-0100", 地址="某路 1 号"), tmp_path / "log.csv")
    with pytest.raises(BadInput, match=r"'Phone', '地址'\. Nothing was read"):
        ingest(path, mapping())
    with pytest.raises(BadInput, match="'Phone'"):
        ingest(path, mapping(personal={"phone": "refuse", "地址": "drop"}))
    dropped = ingest(path, mapping(personal={"phone": "drop", "地址": "drop"}))
    assert not any("hone" in name or "地址" in name for name in dropped.attributes.columns)
    assert dropped.quality.file.personal == {"Phone": "drop", "地址": "drop"}


def test_hashing_needs_a_salt_and_hides_the_value(log: pd.DataFrame, tmp_path: Path) -> None:
    phones = [f"555-01{number % 7:02d}" for number in range(len(log))]
    path = write_log(log.assign(Phone=phones), tmp_path / "log.csv")
    with pytest.raises(BadInput, match="give --salt"):
        ingest(path, mapping(personal={"Phone": "hash"}))
    with pytest.raises(BadInput, match="at least 8"):
        ingest(path, mapping(personal={"Phone": "hash"}), "short")
    one, other = (ingest(path, mapping(personal={"Phone": "hash"}), salt).attributes for salt in ("a" * 8, "b" * 8))
    assert one["hashed_Phone"].nunique() == 7
    assert set(one["hashed_Phone"]).isdisjoint(other["hashed_Phone"])
    assert "555" not in one.to_csv()


def test_a_mapped_column_can_be_hashed_but_not_dropped(log: pd.DataFrame, tmp_path: Path) -> None:
    path = write_log(log, tmp_path / "log.csv")
    hidden = ingest(path, mapping(personal={"Case No": "hash"}), "long enough")
    assert hidden.attributes["log_id"].str.fullmatch("[0-9a-f]{32}").all()
    with pytest.raises(BadInput, match="column id reads 'Case No'"):
        ingest(path, mapping(personal={"Case No": "drop"}))


def test_hash_keeps_blank_and_equality() -> None:
    digests = hashed(pd.Series(["x", "", "x", "y"]), "some salt")
    assert digests[0] == digests[2] != digests[3]
    assert digests[1] == ""


BIG = """
import resource, sys
from pathlib import Path
from calibration.intake import ingest
from tests.synthetic_log import mapping
print(ingest(Path(sys.argv[1]), mapping()).quality.kept)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_400000_rows_stay_under_a_minute_of_cpu_and_2_gb(tmp_path: Path) -> None:
    header, _, body = write_log(clean_log(20_000), tmp_path / "part.csv").read_text("utf-8").partition("\n")
    path = tmp_path / "log.csv"
    with path.open("w", encoding="utf-8") as stream:
        stream.write(header + "\n")
        stream.writelines(body.replace("C00", f"C{part:02d}") for part in range(20))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", BIG, str(path)], cwd=Path(__file__).parents[1], capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr.decode()
    kept, peak_kb = map(int, done.stdout.split())
    assert kept == 400_000
    assert peak_kb < 2_000_000
    assert after.ru_utime - before.ru_utime < 60
