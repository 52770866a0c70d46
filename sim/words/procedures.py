"""Chinese for the statistical procedures of experiments: stopping, selection, warm-up, conditions of failure."""

from __future__ import annotations

CHINESE = {
    'this needs the library {library}; install it: make setup (or pip install "{asked}")':
        '此功能需要程序库 {library}；请安装：make setup (或 pip install "{asked}")',
    "difference {mean:.4g} ± {reach:.2g} after {worlds} worlds": "差异 {mean:.4g} ± {reach:.2g}，共 {worlds} 个世界",
    "not yet resolved after {worlds} worlds: ± {reach:.2g}, wanted ± {wanted:.2g}":
        "{worlds} 个世界后尚未得出结论：± {reach:.2g}，要求 ± {wanted:.2g}",
    "not resolved within {worlds} worlds: difference {mean:.4g} ± {reach:.2g}, wanted ± {wanted:.2g}":
        "预算 {worlds} 个世界内未能得出结论：差异 {mean:.4g} ± {reach:.2g}，要求 ± {wanted:.2g}",
    "best: {name} ({worlds} runs over all choices)": "最优：{name} (各方案共 {worlds} 次运行)",
    "not yet resolved after {worlds} runs; still in: {names}": "{worlds} 次运行后尚未得出结论；仍在比较：{names}",
    "not resolved within the budget ({worlds} runs); still in: {names}":
        "预算内({worlds} 次运行)未能得出结论；仍在比较：{names}",
    "warm-up (MSER-5): leave out the first {cut} {unit} of {length}": "预热期(MSER-5)：去掉 {length} 中的前 {cut} {unit}",
    "warm-up (MSER-5): no cut in the first half of {length} {unit} will do; the run is too short":
        "预热期(MSER-5)：{length} {unit}的前一半内没有合适的截断点；运行时间太短",
    "backlog: after warm-up {early:.4g} open cases, later {later:.4g}; no sign of the start":
        "积压：预热期后未结案件 {early:.4g} 件，其后 {later:.4g} 件；看不出初始状态的影响",
    "backlog: after warm-up {early:.4g} open cases, later {later:.4g}; the warm-up is too short or the backlog does not settle":
        "积压：预热期后未结案件 {early:.4g} 件，其后 {later:.4g} 件；预热期太短，或积压不能稳定",
    "the saved search has the levers {found}, this one has {wanted}; start it anew or mend the study":
        "已保存的搜索使用的杠杆为 {found}，本次为 {wanted}；请重新开始搜索，或修改研究文件",
    "the saved search has {name} = {value}, which this one does not allow; start it anew or mend the study":
        "已保存的搜索中 {name} = {value}，超出本次允许的范围；请重新开始搜索，或修改研究文件",
    "in all cases": "任何情况下",
    "{first} and {second}": "{first}，且{second}",
    "{first} or {second}": "{first}或{second}",
    "{what} is {options}": "{what}为{options}",
    "between {low} and {high} {what}": "{what}在 {low} 与 {high} 之间",
    "at least {value} {what}": "{what}至少为 {value}",
    "at most {value} {what}": "{what}至多为 {value}",
    "more than {value} {what}": "{what}高于 {value}",
    "fewer than {value} {what}": "{what}少于 {value}",
    "less than {value} {what}": "{what}低于 {value}",
    "fails when {conditions} ({density:.0%} of such cases fail, {usual:.0%} overall; this holds {coverage:.0%} of all failures)":
        "失效条件：{conditions} (此类情况中 {density:.0%} 失效，总体为 {usual:.0%}；占全部失效的 {coverage:.0%})",
    "no conditions were found under which it fails more than usual": "未发现使失效多于平常的条件",
    "when {conditions}: {share:.0%} fail ({failures} of {count})":
        "当{conditions}：{share:.0%} 失效({count} 次中 {failures} 次)",
}
