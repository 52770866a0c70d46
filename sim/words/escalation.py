"""Chinese of the escalation room and of kept decisions."""

CHINESE = {
    "what the estimate is around: the category's mean, or the work itself (perfect knowledge where estimate_cv is 0)": "估计值围绕什么：类别均值，或实际工作量（estimate_cv 为 0 时即完全知情）",
    "write what every policy saw and answered into the table `decisions`": "把各策略所见与所答写入 decisions 表",
    "emergency direct line of grid workers; none: no such right": "网格员应急直通权；无：没有此权限",
    "categories in which workers have this right": "网格员拥有此权限的类别",
    "severity from which the right is meant to be used": "此权限适用的最低严重程度",
    "estimated cost of the work above which the right ends": "预计处置费用超过此数则权限终止",
    "whether the boundary of the right is written down": "权限边界是否写明",
    "probability that a worker uses it for a lesser case while the boundary is unclear": "边界不清时用于较轻案件的概率",
}
