"""Chinese for the papers: what their chapters refuse, and their indicators."""

from __future__ import annotations

_RULES = {
    "{name} does nothing without {need}; give {need} as well": "{name} 离开 {need} 就不起作用；请同时写 {need}",
    "data_pool does nothing without reentry or households; give one of them as well": (
        "data_pool 离开 reentry 和 households 就不起作用；请至少同时写其中之一"
    ),
    "give both special and notice, or neither": "special 和 notice 要么都写，要么都不写",
}

_LABELS = {
    "Desk work a case": "每件案件的案头工作",
    "Writing up a finding": "填报一次发现用时",
    "Planning a case": "每件案件制定方案用时",
    "Enquiries left to people": "留给人工的咨询",
    "Applications": "办件用时",
    "Hand-overs a case": "每件案件流转次数",
    "Cases before the joint meeting": "上联席会议的案件占比",
    "Wait for the joint meeting": "等待联席会议用时",
    "Cases of two departments": "两部门案件处置用时",
    "More than minor, handled within 48 h": "一般以上案件48小时内处置",
}

_FORMULAS = {
    "minutes of receiving, establishing, dispatching, reviewing and answering / judged cases": (
        "受理、立案、派遣、审核和答复的分钟数 / 计入案件"
    ),
    "minutes of a grid worker to report a finding, mean": "网格员填报一次发现的分钟数均值",
    "minutes to make or find the plan of a case, mean": "制定或检索一件案件方案的分钟数均值",
    "hours of work on enquiries / days": "处理咨询的工时 / 天数",
    "hours from applying until all have agreed, mean": "从申请到全部部门同意的小时数均值",
    "returns, refusals and escalations / dispatched cases": "回退、推诿和升级次数 / 已派遣案件",
    "settled by the joint meeting / dispatched cases": "经联席会议议定 / 已派遣案件",
    "hours from the last event before until it is settled, mean": "从前一事件到会议议定的小时数均值",
    "hours from establishment to handled, mean": "从立案到处置完毕的小时数均值",
    "share of cases of severity 2 and 3 handled at most 48 h after establishment, by Kaplan-Meier": (
        "严重程度2、3级案件在立案后48小时内处置完毕的占比（Kaplan-Meier）"
    ),
}

_WHOLES = {
    "findings reported": "填报的发现",
    "cases that needed a plan": "需要方案的案件",
    "days of the judged window": "计入时段的天数",
    "applications that ended in the judged window": "计入时段内办结的申请",
    "judged cases that the joint meeting settled": "经联席会议议定的计入案件",
    "handled cases that a second department worked on": "有第二部门参与的已处置案件",
    "judged cases of severity 2 and 3": "严重程度2、3级的计入案件",
    "hand-overs": "次",
}

CHINESE: dict[str, str] = {**_RULES, **_LABELS, **_FORMULAS, **_WHOLES}
