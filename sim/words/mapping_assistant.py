"""Chinese for the mapping assistant: guesses, their reasons, and what it cannot guess."""

from __future__ import annotations

CHINESE = {
    "guess from a log's headings and values how it is to be read": "从日志的表头和内容猜出读法",
    "the export: CSV or XES, plain or .gz, .bz2, .zip": "导出的日志：CSV 或 XES，可为 .gz、.bz2、.zip",
    "YAML file to write (it must not exist); else it is printed": "写入的 YAML 文件（不得已存在）；不给则打印",
    "Written: {folder}": "已写入：{folder}",
    "{file}: exists already; choose another --out, or remove it": "{file}：已存在；请用 --out 另选，或删除它",
    "Guessed from the headings and first rows of {log}; correct what is wrong. A percentage is a confidence.": (
        "由 {log} 的表头和前面的行猜出；请改正错误之处。百分数是把握。"
    ),
    "Look first at what stands below {sure:.0%}, and at the zone.": "请先看低于 {sure:.0%} 的各项和时区。",
    "All headings of the mapping {name} that comes along are here: use that one.": "自带映射 {name} 的表头都在：请直接用它。",
    "Not used: {headings}": "未采用：{headings}",
    "name the activities that end a case, or leave it: the last event ends it": "写明哪些活动结束案件；不写则以最后一个事件为准",
    "artificial events at both ends of every case": "每件首尾的人为事件",
    "reads {share:.1%} of the times in the sample": "能读懂样本中 {share:.1%} 的时间",
    "{confidence:.0%}: day and month may have changed places; {reason}": "{confidence:.0%}：日与月可能颠倒；{reason}",
    "put in when the export was made: open cases are censored then": "请填导出时间：未结案件在那时删失",
    "by the words; check them": "按字面；请核对",
    "by the words; log stands for a channel that fits no other": "按字面；log 表示不属于其他渠道",
    "spellings that seem to mean one thing": "似乎是同一事物的写法",
    "looks personal: not read": "疑似个人信息：不读取",
    "sounds personal, but its cells do not: check": "名称像个人信息，内容不像：请核对",
    "names of staff: needs --salt": "工作人员姓名：需要 --salt",
    "heading known": "表头已知",
    "heading alike": "表头相近",
    "{heading}; {share:.0%} read as times": "{heading}；{share:.0%} 可读作时间",
    "{heading}; {words} different in the sample": "{heading}；样本中有 {words} 种",
    "a column of times that come before the others": "时间早于其他列",
    "every cell is different": "每格都不同",
    "a list of words that says most about a row": "最能区分各行的词表",
    "the heading says the other one, but its times come first": "表头说的是另一列，但它的时间在先",
    "the zone of the mapping with the same headings": "取自表头相同的映射",
    "its offsets are those in the file ({offsets}); other zones have them too": "时差与文件中的相同（{offsets}）；别的时区也有",
    "the headings are Chinese": "表头是中文",
    "nothing in the file tells the zone: put in that of the city": "文件看不出时区：请填城市所在时区",
    "{file}: no table: its first line has no separator ({tried})": "{file}：不是表格：首行没有分隔符（{tried}）",
    "{file}: no column looks like {missing}; a case log needs at least a number, an opening time and a category. Columns found: {found}": (
        "{file}：没有列像 {missing}；案件日志至少要有编号、受理时间和类别。文件中的列：{found}"
    ),
    "public holidays of the country in which the zone lies": "时区所在国家的公众假日",
}
