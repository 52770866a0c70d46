"""Chinese of what stacking options says (scenarios/stacking.py)."""

CHINESE = {
    "there is no option {name} to stack; `run.py list options` shows all {count}; a file is named with its .yaml": "没有可叠加的选项 {name}；`run.py list options` 列出全部 {count} 个；指定文件时请写出 .yaml",
    "an option is a mapping of chapters; write keys such as meta: and staffing:": "选项文件应为章节的键值表；请写 meta:、staffing: 等键",
    "meta: write a mapping with {known}": "meta：请写成键值表，可用键为 {known}",
    "meta.{key}: unknown key; known are {known}": "meta.{key}：未知的键；可用键为 {known}",
    "meta.{key}: write a list of names": "meta.{key}：请写成名称列表",
    "meta.published: write {known}; direction is lower or higher": "meta.published：请写 {known}；direction 取 lower（更低）或 higher（更高）",
    "{name} cannot be stacked with {other}; drop one of them": "{name} 不能与 {other} 叠加；请去掉其中一个",
    "{name} needs {other}; add --with {other}": "{name} 需要 {other}；请加上 --with {other}",
    "{name} says {value}, but {other} at {place} says {before}; drop one of them": "{name} 取值 {value}，但 {other}（{place}）取值 {before}；请去掉其中一个",
}

CHINESE |= {
    "when the stage begins, after the start of the run": "该阶段开始的时间（自模拟开始起）",
    "share of the communities in which it is in force from then on": "自此起生效的社区比例",
    "when it comes into force, after the start of the run": "开始生效的时间（自模拟开始起）",
    "stages of a roll-out over the communities, earliest first; none: all at once": "在各社区逐步推开的阶段，由早到晚；无：一次全部推开",
    "what residents take part in; none: nothing": "居民参与的事项；无：没有",
    "who may decide what; none: the chain alone": "谁可以决定什么；无：只有层级链条",
    "where matters are settled outside the chain; none: nowhere": "层级链条之外的解决途径；无：没有",
    "data that are shared; none: none beyond the case": "共享的数据；无：只有案件本身",
    "emergencies and plans for them; none: no emergency": "突发事件及预案；无：没有突发事件",
    "by what everybody is judged; none: by nothing": "考核依据；无：不考核",
    "how the institution changes itself; none: not at all": "机构如何自我调整；无：不调整",
}
