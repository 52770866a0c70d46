"""Headings and words by which the columns of an unknown export are guessed, in English and Chinese.

Headings are compared in small letters with spaces for every other sign; the first of a list is the most usual one.
"""

from __future__ import annotations

import re

CASE_FIELDS: dict[str, tuple[str, ...]] = {
    "id": (
        "case enquiry id", "unique key", "service request id", "sr number", "srnumber", "case id", "case no", "case number",
        "ticket id", "ticket number", "incident id", "request id", "task num", "rec id", "case code", "reference", "id",
        "办件编号", "工单编号", "任务号", "案件编号", "案卷编号", "案件号", "工单号", "编号", "市级编号",
    ),
    "opened": (
        "open dt", "created date", "requested datetime", "createddate", "open time", "opened", "creation date", "date opened",
        "report time", "create time", "created at", "created", "date created", "submitted", "received",
        "受理时间", "登记时间", "创建时间", "上报时间", "来电时间", "派发时间", "立案时间",
    ),
    "due": (
        "target dt", "sla target dt", "due date", "expected datetime", "deadline time", "dispose deadline", "deadline", "due",
        "target date", "承诺完成时间", "处置截止时间", "截止时间", "办理时限", "要求完成时间",
    ),
    "closed": (
        "closed dt", "closed date", "close time", "closeddate", "completion date", "closed", "closed at", "date closed",
        "resolved time", "resolved", "archive time", "办结时间", "结案时间", "完成时间", "归档时间",
    ),
    "established": ("accept time", "establish time", "accepted"),
    "dispatched": ("dispatch time", "dispatched", "派遣时间", "派单时间", "转办时间", "派发时间"),
    "handling_started": ("handle receive time", "处置开始时间"),
    "handled": ("handle finish time", "dispose end", "处置时间", "处置完成时间"),
    "checked": ("check time", "核查时间"),
    "verified": ("verify time", "核实时间"),
    "status": ("case status", "status", "state", "status description", "办件状态", "工单状态", "案件状态", "状态"),
    "category": (
        "complaint type", "type", "service name", "request type", "requesttype", "sr type", "category", "sub type name",
        "sub type", "subject", "issue type", "kind", "事项小类", "小类名称", "小类", "诉求类别", "案件类型", "问题类型", "类别", "事项大类",
    ),
    "department": (
        "department", "agency", "agency responsible", "owner department", "owner", "dispose unit name", "dispose unit",
        "handle unit", "responsible department", "unit", "办理单位", "承办单位", "处置部门", "责任单位", "部门",
    ),
    "community": (
        "neighborhood", "community board", "community", "community area", "community name", "ward", "area", "comm code",
        "comm name", "社区", "社区名称", "所属社区",
    ),
    "subdistrict": ("street town", "subdistrict", "街道", "街道名称", "镇街", "所属街道"),
    "district": ("borough", "district", "district name", "区县", "区域名称", "所属区县", "所属区", "区"),
    "channel": (
        "source", "open data channel type", "channel", "requestsource", "request source", "event src name", "event src", "origin",
        "办件来源", "问题来源", "工单来源", "来源", "诉求渠道",
    ),
}  # fmt: skip

EVENT_FIELDS: dict[str, tuple[str, ...]] = {
    "case": ("case concept name", "case id", "caseid", "incident id", "case", "ticket id", "任务号", "案件编号", "工单编号"),
    "activity": ("activity", "concept name", "incident activity type", "task", "event", "node", "operate type", "环节", "活动", "节点"),
    "completed": (
        "end time", "time timestamp", "complete timestamp", "end timestamp", "timestamp", "completed", "data stamp", "date stamp",
        "datestamp", "time", "完成时间", "操作时间", "时间",
    ),
    "started": ("start time", "start timestamp", "started", "开始时间"),
    "lifecycle": ("lifecycle transition", "lifecycle", "transition"),
    "resource": ("org resource", "resource", "user", "operator", "操作人"),
    "group": ("org group", "assignment group", "workgroup", "group", "role", "org role", "部门"),
}  # fmt: skip

TIMES = frozenset((
    "opened", "due", "closed", "established", "dispatched", "handling_started", "handled", "checked", "verified", "completed",
    "started",
))  # fmt: skip
NUMBERS = frozenset(("id", "case"))

CLOSED = re.compile(r"clos|resolv|complet|done|fixed|finish|archiv|referred|办结|已结|结案|归档|完成|已回访|已评价", re.IGNORECASE)
OPEN = re.compile(r"not (?:closed|resolved|complet)|incomplet|unresolv|reopen|未|待|办理中|处理中|在办", re.IGNORECASE)

CHANNEL_WORDS: tuple[tuple[str, str], ...] = (
    (r"employee|staff|inspector|patrol|field|采集员|监督员|巡查|城管通", "patrol"),
    (r"网格员|grid", "grid_worker"),
    (r"sensor|camera|video|视频|感知|监控|探头", "sensor"),
    (r"call|phone|hotline|tele|电话|热线|来电|12345|话务", "hotline"),
    (r"app|web|online|mobile|internet|self|twitter|portal|e-?mail|微信|网|小程序|短信|邮", "app"),
    (r"walk|desk|counter|in person|来访|走访|窗口", "community_desk"),
    (r"box|post|letter|信箱|信件|来信", "box"),
)
"""Pattern in a word of the channel column -> channel code; the first that fits."""


def plain(heading: str) -> str:
    """A heading in small letters with single spaces for everything that is no letter or figure."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", heading)
    return re.sub(r"[\W_]+", " ", spaced).strip().casefold()


def channel_of(word: str) -> str:
    """The channel code that a word seems to mean; `log` if none."""
    return next((code for pattern, code in CHANNEL_WORDS if re.search(pattern, word, re.IGNORECASE)), "log")


def says_closed(word: str) -> bool:
    """Whether a status word seems to mean that the case is over."""
    return bool(CLOSED.search(word)) and not OPEN.search(word)
