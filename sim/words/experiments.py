"""Chinese for runs and comparisons: commands, printed tables, sentences, figures, pages."""

from __future__ import annotations

_COMMANDS = {
    "Result folders: {folders}": "结果文件夹：{folders}",
    "Result folder: {folder}": "结果文件夹：{folder}",
    "Comparison: {folder}": "比较结果：{folder}",
    "Report: {file}": "报告：{file}",
    "scenarios to compare, names or files; the first is the baseline": "要比较的情景(名称或文件)；第一个为基准",
    "compare needs at least two scenarios; the first is the baseline": "compare 至少需要两个情景；第一个为基准",
    "name of a shipped scenario, or a scenario file": "自带情景的名称，或情景文件",
    "also write every replication's event log": "同时写出每次重复的事件日志",
    "seed of the first world; replication r uses seed + r (default {seed})":
        "第一个世界的随机种子；第 r 次重复用 种子 + r (默认 {seed})",
    "worlds to run (default: the scenario's)": "运行的世界数(默认按情景)",
    "processes (default: as many as pay)": "进程数(默认取划算的数目)",
    "where result folders are made (default {folder})": "结果文件夹的位置(默认 {folder})",
    "change a value of the scenario, such as time.horizon='90 d' (may be repeated)":
        "修改情景中的一个值，如 time.horizon='90 d' (可多次使用)",
    "use a policy from outside the tree (may be repeated)": "使用外部策略(可多次使用)",
    "case log that a replay scenario replays": "重放情景所用的案件日志",
    "tables to keep of every replication (default {keep})": "每次重复保留的表(默认 {keep})",
    "check the rules that hold in every run; exit 1 if one is broken": "检查每次运行都应成立的规则；如有违反，退出码为 1",
    "start although it needs much memory": "即使需要大量内存也开始运行",
    "{value} is not a whole number from {least} to 1000000000": "{value} 不是 {least} 至 1000000000 之间的整数",
    "--policy {text}: the class has no method of a decision point: {known}":
        "--policy {text}：该类没有任何决策点的方法：{known}",
    "--policy {text}: it answers several decision points ({points}); write POINT={text}":
        "--policy {text}：它对应多个决策点({points})；请写 决策点={text}",
    "--policy {text}: {point} is no decision point; they are {known}":
        "--policy {text}：{point} 不是决策点；可用的有 {known}",
    "no colon between module and class": "模块与类之间缺少冒号",
    "{title} ({name}): {count} worlds, seeds {first} to {last}": "{title} ({name})：{count} 个世界，种子 {first} 至 {last}",
    "expected: {estimate}": "预计：{estimate}",
    "broken rule: {line}": "违反规则：{line}",
    "{rules} rules held in each of {runs} runs": "{runs} 次运行均符合全部 {rules} 条规则",
    "failed: {arm}, replication {number}, seed {seed}: {error}": "失败：{arm}，重复 {number}，种子 {seed}：{error}",
    "simulating": "模拟中",
    "{what}: about {time}": "{what}：约 {time}",
    "{what}: {done} of {tasks} done, about {time} left": "{what}：已完成 {done}/{tasks}，约剩 {time}",
    "stopped: it took longer than allowed": "已停止：超过允许的时间",
    "its process died (exit code {code})": "其进程已终止(退出码 {code})",
    "{folder}: too many folders of this name; remove some": "{folder}：同名文件夹过多；请删除一些",
    "{file}: there is no such log file": "{file}：没有这个日志文件",
    "scenario {name} replays a log; name it with --log FILE": "情景 {name} 需要重放日志；请用 --log 文件 指明",
    "scenario {name} draws its world and replays no log; leave --log out": "情景 {name} 自行生成世界，不重放日志；请去掉 --log",
    "about {cases:,.0f} cases a replication, {time}, {memory:.1f} GB of memory, {disk:,.0f} MB on disk":
        "每次重复约 {cases:,.0f} 件案件，用时 {time}，内存 {memory:.1f} GB，磁盘 {disk:,.0f} MB",
    "this needs {estimate}; shorten time.horizon, use fewer --workers, or say --yes":
        "需要：{estimate}；请缩短 time.horizon、减少 --workers，或加上 --yes",
    "{n:.1f} h": "{n:.1f} 小时",
    "{n:.0f} s": "{n:.0f} 秒",
    "{n:.0f} min": "{n:.0f} 分钟",
}  # fmt: skip

_TABLES = {
    "Indicator": "指标",
    "Scenario": "情景",
    "Mean": "均值",
    "95 % interval": "95%区间",
    "95 % interval {interval}": "95%区间 {interval}",
    "Difference": "差值",
    "Pairing gain": "配对增益",
    "Unit": "单位",
    "Verdict": "结论",
    "Step": "环节",
    "Issues": "问题",
    "Category": "类别",
    "Department": "部门",
    "Formula": "公式",
    "Better": "方向",
    "Counted over": "统计对象",
    "Clock": "时钟",
    "baseline": "基准",
    "better": "更好",
    "worse": "更差",
    "higher": "更高",
    "lower": "更低",
    "no difference shown": "未显示差异",
    "one world: no interval": "仅一个世界：无区间",
    "not available": "不可用",
    "lower is better": "越低越好",
    "higher is better": "越高越好",
    "neither is better": "无优劣方向",
    "percentage points": "个百分点",
    "points": "分",
    "{low} to {high}": "{low} 至 {high}",
    "grid": "网格",
    "community": "社区",
    "subdistrict": "街道",
    "district": "区",
    "city": "市",
    "Where the days go, hours a closed case": "时间去向(每件结案小时数)",
    "paired issues": "配对问题",
    "closed sooner": "更早结案",
    "closed later": "更晚结案",
    "half by at least, h": "半数至少(小时)",
    "same time": "同时",
    "5 % of changes below, h": "5%的变化低于(小时)",
    "5 % above, h": "5%高于(小时)",
    "mean change, h": "平均变化(小时)",
    "never found": "从未被发现",
    "no case opened": "未立案件",
    "no case": "无案件",
    "case still open at the end": "期末仍未结案",
    "in the baseline only": "仅基准",
    "in the scenario only": "仅该情景",
    "in both": "两者都有",
}

_SENTENCES = {
    "{label}: {scenario} is better than {baseline}, {change}{percent}, 95 % interval {interval}, over {n} paired worlds.":
        "{label}：“{scenario}”优于“{baseline}”，差值 {change}{percent}，95%区间 {interval}，{n} 个配对世界。",
    "{label}: {scenario} is worse than {baseline}, {change}{percent}, 95 % interval {interval}, over {n} paired worlds.":
        "{label}：“{scenario}”劣于“{baseline}”，差值 {change}{percent}，95%区间 {interval}，{n} 个配对世界。",
    "{label}: higher under {scenario} than under {baseline}, {change}{percent}, 95 % interval {interval}, "
    "over {n} paired worlds.":
        "{label}：“{scenario}”高于“{baseline}”，差值 {change}{percent}，95%区间 {interval}，{n} 个配对世界。",
    "{label}: lower under {scenario} than under {baseline}, {change}{percent}, 95 % interval {interval}, "
    "over {n} paired worlds.":
        "{label}：“{scenario}”低于“{baseline}”，差值 {change}{percent}，95%区间 {interval}，{n} 个配对世界。",
    "{label}: no difference shown between {scenario} and {baseline}; it is {change}{percent}, 95 % interval {interval}, "
    "over {n} paired worlds.":
        "{label}：“{scenario}”与“{baseline}”之间未显示差异；差值 {change}{percent}，95%区间 {interval}，{n} 个配对世界。",
    "{label}: {scenario} differs from {baseline} by {change}{percent} in one world; "
    "one world has no interval, so this shows nothing yet.":
        "{label}：在一个世界中“{scenario}”与“{baseline}”相差 {change}{percent}；一个世界没有区间，尚不能说明什么。",
    "{label}: not available for {scenario} and {baseline} in the same world.":
        "{label}：“{scenario}”与“{baseline}”没有可在同一世界比较的数值。",
    "{baseline} does best. {rest}": "{baseline}最好。{rest}",
    "Also better: {list}.": "另外更好的有：{list}。",
    "Worse: {list}.": "更差的有：{list}。",
    "Higher: {list}.": "更高的有：{list}。",
    "Lower: {list}.": "更低的有：{list}。",
    "No difference shown in {count} of {all} other headline indicators.": "其余 {all} 项主要指标中有 {count} 项未显示差异。",
    " ({percent} %)": " ({percent}%)",
    " A difference of this size by chance alone: {chance}.": "仅凭偶然出现这么大差异的可能性：{chance}。",
    "less than 1 in 1000": "小于千分之一",
    "about {percent} %": "约 {percent}%",
    "Issue by issue, of {issues:,.0f} paired issues under {scenario}: {sooner} closed sooner, {later} later, "
    "{same:,.0f} at the same time.":
        "逐个问题看，“{scenario}”下 {issues:,.0f} 个配对问题中：{sooner} 个更早结案，{later} 个更晚，{same:,.0f} 个同时。",
    "{count:,.0f} (half of them by {hours:.1f} h or more)": "{count:,.0f} (其中半数相差 {hours:.1f} 小时以上)",
    "The scenarios do not meet the same issues (their rates, places or times differ): worlds are paired by seed only, "
    "and differences also hold what differs between the worlds.":
        "各情景遇到的问题并不相同(发生率、地点或时间不同)：世界只按种子配对，差值中也包含世界之间的不同。",
}  # fmt: skip

_FIGURES = {
    "Open cases at the end of each day": "每日期末未结案件",
    "open cases": "未结案件",
    "of them overdue": "其中超期",
    "warm-up, not judged": "预热期，不计入",
    "Handled in time, as extended": "按期处置(计入延期)",
    "share of cases due": "占应处置案件的比例",
    "How long cases stay open": "案件多久结案",
    "time since the report (logarithmic)": "上报后时间(对数刻度)",
    "share of cases not yet closed": "尚未结案的比例",
    "15 min": "15分钟",
    "1 h": "1小时",
    "4 h": "4小时",
    "1 d": "1天",
    "3 d": "3天",
    "1 week": "1周",
    "30 d": "30天",
    "90 d": "90天",
    "1 year": "1年",
    "Where the days go, by the level that owned the case": "时间去向(按最后承办层级)",
    "mean hours of a closed case, from onset to closure": "每件结案从发生到结案的平均小时数",
    "Share of cases not yet closed against the time since the report (Kaplan-Meier: open cases count for as long as they "
    "were followed). Line: mean of the worlds; band (for up to four scenarios): their range.":
        "上报后不同时间尚未结案的比例(Kaplan-Meier：未结案件按已观察时长计入)。线：各世界均值；带(不超过四个情景时)：各世界范围。",
    "Mean hours of a closed case from onset to closure, by step and by the level that owned it last. The number at the "
    "end of a bar is its total.":
        "每件结案从发生到结案的平均小时数，按环节与最后承办层级划分。条末数字为合计。",
    "Cases established and not yet closed at the end of each civil day, and those of them past their handling limit. "
    "Line: mean of the worlds; band (for up to four scenarios): their range. Grey: warm-up, not judged.":
        "每日期末已立案未结案的案件数，及其中超过处置时限的件数。线：各世界均值；带(不超过四个情景时)：各世界范围。灰色：预热期，不计入。",
    "Share of the cases due whose result was passed back within the limit, extensions counted. Line through a marker: "
    "95 % interval over the worlds.":
        "应处置案件中在时限(计入延期)内反馈结果的比例。标记上的横线：各世界的95%区间。",
}  # fmt: skip

_PAGE = {
    "{scenario}: {change} ({interval}), {verdict}": "{scenario}：{change} ({interval})，{verdict}",
    "Each issue under both scenarios: hours from onset until a case about it was first closed (or until the end of "
    "follow-up), over all worlds.":
        "同一问题在两个情景下：从发生到首次结案(或观察期末)的小时数，合计全部世界。",
    "{others} against {baseline}": "{others} 与 {baseline} 的比较",
    "Comparison of {count} scenarios in the same {worlds} worlds": "在相同的 {worlds} 个世界中比较 {count} 个情景",
    "Simulation of the scenario {name}": "情景 {name} 的模拟",
    "{parts}. Intervals: 95 %, over {n} worlds.": "{parts}。区间：95%，{n} 个世界。",
    "{parts}. One world only: no interval, so nothing is known of chance.": "{parts}。仅一个世界：没有区间，无从判断偶然性。",
    "No case fell into the judged window; there is nothing to tell.": "统计时段内没有案件，无可报告。",
    "Mean hours of a closed case, by the level that owned it last.": "每件结案的平均小时数，按最后承办层级。",
    "{formula}. Counted over: {denominator}. Clock: {clock}. {direction}.":
        "{formula}。统计对象：{denominator}。时钟：{clock}。{direction}。",
    "Below the total: how much of it the case waited (for whom), was worked on, or was travelled to.":
        "合计以下：其中等待(等谁)、作业与路途的时间。",
    "Mean over the worlds.": "各世界均值。",
    "Means over the worlds, and differences against the baseline in the same worlds.": "各世界均值，及同一世界中与基准的差值。",
    "Differences are taken world by world. Verdicts are corrected for the number of scenarios compared (Holm); "
    "the intervals are not. Pairing gain: how many times as many unpaired worlds the same interval would need.":
        "差值逐个世界计算。结论按所比较的情景数校正(Holm)，区间未校正。配对增益：达到同样的区间，不配对需要多少倍的世界。",
    "Issues that were missed, over all worlds.": "被遗漏的问题，合计全部世界。",
    "Every indicator shown, as it is computed.": "所示每项指标的计算方法。",
    "Headline indicators": "主要指标",
    "Figures": "图",
    "Where the days go": "时间去向",
    "Issue by issue": "逐个问题",
    "What the numbers mean": "指标含义",
    "How far to trust this": "可信程度",
    "The same numbers again:": "重现同样的数字：",
    "Worlds (replications)": "世界数(重复次数)",
    "Seeds": "种子",
    "{first} to {last}": "{first} 至 {last}",
    "Intervals": "区间",
    "95 %, Student's t over the worlds": "95%，各世界的 Student t 区间",
    "none: one world shows nothing about chance; use more --replications": "无：一个世界无法反映偶然性；请增加 --replications",
    "Same luck": "相同随机条件",
    "every scenario met the very same issues: same onsets, places, severities":
        "每个情景遇到的问题完全相同：发生时间、地点、严重程度均相同",
    "no: the scenarios change the world itself, so worlds are paired by seed only":
        "否：情景改变了世界本身，世界只按种子配对",
    "Window": "时段",
    "{days:.0f} days from {start}; the first {warm_up:.0f} are warm-up and not judged":
        "自 {start} 起 {days:.0f} 天；前 {warm_up:.0f} 天为预热期，不计入",
    "Sources of its numbers": "数值来源",
    "published figures": "已发表数据",
    "literature": "文献",
    "a log": "日志",
    "derived": "推导",
    "assumed": "假定",
    "without a source": "无来源",
    "Warning": "警告",
    "Open cases": "未结案件",
    "counted for as long as they were followed (Kaplan-Meier), never left out": "按已观察时长计入(Kaplan-Meier)，从不剔除",
    "Replayed log": "重放的日志",
    "Data": "数据",
    "the cases are those of a city's real log, shown as totals only: no row of it is in this page, and no group of fewer than 5 cases":
        "案件来自城市的真实日志，仅以汇总形式展示：本页不含任何单条记录，也不显示不足 5 件的分组",
    "Made with": "生成环境",
    "commit {commit}{dirty}": "提交 {commit}{dirty}",
    " with changes not committed": "(含未提交的修改)",
}  # fmt: skip

CHINESE: dict[str, str] = {**_COMMANDS, **_TABLES, **_SENTENCES, **_FIGURES, **_PAGE}
