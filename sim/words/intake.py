"""Chinese for the intake of logs: mappings, errors about files, and the data-quality report."""

from __future__ import annotations

ERRORS = {
    "the start {start} is later than the last opening of the log, {last}; name an earlier day":
        "起始日 {start} 晚于日志中最后一次受理 {last}；请给出更早的日期",
    "--name {name}: begin with a small letter and use small letters, digits and _ only, 60 at most":
        "--name {name}：请以小写字母开头，只用小写字母、数字和 _，至多 60 个",
    "{file}: is a file; name a folder with --out": "{file}：是文件；请用 --out 给出文件夹",
    "{folder}: exists already; remove it or choose another with --out": "{folder}：已存在；请删除它，或用 --out 另选",
    "{folder}: cannot be written: {why}": "{folder}：无法写入：{why}",
    "mapping {mapping}: no opening time can be read, for example {value!r}; times.formats are {formats}, years from {first} to {last}": (
        "映射 {mapping}：没有一个受理时间能读懂，例如 {value!r}；times.formats 为 {formats}，年份为 {first} 至 {last}"
    ),
    "{file}: has a header but no rows": "{file}：只有表头，没有数据行",
    "{file}: all {count} rows have more fields than the header": "{file}：全部 {count} 行的字段都比表头多",
    "{file}: no row is left of {count} ({why}); look at times and rules in mapping {mapping}": (
        "{file}：{count} 行一行也没留下（{why}）；请检查映射 {mapping} 的 times 和 rules"
    ),
    "{file}: is an Excel workbook; save the sheet as CSV UTF-8 and give that": (
        "{file}：是 Excel 工作簿；请把工作表另存为 CSV UTF-8 再使用"
    ),
    "{file}: is not text in {tried}; name its encoding in the mapping (encoding: ...)": (
        "{file}：不是 {tried} 文本；请在映射中写明编码（encoding: ...）"
    ),
    "{file}: the log is empty": "{file}：日志是空文件",
    "{file}: holds {count} files; a zipped log holds one: {names}": (
        "{file}：内含 {count} 个文件；压缩日志只能含一个：{names}"
    ),
    "{file}: is a folder; give the log file itself": "{file}：是文件夹；请给出日志文件本身",
    "{file}: the log cannot be read: {why}": "{file}：日志无法读取：{why}",
    "encoding {name!r} is not known to Python": "Python 不认识编码 {name!r}",
    "{file}: unpacks to more than {most} GB": "{file}：解压后超过 {most} GB",
    "{file}: mapping {mapping} wants columns that are not there: {missing}. Columns found: {found}": (
        "{file}：缺少映射 {mapping} 所需的列：{missing}。文件中的列：{found}"
    ),
    "{file}: columns stand twice in the header: {names}": "{file}：表头中有重复的列：{names}",
    " (did you mean {near!r}?)": "（是否应为 {near!r}？）",
    "{file}: cannot be split into columns: {why}": "{file}：无法拆分成列：{why}",
    "the log has columns that look personal: {headings}. Nothing was read. In mapping {mapping}, list each under "
    "personal: as drop (not read), hash (needs --salt) or keep (not personal)": (
        "日志中有疑似个人信息的列：{headings}。未读取任何内容。请在映射 {mapping} 的 personal 下逐一写明："
        "drop（不读取）、hash（需要 --salt）或 keep（并非个人信息）"
    ),
    "columns {headings} are to be hashed: give --salt with at least {least} characters and keep it secret": (
        "列 {headings} 需要加盐散列：请用 --salt 给出至少 {least} 个字符，并保密"
    ),
    "mapping {mapping}: column {name} reads {heading!r}, which personal: says to drop": (
        "映射 {mapping}：列 {name} 读取 {heading!r}，而 personal 写明不读取它"
    ),
}

MAPPINGS = {
    "mapping {name}: no such mapping or file; there are: {names}": "映射 {name}：没有这个映射或文件；现有：{names}",
    "; did you mean {mapping}?": "；是否应为 {mapping}？",
    "; did you mean {mapping_key}?": "；是否应为 {mapping_key}？",
    "; allowed here: {mapping_keys}": "；此处可用：{mapping_keys}",
    "{file}: a mapping is a YAML table with keys like columns and times": (
        "{file}：映射应是 YAML 表，含 columns、times 等键"
    ),
    "the whole mapping": "整个映射",
    "{file}: too large for a mapping; give the YAML that describes the log": (
        "{file}：作为映射太大；请给出描述日志的 YAML 文件"
    ),
    "{file}: the mapping cannot be read as UTF-8 text: {why}": "{file}：映射无法按 UTF-8 文本读取：{why}",
    "{file}: aliases (*name) are not allowed in a mapping; write the value out": (
        "{file}：映射中不允许别名（*name）；请直接写出值"
    ),
    "{file}: the mapping is not valid YAML: {why}": "{file}：映射不是有效的 YAML：{why}",
    "{option} {text!r}: {why}; write it like {example}": "{option} {text!r}：{why}；写法如 {example}",
    "time format {text!r} is neither {iso} nor a pattern like {example}": (
        "时间格式 {text!r} 既不是 {iso}，也不是 {example} 这样的格式"
    ),
    "zone {zone!r} is not an IANA zone like America/New_York or Asia/Shanghai": (
        "时区 {zone!r} 不是 IANA 时区，例如 America/New_York 或 Asia/Shanghai"
    ),
    "write the window in local time, without an offset: the zone is given once": (
        "时间窗口请用当地时间，不带时差：时区只写一次"
    ),
    "observed_from must lie before observed_until": "observed_from 必须早于 observed_until",
    "pattern {pattern!r} is not a regular expression: {why}": "pattern {pattern!r} 不是正则表达式：{why}",
    "keep: {names} are names of canonical columns; choose others": "keep：{names} 是标准列的名称；请另取名称",
    "{chapter}: {names} are not among the columns {known}": "{chapter}：{names} 不在列 {known} 之中",
    "category_levels: {names} are not under keep": "category_levels：{names} 没有列在 keep 下",
    "{chapter}: given, but columns names no such column": "{chapter}：已给出，但 columns 中没有对应的列",
    "channels: {names} are not channels; allowed: {known}": "channels：{names} 不是渠道；可用：{known}",
}

COMMAND = {
    "Canonical records: {folder}": "标准记录：{folder}",
    "a mapping's name, or its YAML file": "映射名称，或映射的 YAML 文件",
    "secret text for hashing personal columns, at least 8 characters": "用于散列个人信息列的保密文字，至少 8 个字符",
    "date of second 0, instead of the mapping's": "第 0 秒的日期，代替映射中的日期",
    "local time of the export, instead of the mapping's": "导出的当地时间，代替映射中的时间",
    "folder to write (it must not exist)": "写入的文件夹（不得已存在）",
}

REPORT = {
    "Data quality of {log}, read with mapping {mapping}": "{log} 的数据质量（映射 {mapping}）",
    "  file: compression {compression}, encoding {encoding}, separator {separator!r}, sha256 {sha256}": (
        "  文件：压缩 {compression}，编码 {encoding}，分隔符 {separator!r}，sha256 {sha256}"
    ),
    "  window: second 0 is {start} 00:00 {zone}; ends at {until} ({cut})": (
        "  时间窗口：第 0 秒为 {start} 00:00 {zone}；截止于 {until}（{cut}）"
    ),
    "cut as stated": "按写明的截止时间",
    "  public holidays: {country}": "  公众假日：{country}",
    "cut not stated: last time seen": "未写明截止时间：取最后出现的时间",
    "{days} days before the end of the log: a case is through when nothing happened for so long":
        "日志结束前 {days} 天：这么久没有动静的案件才算办结",
    "  openings from {first} to {last}; busiest hour of the day {hour}:00": (
        "  受理时间从 {first} 到 {last}；一天中最忙的钟点 {hour}:00"
    ),
    "  open at the cut (censored): {count} of {kept}": "  截止时未结（删失）：{kept} 件中的 {count} 件",
    "Rows read: {rows}. What became of each:": "读取的行：{rows}。每行的去向：",
    "Rows kept: {rows}. How each case ended:": "保留的行：{rows}。每件如何结束：",
    "Also found among the kept (may overlap):": "保留的行中另有（可重叠）：",
    "Words repaired:": "修正的文字：",
    "Columns that look personal:": "疑似个人信息的列：",
    "  {rows}  in all": "  {rows}  合计",
    "variants in column {column}": "列 {column} 的不同写法",
    "written in one way, as the mapping says": "按映射统一写法",
    "personal column {column!r}": "个人信息列 {column!r}",
    "not read": "未读取",
    "stored as a salted hash": "只存加盐散列值",
    "stated not to be personal": "已写明并非个人信息",
    "Caution: most openings fall at {hour}:00 at night; check the zone {zone}": (
        "注意：受理最多的钟点是夜间 {hour}:00；请检查时区 {zone}"
    ),
    "Caution: no cut is stated (times.observed_until or --until); open cases are censored at {until}": (
        "注意：没有写明截止时间（times.observed_until 或 --until）；未结案件在 {until} 删失"
    ),
    "Caution: the log ends on {until}, which has not come yet; check how its dates are written": (
        "注意：日志截至 {until}，该日期尚未到来；请核对日期的写法"
    ),
    "Caution: read as GB18030 because it is not UTF-8; check a few names": (
        "注意：因不是 UTF-8，按 GB18030 读取；请核对几个名称"
    ),
}

ROWS = {
    "kept as cases": "保留为案件",
    "each is one issue with one case": "每行为一个问题、一个案件",
    "same key and same content as another row": "编号和内容都与另一行相同",
    "merged into it": "并入该行",
    "same key as another row, other content": "编号与另一行相同，内容不同",
    "left out; the last such row of the file is kept": "未采用；保留文件中最后一行",
    "left out; the first such row of the file is kept": "未采用；保留文件中第一行",
    "more fields than the header": "字段比表头多",
    "dropped: columns cannot be told": "剔除：分不清各列",
    "no opening time": "没有受理时间",
    "dropped: it has no place in time": "剔除：无法定时",
    "opening time in none of the stated formats": "受理时间不符合任何写明的格式",
    "opened before the window of the export": "受理早于导出的时间窗口",
    "dropped: outside of it": "剔除：在窗口之外",
    "opened at or after the cut": "受理不早于截止时间",
    "dropped: the export cannot have known it": "剔除：导出时不可能已知",
    "closed before it was opened": "结案早于受理",
    "dropped, as the mapping says": "按映射剔除",
    "status says closed, no closing time": "状态为已结，但没有结案时间",
    "closed, positive duration": "已结，时长为正",
    "duration used": "采用其时长",
    "closed in the second of opening, not by the rule below": "受理的同一秒结案，不属下一条规则",
    "kept as closed after 0 s": "保留为 0 秒结案",
    "registered when done (closed within {done_s} s, in the stated channels)": (
        "办完才登记（{done_s} 秒内结案，属写明的渠道）"
    ),
    "kept apart as self_handled: no work, no waiting can be read from it": (
        "单列为自行处置（self_handled）：看不出工作量和等待"
    ),
    "no closing time": "没有结案时间",
    "open: censored at the cut": "未结：在截止时间删失",
    "closed at or after the cut": "结案不早于截止时间",
    "closing time in none of the stated formats": "结案时间不符合任何写明的格式",
    "closing left out; open, censored": "结案时间不采用；按未结删失",
    "open, censored: the time is unknown": "按未结删失：时间不详",
}

FINDINGS = {
    "zero durations": "时长为零",
    "see the two lists above": "见上面两个列表",
    "negative durations among the kept": "保留的行中时长为负",
    "never used as a duration": "从不作为时长使用",
    "opened at 00:00:00 sharp": "受理时间恰为 00:00:00",
    "closed at 00:00:00 sharp": "结案时间恰为 00:00:00",
    "kept; many mean dates without a time": "保留；若很多，说明只有日期没有时间",
    "closed in one second with at least {batch} of a department": "同一部门同一秒至少有 {batch} 件结案",
    "kept; paper closings, not work": "保留；是批量销案，不是工作",
    "opened before the start": "受理早于起点",
    "kept with negative seconds": "保留，秒数为负",
    "a time in the hour that comes twice": "时间落在重复的一小时内",
    "read as the first, or as the second if that mends the order": "按第一次读；若先后颠倒则按第二次读",
    "a time in the hour that the clock skips": "时间落在跳过的一小时内",
    "read as the instant of the change": "按拨钟的时刻读",
    "no usable target": "没有可用的时限",
    "no limit: left out of lateness": "无时限：不计入超期",
    "target in none of the stated formats": "时限不符合任何写明的格式",
    "target left out": "时限不采用",
    "target before the opening": "时限早于受理",
    "target more than {due_days} days ahead": "时限在 {due_days} 天以后",
    "target left out: a placeholder": "时限不采用：只是占位",
    "no case number": "没有案件编号",
    "kept; cannot be tested for duplicates": "保留；无法查重",
    "no category": "没有类别",
    "no department": "没有部门",
    "no community": "没有社区",
    "kept as unknown": "记为 unknown",
    "no channel": "没有渠道",
    "kept as log": "记为 log",
    "category not in the mapping's list": "类别不在映射的列表中",
    "department not in the mapping's list": "部门不在映射的列表中",
    "channel not in the mapping's list": "渠道不在映射的列表中",
    "kept as it is": "照原样保留",
    "status word not in the mapping's list": "状态用词不在映射的列表中",
    "times alone decide": "只看时间",
    "status says open, but a closing time is there": "状态为未结，却有结案时间",
    "the time counts": "以时间为准",
    "the city's on-time flag could be compared with the times": "城市的按期标记可与时间对照",
    "a check only": "仅作核对",
    "the city's on-time flag disagrees with its times": "城市的按期标记与时间不符",
    "the times count; many mean that a clock is read wrongly": "以时间为准；若很多，说明时钟读错了",
}

CHINESE = ERRORS | MAPPINGS | COMMAND | REPORT | ROWS | FINDINGS
