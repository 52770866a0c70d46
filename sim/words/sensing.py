"""Chinese of the sensing room."""

from __future__ import annotations

_FIELDS = {
    "platform that may fail; none: it never does": "可能发生故障的平台；不写：从不故障",
    "alarms go to workers as well; none: to the platform only": "报警同时通知网格员；不写：只到平台",
    "patrols shrink where devices stand; none: they do not": "设备越多巡查越少；不写：不减少",
    "work by hand when the platform fails; none: nothing changes": "平台故障时转为人工；不写：没有变化",
    "how devices are put up; none: all stand at the start": "设备如何建成；不写：一开始全部就位",
    "money for repair and renewal; none: enough": "维修与更新经费；不写：充足",
    "predictive maintenance; none: nothing is foreseen": "预测性维护；不写：不作预测",
    "guidance for repair crews; none: no guidance": "维修人员的辅助指引；不写：没有",
    "doors that keep some out; none: all are open": "能挡住部分人的门禁；不写：全部敞开",
    "when it begins, after the start of the run": "开始时间，自运行开始起",
    "how long it lasts": "持续多久",
    "mean time between two failures; none: only those with a date": "两次故障的平均间隔；不写：仅指定日期的故障",
    "how long a failure lasts": "一次故障持续多久",
    "failures with a date": "指定日期的故障",
    "probability that an alarm raised during a failure is kept and comes at its end; else it is lost":
        "故障期间的报警被保留并在恢复时送达的概率；否则丢失",
    "time that network and platform take for an alarm": "网络和平台传送一次报警所需时间",
    "share of the devices that judge on the spot and tell people without the platform":
        "在边缘自行判断、不经平台直接通知人员的设备比例",
    "kinds of devices whose alarms go to workers": "报警直达网格员的设备类型",
    "probability that the alarm reaches a worker, whether or not anybody reads the platform":
        "报警送达网格员的概率（无论平台是否有人查看）",
    "patrol still owed each working day where devices cover everything": "设备全覆盖处每个工作日仍须巡查的时间",
    "share of the shift spent at the screen where devices cover everything": "设备全覆盖处值守屏幕占班次的比例",
    "patrol a working day that keeps the habit of looking": "能保持观察习惯的每日巡查时间",
    "share of the habit of looking that a month without practice takes": "一个月缺乏练习所丧失的观察习惯比例",
    "share of what is lost that a month with practice gives back": "一个月练习所恢复的比例（占已丧失部分）",
    "time from the failure of the platform until work by hand begins": "从平台故障到启动人工处置的时间",
    "patrol owed on a day by hand": "人工模式下每日须巡查的时间",
    "time between two drills; none: no drill": "两次演练的间隔；不写：不演练",
    "working time that a drill takes from a worker": "一次演练占用网格员的工作时间",
    "time over which the devices are put up, from its start": "设备陆续建成所需时间，自其生效起",
    "share of the devices that come into use": "真正投入使用的设备比例",
    "share of failures whose repair is paid for": "有经费维修的故障比例",
    "share of the devices that is renewed a year": "每年更新的设备比例",
    "age at which a device is worn out; ages are spread evenly at the start": "设备报废年限；开始时设备年龄均匀分布",
    "categories whose faults can be foreseen": "可预测故障的类别",
    "time between the forecast and the fault": "从预测到故障发生的时间",
    "probability that a coming fault is foreseen by a fresh model; the rest of the forecasts are wrong":
        "新模型预见将发生故障的概率；其余为误报",
    "what the hit probability loses in a quarter after renewal": "更新后命中概率每季度的下降",
    "time between two renewals of the model; none: never": "模型两次更新的间隔；不写：从不更新",
    "categories of jobs with guidance": "有辅助指引的作业类别",
    "share of jobs on which the crew has guidance": "有辅助指引的作业比例",
    "time spent looking for the fault, which guidance saves": "查找故障所需时间（指引可省去）",
    "work that is left at least": "至少剩余的工作时间",
    "categories of which doors keep some out": "门禁可阻挡一部分的类别",
    "share of the entrances with access control": "装有门禁的出入口比例",
    "share of these that are really used": "其中真正使用的比例",
    "share of such issues whose cause must come through an entrance": "此类问题中必须经出入口发生的比例",
}
_REFUSALS = {
    "give both up (time between failures) and down (how long one lasts), or neither": "up（故障间隔）与down（持续时间）须同时给出或都不给",
    "up, the time between failures, must be at least 1 s": "故障间隔up至少为1秒",
    "it changes what whole teams owe each day and cannot be rolled out by community; use starts":
        "它改变整个队伍每日的任务，不能按社区分批推行；请使用starts",
    "give both drills_every and drill, or neither": "drills_every与drill须同时给出或都不给",
    "drills_every must be at least 1 s": "drills_every至少为1秒",
    "life must be at least 1 s": "life至少为1秒",
    "renewal must be at least 1 s": "renewal至少为1秒",
    "dual_warning.devices: there is no kind of device {name}; kinds are {known}":
        "dual_warning.devices：没有设备类型{name}；可用类型为{known}",
    "dual warning, dependence and fallback concern grid workers, but there is no team of them":
        "双预警、技术依赖与人工兜底涉及网格员，但没有网格员队伍",
}
_INDICATORS = {
    "Alarm to visit": "报警到现场核实",
    "minutes from an alarm until somebody has looked on site, mean": "从报警到有人现场查看的平均分钟数",
    "alarms that were verified": "已核实的报警",
    "Fire hazards identified": "消防隐患主动识别率",
    "fire hazards first found by patrol or sensor / fire hazards": "巡查或传感器首先发现的消防隐患 / 消防隐患总数",
    "fire hazards": "消防隐患",
    "Exposure without a device": "无设备感知问题的暴露时间",
    "hours live inside the run of an issue that no device reported to anybody, mean": "没有设备报警的问题在运行期内存续的平均小时数",
    "issues without an alarm": "没有报警的问题",
    "Fault of a public facility": "公共设施故障时长",
    "hours that a broken facility was live inside the run, mean": "公共设施故障在运行期内存续的平均小时数",
    "broken facilities": "损坏的公共设施",
    "Faults of public facilities": "公共设施故障数",
    "broken facilities a year / 1000 residents": "每年公共设施故障数 / 千居民",
    "issues/year": "件/年",
    "Until an elder in need is found": "独居老人求助被发现的时间",
    "hours from the onset until somebody knows (or it is over), mean": "从发生到有人知晓（或已结束）的平均小时数",
    "elders in need": "求助的独居老人",
    "Until noise is found": "噪声被发现的时间",
    "noise": "噪声",
    "Break-ins": "盗窃入室数",
    "break-ins a year / 1000 residents": "每年盗窃入室数 / 千居民",
}

CHINESE = {**_FIELDS, **_REFUSALS, **_INDICATORS}
