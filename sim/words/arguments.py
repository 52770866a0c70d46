"""Chinese for slips on the command line."""

from __future__ import annotations

CHINESE = {
    "{command}: there is no option {word}{near}; options: {known}": "{command}：没有选项 {word}{near}；可用选项：{known}",
    "{command}: {words} is one word too many; see {command} --help": "{command}：多出了 {words}；请看 {command} --help",
    "missing on the command line: {names}; see {program} --help": "命令行缺少：{names}；请看 {program} --help",
    "a value is missing after it": "其后缺少值",
    "it takes no value, but {value} was given": "它不带值，却给了 {value}",
    "there is no policy module {module}": "没有策略模块 {module}",
    "there is no class {cls} in {module}{near}": "{module} 中没有类 {cls}{near}",
    "a date; write it like 2025-01-31": "日期；请写成 2025-01-31 的形式",
    "one of these is missing on the command line: {names}; see {program} --help": "命令行缺少其中之一：{names}；请看 {program} --help",
    "cannot be given together with {other}": "不能与 {other} 同时给出",
}
