"""Chinese words of the policies' room."""

CHINESE = {
    "policies.{point}.params.{name}: policy {policy} has no such parameter; it has {known}": "policies.{point}.params.{name}：策略 {policy} 没有这个参数；可用参数：{known}",
    "none": "无",
    "policies.{point}: {policy} cannot be built: {why}": "policies.{point}：无法建立策略 {policy}：{why}",
    "policies.{point}.name: {name!r} is no policy; choose {known}, or module:Class{hint}": "policies.{point}.name：{name!r} 不是策略；可选 {known}，或写 模块:类{hint}",
    "; did you mean {near}?": "；是否想写 {near}？",
    "policy {name}: cannot be imported: {why}; write module:Class of a module on the Python path": "策略 {name}：无法导入：{why}；请写 Python 路径上某模块的 模块:类",
    "policy {name}: it has no method {method}, which a {point} policy needs": "策略 {name}：缺少 {point} 策略所需的方法 {method}",
}
