"""Chinese for the messages of scenario files."""

from __future__ import annotations

CHINESE = {
    "schema_version: {value} is newer than this program, which reads up to {version}; update the program": (
        "schema_version：{value} 比本程序新，本程序最高支持 {version}；请升级程序"
    ),
    "a scenario is a mapping of chapters; write keys such as name: and time:": (
        "方案应为按章节组织的键值表；请写 name:、time: 等键"
    ),
    "schema_version is missing; add schema_version: {version}": "缺少 schema_version；请加上 schema_version: {version}",
    "schema_version: {value} is no version; write {version}": "schema_version：{value} 不是版本号；请写 {version}",
    "; did you mean {guess}?": "；是否应为 {guess}？",
    "... and {count} more faults": "……另有 {count} 处错误",
    "the file has {size:,} bytes and at most {most:,} are read; put large tables into CSV files beside it": (
        "文件有 {size:,} 字节，最多读取 {most:,} 字节；大表请放到同目录的 CSV 文件中"
    ),
    "the text is not UTF-8 (it looks like {encoding}); save it again as UTF-8 (in an editor: Save as, "
    "encoding UTF-8)": ("文本不是 UTF-8（看起来是 {encoding}）；请用 UTF-8 编码另存"),
    "a binary file": "二进制文件",
    "this is a directory; name a file": "这是目录；请给出文件",
    "this is not a regular file; save the text in a file and name that": "这不是普通文件；请把文本存成文件后再给出",
    "there is no such file; check the name and the directory": "没有这个文件；请检查文件名和目录",
    "the file cannot be read: {reason}": "无法读取文件：{reason}",
    "there is no scenario {name}; shipped are {known}; a file is named with its .yaml": (
        "没有名为 {name} 的方案；自带方案有 {known}；如为文件请写出 .yaml 后缀"
    ),
    "none": "无",
    "no row {name}; rows are {known}": "没有 {name} 这一行；现有 {known}",
    "write --set path=value, such as --set places.households_per_grid=600": (
        "请写成 --set 路径=值，例如 --set places.households_per_grid=600"
    ),
    "extends: the files extend each other in a circle ({circle}); cut it": "extends：文件继承成环（{circle}）；请断开",
    "extends: more than {most} files in a row; shorten the chain": "extends：继承超过 {most} 层；请缩短",
    "extends: name one shipped scenario, or a path relative to this file": (
        "extends：请写一个自带方案的名称，或相对本文件的路径"
    ),
    "extends: an overlay extends nothing; remove the key, or read the file as a scenario": (
        "extends：覆盖文件不能继承；请删除该键，或把该文件作为方案读取"
    ),
    "extends: {problem}": "extends：{problem}",
    "where the numbers come from": "数值的来源",
    "shipped scenario, or path of a file relative to this one, which this one changes": (
        "被本文件修改的自带方案名称，或相对本文件的路径"
    ),
    "{value} is not a source; write one of: published C0123 (claim ids, comma between), literature: text, "
    "log: text, derived: text, assumed, assumed: reason": (
        "{value} 不是来源；请写以下之一：published C0123（条目编号，逗号分隔）、literature: 文献、log: 日志、"
        "derived: 推导、assumed、assumed: 理由"
    ),
    "{count} cells, but {wanted} columns; quote a cell that holds a comma": (
        "有 {count} 个单元格，但有 {wanted} 列；含逗号的单元格请加引号"
    ),
    "the table is empty; its first line must name the columns": "表是空的；第一行必须写列名",
    "this is not CSV: {problem}; check the quotes": "不是 CSV：{problem}；请检查引号",
    "column {column} has no proper name; name it like work.mean": "第 {column} 列没有合适的列名；请写成 work.mean 这样",
    "the column {name} stands twice or inside another; keep one": "列 {name} 重复或与另一列相互包含；请只保留一个",
    "; {count} numbers name no source, the first is {path}": "；{count} 个数值未注明来源，第一个是 {path}",
    "{file}: OK ({numbers} numbers with a source{note})": "{file}：正确（{numbers} 个数值有来源{note}）",
    "scenario file, or name of a shipped scenario": "方案文件，或自带方案的名称",
    "file to lay over each scenario": "覆盖到每个方案上的文件",
    "warning: {text}": "警告：{text}",
    "{team} has too full a day: {floor:.3g} h patrol + {paper:.3g} h paperwork ({share:.3g} % of {shift:.3g} h) "
    "leave {left:.2g} h for cases; lower patrol_floor or paperwork, or lengthen the shift": (
        "{team} 的一天排得太满：巡查 {floor:.3g} 小时 + 文书 {paper:.3g} 小时（{shift:.3g} 小时的 {share:.3g} %），"
        "只剩 {left:.2g} 小时办件；请降低 patrol_floor 或 paperwork，或延长班次"
    ),
    "the run reaches {last}, but make-up working days of {country} are not announced from {year} on; "
    "its weekends there count as closed": (
        "运行到 {last}，但 {country} 自 {year} 年起的调休上班日尚未公布；此后周末一律按休息日计"
    ),
    "{unit} has shift_end: not_started, but {work} takes {mean:.3g} h on average, {over:.3g} h more than the longest "
    "shift of {calendar} ({shift:.3g} h), and so {count} kind(s) of work would never fit: they are started at any "
    "hour and laid down at closing; lengthen the shift, shorten the work, or write suspend": (
        "{unit} 写了 shift_end: not_started，但 {work} 平均需 {mean:.3g} 小时，比 {calendar} 的最长班次"
        "（{shift:.3g} 小时）多 {over:.3g} 小时；共有 {count} 种工作永远排不进班次：它们随时都会开工，"
        "到下班时放下；请延长班次、减少作业量，或改写 suspend"
    ),
    "a number; write it with digits and without quotes": "数值；请用数字书写，不加引号",
    "a whole number; write it with digits and without quotes or fraction": "整数；请用数字书写，不加引号和小数",
    "a text; put quotes round it": "文本；请加引号",
    "a mapping; write its keys below it, indented": "键值表；请在下方缩进写出各键",
    "a list; write it as [a, b] or one - entry a line": "列表；请写成 [a, b]，或每行一个 - 条目",
    "a date of the calendar; write it as 2026-03-01": "存在的日期；请写成 2026-03-01",
    "a finite number; nan and inf mean nothing here": "有限的数值；nan 和 inf 在此没有意义",
    "a switch; write true or false without quotes": "开关值；请写 true 或 false，不加引号",
    "missing; add {key}: ({meaning})": "缺少此键；请加上 {key}:（{meaning}）",
    "missing; add family: (none, fixed, exponential, lognormal, gamma, weibull, uniform, empirical or mixture)": (
        "缺少分布族；请加上 family:（如 none、fixed、exponential、lognormal、gamma、weibull、uniform、mixture）"
    ),
    "{value} is not allowed here; allowed: {names}": "此处不能写 {value}；可写：{names}",
    "{count} entries; at most {most} are allowed": "有 {count} 项；最多 {most} 项",
    "{count} entries; at least {least} are needed": "有 {count} 项；至少需要 {least} 项",
    "entry {number} of the list is missing; give all its entries": "列表缺少第 {number} 项；请写全",
    "{value} is too long; at most {most} characters are allowed": "{value} 太长；最多 {most} 个字符",
    "{value} is too short; write at least {least} characters": "{value} 太短；至少写 {least} 个字符",
    "{value} has the wrong form; {rule}": "{value} 格式不对；{rule}",
    "a name is of small letters a to z, digits and _, and begins with a letter": (
        "名称由小写字母 a 到 z、数字和 _ 组成，以字母开头"
    ),
    "it must match {pattern}": "必须符合 {pattern}",
    "unknown key; allowed keys: {known}": "未知的键；可用的键：{known}",
    "{value} is outside the range; allowed: {above}{low:g} to {high:g}": (
        "{value} 超出范围；可取{above}{low:g} 至 {high:g}"
    ),
    "above ": "大于 ",
    "{value} is too small; it must be more than {limit}": "{value} 太小；必须大于 {limit}",
    "{value} is too small; it must be at least {limit}": "{value} 太小；至少为 {limit}",
    "{value} is too large; it must be less than {limit}": "{value} 太大；必须小于 {limit}",
    "{value} is too large; it must be at most {limit}": "{value} 太大；至多为 {limit}",
    "{value} is not {what}": "{value} 不是{what}",
    "an empty value": "空值",
    "a mapping": "键值表",
    "a list": "列表",
    "{value} (a yes or no)": "{value}（是非值）",
    "{value} (a text)": "{value}（文本）",
    "; check brackets, quotes and indentation of this line and the one before": "；请检查本行和上行的括号、引号、缩进",
    "; indent with blanks, never with tabs": "；请用空格缩进，不要用制表符",
    '; put quotes round a text that contains ": ", and check the indentation': "；含“: ”的文本请加引号，并检查缩进",
    "; remove control characters, and write every entry as key: value": "；请删除控制字符，每项写成 键: 值",
    "this is not YAML: {problem}{hint}": "不是 YAML：{problem}{hint}",
    "{value} is not one YAML value; put quotes round a text": "{value} 不是单个 YAML 值；文本请加引号",
    "the file is empty; {rule}": "文件是空的；{rule}",
    "a scenario is a mapping of chapters": "方案应为按章节组织的键值表",
    "the text goes on after its value; check brackets and quotes": "值之后还有内容；请检查括号和引号",
    "aliases (*{name}) are not used here; write the value out or use extends": (
        "此处不能用别名（*{name}）；请写出值本身，或使用 extends"
    ),
    "tags ({tag}) are not used here; write the plain value": "此处不能用标签（{tag}）；请直接写值",
    "the text holds half a character (\\ud800 to \\udfff); write it whole": (
        "文本含半个字符（\\ud800 到 \\udfff）；请写完整的字符"
    ),
    "the key stands twice (first in line {line}); keep one": "键重复（首次出现在第 {line} 行）；请只保留一个",
    "the character {letter} is not allowed; remove it": "不允许字符 {letter}；请删除",
    "more than {most:,} lines; put large tables into CSV files beside it": (
        "超过 {most:,} 行；大表请放到同目录的 CSV 文件中"
    ),
    "more than {most:,} entries; put large tables into CSV files beside it": (
        "超过 {most:,} 个条目；大表请放到同目录的 CSV 文件中"
    ),
    "a second document begins here (---); keep one document in a file": "此处开始第二个文档（---）；一个文件只放一个",
    "a key must be a single word, not a list or a mapping": "键必须是单个词，不能是列表或键值表",
    "nested deeper than {most} levels; flatten it": "嵌套超过 {most} 层；请减少层次",
    "missing; add {key}:": "缺少此键；请加上 {key}:",
    "{value} is not allowed here (rule {rule})": "此处不能写 {value}（规则 {rule}）",
    "mapping values are not allowed here": "此处不能出现键值对",
    "mapping keys are not allowed here": "此处不能出现键",
    "sequence entries are not allowed here": "此处不能出现列表项",
    "found character {a} that cannot start any token": "字符 {a} 不能用于开头",
    "could not find expected ':'": "缺少冒号 ':'",
    "expected {a} or {b}, but got {c}": "此处应为 {a} 或 {b}，却是 {c}",
    "expected the end of the block, but found {a}": "此处应结束该段，却是 {a}",
    "expected a value, but found {a}": "此处应为值，却是 {a}",
    "found incompatible YAML document (version 1.* is required)": "YAML 版本不符（须为 1.*）",
    "found unexpected end of stream": "文件意外结束",
    "found unexpected document separator": "意外出现文档分隔符",
    "found unknown escape character {a}": "未知的转义字符 {a}",
    "found undefined tag handle {a}": "未定义的标签 {a}",
    "found unexpected ':'": "意外出现冒号 ':'",
    "found duplicate YAML directive": "YAML 指令重复",
    "bad escape": "转义有误",
    "it cannot be read": "无法解析",
    "permission denied": "没有权限",
    "there is no such file or folder": "没有这个文件或文件夹",
    "a part of the path is a file and no folder": "路径中有一段是文件而不是文件夹",
    "it is a folder": "它是文件夹",
    "it exists already and is no folder": "它已存在，且不是文件夹",
    "its name is too long": "名称太长",
    "its links lead in a circle": "链接成环",
    "the disk is full": "磁盘已满",
    "the disk can only be read": "磁盘只读",
    "the disk does not answer": "磁盘没有响应",
    "error {number} of the system": "系统错误 {number}",
}
