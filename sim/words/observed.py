"""Chinese for what the steps of a log show."""

from __future__ import annotations

ORDER = {
    "What the steps show": "环节说明了什么",
    "Starts of work, steps, returns and reworks: not in this log.": "开始办理的时间、环节、回退与返工：这份日志中没有。",
    "Order of the queue: not in this log; nobody wrote down when work began.": "排队次序：这份日志中没有；没有人记下何时开始办理。",
    "Order of the queue: starts of work are dates without a time; who was taken first cannot be seen.": (
        "排队次序：开始办理只有日期没有时刻，看不出先办谁。"
    ),
    "Order of the queue: fewer than {least} choices between two or more; too few to tell.": (
        "排队次序：两件以上的选择少于 {least} 次，太少，看不出。"
    ),
    "These are {count} choices between cases that came while everybody was at work; {waiting:.1f} were waiting on average.": (
        "这是在所有人都在忙时到来的案件之间的 {count} 次选择；平均有 {waiting:.1f} 件在等。"
    ),
    "These are {count} choices between all that was open and not begun, whatever it waited for; {waiting:.1f} were waiting on average.": (
        "这是在所有已受理而未开始的案件之间的 {count} 次选择，不论它们在等什么；平均有 {waiting:.1f} 件在等。"
    ),
    "At least {share:.0%} of the cases waited for something else than a crew: they lay open while somebody had nothing to do.": (
        "至少 {share:.0%} 的案件等的不是班组：有人空闲时它们仍未开始。"
    ),
    "Order of the queue: “{rule}” holds in {share} of the choices between two or more; at random it would be {random}.": (
        "排队次序：在两件以上的选择中，“{rule}”成立 {share}；随机则为 {random}。"
    ),
    "Order of the queue: “{rule}” holds in {share} of the choices (at random {random}), but this log cannot tell it from “{other}”.": (
        "排队次序：“{rule}”成立 {share}（随机 {random}），但这份日志无法把它与“{other}”分开。"
    ),
    "Order of the queue: no rule is better than chance; the nearest, “{rule}”, holds in {share} of the choices, at random it would be {random}.": (
        "排队次序：没有规则胜过随机；最接近的“{rule}”成立 {share}，随机则为 {random}。"
    ),
    "Order of the queue: no rule explains most choices; the nearest, “{rule}”, holds in {share}, at random it would be {random}.": (
        "排队次序：没有规则能说明多数选择；最接近的“{rule}”成立 {share}，随机则为 {random}。"
    ),
    "Order of the queue: cannot be told, because what is passed over may wait for something else than a crew; nearest is “{rule}”, in {share} of the choices, at random {random}.": (
        "排队次序：看不出，因为被越过的案件可能在等别的；最接近的是“{rule}”，成立 {share}，随机则为 {random}。"
    ),
    "first come, first served": "先来先办",
    "last come, first served": "后来先办",
    "earliest due first": "先到期先办",
    "shortest work first (by the work that it turned out to be)": "工作量小者先办（按实际工作量）",
    "{column} {first} first, then first come": "{column}为 {first} 者优先，其次先来先办",
    "{column} {first} first, then earliest due": "{column}为 {first} 者优先，其次先到期先办",
    "kind of limit": "时限类型",
    "rule": "规则",
    "choices": "选择次数",
    "taken is first by it": "被办者按此规则居首",
    "at random": "随机",
    "mean rank of the taken (0 first, 1 last)": "被办者平均名次（0 首，1 末）",
}

RETURNS = {
    "Referral: not in this log; no returns, no groups.": "推诿回退：这份日志中没有回退，也没有组别。",
    "Rework: not in this log; no reworks, no steps.": "返工：这份日志中没有返工，也没有环节。",
    "Of {cases} cases: {what} {share}.": "{cases} 件中：{what} {share}。",
    "Whether an activity that comes back is rework, the log does not say.": "活动重复是否为返工，日志没有说明。",
    "returned by another department": "被其他部门回退",
    "handed from group to group": "在组间移交",
    "back with a group that had passed it on": "回到曾移交它的组",
    "A change of group may be the usual way of a case; coming back to a group is nearer to a referral.": (
        "换组可能是案件的正常流程；回到原组才更接近推诿回退。"
    ),
    "done again": "返工",
    "handlings that had to be done again": "须重做的处置",
    "an activity came back": "有活动重复",
    "hidden (fewer than 5)": "不显示（少于 5 件）",
    "share": "占比",
}

CHINESE = ORDER | RETURNS
