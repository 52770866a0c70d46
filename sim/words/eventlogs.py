"""Chinese for reading and writing event logs."""

from __future__ import annotations

CHINESE: dict[str, str] = {
    "line {line}: {field} {value} is not an ISO 8601 time with offset; write it like 2025-01-06T08:30:00+08:00":
        "第 {line} 行：{field} {value} 不是带时区偏移的 ISO 8601 时间；请写成 2025-01-06T08:30:00+08:00 的形式",
    "line {line}: the text is not UTF-8; save it as UTF-8": "第 {line} 行：文本不是 UTF-8 编码；请另存为 UTF-8",
    "line {line}: not CSV: {fault}": "第 {line} 行：不是 CSV：{fault}",
    "line 1: the log has no column {missing}; an event log needs {required}":
        "第 1 行：日志缺少列 {missing}；事件日志需要 {required}",
    "line {line}: {found} fields where the heading has {width}": "第 {line} 行：有 {found} 个字段，而表头有 {width} 个",
    "line {line}: attempt {value} is not a whole number": "第 {line} 行：attempt {value} 不是整数",
    "line {line}: not XML: {fault}": "第 {line} 行：不是 XML：{fault}",
    "line {line}: a document type or entity is not allowed in an event log; take it out":
        "第 {line} 行：事件日志中不允许文档类型或实体声明；请删除",
    "line {line}: not XES: the outermost element is {tag}, not log":
        "第 {line} 行：不是 XES：最外层元素是 {tag} 而不是 log",
    "line {line}: an event without concept:name; name its activity":
        "第 {line} 行：事件缺少 concept:name；请写明活动名称",
    "Event log, CSV": "事件日志(CSV)",
    "Event log, XES (IEEE 1849)": "事件日志(XES，IEEE 1849)",
}  # fmt: skip
