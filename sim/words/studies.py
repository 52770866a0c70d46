"""Chinese for studies and queries."""

from __future__ import annotations

_READING = {
    "{count} cells where the first line has {heads}": "有 {count} 个单元格，而首行有 {heads} 个",
    "the table {file} has no rows": "表格 {file} 没有数据行",
    "two factors are called {name}; give one a name:": "有两个因素同名 {name}；请用 name: 给其中一个另起名称",
    "{value} is not a multiple of {of}": "{value} 不是 {of} 的倍数",
    "a table has either rows or file": "table 设计请写 rows 或 file 之一",
    "a Sobol sequence has at most {most} dimensions": "Sobol 序列最多 {most} 维",
    "the scenario has no {path}; below {parent} are {known}": "情景中没有 {path}；{parent} 之下有 {known}",
    "the scenario has no {path}; {parent} is a single value": "情景中没有 {path}；{parent} 是单个值",
    "the scenario": "情景",
    "{group} is no group that runs keep of {indicator}; there are {known}": "{group} 不是运行结果中 {indicator} 保留的分组；可用的有 {known}",
    "a design of its own for the uncertainties needs levers and uncertainties in the study":
        "为不确定因素单设设计时，研究中须同时有 levers 和 uncertainties",
    "stopping looks at worlds and cannot go with a design of its own for the uncertainties; write replications":
        "停止规则按世界判断，不能与不确定因素的单独设计并用；请写 replications",
    "{name} is no outcome of this study; they are {known}": "{name} 不是本研究的结果指标；可用的有 {known}",
    "there is no study {name}; shipped are {known}; a file is named with its .yaml":
        "没有研究 {name}；自带的有 {known}；文件请写出 .yaml",
    "a study is a mapping; write keys such as question: and levers:": "研究文件应为映射；请写 question:、levers: 等键",
    "{factor} = {value} breaks the rules of the scenario; its runs will be failed rows: {fault}":
        "{factor} = {value} 违反情景规则；相应运行将记为失败：{fault}",
    "there is no factor {name}; they are {known}": "没有因素 {name}；可用的有 {known}",
    "{value} is none of its values: {known}": "{value} 不在其取值之中：{known}",
    "a threshold needs direction: lower or higher": "设 threshold 时须写 direction: lower 或 higher",
    "a number": "数值",
    "low: {low:g} is not below high: {high:g}": "low: {low:g} 不小于 high: {high:g}",
    "scale: log needs low above 0, it is {low:g}": "scale: log 要求 low 大于 0，现为 {low:g}",
    "whole: true needs whole numbers for low and high": "whole: true 要求 low 与 high 为整数",
    "write one of values, range, options and draws; found: {found}":
        "values、range、options、draws 请只写一项；现有：{found}",
    "values and range need a path; options and draws have none but need a name":
        "values 与 range 需要 path；options 与 draws 不写 path，但需要 name",
    "options and draws need a name": "options 与 draws 需要 name",
    "write either replications or stopping": "replications 与 stopping 请写且只写一项",
    "no levers and no uncertainties: nothing would differ between runs; add levers":
        "没有 levers 也没有 uncertainties：各次运行将毫无差别；请添加 levers",
    "first: {first} is more than most: {most}": "first: {first} 大于 most: {most}",
    "stopping.rule: {rule} needs an outcome with a direction; give the outcome direction: lower or higher":
        "stopping.rule：{rule} 需要有方向的结果指标；请给该指标写 direction: lower 或 higher",
    "{value} is not a whole number from {least} to {most}": "{value} 不是 {least} 至 {most} 之间的整数",
    "{value} is no part such as 3/40": "{value} 不是形如 3/40 的分片",
}  # fmt: skip

_MEANINGS = {
    "name of a shipped scenario, or a file beside the study": "自带情景的名称，或研究文件旁的文件",
    "lowest value": "最小值",
    "highest value": "最大值",
    "name of an indicator": "指标名称",
    "name, also of its folder": "名称，也用作文件夹名",
    "the question in English": "英文问题",
    "the scenario that every run starts from": "每次运行的基础情景",
    "what is looked at; the first decides": "所看的结果指标；第一个起决定作用",
    "which combinations are run": "运行哪些组合",
    "points, best a power of two": "点数，最好为 2 的幂",
    "trajectories; each has as many points as factors, and one more": "轨迹数；每条轨迹的点数为因素数加一",
    "rows of A and of B, best a power of two": "矩阵 A 与 B 的行数，最好为 2 的幂",
    "draws": "抽样数",
    "draws, best a power of two": "抽样数，最好为 2 的幂",
    "indicator that decides; one of the outcomes": "起决定作用的指标；须为结果指标之一",
    "half the length of the interval, in the indicator's unit": "区间半宽，单位同指标",
    "difference that matters, in the indicator's unit": "有意义的最小差异，单位同指标",
    "worlds for all design points together": "全部设计点合计的世界数",
}

_RUNNING = {
    "run a study file: designs, paired worlds, a store that survives anything": "运行研究文件：试验设计、配对世界、不怕中断的结果库",
    "ask the runs of a study in SQL": "用 SQL 查询研究的全部运行",
    "name of a shipped study, or a study file": "自带研究的名称，或研究文件",
    "where the study's folder is made (default {folder})": "研究文件夹的位置(默认 {folder})",
    "go on although scenario or code have changed, and try failed runs again": "情景或代码已变也继续，并重试失败的运行",
    "start although it has more than 10,000 runs": "超过 10,000 次运行也开始",
    "say how many runs and how long; run nothing": "只说明运行次数与时间，不运行",
    "run part I of N only (array jobs)": "只运行 N 份中的第 I 份(用于作业数组)",
    "{choices:,} choices": "{choices:,} 个方案",
    " in {draws:,} draws of the uncertainties": "，不确定因素抽样 {draws:,} 次",
    "{runs:,} runs: {points}, {worlds:,} worlds each; about {time} on {workers} processes":
        "{runs:,} 次运行：{points}，各 {worlds:,} 个世界；{workers} 个进程约需 {time}",
    "; the stopping rule may ask for up to {most:,} worlds each": "；停止规则最多可要求各 {most:,} 个世界",
    "{runs:,} runs to do on {workers} processes, about {time}": "{workers} 个进程将完成 {runs:,} 次运行，约需 {time}",
    "the design has {runs:,} runs and budget.runs allows {most:,}; make one of them fit":
        "设计有 {runs:,} 次运行，而 budget.runs 只允许 {most:,} 次；请调整其一",
    "the design has {runs:,} runs ({points:,} design points in {worlds:,} worlds); say --yes to start it":
        "设计有 {runs:,} 次运行({points:,} 个设计点，各 {worlds:,} 个世界)；加上 --yes 才开始",
    "{path} was {old}, is {new}": "{path} 原为 {old}，现为 {new}",
    "{name} was {old}, is {new}": "{name} 原为 {old}，现为 {new}",
    "the source code of the model is another one": "模型源代码已变",
    "and {count} more": "以及另外 {count} 处",
    "changed since the last runs: {what}": "上次运行以来的变化：{what}",
    "{folder}: the runs in it were made otherwise: {changes}. Say --resume to make the runs anew (the old files stay), or name another folder with --out":
        "{folder}：其中的运行条件不同：{changes}。加上 --resume 重新运行(旧文件保留)，或用 --out 另指文件夹",
    "{file}: the index is damaged; delete it and start again: it is made anew from the run files":
        "{file}：索引已损坏；请删除后重新开始：将由运行文件重建",
    "{folder}: another process ({process}) works on this study; wait for it, or name another folder with --out":
        "{folder}：另一进程({process})正在运行此研究；请等待，或用 --out 另指文件夹",
    "{count} runs had damaged files: set aside in quarantine, and run again": "{count} 次运行的文件已损坏：移入 quarantine 并重新运行",
    "{count} runs have not kept the tables that are wanted now, and are run again": "{count} 次运行没有保留现在需要的表，将重新运行",
    "failed: run {run}, seed {seed}: {error}": "失败：运行 {run}，种子 {seed}：{error}",
    "further failures are counted and listed by: {command}": "其余失败只计数；列出全部：{command}",
    "the study cannot be carried out again: {why}; nothing of this start is kept, so make room and start it anew":
        "无法重新进行该研究：{why}；本次的内容没有保留，请腾出空间后重新开始",
    "{folder}: cannot be written: {why}; {count} runs of this start are kept, and the same command goes on":
        "{folder}：无法写入：{why}；本次已完成的 {count} 次运行已保留，再用同一命令即可继续",
    "interrupted; {done} runs of this start are kept in {folder}, and the same command goes on":
        "已中断；本次已完成的 {done} 次运行保留在 {folder}，再用同一命令即可继续",
    "part {part}: {done:,} runs done, {failed:,} failed; without --shard the same command gathers all parts":
        "分片 {part}：完成 {done:,} 次，失败 {failed:,} 次；不带 --shard 的同一命令汇总全部分片",
    "not resolved: a choice has fewer than two worlds with a value": "无定论：有方案的有效世界不足两个",
    "best: {name}; the chance that it is the best is about {percent} % or more ({worlds} runs)":
        "最佳：{name}；其为最佳的概率约为 {percent} % 或更高(共 {worlds} 次运行)",
    "{failed:,} of {runs:,} runs failed; they are left out": "{runs:,} 次运行中有 {failed:,} 次失败；未计入结果",
    "the time of budget.time is spent: {done:,} runs are done; the same command goes on":
        "budget.time 的时间已用完：完成 {done:,} 次运行；再用同一命令即可继续",
    "nothing to do: all {runs:,} runs are there": "无需运行：{runs:,} 次运行均已存在",
    "Study folder: {folder}": "研究文件夹：{folder}",
}  # fmt: skip

_TABLES = {
    "{label}, {unit}": "{label}，{unit}",
    "Choice": "方案",
    "Worlds": "世界数",
    "reach {threshold:g}": "达到 {threshold:g}",
    "and {count} more choices, all of them in {file}": "以及另外 {count} 个方案，全部见 {file}",
    "{folder}: this is no folder of a study; name one with --study": "{folder}：不是研究文件夹；请用 --study 指明",
    "; run the study again: damaged files are set aside and their runs made anew": "；请再运行该研究：损坏的文件会被移开并重新运行",
    "the query cannot be answered: {why}; there are the tables {views}": "查询无法回答：{why}；可用的表有 {views}",
    "there is no study folder {name}; in {folder} are {known}": "没有研究文件夹 {name}；{folder} 中有 {known}",
    "there is no study in {folder}; run one, or name its folder with --study": "{folder} 中没有研究；请先运行，或用 --study 指明文件夹",
    "there are several studies in {folder}; name one with --study: {known}": "{folder} 中有多个研究；请用 --study 指明：{known}",
    'a query such as "select * from results"; none: the tables and their columns':
        '查询语句，如 "select * from results"；不写则列出各表及其列',
    "folder of the study, or its name in {folder} (default: the only one there)": "研究文件夹，或其在 {folder} 中的名称(默认：唯一的一个)",
    "write the whole answer as CSV instead of a table": "以 CSV 输出全部结果，而不是表格",
    "{count:,} rows": "{count:,} 行",
    "the first {most} are shown; --csv writes all": "仅显示前 {most} 行；--csv 输出全部",
}  # fmt: skip

CHINESE = {**_READING, **_MEANINGS, **_RUNNING, **_TABLES}
