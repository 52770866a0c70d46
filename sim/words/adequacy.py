"""Chinese for the adequacy report: what a log can and cannot tell."""

from __future__ import annotations

PLAIN = {
    "tell what a case log can and cannot inform, before anything is fitted": "在拟合之前说明案件日志能说明什么、不能说明什么",
    "What this log can tell: {title}": "这份日志能说明什么：{title}",
    "Groups of fewer than {k} cases are put together.": "少于 {k} 件的组合并显示。",
    "File {log}, SHA-256 {sha}; read with mapping {mapping}. Nothing has been fitted yet.": (
        "文件 {log}，SHA-256 {sha}；按映射 {mapping} 读取。尚未做任何拟合。"
    ),
    "In plain words": "直白地说",
    "{cases} cases opened from {first} to {last}; {closed} were closed by {until}.": (
        "{first} 至 {last} 受理 {cases} 件；截至 {until} 已结 {closed} 件。"
    ),
    "{count} of them were registered when already done; they tell nothing about work or waiting and are left out below.": (
        "其中 {count} 件是办完才登记的；看不出工作量和等待，以下不计。"
    ),
    "So few cases allow no fit at all; look for a longer export.": "案件太少，无法拟合；请取更长时期的导出。",
    "It informs well: {levers}.": "能很好说明：{levers}。",
    "It informs partly: {levers}.": "能部分说明：{levers}。",
    "It does not inform at all: {levers}. A what-if on these rests on what is declared, not on this log.": (
        "完全不能说明：{levers}。在这些方面的假设推演靠的是声明的数值，不是这份日志。"
    ),
    "Cases opened before {first} are not in the file; how many were open then cannot be told.": (
        "{first} 之前受理的案件不在文件中；当时有多少未结无从知道。"
    ),
    "Cases opened before {first} are not in the file. Many cases stay open so long that at no time of the log nine tenths of the backlog are in it: backlogs have to be inferred, and a start at any date is too early to take them from the log.": (
        "{first} 之前受理的案件不在文件中。许多案件长期未结，日志中任何时候都看不到积压的九成：积压只能推断，从哪一天开始都太早，不能直接取自日志。"
    ),
    "Cases opened before {first} are not in the file. From day {day} on ({date}) nine tenths of the backlog are in it; compare backlogs only from then on.": (
        "{first} 之前受理的案件不在文件中。从第 {day} 天（{date}）起可看到积压的九成；只宜从那时起比较积压。"
    ),
    "After 30 days at least {share:.0%} of the backlog is older than the log.": "30 天后仍有至少 {share:.0%} 的积压早于日志起点。",
    "{share:.0%} of the cases are open at the cut; leaving them out would make every duration look shorter.": (
        "{share:.0%} 的案件截止时未结；若略去，时长都会显得偏短。"
    ),
    "{share:.0%} of the cases are still open after 30 days.": "{share:.0%} 的案件 30 天后仍未结。",
    "The log is too short or too small to say whether the city changes over it.": "日志太短或太少，看不出城市是否在变化。",
    "The city changes over the log. Its first, middle and last third differ in: {what}. A fit to all of it is a fit to no time in particular.": (
        "城市在日志期间有变化。前、中、后三段在以下方面不同：{what}。对全部拟合，等于不对应任何一段时间。"
    ),
    "Between its first, middle and last third the log does not change more than chance and a little.": (
        "前、中、后三段之间的差别不超过偶然和微小变化。"
    ),
    "Steps without a time in this log: {steps}.": "这份日志中没有时间的环节：{steps}。",
    "{column}: {enough} of {groups} have at least {least} closed cases and can be fitted alone; they hold {share:.0%} of the cases.": (
        "{column}：{groups} 个中有 {enough} 个已结案件不少于 {least} 件，可单独拟合；它们占案件的 {share:.0%}。"
    ),
    "Days with at least twice the usual number of cases: {days}. Mark them before fitting.": (
        "案件数达到平常两倍以上的日子：{days}。拟合前请标出。"
    ),
}

TABLES = {
    "Levers": "杠杆",
    "lever": "杠杆",
    "informed": "能否说明",
    "why": "原因",
    "well": "很好",
    "in part": "部分",
    "not at all": "不能",
    "By {column}": "按{column}",
    "category": "类别",
    "area": "区域",
    "channel": "渠道",
    "closed": "已结",
    "open": "未结",
    "median h": "中位数（小时）",
    "90 % h": "九成（小时）",
    "fit": "拟合",
    "a fit of its own": "单独拟合",
    "pooled with others": "与其他合并",
    "too few to tell": "太少，看不出",
    "{groups} others": "其余 {groups} 个",
    "Drift": "变化",
    "cases a day": "每天案件",
    "closed within {limit}": "{limit} 内结案",
    "first third": "前段",
    "middle third": "中段",
    "last third": "后段",
    "time to close": "结案时长",
    "number of cases a day": "每天案件数",
    "mix of categories": "类别构成",
    "Of the mix of categories {share:.0%} changed place from the first to the last third (beyond chance).": (
        "从前段到后段，类别构成有 {share:.0%} 易位（已扣除偶然）。"
    ),
    "Steps of the loop": "闭环各环节",
    "step": "环节",
    "cases with its time": "有该时间的案件",
    "reported": "上报",
    "verified (核实)": "核实",
    "established (立案)": "立案",
    "dispatched (派遣)": "派遣",
    "work begun": "开始处置",
    "handled (处置)": "处置",
    "fed back (反馈)": "反馈",
    "checked (核查)": "核查",
    "closed (结案)": "结案",
}

LEVERS = {
    "how many cases come, and when": "案件的数量与时间",
    "mix of categories and areas": "类别与区域构成",
    "crews (staffing)": "班组（人员）",
    "hands-on work a case": "每件实际工作量",
    "working hours and shifts": "工作时间与班次",
    "order of the queue, priority": "排队次序与优先级",
    "time limits and lateness": "时限与超期",
    "dispatch, returns, referral": "派遣、回退、推诿",
    "check and rework": "核查与返工",
    "escalation from level to level": "逐级上报",
    "patrols and sensors (discovery)": "巡查与感知（发现）",
    "what residents report, and how often": "居民上报什么、多久一次",
    "channels": "各渠道",
    "areas, equity": "区域与公平",
    "satisfaction": "满意度",
    "true fix behind the closing": "结案背后是否真正解决",
    "cost": "成本",
}

REASONS = {
    "all within one day or one second: no rhythm can be seen": "都在一天或一秒之内：看不出规律",
    "dates without a time ({midnight} at 00:00:00): days can be seen, hours cannot": "只有日期（{midnight} 为 00:00:00）：看得出日，看不出时",
    "{cases} cases on {days} whole days: too little for weekdays, weeks and seasons": "{days} 个完整日共 {cases} 件：不足以看星期、周和季节",
    "{cases} cases on {days} whole days, with the hour; seasons need a year": "{days} 个完整日共 {cases} 件，有时刻；看季节需要一年",
    "category and area stand in the log (area of {community} of the cases)": "日志有类别和区域（{community} 的案件有区域）",
    "only one of category and area stands in the log": "类别和区域只有其一",
    "neither category nor area stands in the log": "类别和区域都没有",
    "{closed} cases with a usable closing time": "有可用结案时间的 {closed} 件",
    "closings are dates without a time: good to a day only": "结案只有日期：只能精确到天",
    "many cases are closed by the system after a fixed wait, not by work": "许多案件由系统在固定等待后结案，不是办理结果",
    "{closed} closed cases, {open} open at the cut: only the quick part of the curve is seen": "已结 {closed} 件，截止时未结 {open}：只看到曲线较快的部分",
    "{closed} closed cases, {open} open at the cut, which counts as censored": "已结 {closed} 件，截止时未结 {open}，按删失计",
    "who worked when stands in the log ({service} of the steps with start and end)": "日志有何人何时办理（{service} 的环节有始有终）",
    "who did a step stands in the log, but not when the work began": "日志有何人办理，但没有何时开始",
    "only departments and closings: crews can be fitted through the model, with what is declared about work": (
        "只有部门和结案：班组可借模型拟合，工作量要靠声明"
    ),
    "neither persons nor enough closings a department stand in the log": "既没有办理人，各部门的结案也不够",
    "{service} of the steps have a start and a later end": "{service} 的环节有开始和较晚的结束",
    "start and end of work are known for a part of the steps or cases": "部分环节或案件有工作的始终",
    "opening and closing do not tell work from waiting: it has to be declared and varied": "受理和结案分不出工作与等待：须声明并变动比较",
    "too few closings with a time of day": "有时刻的结案太少",
    "not one whole day": "不足一个完整日",
    "{days} whole days: hours of the day, but no weekday twice over": "{days} 个完整日：看得出钟点，看不出星期",
    "the hours and weekdays of {closed} closings": "{closed} 件结案的钟点与星期",
    "the order of starts can be compared with the order of coming": "可比较开始的次序与到来的次序",
    "without the start of work nobody can tell who was taken first": "没有开始时间，看不出先办谁",
    "{due} of the cases have a target": "{due} 的案件有时限",
    "only {due} of the cases have a target": "只有 {due} 的案件有时限",
    "no or hardly any case has a target": "几乎没有案件有时限",
    "returns or changes of group stand in the log": "日志有回退或换组",
    "cases pass from hand to hand, but departments are not named": "案件换手，但没有部门名称",
    "only the last department stands in the log, not the way to it": "日志只有最后的部门，没有经过",
    "checks or reworks stand in the log": "日志有核查或返工",
    "activities come back inside a case; whether that is rework is not said": "同一案件内活动重复；是否返工没有说明",
    "neither checks nor reworks stand in the log": "日志没有核查也没有返工",
    "levels of authority stand in no log of this kind": "这类日志都没有层级",
    "who found what was found stands in the log, but not what nobody found": "日志有谁发现了什么，没有无人发现的",
    "only what was reported stands in a log": "日志里只有上报了的",
    "duplicates are marked; they say something of how often one issue is reported": "重复件有标记；可略知一个问题上报几次",
    "what nobody reported is not in a log, and further reports of one issue are not marked": "无人上报的不在日志中，同一问题的再次上报也没有标记",
    "the channel of {channel} of the cases": "{channel} 的案件有渠道",
    "the channel of only {channel} of the cases": "只有 {channel} 的案件有渠道",
    "no channel": "没有渠道",
    "the area of {community} of the cases; need itself is not seen": "{community} 的案件有区域；需求本身看不到",
    "the area of only {community} of the cases": "只有 {community} 的案件有区域",
    "no area": "没有区域",
    "scores of those who answered": "答复者的评分",
    "no scores": "没有评分",
    "a closing is a record; whether the thing was fixed is not in it": "结案只是记录；是否真正解决不在其中",
    "no money stands in the log": "日志里没有金额",
}

CHINESE = PLAIN | TABLES | LEVERS | REASONS
