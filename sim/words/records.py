"""Chinese for decision records."""

from __future__ import annotations

CHINESE = {
    "put all that a study answered, and all that makes it again, into one folder": "将研究的全部结论及重做所需的一切放入一个文件夹",
    "make a decision record again and compare it byte by byte": "重做决策档案并逐字节比较",
    "folder of a finished study, or its name in {folder}": "已完成的研究文件夹，或其在 {folder} 中的名称",
    "where the folder of the record is made (default {folder})": "档案文件夹的上级目录(默认 {folder})",
    "folder of a decision record": "决策档案文件夹",
    "where it is made again (default: beside it)": "重做结果的上级目录(默认：档案旁)",
    "Decision record of {runs:,} runs, {files} files: {folder}; make it again with: sh {folder}/remake":
        "决策档案：{runs:,} 次运行，{files} 个文件：{folder}；重做：sh {folder}/remake",
    "{folder}: the study is not finished; run it to its end first (what is done is not repeated)":
        "{folder}：研究尚未完成；请先运行到底(已完成的不会重复)",
    "{folder}: the runs in it were made otherwise: {changes}; run the study again with --resume, then record it":
        "{folder}：其中的运行由其他版本产生：{changes}；请用 --resume 重新运行该研究，再存档",
    "{folder}: this is no decision record; make one with run.py record STUDY": "{folder}：不是决策档案；请用 run.py record STUDY 生成",
    "{folder}: {files} are not what was recorded; take the record from where you have it":
        "{folder}：{files} 与存档时不同；请取用原始档案",
    "{file}: this is not the log that was recorded ({name})": "{file}：不是存档时的日志({name})",
    "the same, byte by byte: {files} files in {folder}": "逐字节相同：{files} 个文件，位于 {folder}",
    "{count} of {files} files are not the same: {names}; see {folder}": "{files} 个文件中有 {count} 个不同：{names}；见 {folder}",
}  # fmt: skip
