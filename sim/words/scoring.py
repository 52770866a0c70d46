"""Chinese for scoring and adaptation: what their keys mean, what their chapters refuse, and their indicators."""

from __future__ import annotations

_RULES = {
    "give within for the measure quick, and for no other": "只有指标 quick 要写 within，其他指标都不写",
    "weights of the score": "得分的权重",
    "indicator {name} stands twice; give each a name of its own": "指标 {name} 出现了两次；请给每个指标各自的名称",
    "shares of the kinds of communities": "各类社区的比例",
    "judgements need one row and one column for each of the {size} indicators (at most {most})": (
        "判断矩阵要为 {size} 个指标各写一行一列（最多 {most} 个）"
    ),
    "judgements in row {row}, column {column} and the other way round must multiply to 1": (
        "判断矩阵第 {row} 行第 {column} 列与其对称位置之积必须为 1"
    ),
    "the judgements contradict each other (consistency ratio {ratio:.3f}, at most {most}); compare again": (
        "判断相互矛盾（一致性比率 {ratio:.3f}，最多 {most}）；请重新两两比较"
    ),
    "support must be somebody: give seats or crews above 0": "支援不能没有人：seats 或 crews 至少一项大于 0",
    "yellow ({yellow:g}) must not lie above red ({red:g})": "yellow（{yellow:g}）不能高于 red（{red:g}）",
    "red ({red:g}) must not lie above yellow ({yellow:g})": "red（{red:g}）不能高于 yellow（{yellow:g}）",
}

_SCORES = {
    "name of the indicator": "指标名称",
    "what is measured": "所测内容",
    "weight in the score": "在得分中的权重",
    "categories whose cases count; none: all": "计入哪些类别的案件；不写：全部",
    "for quick: time from the report to the result": "用于 quick：从上报到反馈结果的时间",
    "value that must be reached: the indicator then counts 1, else 0; none: as it is": "须达到的值：达到计 1，否则计 0；不写：按实际值",
    "name of the kind": "类型名称",
    "share of the communities, in their order": "按顺序所占的社区比例",
    "for quick: time from the report to the result that is asked of this kind": "用于 quick：对这类社区要求的从上报到反馈结果的时间",
    "how many times as important each indicator is as each other, row over column": "指标两两比较的重要程度倍数（行比列）",
    "share of the entropy weights in the weights": "熵权在权重中所占比例",
    "largest consistency ratio that is accepted": "可接受的最大一致性比率",
    "period over which units are scored": "评分周期",
    "indicators of the score": "得分所用指标",
    "what one case is worth to who is judged, if the score hung on it alone": "若得分全系于一个案件，该案件对被考核者值多少分",
    "how weights are set; none: as given": "权重如何确定；不写：按所给权重",
    "kinds of communities that are judged by their own standard; none: one standard": "按各自标准考核的社区类型；不写：同一标准",
    "share of the units that are judged without what residents say": "考核时不看居民评价的单位比例",
}

_TRICKS = {
    "share of the units that would do it where it pays": "有利可图时会这样做的单位比例",
    "share of what is done that an inspection finds": "被检查发现的比例",
    "loss of one that is found": "每被发现一次的损失",
    "how much is added to a figure, as a share of it": "数字被夸大的比例",
    "what is measured on such records": "以此类记录测量的内容",
    "time between two rounds": "两轮之间的时间",
    "share of the units that a round looks at": "每轮抽查的单位比例",
    "standard deviation of its error, of a score from 0 to 1": "误差的标准差（得分 0 至 1）",
    "reported above measured that is let pass": "自报高于实测的容许差",
    "loss, for each case, of a unit that has reported more": "多报单位每个案件的损失",
    "money of a round": "每轮费用",
    "scores; none: nobody is scored": "评分；不写：不评分",
    "forced closing; none: only after the last handling again": "强制结案；不写：只在最后一次返工之后",
    "refusing what would be late; none: nobody does": "推掉会超期的案件；不写：没有人这样做",
    "easy cases first; none: nobody does": "先办容易的；不写：没有人这样做",
    "beautified figures; none: nobody does": "数据美化；不写：没有人这样做",
    "records that cannot be edited; none: all can": "不可篡改的记录；不写：都可改",
    "evaluation from outside; none: there is none": "第三方评估；不写：没有",
}

_PEOPLE = {
    "crews of the community's handling team": "社区处置队的班组数",
    "time between two looks": "两次查看之间的时间",
    "window over which complaints are counted": "统计投诉的时间窗",
    "growth above which it is red": "增幅超过此值为红色",
    "growth above which it is yellow; any growth below is blue": "增幅超过此值为黄色；以下的任何增长为蓝色",
    "complaints in the window below which nothing is said": "时间窗内投诉少于此数时不作判断",
    "time from a red alert to the plan": "从红色预警到形成方案的时间",
    "whom the plan calls in": "方案调来的人员",
    "how long they stay": "停留时间",
    "time between two ratings": "两次评级之间的时间",
    "score below which a community is red": "得分低于此值为红色社区",
    "score below which it is yellow": "得分低于此值为黄色社区",
    "whom a red one gets": "红色社区得到的支援",
    "time between two adjustments": "两次调整之间的时间",
    "time from the figures to the move": "从数据到调动的时间",
    "what need is judged by: low score, complaints in a period, or tasks that wait": "需要按什么判断：得分低、周期内投诉数或等待的任务数",
    "difference from which somebody is moved, of the larger one": "差距超过较大者的此比例时才调动",
    "workers moved at one time, at most": "同时在外的网格员最多人数",
    "working time that a move costs": "一次调动花费的工作时间",
    "time until who was moved knows the households": "调来的人熟悉住户所需的时间",
}

_RESULTS = {
    "period": "周期",
    "time from the score to the remedy": "从评分到整改措施的时间",
    "remedy for each measure; what has none is let be": "每项指标的整改措施；没有的不处理",
    "share of the communities that get more": "得到更多的社区比例",
    "more people for them, as a share of their grid workers": "增加的人员占其网格员的比例",
    "people left to as many at the end of the ranking, as a share": "排名末尾同样多的社区保留的人员比例",
    "how long a trial lasts": "试点时长",
    "what may be tried, in this order": "可以试行的措施，按此顺序",
    "loss of a trial that fails": "试点失败的损失",
    "rise of the score that a community hopes for; it dares if that is worth more than the loss": (
        "社区期望的得分提高；若其价值高于损失便敢于试点"
    ),
    "time between awards": "两次表彰之间的时间",
    "share of the communities that are awarded": "受表彰的社区比例",
    "money of an award": "奖金",
    "what it adds to the stake of a case": "使每个案件多值多少分",
    "how far below the last awarded score a community still hopes": "低于最后一名受奖得分多少以内仍抱希望",
    "alerts; none: nobody looks": "预警；不写：没有人查看",
    "red, yellow and green communities; none: no colours": "红黄绿社区；不写：不分颜色",
    "moving workers; none: everybody stays": "调动网格员；不写：都不动",
    "remedies for the worst indicator; none: none": "最差指标的整改；不写：没有",
    "money by results; none: as it is": "以效定投；不写：照旧",
    "reform trials; none: none": "改革试点；不写：没有",
    "awards; none: none": "表彰；不写：没有",
    "duties by score; none: the lead comes first": "按得分分配职责；不写：牵头部门在先",
}

_METRICS = {
    "Responsibility matrix 40/30/30": "责任矩阵40/30/30",
    "0.4 x satisfaction / 100 + 0.3 x on-time handling + 0.3 x utilisation": "0.4 × 满意度 / 100 + 0.3 × 按期处置率 + 0.3 × 工时利用率",
    "the town": "全域",
    "Three dimensions 45/30/25": "三维评估45/30/25",
    "0.45 x satisfaction / 100 + 0.3 x (1 - rework rate) + 0.25 x found proactively": (
        "0.45 × 满意度 / 100 + 0.3 ×（1 − 返工率）+ 0.25 × 主动发现占比"
    ),
    "Efficacy index, limits met": "治理效能指数达标率",
    "first response within 120 h, satisfaction of 85, utilisation of 0.8: share met": "首次响应120小时内、满意度85、利用率0.8：达标项占比",
    "Basic indicators, limits met": "基本考核指标达标率",
    "satisfaction of 85, report to closure within 24 h on average: share met": "满意度85、上报到结案平均24小时内：达标项占比",
    "Reported score": "上报得分",
    "reported score of a unit and period, mean": "各单位各周期上报得分的均值",
    "scored communities and departments": "被评分的社区和部门",
    "True score": "真实得分",
    "true score of a unit and period, mean": "各单位各周期真实得分的均值",
    "Reported above true score": "上报得分高出真实得分",
    "reported score (as corrected) - true score, means": "（更正后的）上报得分均值 − 真实得分均值",
    "Spread of scores between communities": "社区间得分差距",
    "best - worst mean true score of a community": "社区真实得分均值的最高值 − 最低值",
    "scored communities": "被评分的社区",
    "Workers moved": "人员调动次数",
    "grid workers sent to another community / years of the judged window": "调往其他社区的网格员人次 / 统计窗口年数",
    "workers/year": "人次/年",
    "Rank moves": "名次变动",
    "places that a community moves in the ranking from period to period, mean": "社区名次逐期变动的平均位数",
    "places": "位",
    "Red communities that improve": "红色社区改善率",
    "red before, and no longer / red before": "上期红色而本期不再是红色 / 上期红色",
    "ratings that follow a red one": "红色之后的评级",
    "False red alerts": "红色误报率",
    "red without as many more issues / red alerts": "问题并未同样增多的红色预警 / 红色预警",
    "red alerts": "红色预警",
    "Red alert until recovery": "红色预警到恢复",
    "days from red until complaints no longer grow, mean": "从红色到投诉不再增长的平均天数",
    "red alerts that are over": "已结束的红色预警",
}

CHINESE: dict[str, str] = {**_RULES, **_SCORES, **_TRICKS, **_PEOPLE, **_RESULTS, **_METRICS}
