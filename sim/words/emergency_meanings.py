"""Chinese for what each key of the chapter `emergencies` means."""

from __future__ import annotations

_HAZARDS = {
    "emergencies that may come, by name": "可能发生的突发事件，按名称",
    "class of emergency": "突发事件类别",
    "when it strikes, after the start of the run": "发生时间，自运行开始起",
    "how often it strikes the district, by chance (instead of dates)": "全区随机发生的频率（代替 dates）",
    "share of the communities that it strikes; one at least": "受影响社区的比例；至少一个",
    "how long it lasts; none: until the professional force has done its work": "持续多久；不写：直到专业力量完成处置",
    "alarm: 1 blue, 2 yellow, 3 orange, 4 red": "预警级别：1 蓝、2 黄、3 橙、4 红",
    "where it is known first: by the highest level, or by a grid worker": "最先知情者：最高层级，或网格员",
    "issues that it lets begin": "由其引发的问题",
    "issues that it lets begin per 1000 residents of a struck community": "受影响社区每千名居民由其引发的问题数",
    "time over which they begin": "这些问题在多长时间内发生",
    "grid workers of a struck community who are sent to the place": "受影响社区派往现场的网格员人数",
    "how long one of them stays": "每人在现场停留多久",
    "department that sends the professional force; none: nobody": "派出专业力量的部门；不写：没有",
    "work of the professional force on site": "专业力量的现场作业",
    "time until somebody has called the force directly; none: it hears of it through the chain": (
        "直接报警所需的时间；不写：专业力量经指挥链获知"
    ),
    "category of issues that, live in the same grid, hold the force up": "同一网格内未解决时会阻碍专业力量的问题类别",
    "time that the force loses by it": "专业力量因此损失的时间",
    "share of the households, those nearest to the place, who must leave their homes": "须撤离的户数比例（离现场最近者）",
    "share of the residents who need goods each day": "每天需要物资的居民比例",
    "kinds of goods that they need": "他们需要的物资种类",
    "steps of the plan between the message and help on site": "从接报到现场施助之间的预案步骤",
    "name of the step": "步骤名称",
    "time lost on it if it is not known": "不熟悉时为此损失的时间",
    "category": "类别",
}

_COMMAND = {
    "the chain of command; needed by all the rest": "指挥链；其他各项都需要它",
    "levels of the chain above the grid, the highest first": "网格以上的指挥层级，最高者在前",
    "every level hears it at once; false: each passes it on to the next": "各级同时获知；false：逐级传达",
    "time until all have a message that goes to all at once": "同时推送时各级收到消息所需的时间",
    "how long a level keeps a message before the level below has it": "一级在下一级收到消息前压了多久",
    "how long a level keeps a message before the level above has it, or a force sets out": (
        "一级在上一级收到消息（或专业力量出动）前压了多久"
    ),
    "probability that a struck community uses its plan: then all steps are known": (
        "受影响社区启用预案的概率：启用则各步骤均已知"
    ),
    "share of grid workers who know the procedure at the start": "开始时熟悉应急流程的网格员比例",
    "time that a worker who does not know the procedure loses before setting out": "不熟悉流程的网格员出动前损失的时间",
    "probability that a worker off duty can be reached": "能联系上下班网格员的概率",
    "time until a worker called in from off duty can set out": "召回的下班网格员可出动前所需的时间",
    "emergency mode; none: routine goes on": "应急状态；不写：日常照旧",
    "classes of emergency for which it is prepared": "已有准备的突发事件类别",
    "time from the message until the community works in emergency mode": "从接报到社区转入应急状态的时间",
    "share of the paperwork that is still asked for on days in emergency mode": "应急状态下仍要求的填报比例",
    "cases out of the emergency come first at every desk and in every queue": "突发事件引发的案件在各受理台和队列中优先",
    "their papers do not lie in trays": "其公文不再搁置",
    "spare people; none: none": "备用人员；不写：没有",
    "people of one team of a community": "一个社区一支队伍的人数",
    "lowest alarm at which they are called": "召集他们的最低预警级别",
    "time until one of them can work": "其中一人可投入工作前所需的时间",
    "how long they stay after the end of the emergency, for what it has left": "突发事件结束后继续停留多久，处理遗留事项",
    "reviews after emergencies; none: the same is found out again": "灾后复盘；不写：同样的事重新摸索",
    "when the review takes place, after the end": "结束后多久进行复盘",
    "probability that a step of the plan that had to be found out is known from then on": (
        "曾须摸索的预案步骤此后为已知的概率"
    ),
    "works on the ground; none: none": "工程措施；不写：没有",
    "classes of emergency against which they protect": "所防护的突发事件类别",
    "share of the places that have them": "已实施工程的地点比例",
    "side of a place": "一个地点的边长",
}

_PEOPLE = {
    "how homes are left; none: nobody leaves": "如何撤离住所；不写：无人撤离",
    "time that a household needs before it goes": "一户出发前所需的时间",
    "walking speed to the shelter by age band": "各年龄段前往避难所的步行速度",
    "share of those who live alone in an age band who cannot go without help": "各年龄段独居者中无人协助便不能撤离的比例",
    "share of residents who know what to do at a warning at the start": "开始时知道接到预警该怎么做的居民比例",
    "time at a door where nobody knows": "在无人知情的门口所花的时间",
    "drills; none: none": "演练；不写：没有",
    "time between drills": "演练间隔",
    "working time that a drill costs a grid worker": "一次演练占用网格员的工作时间",
    "share of grid workers who take part": "参加演练的网格员比例",
    "share of residents who take part": "参加演练的居民比例",
    "probability that somebody who takes part learns the procedure": "参加者学会流程的概率",
    "how long it is remembered": "记住多久",
    "residents who come to help; none: nobody": "前来帮忙的居民；不写：没有",
    "share of residents who would come at full trust and red alarm": "信任为 1 且红色预警时愿意前来的居民比例",
    "of those, the share that comes at each alarm, blue to red": "其中在各级预警（蓝至红）下前来的比例",
    "age bands out of which volunteers come": "志愿者来自的年龄段",
    "time from the message until half of them have come": "从接报到其中一半到达的时间",
    "how long one stays": "每人停留多久",
    "neighbours who warn each other; none: nobody": "互相传警的邻里；不写：没有",
    "share of households that belong to it": "加入的户数比例",
    "share of them that take part and pass a warning on": "其中参与并传递预警的比例",
    "time until a household has heard it that way": "一户由此获知所需的时间",
}

_STOCK = {
    "goods in store; none: goods are left out": "库存物资；不写：不考虑物资",
    "stores above the communities; none: there are none": "社区以上的物资库；不写：没有",
    "norm for the stores of communities; none: they hold what they hold": "社区物资库的标准；不写：现有多少算多少",
    "map of the stores; none: what the last check wrote down": "物资库地图；不写：以上次检查的记录为准",
    "kinds of goods that there are": "物资种类",
    "those of them that the stores hold": "其中物资库已储备的",
    "kinds of goods that they hold": "其储备的物资种类",
    "how long it keeps": "保质期",
    "days of need that a community store is to cover": "社区物资库应满足的天数",
    "share of the residents that a community store is to cover": "社区物资库应覆盖的居民比例",
    "share of the communities that keep up their stores: check, renew and refill": "按规定检查、更新、补充物资库的社区比例",
    "share of each store that is out of date at the start": "开始时各库已过期的比例",
    "time between checks; what is out of date is then taken out": "检查间隔；届时清出过期物资",
    "time between refills": "补充间隔",
    "time until a van is loaded, or until it is clear that there is nothing to load": "装车（或发现无货可装）所需的时间",
    "vans of a store": "每库车辆数",
    "speed of a van on the shortest way": "车辆沿最短路径的速度",
    "time to hand goods out to one person": "向一人发放物资所需的时间",
    "person-days of each kind that a subdistrict holds per resident": "街道按居民人均储备的各类物资人·日",
    "person-days of each kind that the district holds per resident": "区按居民人均储备的各类物资人·日",
    "kinds of goods that a community store is to hold": "社区物资库应储备的种类",
    "days of need that it is to cover": "应满足的天数",
    "share of the residents that it is to cover": "应覆盖的居民比例",
    "how old what it shows can be": "所示信息最多滞后多久",
}

CHINESE: dict[str, str] = {**_HAZARDS, **_COMMAND, **_PEOPLE, **_STOCK}
