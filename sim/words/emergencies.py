"""Chinese for emergencies: what their chapter refuses, and their indicators."""

from __future__ import annotations

_RULES = {
    "give either dates or a rate above 0, not both": "dates 与大于 0 的 rate 只能写一个",
    "give both force and force_work, or neither": "force 和 force_work 要么都写，要么都不写",
    "give both blocked_by and blocked, or neither": "blocked_by 和 blocked 要么都写，要么都不写",
    "without a length, a professional force must end it: give length, or force and force_work": (
        "没有 length 时须由专业力量结束事件：请写 length，或写 force 和 force_work"
    ),
    "the levels of the chain of command run from the highest down to community, each once": (
        "指挥链的 levels 须由最高层级到 community 依次排列，每级一次"
    ),
    "{name} needs a chain of command; give command as well": "{name} 需要指挥链；请同时写 command",
    "resource_map, reserve and tiers are about stores; give stock as well": (
        "resource_map、reserve 和 tiers 都针对物资库；请同时写 stock"
    ),
    "{path}: {kind} is not among the kinds of goods {known}": "{path}：{kind} 不在物资种类 {known} 之中",
    "an emergency needs streets and grid workers; a replayed log has neither": "突发事件需要街道和网格员；重放的日志两者都没有",
    "the age band {band} has no walking speed": "年龄段 {band} 没有步行速度",
    "{name} is not a declared age band; declared are {known}": "{name} 不是已声明的年龄段；已声明的有 {known}",
}

_LABELS = {
    "Emergency: until the community knows": "突发事件：社区获知用时",
    "Emergency: somebody set out within 15 min": "突发事件：15分钟内出动",
    "Emergency: until a worker is on site": "突发事件：网格员到场用时",
    "Emergency: worker on site within 30 min": "突发事件：30分钟内网格员到场",
    "Emergency: until the force is on site": "突发事件：专业力量到场用时",
    "Emergency: force on site within 1 h": "突发事件：1小时内专业力量到场",
    "Emergency: until it is over": "突发事件：持续时间",
    "Emergency: until emergency mode": "突发事件：转入应急状态用时",
    "Evacuation": "疏散用时",
    "Emergency: steps of the plan to be found out": "突发事件：须临时摸索的预案步骤",
    "Goods: need never met": "物资：始终未满足的需求",
    "Goods: until delivered": "物资：送达用时",
    "Goods: delivered within 30 min": "物资：30分钟内送达",
    "Goods: wait of a person": "物资：人均等待",
    "Goods: stores asked in vain": "物资：问错库的占比",
    "Goods: out of date": "物资：过期占比",
    "Goods: handed out an hour": "物资：每小时发放人数",
    "Emergency: issues that it let begin": "突发事件：引发的问题数",
    "Emergency: hours until its issues are gone": "突发事件：所引发问题的存续时间",
    "Emergency: routine backlog that it leaves": "突发事件：留下的日常积压",
}

_FORMULAS = {
    "hours from the beginning until the community has heard of it, mean": "从开始到社区获知的小时数均值",
    "first person set out at most 15 min after the beginning / struck communities": "开始后15分钟内有人出动 / 受影响社区",
    "hours from the beginning until the first grid worker is on site, mean": "从开始到首名网格员到场的小时数均值",
    "first grid worker on site at most 30 min after the beginning / struck communities": (
        "开始后30分钟内首名网格员到场 / 受影响社区"
    ),
    "hours from the beginning until the professional force is on site, mean": "从开始到专业力量到场的小时数均值",
    "professional force on site at most 1 h after the beginning / emergencies with a professional force": (
        "开始后1小时内专业力量到场 / 有专业力量的突发事件"
    ),
    "hours from the beginning until it is over, mean": "从开始到结束的小时数均值",
    "hours from the message until the community works in emergency mode, mean": "从接报到社区转入应急状态的小时数均值",
    "hours from the message until the last person is in the shelter, mean": "从接报到最后一人进入避难所的小时数均值",
    "steps of the plan that nobody knew, mean": "无人知晓的预案步骤数均值",
    "person-days that no store had / person-days needed": "各库均无的人·日 / 需求的人·日",
    "minutes from the order to the place, mean": "从下单到送达现场的分钟数均值",
    "deliveries at most 30 min after the order / deliveries": "下单后30分钟内送达的次数 / 送达次数",
    "hours from the need until handed out, mean over persons served": "从产生需求到发放到手的小时数，按受益人数平均",
    "stores that had nothing / stores asked": "无货的库次 / 询问的库次",
    "person-days thrown out at checks / person-days looked at": "检查时清出的人·日 / 检查的人·日",
    "persons served / hours from the message to the last one served": "受益人数 / 从接报到最后一人领到的小时数",
    "issues that began because of it, mean": "由其引发的问题数均值",
    "hours that its issues were live inside the run, mean": "所引发问题在运行期内存续小时数均值",
    "open cases a week after its end less those on the day before it, mean": "结束一周后未结案数减去发生前一日未结案数，均值",
}

_WHOLES = {
    "struck communities, emergency by emergency": "各次突发事件中的受影响社区",
    "emergencies with a professional force": "有专业力量的突发事件",
    "emergencies for which homes must be left": "需要疏散的突发事件",
    "emergencies for which the community is prepared": "社区有准备的突发事件",
    "person-days needed": "需求的人·日",
    "deliveries": "送达次数",
    "persons served, day by day": "逐日受益人数",
    "stores asked": "询问的库次",
    "person-days looked at": "检查的人·日",
    "hours of handing out": "发放的小时数",
    "issues out of emergencies": "突发事件引发的问题",
    "steps": "步",
    "minutes": "分钟",
    "persons": "人",
}

CHINESE: dict[str, str] = {**_RULES, **_LABELS, **_FORMULAS, **_WHOLES}
