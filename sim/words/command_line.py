"""Chinese words of the command line."""

CHINESE = {
    "simulate a scenario and show its indicators": "运行一个情景并显示指标",
    "compare scenarios on the same luck; the first is the baseline": "在相同随机条件下比较情景；第一个为基准",
    "check scenario files and show every fault": "检查情景文件并列出全部错误",
    "fit a replay scenario on the training period of a case log": "用案件日志的训练期拟合重放情景",
    "read a city's case log and report its quality": "读取城市案件日志并报告数据质量",
    "print the JSON Schema of a scenario for an editor": "输出情景文件的 JSON Schema，供编辑器使用",
    "list policies, indicators, formats or scenarios": "列出策略、指标、格式或情景",
    "answer the three questions of the README": "回答 README 中的三个问题",
    "Wangge: simulate and compare grid-based community governance.": "网格：模拟并比较网格化社区治理。",
    "COMMAND": "命令",
    "language of what is shown": "显示语言",
    "interrupted; nothing partial was left behind": "已中断；没有留下不完整的结果",
}
