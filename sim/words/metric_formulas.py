"""Chinese words of the formulas and denominators of indicators."""

from __future__ import annotations

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

CHINESE: dict[str, str] = {**_FORMULAS, **_DENOMINATORS}
