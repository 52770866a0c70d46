"""Event logs come back as they were written, and what is not an event log is refused with its line."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.eventlogs import csv_log
from sim.eventlogs.event_rows import COLUMNS, event_rows
from sim.eventlogs.formats import FORMATS
from sim.messages import BadInput, chinese
from sim.records import EVENT_NAMES, Frame, RunRecords, table

LEGAL_IN_XML = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff",
                             include_characters="\t\n\r")  # fmt: skip
AWKWARD = st.sampled_from(
    ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "'quoted'", "''", "'=1", "张三,\"网格员\"", "a\r\nb", "\t"]
)
TEXT = st.one_of(AWKWARD, st.text(LEGAL_IN_XML, max_size=20))
EVENT = st.tuples(st.integers(1, 4), st.sampled_from(EVENT_NAMES), st.integers(-(10**6), 10**8), TEXT, TEXT, TEXT)


def log_of(events: list[tuple[int, str, int, str, str, str]], zone: str = "Asia/Shanghai") -> RunRecords:
    columns = list(zip(*events, strict=True)) or [()] * 6
    rows = dict(zip(("case_id", "event", "at", "actor", "unit", "detail"), map(list, columns), strict=True))
    rows |= {"seq": list(range(len(events))), "attempt": [1 + n % 3 for n in range(len(events))]}
    return RunRecords(Frame("2025-03-28", zone, 10**8), 0, {"events": table("events", rows)})


def there_and_back(records: RunRecords, name: str) -> pd.DataFrame:
    stream = io.BytesIO()
    FORMATS[name].write(records, stream)
    stream.seek(0)
    return FORMATS[name].read(stream)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60, deadline=None)
@given(events=st.lists(EVENT, max_size=8), zone=st.sampled_from(["Asia/Shanghai", "America/New_York", "Asia/Kolkata"]))
def test_round_trip(name: str, events: list[tuple[int, str, int, str, str, str]], zone: str) -> None:
    records = log_of(events, zone)
    written = event_rows(records)
    written["timestamp"] = written["timestamp"].dt.tz_convert("UTC")
    pd.testing.assert_frame_equal(there_and_back(records, name), written)


@given(st.text())
def test_escaping_is_undone_and_leaves_no_formula(text: str) -> None:
    assert csv_log.restore(csv_log.escape(text)) == text
    assert csv_log.escape(text)[:1] not in tuple("=+-@\t\r")


@pytest.mark.parametrize("name", FORMATS)
def test_stream_stays_open(name: str) -> None:
    stream = io.BytesIO()
    FORMATS[name].write(log_of([(1, "report", 0, "r", "u", "")]), stream)
    stream.seek(0)
    FORMATS[name].read(stream)
    assert not stream.closed


def test_csv_text_is_what_a_spreadsheet_and_a_miner_expect() -> None:
    stream = io.BytesIO()
    csv_log.write(log_of([(7, "report", 0, "=1+1", "社区", ""), (7, "handle_start", 3600, "k", "d", "")]), stream)
    lines = stream.getvalue().decode("utf-8-sig").split("\r\n")
    assert stream.getvalue().startswith(b"\xef\xbb\xbf")
    assert lines[0] == ",".join(COLUMNS)
    assert lines[1] == "7,report,2025-03-28T00:00:00+08:00,'=1+1,社区,complete,,1,"
    assert lines[2] == "7,handle,2025-03-28T01:00:00+08:00,k,d,start,,2,"


def test_offset_follows_daylight_saving() -> None:
    stream = io.BytesIO()
    day = 86_400
    csv_log.write(log_of([(1, "report", 0, "", "", ""), (1, "close", 3 * day, "", "", "")], "Europe/Amsterdam"), stream)
    text = stream.getvalue().decode("utf-8-sig")
    assert "2025-03-28T00:00:00+01:00" in text
    assert "2025-03-31T01:00:00+02:00" in text


def test_events_are_written_case_by_case_in_their_order() -> None:
    records = log_of([(2, "report", 5, "", "", ""), (1, "report", 5, "", "", ""), (2, "close", 5, "", "", "")])
    rows = event_rows(records)
    assert list(zip(rows["case_id"], rows["activity"], strict=True)) == [
        ("1", "report"), ("2", "report"), ("2", "close"),
    ]  # fmt: skip


HEADING = "case_id,activity,timestamp"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "line 1.*no column case_id"),
        ("case_id,activity\n1,a\n", "no column timestamp"),
        (f"{HEADING}\n1,a,2025-01-06T08:00:00Z\n1,b,yesterday\n", "line 3.*'yesterday'.*ISO 8601"),
        (f"{HEADING}\n1,a,2025-01-06T08:00:00\n", "line 2.*offset"),
        (f"{HEADING}\n1,a\n", "line 2.*2 fields.*3"),
        (f"{HEADING},attempt\n1,a,2025-01-06T08:00:00Z,two\n", "line 2.*attempt 'two'"),
        (f"{HEADING}\n" + "x" * 200_000 + ",a,b\n", "line 2.*not CSV"),
    ],
)
def test_bad_csv_is_refused_with_its_line(text: str, complaint: str) -> None:
    with pytest.raises(BadInput, match=complaint):
        csv_log.read(io.BytesIO(text.encode()))


def test_csv_in_another_encoding_is_refused() -> None:
    with pytest.raises(BadInput, match="UTF-8"):
        csv_log.read(io.BytesIO(f"{HEADING}\n1,受理,2025-01-06T08:00:00Z\n".encode("gb18030")))


def test_foreign_csv_keeps_its_apostrophes_and_needs_three_columns() -> None:
    rows = csv_log.read(io.BytesIO(b"activity,case_id,timestamp,note\n'tis,c-1,2025-01-06T08:00:00Z,x\n"))
    assert rows.loc[0, ["case_id", "activity", "resource", "attempt"]].tolist() == ["c-1", "'tis", "", 1]


XES_EVENT = '<event><string key="concept:name" value="a"/><date key="time:timestamp" value="{}"/></event>'


def xes(body: str, head: str = "") -> io.BytesIO:
    return io.BytesIO(f'<?xml version="1.0"?>{head}<log xmlns="http://www.xes-standard.org/">{body}</log>'.encode())


def test_foreign_xes_with_lists_globals_and_nested_attributes() -> None:
    nested = """<global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
    <trace><list key="x"><values><string key="concept:name" value="no"/></values></list>
    <string key="concept:name" value="c 1"><string key="concept:name" value="deeper"/></string>
    <event><string key="concept:name" value="a"><string key="concept:name" value="deeper"/></string>
    <container key="y"><string key="org:resource" value="no"/></container>
    <date key="time:timestamp" value="2011-10-11T13:45:40.276+02:00"/></event></trace>
    <trace>""" + XES_EVENT.format("2011-10-11T13:45:40Z") + "</trace>"
    rows = FORMATS["xes"].read(xes(nested))
    assert rows["case_id"].tolist() == ["c 1", "2"]
    assert rows["activity"].tolist() == ["a", "a"]
    assert rows["resource"].tolist() == ["", ""]
    assert rows["timestamp"].iloc[0] == pd.Timestamp("2011-10-11T11:45:40.276Z")


BAD_ATTEMPT = '<int key="attempt" value="x"/><date'
BOMB = '<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("stream", "complaint"),
    [
        (xes("<trace>&b;</trace>", BOMB), "document type"),
        (xes("", '<!DOCTYPE log SYSTEM "file:///etc/passwd">'), "document type"),
        (xes("<trace>"), "line 1: not XML"),
        (io.BytesIO(b""), "not XML"),
        (io.BytesIO(b"<html/>"), "outermost element is 'html'"),
        (xes("<trace>" + XES_EVENT.format("yesterday") + "</trace>"), "time:timestamp 'yesterday'"),
        (xes("<trace>\n<event/></trace>"), "line 2.*concept:name"),
        (xes("<trace>" + XES_EVENT.format("2011-10-11T13:45:40Z").replace("<date", BAD_ATTEMPT) + "</trace>"),
         "attempt 'x'"),
    ],
)  # fmt: skip
def test_bad_xes_is_refused(stream: io.BytesIO, complaint: str) -> None:
    with pytest.raises(BadInput, match=complaint):
        FORMATS["xes"].read(stream)


def test_what_xml_cannot_hold_is_replaced() -> None:
    rows = there_and_back(log_of([(1, "report", 0, "a\x00b\x1f", "", "")]), "xes")
    assert rows["resource"].tolist() == ["a\ufffdb\ufffd"]


def test_formats_are_named_and_labelled() -> None:
    for name, each in FORMATS.items():
        assert each.name == name
        assert each.suffix.startswith(".")
        assert each.label in chinese()
