"""Chinese for the indicators: labels, formulas, units, denominators, clocks, steps."""

from __future__ import annotations

_SPANS = {
    "Onset to found": "发生至发现",
    "Report to establishment": "上报至立案",
    "Report to first response": "上报至首次响应",
    "Report to arrival": "上报至到场",
    "Establishment to handled": "立案至处置完毕",
    "Report to closure": "上报至结案",
    "Establishment to closure": "立案至结案",
    "Onset to true fix": "发生至真正解决",
}

_STATISTICS = {
    "mean": ("均值", "mean of min(hours, run without warm-up)", "min(小时数, 除预热外的运行时长)的均值"),
    "median": ("中位数", "hours by which half have ended", "半数完成所需小时数"),
    "90th percentile": ("90%分位", "hours by which 90 % have ended", "90%完成所需小时数"),
    "95th percentile": ("95%分位", "hours by which 95 % have ended", "95%完成所需小时数"),
}

_CHANNELS = {
    "Hotline": "热线",
    "App": "手机应用",
    "Told a grid worker": "告知网格员",
    "Community desk": "社区服务台",
    "Residents' council": "居民议事会",
    "Suggestion box": "意见箱",
    "Patrol": "巡查",
    "Sensor": "感知设备",
    "Measured log": "实测日志",
}

_PARTS = {
    "Waiting, nobody free": "等待(无空闲人员)",
    "Waiting, station closed": "等待(非工作时间)",
    "Waiting for others": "等待他方",
    "Hands-on work": "实际作业",
    "Travel": "路途",
}

_STEPS = {
    "onset to found": "发生至发现",
    "found to reported": "发现至上报",
    "reported to verified": "上报至核实",
    "verified to established": "核实至立案",
    "established to dispatched": "立案至派遣",
    "dispatched to handling started": "派遣至开始处置",
    "handling started to handled": "开始处置至处置完毕",
    "handled to fed back": "处置完毕至反馈",
    "fed back to checked": "反馈至核查",
    "checked to closed": "核查至结案",
    "total": "合计",
    "all": "全部",
    "waiting, nobody free": "等待(无空闲人员)",
    "waiting, closed": "等待(非工作时间)",
    "waiting for others": "等待他方",
    "work": "作业",
    "travel": "路途",
}

_LABELS = {
    "Cases judged": "纳入统计案件数",
    "Cases left out": "未纳入统计案件数",
    "Issues judged": "纳入统计问题数",
    "Open at the end": "期末未结案率",
    "Emergencies answered within 15 min": "紧急案件15分钟响应率",
    "Establishment rate": "立案率",
    "On-time verification": "按时核实率",
    "On-time establishment": "按时立案率",
    "On-time dispatch": "按时派遣率",
    "Correct dispatch": "准确派遣率",
    "Handling rate": "处置率",
    "On-time handling": "按期处置率",
    "On-time handling before extensions": "按期处置率(延期前)",
    "Overdue backlog": "超期待处置率",
    "On-time check": "按时核查率",
    "Closure rate": "结案率",
    "On-time closure": "按期结案率",
    "Rework rate": "返工率",
    "Forced closure": "强制结案率",
    "Extension rate": "延期率",
    "Deferral rate": "缓办率",
    "Supervision rate": "督办率",
    "Return rate": "回退率",
    "Referral rate": "推诿率",
    "Valid-report rate": "有效上报率",
    "Missed-report rate": "漏报率",
    "Self-handled rate": "自行处置率",
    "Repeat complaints": "重复投诉率",
    "Repeat complaints, same place and kind": "同地同类重复投诉率",
    "Truly fixed at closure": "结案真实解决率",
    "Hotline response rate": "热线响应率",
    "Hotline resolution rate": "热线解决率",
    "Hotline satisfaction rate": "热线满意率",
    "Call-back coverage": "回访覆盖率",
    "Call-backs answered": "回访应答率",
    "Found proactively": "主动发现率",
    "Found by residents": "居民发现占比",
    "Found by patrols": "巡查发现占比",
    "Found by sensors": "感知设备发现占比",
    "Never found": "未被发现率",
    "False alarms a worker-day": "每人日误报数",
    "Exposure per 1000 residents": "每千居民暴露时长",
    "Exposure an issue": "单个问题暴露时长",
    "Utilisation": "人员利用率",
    "Time on cases": "案件工作占比",
    "Time on handling": "处置时间占比",
    "Time on checks and desk work": "核查与内勤时间占比",
    "Time on the way": "路途时间占比",
    "Time on paperwork": "文书时间占比",
    "Time on patrol": "巡查时间占比",
    "Idle time": "空闲时间占比",
    "Overtime a worker-week": "每人周加班时长",
    "Patrol a worker-day": "每人日巡查时长",
    "Patrol floor kept": "巡查底线完成率",
    "Case spells a worker-day": "每人日案件作业数",
    "Worst minus best fifth of grids, onset to fix": "发生至解决：最差与最好五分之一网格之差",
    "Worst over best fifth of grids, onset to fix": "发生至解决：最差与最好五分之一网格之比",
    "Worst minus best fifth of grids, report to closure": "上报至结案：最差与最好五分之一网格之差",
    "Worst over best fifth of grids, report to closure": "上报至结案：最差与最好五分之一网格之比",
    "Unevenness of exposure over grids": "网格间暴露不均(基尼系数)",
    "Satisfaction": "满意度",
    "Trust": "信任度",
    "Cost": "总成本",
    "Cost a closed case": "单件结案成本",
    "Cost a resident": "人均成本",
    "Staff cost a closed case": "单件人力成本",
}

_UNITS = {
    "no clock": "不计时",
    "elapsed time, nights and holidays included": "自然时间(含夜间与节假日)",
    "limit of the step, on its own clock": "该环节时限(按其时钟)",
    "staff time of shift and overtime": "在岗与加班时间",
    "hours": "小时",
    "share": "占比",
    "cases": "案件",
    "issues": "个问题",
    "reports": "条上报",
    "spells": "次作业",
    "times": "倍",
    "yuan": "元",
    "0..1": "0..1",
    "0..100": "0..100",
}

_MESSAGES = {
    "There is no indicator {name}; `list indicators` shows all of them.":
        "没有指标 {name}；用 `list indicators` 查看全部指标。",
    "Neither cases nor issues have a column {group} to group by.": "案件表与问题表都没有可用于分组的列 {group}。",
}  # fmt: skip

CHINESE: dict[str, str] = {
    **_SPANS,
    **{name: chinese for name, (chinese, _, _) in _STATISTICS.items()},
    **{f"{a}, {b}": f"{c}，{d}" for a, c in _SPANS.items() for b, (d, _, _) in _STATISTICS.items()},
    **{
        f"{a}: {b}, by Kaplan-Meier": f"{c}：{d}(Kaplan-Meier)"
        for a, c in _SPANS.items()
        for _, b, d in _STATISTICS.values()
    },
    **{f"Closed within {h} h": f"{h}小时结案率" for h in (4, 24, 72, 168, 720)},
    **{
        f"share of cases closed at most {h} h after the report, by Kaplan-Meier":
        f"上报后{h}小时内结案的案件占比(Kaplan-Meier)"
        for h in (4, 24, 72, 168, 720)
    },
    **_CHANNELS,
    **{f"{a}, share of cases": f"{c}来源占比" for a, c in _CHANNELS.items()},
    **{
        f"{a}: cases it opened / all cases but duplicates": f"{c}立件数 / 除重复件外全部案件"
        for a, c in _CHANNELS.items()
    },
    **_PARTS,
    **{f"{a}: hours a closed case, mean": f"{c}：结案案件平均小时数" for a, c in _PARTS.items()},
    **_STEPS,
    **_LABELS,
    **_UNITS,
    **_MESSAGES,
}  # fmt: skip
