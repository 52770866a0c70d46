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

_FORMULAS = {
    "cases established (or if never, reported) after the warm-up and before the end of arrivals":
        "预热结束后、到达截止前立案(未立案者按上报)的案件数",
    "cases of the run outside the judged window": "统计时段以外的案件数",
    "issues that began after the warm-up and before the end of arrivals": "预热结束后、到达截止前发生的问题数",
    "open at the end of the run / judged cases": "期末未结案数 / 纳入统计案件数",
    "share of severity 3 cases with a first response at most 15 min after the report, by Kaplan-Meier":
        "上报后15分钟内首次响应的3级案件占比(Kaplan-Meier)",
    "established / reported cases decided or past that limit, without duplicates and self-handled ones":
        "立案数 / 已决定或已过立案时限的上报数(不含重复件与自行处置件)",
    "verified within the limit / cases due to verify": "按时核实数 / 应核实数",
    "established within the limit / cases due to establish": "按时立案数 / 应立案数",
    "dispatched within the limit / cases due to dispatch": "按时派遣数 / 应派遣数",
    "dispatched and never sent back / cases due to dispatch": "派遣后从未回退数 / 应派遣数",
    "result passed back / cases due to handle": "处置数 / 应处置数",
    "result passed back within the limit as extended / cases due to handle": "按期处置数(计入延期) / 应处置数",
    "result passed back within the first limit / cases due to handle by the first limit":
        "按原时限处置数 / 按原时限应处置数",
    "open past the handling limit / cases due to handle": "超期未处置数 / 应处置数",
    "checked within the limit / cases due to check": "按时核查数 / 应核查数",
    "closed / cases due to close": "结案数 / 应结案数",
    "closed within the limit / cases due to close": "按期结案数 / 应结案数",
    "handled again at least once / cases due to close": "返工数 / 应结案数",
    "closed although the check had failed / closed cases": "强制结案数 / 结案数",
    "limit extended at least once / cases due to handle": "延期数 / 应处置数",
    "clock paused at least once / cases due to handle": "缓办数 / 应处置数",
    "put under supervision / established cases": "督办数 / 立案数",
    "sent back as misrouted at least once / dispatched cases": "回退数 / 派遣数",
    "refused by at least one claimant / dispatched cases": "被推诿数 / 派遣数",
    "established / cases that a patrol reported and that were decided": "立案数 / 巡查上报且已决定的案件数",
    "real issues that the public had to report first / established cases": "公众先报且属实的问题数 / 立案数",
    "settled on the spot / cases settled on the spot or established": "自行处置数 / 自行处置数与立案数之和",
    "reported within 30 days of a closure of the same issue / cases reported by the public, without duplicates":
        "同一问题结案后30天内再次上报数 / 公众上报案件数(不含重复件)",
    "reported within 30 days of a closure in the same grid and category"
    " / cases reported by the public, without duplicates":
        "同网格同类别案件结案后30天内上报数 / 公众上报案件数(不含重复件)",
    "issue was right when the case closed / closed cases about an issue": "结案时问题确已解决数 / 有对应问题的结案数",
    "first work within 24 h of the report / residents who answered the call-back": "上报后24小时内响应数 / 回访应答数",
    "issue truly fixed at closure / residents who answered the call-back": "结案时确已解决数 / 回访应答数",
    "score of 60 or more / residents who answered the call-back": "评分60分及以上数 / 回访应答数",
    "called back / closed cases that the public reported": "回访数 / 公众上报的结案数",
    "gave a score / residents called back": "给出评分数 / 回访数",
    "first found by patrol or sensor / issues found": "巡查或感知设备首先发现数 / 已发现问题数",
    "first found by a resident / issues found": "居民首先发现数 / 已发现问题数",
    "first found by a patrol / issues found": "巡查首先发现数 / 已发现问题数",
    "first found by a sensor / issues found": "感知设备首先发现数 / 已发现问题数",
    "not found by the end of the run / judged issues": "期末仍未发现数 / 纳入统计问题数",
    "reports without an issue behind them / worker-days on shift": "无对应问题的上报数 / 在岗人日数",
    "hours that judged issues were live inside the run, summed / 1000 residents":
        "纳入统计问题在运行期内存续小时数之和 / 千居民",
    "hours that an issue was live inside the run, mean": "问题在运行期内存续小时数的均值",
    "seconds on cases, paperwork and patrol / seconds of shift and overtime": "案件、文书与巡查秒数 / 在岗与加班秒数",
    "seconds on emergencies, handling, checks and travel / seconds of shift and overtime": 
        "应急、处置、核查与路途秒数 / 在岗与加班秒数",
    "seconds on handling and emergencies / seconds of shift and overtime": "处置与应急秒数 / 在岗与加班秒数",
    "seconds on checks and desk work / seconds of shift and overtime": "核查与内勤秒数 / 在岗与加班秒数",
    "seconds of travel / seconds of shift and overtime": "路途秒数 / 在岗与加班秒数",
    "seconds of paperwork / seconds of shift and overtime": "文书秒数 / 在岗与加班秒数",
    "seconds on patrol / seconds of shift and overtime": "巡查秒数 / 在岗与加班秒数",
    "seconds without work / seconds of shift and overtime": "空闲秒数 / 在岗与加班秒数",
    "hours of work outside the shift / worker-weeks": "班次外工作小时数 / 人周数",
    "hours on patrol / worker-days with a patrol or a patrol floor": "巡查小时数 / 有巡查或巡查底线的人日数",
    "seconds patrolled, at most the floor of the day / seconds owed": "巡查秒数(每日以底线为限) / 应巡查秒数",
    "spells of case work ended / worker-days on shift": "完成的案件作业数 / 在岗人日数",
    "mean of min(hours from onset to fix, follow-up) a grid: worst fifth - best fifth":
        "各网格min(发生至解决小时数, 随访时长)的均值：最差五分之一 - 最好五分之一",
    "mean of min(hours from onset to fix, follow-up) a grid: worst fifth / best fifth":
        "各网格min(发生至解决小时数, 随访时长)的均值：最差五分之一 / 最好五分之一",
    "mean of min(hours from report to closure, follow-up) a grid: worst fifth - best fifth":
        "各网格min(上报至结案小时数, 随访时长)的均值：最差五分之一 - 最好五分之一",
    "mean of min(hours from report to closure, follow-up) a grid: worst fifth / best fifth":
        "各网格min(上报至结案小时数, 随访时长)的均值：最差五分之一 / 最好五分之一",
    "Gini coefficient of exposure hours a grid": "各网格暴露小时数的基尼系数",
    "score at the call-back, mean": "回访评分均值",
    "trust at the end of the run, mean": "期末信任度均值",
    "money spent in the whole run": "全程支出",
    "money spent in the whole run / cases closed in the whole run": "全程支出 / 全程结案数",
    "money spent in the whole run / residents": "全程支出 / 居民数",
    "staff cost of work and travel, mean of closed cases": "结案案件作业与路途人力成本均值",
}  # fmt: skip

_DENOMINATORS = {
    "whole run": "全程",
    "judged cases": "纳入统计案件",
    "judged issues": "纳入统计问题",
    "judged closed cases": "纳入统计的结案案件",
    "judged cases of severity 3": "纳入统计的3级案件",
    "judged issues; unfinished ones censored at the end of the run or when they went away by themselves":
        "纳入统计问题；未完成者在期末或自行消失时删失",
    "judged cases; open ones censored at the end of the run, those that ended otherwise left out":
        "纳入统计案件；未结者在期末删失，以其他方式终止者不计",
    "reported cases decided or past that limit, without duplicates and self-handled ones":
        "已决定或已过立案时限的上报案件(不含重复件与自行处置件)",
    "cases due to verify": "应核实数",
    "cases due to establish": "应立案数",
    "cases due to dispatch": "应派遣数",
    "cases due to handle": "应处置数",
    "cases due to handle by the first limit": "按原时限应处置数",
    "cases due to check": "应核查数",
    "cases due to close": "应结案数",
    "closed cases": "结案案件",
    "established cases": "立案案件",
    "dispatched cases": "派遣案件",
    "cases that a patrol reported and that were decided": "巡查上报且已决定的案件",
    "cases settled on the spot or established": "自行处置与立案案件",
    "cases reported by the public, without duplicates": "公众上报案件(不含重复件)",
    "closed cases about an issue": "有对应问题的结案案件",
    "residents who answered the call-back": "应答回访的居民",
    "closed cases that the public reported": "公众上报的结案案件",
    "residents called back": "受访居民",
    "issues found": "已发现问题",
    "worker-days on shift": "在岗人日",
    "1000 residents": "千居民",
    "all cases but duplicates": "除重复件外全部案件",
    "seconds of shift and overtime": "在岗与加班秒数",
    "workers x days of the table / 7": "人数 × 表中天数 / 7",
    "worker-days with a patrol or a patrol floor": "有巡查或巡查底线的人日",
    "patrol floor seconds owed": "应巡查秒数",
    "grids with something to judge": "有可统计对象的网格",
    "all grids": "全部网格",
    "residents of the table": "表中居民",
    "cases closed in the whole run": "全程结案数",
    "residents": "居民数",
}  # fmt: skip

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
    **_FORMULAS,
    **_DENOMINATORS,
    **_UNITS,
    **_MESSAGES,
}  # fmt: skip
