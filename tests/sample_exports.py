"""Small synthetic exports in the forms of real ones: every row is drawn from nothing, the headings are the real ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

import numpy as np
import pandas as pd

from tests.synthetic_log import pack

START = pd.Timestamp("2024-04-08")
WALL = "%Y-%m-%d %H:%M:%S"


def spells(rows: int, seed: int = 1, days: int = 35) -> pd.DataFrame:
    """opened, closed (NaT for a fifth), due, id: office hours, fewer at weekends, in order of opening."""
    draw = np.random.default_rng(seed)
    day = draw.choice(days, rows, p=_weights(days))
    second = np.clip(draw.normal(12.5, 2.6, rows), 7, 20) * 3600
    opened = START + pd.to_timedelta(day, unit="D") + pd.to_timedelta(second.astype(int), unit="s")
    closed = opened + pd.to_timedelta(draw.exponential(30 * 3600, rows).astype(int) + 60, unit="s")
    frame = pd.DataFrame({"opened": opened, "closed": closed, "due": opened + pd.Timedelta(days=3)})
    frame.loc[draw.random(rows) < 0.2, "closed"] = pd.NaT
    return frame.sort_values("opened", ignore_index=True).assign(id=[f"{20240000000 + n}" for n in range(rows)])


def _weights(days: int) -> np.ndarray:
    weight = np.where((np.arange(days) % 7) < 5, 1.0, 0.25)
    return weight / weight.sum()


def _text(times: pd.Series, pattern: str = WALL) -> list[str]:
    return times.dt.strftime(pattern).fillna("").tolist()


def _cycle(words: Sequence[str], rows: int) -> list[str]:
    return [words[number % len(words)] for number in range(rows)]


def hotline(rows: int = 300, closings: bool = False) -> pd.DataFrame:
    """The 18 fields of a 12345 work-order sheet (no closing time), with 办结时间 on demand."""
    log = spells(rows)
    done = log["closed"].notna()
    sheet = pd.DataFrame({
        "序号": range(1, rows + 1), "办件编号": log["id"], "办件来源": _cycle(["电话", "微信", "省平台"], rows), "市级编号": "",
        "诉求主题": "路灯不亮", "诉求内容": "请尽快维修", "办理单位": _cycle(["城管局", "住建局", "交通局"], rows), "办理科室": "一科",
        "诉求人": "张三", "诉求人电话": "13800138000", "处理结果": "已处理", "事项大类": "城市管理",
        "事项小类": _cycle(["路灯", "垃圾", "噪音", "停车"], rows), "派发时间": _text(log["opened"], "%Y/%m/%d %H:%M"),
        "承诺完成时间": _text(log["due"], "%Y/%m/%d %H:%M"), "办件状态": np.where(done, "已办结", "办理中"), "派单员": "李四",
        "预警状态": _cycle(["正常", "黄牌"], rows),
    })  # fmt: skip
    return sheet.assign(办结时间=_text(log["closed"], "%Y/%m/%d %H:%M")) if closings else sheet


def urban(rows: int = 300) -> pd.DataFrame:
    """A 数字城管 case table with the times of its steps."""
    log = spells(rows)
    span = (log["closed"] - log["opened"]).fillna(pd.Timedelta(hours=8))
    done = log["closed"].notna()
    steps = {
        name: _text((log["opened"] + span * share).where(done | (share < 0.2)))
        for name, share in (
            ("accept_time", 0.05), ("dispatch_time", 0.1), ("handle_receive_time", 0.2), ("handle_finish_time", 0.7),
            ("check_time", 0.9),
        )
    }  # fmt: skip
    return pd.DataFrame({
        "task_num": log["id"], "report_time": _text(log["opened"]), **steps, "close_time": _text(log["closed"]),
        "deadline_time": _text(log["due"]), "event_src": _cycle(["信息采集员", "公众举报", "视频", "网格员"], rows),
        "main_type": "市容环境", "sub_type": _cycle(["暴露垃圾", "乱堆物料", "占道经营"], rows), "event_desc": "某处垃圾",
        "address": "某路", "street_name": _cycle(["东街街道", "西街街道"], rows), "community_name": _cycle(["一社区", "二社区"], rows),
        "cell_id": _cycle(["01", "02", "1"], rows), "coordinate_x": "1", "coordinate_y": "2",
        "dispose_unit": _cycle(["环卫所", "城管队"], rows), "rework_num": _cycle(["0", "0", "0", "1"], rows),
        "is_supervised": _cycle(["0", "1"], rows), "is_forced_close": "0", "is_urgent": "0",
        "visit_satisfaction": _cycle(["", "80", "100"], rows), "limit_unit": _cycle(["工作时", "紧急工作时", "工作日"], rows),
    })  # fmt: skip


def geo_report(rows: int = 300) -> pd.DataFrame:
    """Open311 GeoReport bulk: ISO times with an offset."""
    log = spells(rows)
    iso = "%Y-%m-%dT%H:%M:%S+01:00"
    return pd.DataFrame({
        "service_request_id": log["id"], "status": np.where(log["closed"].notna(), "closed", "open"),
        "status_notes": "thank you", "service_name": _cycle(["Pothole", "Graffiti"], rows), "service_code": "1",
        "description": "by the door", "agency_responsible": "Roads", "requested_datetime": _text(log["opened"], iso),
        "updated_datetime": _text(log["opened"], iso), "expected_datetime": _text(log["due"], iso), "address": "x",
        "lat": "1.0", "long": "2.0", "media_url": "", "closed_date": _text(log["closed"], iso),
        "source": _cycle(["Phone", "Web"], rows),
    })  # fmt: skip


def new_york(rows: int = 300, style: str = "download") -> pd.DataFrame:
    """NYC 311 in the headings of the download or of the interface."""
    log = spells(rows)
    times = "%m/%d/%Y %I:%M:%S %p" if style == "download" else "%Y-%m-%dT%H:%M:%S.000"
    table = pd.DataFrame({
        "Unique Key": log["id"], "Created Date": _text(log["opened"], times), "Closed Date": _text(log["closed"], times),
        "Agency": _cycle(["NYPD", "DSNY"], rows), "Agency Name": "Some Department", "Complaint Type": _cycle(["Noise", "Litter"], rows),
        "Descriptor": "Loud", "Location Type": "Street/Sidewalk", "Status": np.where(log["closed"].notna(), "Closed", "Open"),
        "Due Date": "", "Community Board": _cycle(["01 BRONX", "02 QUEENS", "0 Unspecified"], rows), "Borough": "BRONX",
        "Open Data Channel Type": _cycle(["PHONE", "ONLINE", "MOBILE"], rows),
    })  # fmt: skip
    if style == "download":
        return table
    return table.drop(columns="Due Date").rename(columns=lambda heading: heading.lower().replace(" ", "_"))


def event_table(cases: int = 60) -> pd.DataFrame:
    """One row a piece of work with start and end, three a case."""
    log = spells(cases)
    rows = []
    for number, (case, opened) in enumerate(zip(log["id"], log["opened"], strict=True)):
        for place, activity in enumerate(("Check", "Handle", "Close")):
            start = opened + pd.Timedelta(hours=2 * place)
            end = start + pd.Timedelta(minutes=10 + number % 7)
            rows.append((case, f"Crew {place}{number % 3}", activity, start.strftime(WALL), end.strftime(WALL)))
    return pd.DataFrame(rows, columns=["case_id", "resource", "activity", "start_time", "end_time"])


def xes(table: pd.DataFrame, lifecycle: bool = True) -> bytes:
    """The same events as XES, with start and complete, or complete only."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?><log xes.version="1.0">']
    for case, events in table.groupby("case_id", sort=False):
        parts.append(f'<trace><string key="concept:name" value={quoteattr(str(case))}/>')
        for event in events.itertuples():
            stamps = (("start", event.start_time), ("complete", event.end_time))
            for transition, stamp in stamps if lifecycle else stamps[1:]:
                parts.append(
                    f"<event><string key='concept:name' value={quoteattr(str(event.activity))}/>"
                    f"<string key='lifecycle:transition' value='{transition}'/>"
                    f"<string key='org:resource' value={quoteattr(str(event.resource))}/>"
                    f"<date key='time:timestamp' value='{str(stamp).replace(' ', 'T')}+00:00'/></event>"
                )
        parts.append("</trace>")
    return "".join([*parts, "</log>"]).encode()


def save(table: pd.DataFrame, path: Path, encoding: str = "utf-8", separator: str = ",") -> Path:
    """Write a table as an export."""
    return pack(table.to_csv(index=False, sep=separator, lineterminator="\r\n").encode(encoding), path)
