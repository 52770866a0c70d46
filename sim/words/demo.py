"""Chinese for what the demonstration says beyond a comparison."""

from __future__ import annotations

CHINESE = {
    "Judged first by onset to true fix: the time from when a problem arises until it is truly right again, whoever found "
    "it; one that nobody finds counts for as long as the run follows it.":
        "首要指标为“发生至真正解决”：从问题发生到真正解决的时间，无论由谁发现；始终无人发现的问题按运行观察到的时长计入。",
    "Each is compared with: {baseline}": "均与以下情景比较：{baseline}",
    "the baseline": "基准",
    "Its cost against the baseline: {change} a resident over the run, 95 % interval {interval}.":
        "其成本与基准相比：整个运行期每位居民 {change}，95%区间 {interval}。",
    "No difference in its cost is shown.": "其成本未显示差异。",
    " Issues that nobody found, and cases not closed, have no part in it.": "无人发现的问题和未结案件不计在内。",
}  # fmt: skip
