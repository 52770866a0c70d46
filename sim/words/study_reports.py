"""Chinese for what a finished study tells: analyses, figures, its page."""

from __future__ import annotations

_ANSWER = {
    "There is nothing to compare: no choice but the baseline.": "没有可比较的方案：只有基准。",
    "Choice by choice": "逐方案结果",
    "How it was run": "运行方式",
    "Factor": "因素",
    "from": "从",
    "to": "到",
    "yes": "是",
    "by chance": "偶然水平",
    "Draws": "抽样数",
    "{percent} % interval": "{percent} % 区间",
    "Intervals of the differences are those that the stopping rule states, and verdicts follow them.":
        "差异区间按停止规则给出，结论据此判断。",
    "tables only: no figures and no page": "只写表格：不作图，不生成网页",
}  # fmt: skip

_SENSITIVITY = {
    "One factor at a time (tornado)": "逐一变动因素(龙卷风图)",
    "Change of the outcome when one factor alone goes to its low (hatched) or its high end, the others as in the baseline. "
    "Lines: 95 % intervals of the paired differences.":
        "仅一个因素取其低端(斜线)或高端、其余保持基准时结果的变化。横线：配对差异的 95 % 区间。",
    "{label}: {factor} moves it most, by {change} from {low} to {high} ({interval}).":
        "{label}：{factor}影响最大，从 {low} 到 {high} 变化 {change} ({interval})。",
    "{label}: change against the baseline, {unit}": "{label}：相对基准的变化，{unit}",
    "What each choice changes": "各方案带来的变化",
    "{verdict} with {names}": "{verdict}的有 {names}",
    "no difference shown for {count} of {all}": "{all} 个方案中 {count} 个未显示差异",
    "{label}: {told}.": "{label}：{told}。",
    "Difference of each choice from the baseline in the same worlds, with its interval. Filled: told from chance "
    "after Holm's correction over the choices (blue: better, orange: worse, black: no side is better); open: not.":
        "各方案在相同随机世界中与基准的差及其区间。实心：经 Holm 校正后可与偶然区分（蓝：更好；橙：更差；黑：无优劣之分）；空心：不能区分。",
    "change against the baseline, {unit}": "相对基准的变化，{unit}",
    "at the low end": "低端",
    "at the high end": "高端",
    "low end": "低端",
    "high end": "高端",
    "high - low": "高端 - 低端",
    "p (Holm)": "p 值(Holm)",
    " It is not told from chance.": "但无法与偶然区分。",
    "Where the variance comes from (Sobol indices)": "方差来自何处(Sobol 指数)",
    "First index (dark): share of the variance that would go if the factor were known. Total index (light): share that would "
    "stay if all others were known. Lines: 95 % bootstrap intervals. Where the light bar is longer, the factor acts together "
    "with others; chance between worlds counts so, too.":
        "一阶指数(深色)：若该因素已知，方差减少的份额。总指数(浅色)：若其余因素均已知，仍保留的份额。横线：95 % 自助区间。"
        "浅色条更长处，该因素与其他因素共同起作用；世界之间的偶然差异也计入其中。",
    "{label}: {factor} has the largest share of the variance, alone {first} [{low}, {high}], with interactions {total}.":
        "{label}：{factor}占方差份额最大，单独为 {first} [{low}, {high}]，含交互为 {total}。",
    "{label}: it never varies.": "{label}：从不变化。",
    "First index": "一阶指数",
    "Total index": "总指数",
    "first index": "一阶指数",
    "total index": "总指数",
    "share of the variance": "方差份额",
    "Does the effect of one factor depend on another?": "一个因素的效果是否取决于另一个？",
    "Means over the worlds. Parallel lines: the factors add up. Lines that part or cross: the effect of one depends on the other.":
        "各世界的均值。线条平行：两因素效果相加；线条分开或相交：一个因素的效果取决于另一个。",
    "{label}: no interaction of {first} and {second} shown; between the ends of {first} the effect of {second} differs by "
    "{change} ({interval}).":
        "{label}：未显示{first}与{second}的交互作用；在{first}两端之间，{second}的效果相差 {change} ({interval})。",
    "{label}: the effect of {second} depends on {first}; between the ends of {first} it differs by {change} ({interval}).":
        "{label}：{second}的效果取决于{first}；在{first}两端之间相差 {change} ({interval})。",
    "The two factors alone add up to these means within {size}.": "仅将两因素效果相加，与这些均值相差不超过 {size}。",
    "Screening: which factors matter (Morris)": "筛选：哪些因素重要(Morris)",
    "Dot: mean size of a factor's effect over its whole range (mu*, with 95 % interval). Diamond: spread of its effects (sigma); "
    "near or beyond the dot, the effect depends on the other factors or bends. Tick: what chance between worlds alone would give.":
        "圆点：因素在其整个取值范围内效果大小的均值(mu*，附 95 % 区间)。菱形：效果的离散程度(sigma)；接近或超过圆点时，"
        "效果取决于其他因素或非线性。竖线：仅由世界之间的偶然差异产生的水平。",
    "mu*, told from chance": "mu*，可与偶然区分",
    "mu*, not told from chance": "mu*，无法与偶然区分",
    "effect of the whole range, {unit}": "整个取值范围的效果，{unit}",
    "{label}: {factors} matter, most of all {first} (by {size} {unit} over its range).":
        "{label}：{factors}有影响，其中{first}最大(在其范围内 {size} {unit})。",
    "{label}: {first} matters (by {size} {unit} over its range).": "{label}：{first}有影响(在其范围内 {size} {unit})。",
    "{title}: the first {count} of {all}": "{title}：{all} 个中的前 {count} 个",
    "The figure before, continued ({number} of {all}).": "续前图(第 {number} 张，共 {all} 张)。",
    " Below: by how much the effect differs between the ends, with its 95 % interval over the worlds.":
        "下方：两端之间效果相差多少，附各世界的 95 % 区间。",
    "interaction {change} ({interval})": "交互 {change} ({interval})",
    "{label}: effect of a factor's whole range, {unit}": "{label}：因素整个取值范围的效果，{unit}",
    "mu*: mean size of the effect; mu: mean effect with its sign; sigma: spread of the effects; by chance: the mu* that worlds "
    "alone would give a factor without any effect.":
        "mu*：效果大小的均值；mu：带符号的平均效果；sigma：效果的离散程度；偶然水平：毫无作用的因素仅因世界间的偶然差异会得到的 mu*。",
    "{label}: no factor is told from chance.": "{label}：没有因素能与偶然区分。",
    "mu*": "mu*(均值)",
    "mu": "mu(带符号)",
    "sigma": "sigma(离散)",
    "matters": "重要",
    " {count} others are not told from chance.": "另有 {count} 个因素无法与偶然区分。",
}  # fmt: skip

_DECISION = {
    "The decision, given what is not known": "在未知因素之下如何选择",
    "Left: share of the draws in which a choice is better than the baseline. Middle: how much worse it is than the best choice of "
    "each draw, on average. Right: what learning an unknown before choosing would bring; grey bars are not told from chance. "
    "Lines: 95 % intervals.":
        "左：某方案优于基准的抽样份额。中：它比每次抽样中的最佳方案平均差多少。右：选择之前弄清某个未知因素的价值；"
        "灰色条无法与偶然区分。横线：95 % 区间。",
    "{label}: {policy} has the least expected regret, {regret}; it is the best choice in {percent} % of the draws.":
        "{label}：{policy}的期望遗憾最小，为 {regret}；在 {percent} % 的抽样中为最佳方案。",
    " It is better than the baseline in {percent} % ({low} to {high} %).": "在 {percent} % ({low} 至 {high} %)的抽样中优于基准。",
    "{label}: the unknown most worth learning is {unknown}; knowing it before choosing would bring {worth}.":
        "{label}：最值得弄清的未知因素是{unknown}；选择之前弄清它可带来 {worth}。",
    "{label}: no unknown is worth learning before choosing, as far as {draws} draws can tell.":
        "{label}：就 {draws} 次抽样而言，没有哪个未知因素值得在选择之前弄清。",
    "{label}: the value of learning an unknown needs {least} draws.": "{label}：计算弄清未知因素的价值需要 {least} 次抽样。",
    "{label}: regret, {unit}": "{label}：遗憾，{unit}",
    "P(better than the baseline)": "优于基准的概率",
    "P(better)": "优于基准的概率",
    "P(best)": "为最佳的概率",
    "Expected regret": "期望遗憾",
    "Largest regret": "最大遗憾",
    "regret, {unit}": "遗憾，{unit}",
    "{label}: value of learning an unknown before choosing, {unit}": "{label}：选择之前弄清未知因素的价值，{unit}",
    "worth of learning, {unit}": "弄清的价值，{unit}",
    "Unknown": "未知因素",
    "Worth": "价值",
    "share of knowing all": "占全部弄清之价值",
    "worth it": "值得",
    "Under which conditions it fails": "在哪些条件下失效",
    "Each point is one combination that was run; crosses miss the threshold. The frame is the first box found.":
        "每个点是一个运行过的组合；叉号未达阈值。虚线框为找到的第一个条件范围。",
    "conditions": "条件",
    "fail": "失效",
    "of": "总数",
    "fails": "失效",
    "reaches the threshold": "达到阈值",
    "{label} above {limit}:": "{label}高于 {limit}：",
    "{label} below {limit}:": "{label}低于 {limit}：",
    "{what} A small tree of questions:": "{what}简单的判断树：",
    "every combination that was run fails.": "运行过的组合全部失效。",
    "no combination that was run fails.": "运行过的组合均未失效。",
}  # fmt: skip

_SEARCH = {
    "The frontier": "帕累托前沿",
    "In fresh worlds the search's own frontier ({members} points) comes out different by: {changes}; the fresh values are the ones told.":
        "在全新世界中，搜索自身的前沿({members} 个点)变化为：{changes}；此处报告的是全新世界的数值。",
    "On the frontier: share of resampled fresh worlds in which a combination is beaten by none. All candidates: frontier.csv.":
        "在前沿上：重抽样的全新世界中该组合未被超越的份额。全部候选见 frontier.csv。",
    "Small dots: all combinations that the search tried, in its own worlds. Filled: on the frontier in fresh worlds, with 95 % "
    "intervals; open: no longer. Star: the knee. Cross: the baseline.":
        "小点：搜索试过的全部组合(在搜索所用世界中)。实心：在全新世界中位于前沿，附 95 % 区间；空心：不再位于前沿。星号：拐点。叉号：基准。",
    "Of {tried} combinations tried, {members} are beaten by none in all of {objectives} at once (in {worlds} fresh worlds).":
        "试过 {tried} 个组合，其中 {members} 个在{objectives}上未被任何组合同时超越(在 {worlds} 个全新世界中)。",
    "on the frontier": "在前沿上",
    "The search is not finished: its frontier has not been run in fresh worlds yet; the same command goes on.":
        "搜索尚未完成：其前沿还未在全新世界中运行；再用同一命令即可继续。",
    "A balanced one (the knee): {levers}, with {values}.": "折中的一个(拐点)：{levers}；{values}。",
    "{count} of the {all} candidates reach every threshold.": "{all} 个候选中有 {count} 个达到全部阈值。",
    "Members of the frontier, in fresh worlds, by the first objective.": "前沿成员(全新世界中的数值)，按第一个目标排序。",
    "knee": "拐点",
    "tried": "试过的组合",
    " Shown are the first {count} of {all}.": "所示为 {all} 个中的前 {count} 个。",
    "no longer on it": "不再位于前沿",
    "Left out, for want of a value in a fresh world: {names}.": "因在某个全新世界中缺少数值而不参与比较：{names}。",
    "The baseline has no value in some fresh world: its row is a mean over the others.":
        "基准在某个全新世界中没有数值：其所在行为其余世界的均值。",
    "No combination has a value in every objective and world; failed runs are listed by: run.py query "
    "\"select * from failures\"":
        "没有组合在每个目标和每个世界中都有数值；失败的运行可用此命令列出：run.py query \"select * from failures\"",
    "a search chooses among levers; uncertainties go into a study of its frontier (a table of points)":
        "搜索只在 levers 中选择；uncertainties 请放到另一项研究中，对其前沿(table 设计)检验",
    "a search needs an outcome with a direction; give one direction: lower or higher":
        "搜索需要至少一个有方向的结果指标；请写 direction: lower 或 higher",
    "a search judges every point in the same worlds; write replications": "搜索在相同世界中评价每个点；请写 replications",
    "{file}, row {row}: a point to start from needs every lever; there is no {lacking}":
        "{file} 第 {row} 行：起始点须给出每个 lever；缺少 {lacking}",
    "the frontier of {count} points in {worlds} fresh worlds": "前沿的 {count} 个点，在 {worlds} 个全新世界中",
    "generation {number} of {most}: {points} points, {members} on the frontier": "第 {number} 代，共 {most} 代：{points} 个点，前沿上 {members} 个",
    "a search cannot be run in parts: what it tries next depends on all that it has found":
        "搜索不能分片运行：下一步试什么取决于已找到的全部结果",
    "; a search: so many at most, and about so many again for a frontier in fresh worlds that is wide":
        "；这是搜索：至多如此，若前沿很宽，在全新世界中还需约同样多次运行",
    "points of a generation": "每代的点数",
    "generations": "代数",
    "worlds, none of the search's, in which the frontier is run again": "前沿重新运行所用的世界数，与搜索所用世界不同",
    "CSV file of points to start from, a column a lever": "起始点的 CSV 文件，每列一个 lever",
    "seed of the search itself": "搜索自身的种子",
    "what sentences and figures call it, after a number: `workers a grid`; none: its name":
        "句子与图中的叫法(英文，置于数值之后，如 `workers a grid`)；不写则用其名称",
    "the same in Chinese": "中文叫法",
    "behind its numbers in sentences and figures; % shows a share in per cent": "句子与图中数值之后的单位；% 将份额显示为百分数",
    "sentences say fewer of it, not less": "英文句子中按可数名词(fewer)表述",
}  # fmt: skip

_PAGE = {
    "Stopping rule": "停止规则",
    "The rule selects and states no intervals. Those shown are Student's, of paired worlds; since the rule chose where to spend "
    "worlds, they hold about.":
        "该规则只作选择，不给出区间。所示为配对世界的 Student 区间；因世界由规则分配，仅大致成立。",
    "Mean difference against the baseline after so many worlds, with Student's interval. A line ends where the rule gave a choice "
    "no further worlds; the bar at its end is the interval.":
        "若干世界之后相对基准的平均差异，附 Student 区间。线条止于规则不再增加世界之处；末端的竖线为区间。",
    "Intervals of differences in {label} are those that the rule states, difference ± {reach:g}: Student's own, stopped when it was "
    "first narrow enough, covers a little less than it says.":
        "{label}的差异区间按停止规则给出，为差异 ± {reach:g}：Student 区间在首次足够窄时停止，其覆盖率略低于标称值。",
    " Below: half-width of the interval, and (dashed) the one that is wanted.": "下图：区间半宽，虚线为要求的半宽。",
    "Worlds spent by the rule: {total} runs.": "规则所用世界数：共 {total} 次运行。",
    "difference, {unit}": "差异，{unit}",
    "half-width, {unit}": "半宽，{unit}",
    "worlds": "世界数",
    "draws": "抽样数",
    "What was varied.": "所变动的因素。",
    "{worlds} in the search, {fresh} others for its frontier": "搜索用 {worlds} 个，其前沿另用 {fresh} 个",
    "as many as the stopping rule asked for: {first} to {most}": "按停止规则所需：{first} 至 {most} 个",
    "; uncertainties: {design}": "；不确定因素：{design}",
    "Study {name} on the scenario {base}": "研究 {name}，基于情景“{base}”",
    "Differences are paired: every choice meets the same worlds. Verdicts are corrected for the number of choices (Holm); intervals "
    "are not. Pairing gain: how many times as many unpaired worlds the same interval would need.":
        "差异为配对差异：每个方案遇到相同的世界。结论按方案数校正(Holm)，区间未校正。配对增益：同样的区间若不配对需要多少倍的世界。",
    "role": "角色",
    "uncertainty": "未知(uncertainty)",
    "path": "路径",
    "values": "取值",
    ", logarithmic": "，对数",
    "{low:g} to {high:g}{unit}": "{low:g} 至 {high:g}{unit}",
    "Design": "设计",
    "Choices": "方案数",
    "Draws of the uncertainties": "不确定因素的抽样数",
    "Runs": "运行次数",
    "{done:,} done, {failed:,} failed": "完成 {done:,}，失败 {failed:,}",
    "{percent:g} %, Student's t over the {units}": "{percent:g} %，按{units}的 Student t 区间",
}  # fmt: skip

CHINESE = {**_ANSWER, **_SENSITIVITY, **_DECISION, **_SEARCH, **_PAGE}
