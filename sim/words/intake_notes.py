"""Chinese for what intake finds beyond the first lists: steps, events, spellings, clocks, persons, and its cautions."""

from __future__ import annotations

ERRORS = {
    "column {heading!r} ({name}) holds what looks like {kind} in {count} of {given} rows. Nothing was stored. In mapping {mapping}, take it out, or list it under personal: as hash (needs --salt) or keep (not personal)": (
        "列 {heading!r}（{name}）的 {given} 行中有 {count} 行疑似{kind}。未保存任何内容。请在映射 {mapping} 中去掉该列，或在 personal 下写明 hash（需要 --salt）或 keep（并非个人信息）"
    ),
    "column {heading!r} ({name}) is free text ({different} different cells in {given} rows), which is never stored. In mapping {mapping}, take it out or choose another column": (
        "列 {heading!r}（{name}）是自由文本（{given} 行中有 {different} 种内容），一律不保存。请在映射 {mapping} 中去掉该列或另选一列"
    ),
    "columns: {names} must be named": "columns：必须写明 {names}",
    "must be named": "必须写明",
    "events.steps: {names} are also under columns; say it once": "events.steps：{names} 也写在 columns 下；只写一处",
    "events.steps: {names} are not steps; allowed: {known}": "events.steps：{names} 不是环节；可用：{known}",
    "events: given, but kind is cases; write kind: events": "已写 events，但 kind 是 cases；请写 kind: events",
    "kind events: the chapter events is missing": "kind 为 events：缺少 events 一节",
    "limit_types: {names} are not kinds of limit; allowed: {known}": "limit_types：{names} 不是时限类型；可用：{known}",
    "{file}: holds no event": "{file}：没有任何事件",
    "{file}: is a table of totals, not a case log (columns {totals}): no single case can be told from it. Export one row a case, with opening and closing times": (
        "{file}：是汇总表，不是案件日志（列 {totals}）：从中看不出单个案件。请导出一行一案、含受理和结案时间的表"
    ),
    "{file}: is an event log in XML, and mapping {mapping} reads tables; use one with kind: events": (
        "{file}：是 XML 事件日志，而映射 {mapping} 读的是表格；请用 kind: events 的映射"
    ),
    "{file}: the category has {different} different words in {rows} rows; in mapping {mapping} another column (a number?) seems to be taken for it": (
        "{file}：类别在 {rows} 行中有 {different} 种写法；映射 {mapping} 似乎把别的列（编号？）当成了类别"
    ),
    "{file}: {count} of {rows} cases were closed before they were opened; in mapping {mapping} the columns of opened and closed, or two time formats, seem swapped": (
        "{file}：{rows} 件中有 {count} 件结案早于受理；映射 {mapping} 似乎颠倒了受理与结案两列，或两种时间格式"
    ),
}

PERSONS = {
    "phone numbers": "电话号码",
    "identity numbers": "身份证号",
    "e-mail addresses": "电子邮箱",
    "number plates": "车牌号",
    "names of persons": "人名",
    "street addresses": "门牌地址",
}

FINDINGS = {
    "closed after one and the same wait, to the hour": "等待同样长（精确到小时）后结案",
    "kept; closed by a rule of the system, not by work": "保留；由系统规则结案，不是办理结果",
    "a step before the opening, an earlier step, or after the closing": "环节时间早于受理或前一环节，或晚于结案",
    "that time left out": "该时间不采用",
    "a time in another than the first stated format": "时间不是写明的第一种格式",
    "kept; look whether day and month changed places": "保留；请核对日与月是否颠倒",
    "a time with an offset among times without, or the reverse": "时间有的带时差，有的不带",
    "kept; one of the two may be shifted": "保留；其中一种可能有偏移",
    "status says duplicate": "状态为重复件",
    "kept as it ended; not a need of its own": "按其结果保留；不是独立的需求",
    "status says void or withdrawn": "状态为作废或撤回",
    "kept as it ended; no work was done": "按其结果保留；没有办理工作",
    "a word that looks like another spelling of a commoner one": "像是某个常见词的另一种写法",
    "kept as it is; see the spellings below": "照原样保留；见下面的写法",
    "cells that named a person": "出现个人信息的单元格",
    "blotted out before anything was stored": "保存之前已涂去",
    "Spellings that seem to mean one thing:": "似乎是同一事物的不同写法：",
    "  {column}: {count} things in several spellings: {shown}": "  {column}：{count} 个事物有多种写法：{shown}",
}

EVENTS = {
    "Events:": "事件：",
    "events": "事件",
    "read": "已读取",
    "without a case number": "没有案件编号",
    "left out": "未采用",
    "of activities that the mapping leaves out": "属映射写明不采用的活动",
    "neither start nor complete": "既非开始也非完成",
    "starts that never end": "有开始没有结束",
    "kept as work under way": "保留为进行中的工作",
    "ends without a start": "有结束没有开始",
    "kept; how long the work took is not told": "保留；不知工作多久",
    "times in none of the stated formats": "时间不符合任何写明的格式",
    "ends before their start": "结束早于开始",
    "the end counts, the start is left out": "以结束为准，开始不采用",
    "cases whose last event comes after one and the same wait, to the hour": "最后一个事件都在同样长的等待之后（精确到小时）的案件",
    "cases with verification (核实) after the work, or check (核查) before it": "核实在处置之后、或核查在处置之前的案件",
    "kept; the system may use the two words the other way round": "保留；该系统可能把这两个词用反了",
}

CAUTIONS = {
    "About the data: counts from {rows} real records of the file {log}; no row, name or text of a person is in here.": (
        "数据说明：来自文件 {log} 的 {rows} 条真实记录的计数；不含任何记录行、人名或个人文字。"
    ),
    "Caution: the week of this log fits an office week only if its clock is put {hours} h {way}; check the zone {zone} (fit {fit:.2f} as it is, {best:.2f} shifted)": (
        "注意：要把时钟{way} {hours} 小时，这份日志的一周才像办公的一周；请检查时区 {zone}（原样吻合度 {fit:.2f}，移动后 {best:.2f}）"
    ),
    "back": "拨慢",
    "forward": "拨快",
    "Caution: {count} times lie half a year or more after all others and were taken for wrong": (
        "注意：有 {count} 个时间比其余的晚半年以上，按错误处理"
    ),
    "Caution: the first day begins at {at}: it is a part day": "注意：第一天从 {at} 开始，不是完整的一天",
    "Caution: the last day ends at {at}: it is a part day": "注意：最后一天到 {at} 为止，不是完整的一天",
    "Caution: one whole day at most is covered; nothing can be said about weekdays or seasons": (
        "注意：完整的天数不超过一天；看不出星期或季节规律"
    ),
    "Caution: all cases were opened in one second; nothing can be said about arrivals": (
        "注意：全部案件在同一秒受理；看不出到达规律"
    ),
    "Caution: no case has a usable closing time; nothing can be said about durations": (
        "注意：没有一件有可用的结案时间；看不出办理时长"
    ),
    "Caution: not one case is open at the cut; open cases may have been left out of the export, and durations then look shorter than they are": (
        "注意：截止时没有一件未结；导出时可能略去了未结案件，时长因此显得偏短"
    ),
    "Caution: {share:.0%} of the cases were opened at 00:00:00 sharp: dates, not times": (
        "注意：{share:.0%} 的案件受理时间恰为 00:00:00：只有日期没有时刻"
    ),
    "Caution: {share:.0%} of the cases were closed at 00:00:00 sharp: dates, not times": (
        "注意：{share:.0%} 的案件结案时间恰为 00:00:00：只有日期没有时刻"
    ),
    "Caution: times are written in several formats; {count} rows": "注意：时间有多种写法；涉及 {count} 行",
    "Caution: {share:.0%} of the opening times cannot be read; add their format": (
        "注意：{share:.0%} 的受理时间读不懂；请补充其格式"
    ),
}

CHINESE = ERRORS | PERSONS | FINDINGS | EVENTS | CAUTIONS
