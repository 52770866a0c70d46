"""Chinese for the messages of units and calendars."""

from __future__ import annotations

CHINESE = {
    "{value}: months and years have no fixed length; write days, weeks or workdays instead": (
        "{value}：月和年长度不固定；请改用天、周或工作日"
    ),
    '{value}: unknown unit "{unit}"; did you mean "{guess}"? Allowed units: {units}': (
        "{value}：未知单位“{unit}”；是否应为“{guess}”？可用单位：{units}"
    ),
    '{value}: unknown unit "{unit}"; allowed units: {units}': "{value}：未知单位“{unit}”；可用单位：{units}",
    "{value}: a duration must be a finite number of its unit": "{value}：时长必须是有限的数值",
    "{value}: a duration cannot be negative; write 0 or more": "{value}：时长不能为负；请写 0 或更大的数",
    "{value}: a duration cannot be longer than a century; check number and unit": (
        "{value}：时长不能超过一百年；请检查数值和单位"
    ),
    '{value}: a duration needs a number and its unit, such as "30 min", "4 h" or "3 workdays"; '
    "allowed units: {units}": (
        "{value}：时长需要数值和单位，例如“30 分钟”“4 小时”或“3 工作日”；可用单位：{units}"
    ),
    "{value} is not a duration: write one number (with a decimal point, not a comma) and one unit, such as "
    '"30 min", "1.5 h" or "3 workdays"; allowed units: {units}': (
        "{value} 不是时长：请写一个数值（小数用点，不用逗号）和一个单位，"
        "例如“30 分钟”“1.5 小时”或“3 工作日”；可用单位：{units}"
    ),
    "{value}: this is continuous time, and work hours count only on limits; write it in h or d": (
        "{value}：此处是连续时间，工作时只用于时限；请用小时或天"
    ),
    'unknown time zone {value}; write an IANA zone such as "Asia/Shanghai"': (
        "未知时区 {value}；请写 IANA 时区，例如“Asia/Shanghai”"
    ),
    'unknown time zone {value}; did you mean "{guess}"?': "未知时区 {value}；是否应为“{guess}”？",
    "no national holidays are known for country {value}; write a two-letter ISO code such as CN": (
        "没有国家 {value} 的法定节假日；请写两位 ISO 代码，例如 CN"
    ),
    "the calendar is never open from {first} to {last}; give it hours on at least one working day": (
        "日历从 {first} 到 {last} 从不开放；请至少给一个工作日写上时段"
    ),
    "weekday {weekday}, hours {hours}: weekdays run from 0 (Monday) to 6, hours from 00:00 to 24:00 (in seconds)": (
        "星期 {weekday}，时段 {hours}：星期从 0（星期一）到 6，时段从 00:00 到 24:00（以秒计）"
    ),
}
