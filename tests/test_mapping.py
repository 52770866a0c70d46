"""Mappings: every one that comes along loads, and a wrong one is refused with its line and all of its errors."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from calibration.mapping_file import mapping_names, read_mapping
from sim.messages import BadInput
from tests.synthetic_log import mapping

WHOLE = """\
schema_version: 1
name: small
columns: {id: no, opened: [open, opened_at], category: kind}
times:
  formats: ["%Y-%m-%d"]
  zone: Asia/Shanghai
"""


def _read(tmp_path: Path, text: str) -> object:
    path = tmp_path / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def test_every_mapping_that_comes_along_loads_under_its_own_name() -> None:
    assert "boston311" in mapping_names()
    for name in mapping_names():
        assert read_mapping(name).name == name


def test_smallest_mapping_is_enough_and_frozen(tmp_path: Path) -> None:
    read = _read(tmp_path, WHOLE)
    assert read.columns.wanted() == {"id": ("no",), "opened": ("open", "opened_at"), "category": ("kind",)}
    with pytest.raises(ValidationError):
        read.name = "other"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("category: kind", "categroy: kind", "did you mean category?"),
        ("zone: Asia/Shanghai", "zone: Asia/Nowhere", ":6: times.zone: zone 'Asia/Nowhere' is not an IANA zone"),
        ('["%Y-%m-%d"]', '["day first"]', ":5: times.formats: time format 'day first'"),
        ("name: small", "nmae: small", ":2: nmae: "),
        ("schema_version: 1", "schema_version: 7", ":1: schema_version: "),
        ("name: small", "name: small\nname: small", "not valid YAML"),
        ("name: small", "name: &a small\ntitle: *a", "aliases"),
        ("name: small", "name: [small", "not valid YAML"),
        (WHOLE, "- a list", "is a YAML table"),
        (WHOLE, "", "is a YAML table"),
        ("times:", "keep: {id: no2}\ntimes:", "names of canonical columns"),
        ("times:", "clean: {ward: {blank: x}}\ntimes:", "ward are not among the columns"),
        ("times:", "category_levels: [group]\ntimes:", "group are not under keep"),
        ("times:", "channels: {phone: hotline}\ntimes:", "channels: given, but columns names no such column"),
        ("  zone:", "  observed_until: 2011-01-01 00:00:00+01:00\n  zone:", "in local time"),
        ("  zone:", "  observed_from: 2011-01-02\n  observed_until: 2011-01-01\n  zone:", "must lie before"),
        ("times:", "clean: {category: {pattern: '('}}\ntimes:", "not a regular expression"),
        ("times:", "personal: {phone: burn}\ntimes:", "personal.phone"),
    ],
)
def test_wrong_mappings_are_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        _read(tmp_path, WHOLE.replace(old, new))
    assert says in str(caught.value)
    assert "small.yaml" in str(caught.value)


def test_all_errors_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        _read(tmp_path, WHOLE.replace("Asia/Shanghai", "Nowhere").replace("category: kind", "kind: kind"))
    assert len(str(caught.value).splitlines()) == 3


def test_channels_must_be_known() -> None:
    with pytest.raises(ValidationError, match="pigeon_post are not channels"):
        mapping(channels={"pigeon": "pigeon_post"})


def test_unknown_unreadable_and_oversized_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="did you mean boston311"):
        read_mapping("boston31")
    (tmp_path / "latin.yaml").write_bytes(b"name: caf\xe9")
    with pytest.raises(BadInput, match="UTF-8"):
        read_mapping(tmp_path / "latin.yaml")
    (tmp_path / "log.yaml").write_bytes(b"a" * 1_000_001)
    with pytest.raises(BadInput, match="too large"):
        read_mapping(tmp_path / "log.yaml")
