"""Chinese for what the chapters of a scenario and the distributions refuse. Keys stay as they are written in the file."""

from __future__ import annotations

CHINESE = {
    "sampling must be at least 1 s": "sampling 至少为 1 s",
    "give both up (time between failures) and down (time to repair), or neither": (
        "up（平均故障间隔）和 down（修复时间）要么都写，要么都不写"
    ),
    "{value} is not an IANA time zone; write one like Asia/Shanghai": "{value} 不是 IANA 时区；请写成 Asia/Shanghai 这样",
    "{value} is not a span of the day; write it like '08:00-12:00' (24:00 ends the day)": (
        "{value} 不是一天中的时段；请写成 '08:00-12:00' 这样（24:00 为一天结束）"
    ),
    "horizon {value} must lie between 1 d and 40 years (14600 d)": "horizon {value} 必须在 1 天到 40 年（14600 天）之间",
    "arrivals_end {end} lies after the horizon {horizon}": "arrivals_end {end} 晚于 horizon {horizon}",
    "warm_up {value} leaves nothing to judge before {end}; write a shorter one": "warm_up {value} 太长，到 {end} 之前没有可评价的时段；请写得短些",
    "give exactly one of workers_per_grid and workers_per_community (set the other to null)": (
        "workers_per_grid 和 workers_per_community 必须恰好写一个（另一个设为 null）"
    ),
    "department {name} stands twice; give each department one row": "部门 {name} 重复；每个部门只写一行",
    "residents notice issues (exposed > 0) but no channel takes their reports": (
        "居民会发现问题（exposed > 0），但没有受理上报的渠道（channels）"
    ),
    "shares of the age bands": "各年龄段（age_bands）的比例",
    "the {what} {shares} add up to {total:g}; they must add up to 1": "{what} {shares} 之和为 {total:g}；必须等于 1",
    "severity shares": "severity 各比例",
    "severity shares {shares} must each lie in [0, 1]": "severity 各比例 {shares} 都必须在 [0, 1] 之内",
    "{name} weights must be at least 0 and not all 0": "{name} 各权重不得小于 0，且不得全为 0",
    "category {name} stands twice; give each category one row": "类别 {name} 重复；每个类别只写一行",
    "a shock names the category {name}, which is not among {known}": "冲击（shocks）写了类别 {name}，但只有 {known}",
    "levels {levels} must rise without repeats, in the order {order}": (
        "levels {levels} 必须自下而上且不重复，顺序为 {order}"
    ),
    "levels must hold district: departments stand there": "levels 中必须有 district：部门设在那里",
    "households_per_grid {grid} exceeds households_per_community {community}; a grid lies inside one community": (
        "households_per_grid {grid} 超过 households_per_community {community}；一个网格只在一个社区之内"
    ),
    "high ({high}) is below low ({low}); swap them": "high（{high}）小于 low（{low}）；请对调",
    "at has {probabilities} entries and durations {durations}; give as many, two or more": (
        "at 有 {probabilities} 项，durations 有 {durations} 项；两者项数须相同，且至少两项"
    ),
    "at: probabilities {values} must rise inside [0, 1]": "at：概率 {values} 必须在 [0, 1] 之内递增",
    "durations must not fall while their probabilities rise": "概率递增时 durations 不得下降",
    "shares of the mixture add up to {total:g}; they must add up to 1": "混合分布各 share 之和为 {total:g}；必须等于 1",
    "no such duration: {seconds} s on the clock {clock}": "没有这样的时长：{clock} 时钟上的 {seconds} s",
    "{name} is not a declared calendar; declared are {known}": "没有声明日历 {name}；已声明的有 {known}",
    "{name} is not a declared department; declared are {known}": "没有声明部门 {name}；已声明的有 {known}",
    "{name} is not a declared category; declared are {known}": "没有声明类别 {name}；已声明的有 {known}",
    "no category is ever sent to {name} (an orphan station); name it in the departments of a category, or remove it": (
        "没有任何类别会派往 {name}（孤立部门）；请写进某个类别的 departments，或删除它"
    ),
    "there is no desk at the level {level}; declare it under staffing.desks": (
        "{level} 一级没有受理台；请在 staffing.desks 中声明"
    ),
    "the level {level} has no desk; declare it under staffing.desks": "层级 {level} 没有受理台；请在 staffing.desks 中声明",
    "the level {level} of the chain has no review; add one": "流转链上的层级 {level} 没有审核；请补上",
    "the level {level} has no handling team; declare it under staffing.level_teams": (
        "层级 {level} 没有处置队伍；请在 staffing.level_teams 中声明"
    ),
    "nobody has the duty {duty}, but the workflow asks for it; give it to a team": (
        "没有人承担 {duty} 职责，但流程需要它；请分给某支队伍"
    ),
    "0 sends every case to rework without end; raise it or lower most_reworks": (
        "取 0 会使每个案件无休止地返工；请调高，或降低 most_reworks"
    ),
}
