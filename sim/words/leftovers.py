"""Chinese for folders that killed runs left behind."""

from __future__ import annotations

CHINESE = {
    "{folder}: left behind by a run that was killed (process {pid}); removed": (
        "{folder}：被终止的运行（进程 {pid}）所遗留；已删除"
    ),
    "{folder}: unfinished, of process {pid} on {host}; remove it if nothing runs there any more": (
        "{folder}：未完成，属于 {host} 上的进程 {pid}；如果那里已无程序运行，请删除"
    ),
}
